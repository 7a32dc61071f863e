namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// Claim T7: one step shrinks the auxiliary array up to what the gradient and the noise add, at fixed W and as printed (Lemma 6).
[<RequireQualifiedAccess>]
module AuxiliaryShrinkage =

    // ‖P′‖².
    let private size (step: TikiTakaStep) =
        TikiTakaStep.ofNoise
            step
            { new ITikiTakaQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(numbers: TikiTakaNumbers<'T>) : 'T =
                    AlgebraicStep.normSquared numbers.NextAuxiliary }

    // (1−βcσ/2τ)‖P‖² + what the gradient adds, per βτ/cσ, + 3β²σ²: the same for every ε.
    let private shrunkTo<'T when 'T: struct and 'T :> IAlgebra<'T>> (step: TikiTakaStep) (auxiliary: 'T[]) (gradients: Number<'T>) : 'T =
        let number = Number<'T>.Of
        let beta, radius, variance = number step.LearningRate, number step.Radius, number step.Variance
        let auxiliaryNorm: Number<'T> = { Value = AlgebraicStep.normSquared auxiliary }
        let csigma = number step.NoiseFloor * variance.Root

        ((number 1.0 - beta * csigma / (number 2.0 * radius)) * auxiliaryNorm
         + beta * radius / csigma * gradients
         + number 3.0 * beta * beta * variance)
            .Value

    // 2‖∇f(W)‖².
    let private atFixedWeights<'T when 'T: struct and 'T :> IAlgebra<'T>> (gradient: 'T[]) : Number<'T> =
        let gradientNorm: Number<'T> = { Value = AlgebraicStep.normSquared gradient }
        Number<'T>.Of 2.0 * gradientNorm

    // 4‖∇f(W)‖² + 4L²‖W′−W‖².
    let private atNextWeights<'T when 'T: struct and 'T :> IAlgebra<'T>> (step: TikiTakaStep) (gradient: 'T[]) (change: 'T[]) : Number<'T> =
        let gradientNorm: Number<'T> = { Value = AlgebraicStep.normSquared gradient }
        let changeNorm: Number<'T> = { Value = AlgebraicStep.normSquared change }
        let number, smoothness = Number<'T>.Of, Number<'T>.Of step.Smoothness
        number 4.0 * gradientNorm + number 4.0 * smoothness * smoothness * changeNorm

    let private shrunkFixed (step: TikiTakaStep) =
        TikiTakaStep.ofNoise
            step
            { new ITikiTakaQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(numbers: TikiTakaNumbers<'T>) : 'T =
                    shrunkTo step numbers.Auxiliary (atFixedWeights numbers.Gradient) }

    // The step starts from W′ here, and W is the one before.
    let private shrunkPrinted (step: TikiTakaStep) =
        let objective = AlgebraicStep.objective step.Chain.Problem

        TikiTakaStep.ofNoise
            step
            { new ITikiTakaQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(numbers: TikiTakaNumbers<'T>) : 'T =
                    let previous = AlgebraicStep.numbers<'T> step.Previous
                    let change = AlgebraicStep.difference numbers.Main previous
                    shrunkTo step numbers.Auxiliary (atNextWeights step (objective.GradientIn previous) change) }

    let private atMost bound (step: TikiTakaStep) : Comparison =
        StepExpectation.atMost (TikiTakaStep.noise step) (+) (size step) (bound step)

    let private atMostEnclosed bound (step: TikiTakaStep) : Enclosed list =
        [ StepExpectation.atMostEnclosed (TikiTakaStep.noise step) (size step) (bound step) ]

    /// <summary>E‖P′‖² against (1−βcσ/2τ)‖P‖² + (2βτ/cσ)‖∇f(W)‖² + 3β²σ².</summary>
    /// <param name="step">One step of Tiki-Taka with the constants of its problem.</param>
    let shrinkage (step: TikiTakaStep) : Comparison = atMost shrunkFixed step

    /// <summary>E‖P′‖² with g at W′ against (1−βcσ/2τ)‖P‖² + (4βτ/cσ)‖∇f(W)‖² + (4L²βτ/cσ)‖W′−W‖² + 3β²σ².</summary>
    /// <param name="step">One step of Tiki-Taka with the constants of its problem.</param>
    let shrinkagePrinted (step: TikiTakaStep) : Comparison = atMost shrunkPrinted step

    let private rateName = "β ≤ min{cτσ/(2(4L²τ²+σ²)), 2τ/(3cσ)}"
    let private floorName = "A5: E|g + ε_d| ≥ cσ"
    let private varianceName = "A5: E ε_d² ≤ σ²/D"
    let private boxName = "‖W‖∞, ‖W*‖∞ ≤ τ"

    let private smallRate (step: TikiTakaStep) =
        let c, tau, sigma = step.NoiseFloor, step.Radius, sqrt step.Variance
        Math.Min(c * tau * sigma / (2.0 * (4.0 * pown (step.Smoothness * tau) 2 + step.Variance)), 2.0 * tau / (3.0 * c * sigma))

    let private hypotheses =
        [ TikiTakaStep.centred
          Claim.hypothesis varianceName (fun step ->
              let d = step.State.Main.Length
              let largest = Seq.init d (fun i -> (step.Chain.Noise.Moments step.State.Main i).SecondMoment) |> Seq.max
              step.Variance / float d - largest + 1e-14 * largest)
          Claim.hypothesis floorName (fun step ->
              let floor =
                  TikiTakaStep.noiseFloor step.Chain.Noise step.State.Main
                  * sqrt (Noise.variance step.Chain.Noise step.State.Main)

              floor * (1.0 + 1e-12) - step.NoiseFloor * sqrt step.Variance)
          Claim.hypothesis boxName (fun step ->
              step.Radius
              - Math.Max(
                  Math.Max(Weights.largest step.State.Main, Weights.largest step.Previous),
                  Weights.largest step.Chain.Problem.Minimizer
              ))
          Claim.hypothesis rateName (fun step -> smallRate step * (1.0 + 1e-12) - step.LearningRate)
          TikiTakaStep.linear ]

    // Scalar steps with β in units of its limit (index 6), σ² and c in units of their true values, W′ − W for the printed form.
    let private build (point: float[]) : TikiTakaStep =
        let plain = Array.copy point
        plain[6] <- 1.0
        plain[7] <- point[7] + point[13]
        let step = TikiTakaStep.scalar plain

        let claimed =
            { step with
                Variance = step.Variance * point[10]
                NoiseFloor = step.NoiseFloor * point[11] / sqrt point[10] }

        let beta = point[6] * smallRate claimed
        let step = TikiTakaStep.scalar (Array.updateAt 6 beta plain)

        { step with
            Variance = claimed.Variance
            NoiseFloor = claimed.NoiseFloor
            Previous = Weights.map (fun w -> w - point[12]) step.State.Main }

    let private parameters =
        (TikiTakaStep.scalarParameters true
         |> List.map (fun parameter -> if parameter.Name = "β" then Search.free "β / limit" 0.05 8.0 else parameter))
        @ [ Search.freed varianceName "σ² claimed / σ²" 0.001 1.0 1.0
            Search.freed floorName "c claimed / c" 1.0 20.0 1.0
            Search.free "W′ − W" -0.5 0.5
            Search.freed boxName "more W − W*" -40.0 40.0 0.0 ]

    let private instances =
        let step problem noise fraction (w: float[]) p previous =
            let first = TikiTakaStep.create problem noise 0.5 1.0 w p

            { TikiTakaStep.create problem noise 0.5 (fraction * smallRate first) w p with
                Previous = Weights.ofArray previous }

        [ "D = 1, grid of 240 steps, Rademacher and two-point",
          [ for w in [ -0.9; -0.2; 0.3; 1.0 ] do
                for p in [ -1.5; -0.5; 0.0; 0.2; 1.0 ] do
                    for minimizer in [ -1.0; 0.0; 0.6 ] do
                        for noise in [ Noise.rademacher 0.3; Noise.twoPoint 0.3 0.2 ] do
                            for fraction in [ 0.1; 1.0 ] do
                                step (Quadratic.isotropic 1 1.0 minimizer) noise fraction [| w |] [| p |] [| 0.9 * w |] ]
          "D = 2, dense, Rademacher",
          [ for w in [ -0.8; 0.4 ] do
                for p in [ -0.4; 0.0; 0.9 ] do
                    let problem = Quadratic.dense (array2D [ [ 2.0; 0.5 ]; [ 0.5; 1.0 ] ]) [| 0.4; -0.3 |]
                    step problem (Noise.rademacher 0.2) 1.0 [| w; 0.3 |] [| p; 0.1 |] [| w; 0.1 |] ]
          "D = 3, diagonal, two-point p = .3",
          [ for w in [ -0.8; 0.4 ] do
                for p in [ -0.4; 0.0; 0.9 ] do
                    let problem = Quadratic.diagonal [| 1.0; 0.5; 0.25 |] [| 0.5; -0.3; 0.1 |]
                    step problem (Noise.twoPoint 0.2 0.3) 1.0 [| w; 0.3; -0.9 |] [| p; 0.1; 0.5 |] [| w; 0.2; -0.8 |] ] ]

    let private theorem id source variant statement bound : ITheorem =
        Theorem.pack
            { Id = id
              Source = source
              Variant = variant
              Statement = statement
              Hypotheses = hypotheses |> List.map Claim.onAll
              Instances = instances
              Evidence = StepExpectation.evidence (atMostEnclosed bound) (atMost bound >> List.singleton)
              Necessity = Search.necessity hypotheses parameters build (atMost bound) }

    /// The claims of this file.
    let all: ITheorem list =
        [ theorem
              "T7-fixed"
              (Source.derived "T7; v1 Lemma 6 at fixed W, condition on β repaired")
              "repaired"
              "β ≤ min{cτσ/(2(4L²τ²+σ²)), 2τ/(3cσ)} ⇒ E‖P′‖² ≤ (1−βcσ/2τ)‖P‖² + (2βτ/cσ)‖∇f(W)‖² + 3β²σ²"
              shrunkFixed
          theorem
              "T7-printed"
              (Source.paper "Lemma 6")
              "printed, condition on β repaired"
              "… ⇒ E‖P′‖² ≤ (1−βcσ/2τ)‖P‖² + (4βτ/cσ)‖∇f(W)‖² + (4L²βτ/cσ)‖W′−W‖² + 3β²σ², g at W′"
              shrunkPrinted ]
