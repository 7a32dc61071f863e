namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// One step of Tiki-Taka from a state.
[<NoEquality; NoComparison>]
type TikiTakaStep =
    {
        /// Problem, noise of finite support and rule; the start is W.
        Chain: Chain<TwoArrayState>
        /// W and P before the step.
        State: TwoArrayState
        /// Device of P.
        Auxiliary: Device
        /// Device of W.
        Main: Device
        /// τ of the claim.
        Radius: float
        /// α, rate of W.
        TransferRate: float
        /// β, rate of P.
        LearningRate: float
        /// L of the claim.
        Smoothness: float
        /// σ² of the claim.
        Variance: float
        /// c of the claim: E|g + ε_d| ≥ cσ.
        NoiseFloor: float
        /// W one step earlier, for the printed form of Lemma 6.
        Previous: Weights
    }

/// What one step of Tiki-Taka starts from and ends in, in one number system.
type private TikiTakaNumbers<'T> =
    { Main: 'T[]
      Auxiliary: 'T[]
      Gradient: 'T[]
      Noise: 'T[]
      NextMain: 'T[]
      NextAuxiliary: 'T[] }

/// A number that one step of Tiki-Taka makes, in every number system.
type private ITikiTakaQuantity =
    /// Of the step's numbers.
    abstract Of<'T when 'T: struct and 'T :> IAlgebra<'T>> : numbers: TikiTakaNumbers<'T> -> 'T

/// <summary>Claims T2, T5 and T7: one step of Tiki-Taka, its expectation summed over the noise's support.</summary>
/// <remarks>
/// A claim's two sides are written once and taken over intervals and fractions for the verdict, where the noise is moved by its mean so that
/// E ε = 0 holds exactly, and over doubles for the search.
/// </remarks>
[<RequireQualifiedAccess>]
module TikiTakaStep =

    /// <summary>inf over g of E|g + ε_d|/σ: reached where g + ε vanishes at one of the values of ε, since E|g + ε| is piecewise linear in g.</summary>
    /// <param name="noise">Noise of the stochastic gradient.</param>
    /// <param name="w">State W at which to look, unit of weight.</param>
    let noiseFloor (noise: Noise) (w: Weights) : float =
        let sigma = sqrt (Noise.variance noise w)

        let least d =
            let moments = noise.Moments w d

            match moments.Support with
            | Some atoms -> atoms |> Array.map (fun atom -> moments.MeanAbsolute -atom.Value) |> Array.min
            | None -> moments.MeanAbsolute 0.0 // symmetric and unimodal families

        (Seq.init w.Length least |> Seq.min) / sigma

    /// <summary>A step on two devices, with the true constants.</summary>
    /// <param name="auxiliary">Device of the auxiliary array P.</param>
    /// <param name="main">Device of the main array W.</param>
    /// <param name="w">Weights W, unit of weight.</param>
    /// <param name="p">Auxiliary weights P, unit of weight.</param>
    /// <param name="radius">τ &gt; 0 of both devices; unit of weight.</param>
    /// <param name="problem">The objective.</param>
    /// <param name="noise">Noise of the stochastic gradient.</param>
    /// <param name="transferRate">Rate α &gt; 0 of W.</param>
    /// <param name="learningRate">Rate β &gt; 0 of P.</param>
    let createOn
        (auxiliary: Device)
        (main: Device)
        radius
        problem
        noise
        transferRate
        learningRate
        (w: float[])
        (p: float[])
        : TikiTakaStep =
        let w, p = Weights.ofArray w, Weights.ofArray p

        { Chain = Chain.create problem noise (TikiTaka.createWith transferRate learningRate auxiliary main) w
          State = { Main = w; Auxiliary = p }
          Auxiliary = auxiliary
          Main = main
          Radius = radius
          TransferRate = transferRate
          LearningRate = learningRate
          Smoothness = problem.Smoothness
          Variance = Noise.variance noise w
          NoiseFloor = noiseFloor noise w
          Previous = w }

    /// A step on the asymmetric linear device with τ = 1.
    let create problem noise transferRate learningRate w p : TikiTakaStep =
        let device = AsymmetricLinear.create 1.0
        createOn device device 1.0 problem noise transferRate learningRate w p

    let private gradient step = step.Chain.Problem.Gradient step.State.Main
    let private meanName = "A3′: E ε = 0"
    let private deviceName = "asymmetric linear device, w⋄ = 0"
    let private critical = Claim.hypothesis "∇f(W) = 0" (fun step -> -sqrt(Weights.normSquared (gradient step)))

    let private centred =
        Claim.hypothesis meanName (fun step -> 1e-14 * sqrt step.Variance - Claim.largestMean step.Chain.Noise step.State.Main)

    let private linear =
        Claim.hypothesis deviceName (fun step ->
            let distance device weights = Claim.distanceFromLinear step.Radius device weights

            1e-14
            - Math.Max(distance step.Auxiliary (Seq.append [ 0.5 ] step.State.Auxiliary.Values), distance step.Main step.State.Main.Values))

    // Parameters of scalar steps: L, τ, W, P, s, p, β; freed ones from index 7: W − W*, E ε, c.
    let private scalarParameters freeGradient =
        [ Search.free "L" 0.1 4.0
          Search.free "τ" 0.3 3.0
          Search.free "W" -1.5 1.5
          Search.free "P" -1.5 1.5
          Search.free "s" 0.01 2.0
          Search.free "p" 0.02 0.98
          Search.free "β" 0.01 1.0
          (if freeGradient then
               Search.free "W − W*" -2.0 2.0
           else
               Search.freed critical.Name "W − W*" -2.0 2.0 0.0)
          Search.freed meanName "E ε" -1.0 1.0 0.0
          Search.freed deviceName "c" -0.9 0.9 0.0 ]

    let private scalar (point: float[]) : TikiTakaStep =
        let device = if point[9] = 0.0 then AsymmetricLinear.create point[1] else GenericLinear.create point[1] point[9]
        let problem = Quadratic.isotropic 1 point[0] (point[2] - point[7])
        createOn device device point[1] problem (Claim.biased point[4] point[5] point[8]) 0.5 point[6] [| point[2] |] [| point[3] |]

    // T2 -----------------------------------------------------------------------------------------------------------------------------

    // A quantity as a function of the noise alone.
    let private ofNoise (step: TikiTakaStep) (quantity: ITikiTakaQuantity) : IRandomQuantity =
        let objective = AlgebraicStep.objective step.Chain.Problem

        { new IRandomQuantity with
            member _.At<'T when 'T: struct and 'T :> IAlgebra<'T>>(noise: 'T[]) =
                let w, p = AlgebraicStep.numbers<'T> step.State.Main, AlgebraicStep.numbers<'T> step.State.Auxiliary
                let beta, alpha = 'T.Constant step.LearningRate, 'T.Constant step.TransferRate
                let gradient = objective.GradientIn w
                let struct (nextP, nextW) = AlgebraicStep.tikiTaka step.Auxiliary step.Main beta alpha p w gradient noise

                quantity.Of
                    { Main = w
                      Auxiliary = p
                      Gradient = gradient
                      Noise = noise
                      NextMain = nextW
                      NextAuxiliary = nextP } }

    let private noise (step: TikiTakaStep) = AlgebraicStep.noise step.Chain.Noise step.State.Main
    let private exactNoise (step: TikiTakaStep) = AlgebraicStep.centred (noise step)

    // Both sides of an equation, coordinate by coordinate: in doubles, and in fractions.
    let private equal (scale: int -> float) measured expected (step: TikiTakaStep) : Comparison list =
        [ for d in 0 .. step.State.Main.Length - 1 ->
              Claim.equal
                  (scale d)
                  (AlgebraicStep.value (noise step) (measured step d))
                  (AlgebraicStep.value (noise step) (expected step d)) ]

    let private equalEnclosed measured expected (step: TikiTakaStep) : Enclosed list =
        [ for d in 0 .. step.State.Main.Length - 1 -> ExactExpectation.equal 0.0 (exactNoise step) (measured step d) (expected step d) ]

    let private byEnclosure enclosed evaluated =
        ByEnclosure((fun steps -> AlgebraicStep.enclosed (fun () -> List.collect enclosed steps)), List.collect evaluated)

    // P′.
    let private nextAuxiliary (step: TikiTakaStep) (d: int) =
        ofNoise
            step
            { new ITikiTakaQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(numbers: TikiTakaNumbers<'T>) : 'T = numbers.NextAuxiliary[d] }

    // (1 − (β/τ)|ε|)·P.
    let private kept<'T when 'T: struct and 'T :> IAlgebra<'T>> (step: TikiTakaStep) (noise: Number<'T>) (p: Number<'T>) : Number<'T> =
        let number = Number<'T>.Of
        (number 1.0 - number step.LearningRate / number step.Radius * noise.Size) * p

    let private decayed (step: TikiTakaStep) (d: int) =
        ofNoise
            step
            { new ITikiTakaQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(numbers: TikiTakaNumbers<'T>) : 'T =
                    (kept step { Value = numbers.Noise[d] } { Value = numbers.Auxiliary[d] }).Value }

    /// <summary>E[P′|P] against (1 − (β/τ)E|ε|) ⊙ P, every coordinate.</summary>
    /// <param name="step">One step of Tiki-Taka with the constants of its problem.</param>
    let decay (step: TikiTakaStep) : Comparison list = equal (fun d -> 1.0 + abs step.State.Auxiliary[d]) nextAuxiliary decayed step

    /// <summary>The same in fractions: the equality of two rational numbers.</summary>
    /// <param name="step">One step of Tiki-Taka with the constants of its problem.</param>
    let decayEnclosed (step: TikiTakaStep) : Enclosed list = equalEnclosed nextAuxiliary decayed step

    let private at (w: float[]) (p: float[]) noise beta =
        create (Quadratic.diagonal [| for i in 1 .. w.Length -> float i |] w) noise 0.5 beta w p

    let private criticalInstances =
        [ "D = 1, Rademacher", [ for p in [ -1.2; -0.5; 0.0; 0.7 ] -> at [| 0.5 |] [| p |] (Noise.rademacher 0.3) 0.4 ]
          "D = 1, two-point p = .1", [ for p in [ -0.9; 0.3 ] -> at [| -0.7 |] [| p |] (Noise.twoPoint 0.3 0.1) 1.0 ]
          "D = 3, Rademacher", [ at [| 0.5; -0.2; 0.9 |] [| 0.1; -0.6; 1.0 |] (Noise.rademacher 0.2) 0.3 ]
          "D = 2, lower bound's noise", [ at [| 0.4; 0.4 |] [| 0.3; -0.3 |] (Noise.stateDependentTwoPoint 0.3 1.0) 0.5 ] ]

    /// T2.
    let decayInExpectation: ITheorem =
        let hypotheses = [ critical; centred; linear ]

        Theorem.pack
            { Id = "T2"
              Source = Source.paper "eq. 13"
              Variant = "printed"
              Statement = "∇f(W) = 0 ⇒ E[P′|P] = (1 − (β/τ)E|ε|) ⊙ P"
              Hypotheses = hypotheses |> List.map Claim.onAll
              Instances = criticalInstances
              Evidence = byEnclosure decayEnclosed decay
              Necessity = Search.necessity hypotheses (scalarParameters false) scalar (decay >> Claim.worst) }

    // T5 -----------------------------------------------------------------------------------------------------------------------------

    // W′ − W.
    let private change (step: TikiTakaStep) (d: int) =
        ofNoise
            step
            { new ITikiTakaQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(numbers: TikiTakaNumbers<'T>) : 'T =
                    numbers.NextMain[d] - numbers.Main[d] }

    // −(αβ/τ)|ε|·W.
    let private pulled<'T when 'T: struct and 'T :> IAlgebra<'T>> (step: TikiTakaStep) (noise: Number<'T>) (w: Number<'T>) : Number<'T> =
        let number = Number<'T>.Of
        let rate = number step.TransferRate * number step.LearningRate / number step.Radius
        -rate * noise.Size * w

    let private pull (step: TikiTakaStep) (d: int) =
        ofNoise
            step
            { new ITikiTakaQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(numbers: TikiTakaNumbers<'T>) : 'T =
                    (pulled step { Value = numbers.Noise[d] } { Value = numbers.Main[d] }).Value }

    /// <summary>E[W′ − W] against −(αβ/τ)E|ε| ⊙ W, every coordinate.</summary>
    /// <param name="step">One step of Tiki-Taka with the constants of its problem.</param>
    let drift (step: TikiTakaStep) : Comparison list = equal (fun d -> 1.0 + abs step.State.Main[d]) change pull step

    /// <summary>The same in fractions: the equality of two rational numbers.</summary>
    /// <param name="step">One step of Tiki-Taka with the constants of its problem.</param>
    let driftEnclosed (step: TikiTakaStep) : Enclosed list = equalEnclosed change pull step

    let private emptyAuxiliary = Claim.hypothesis "P = 0" (fun step -> -Weights.largest step.State.Auxiliary)

    /// T5.
    let driftAtCriticalPoint: ITheorem =
        let hypotheses = [ critical; emptyAuxiliary; centred; linear ]

        // P is free only when its hypothesis is dropped.
        let parameters =
            scalarParameters false
            |> List.map (fun parameter -> if parameter.Name = "P" then Search.freed emptyAuxiliary.Name "P" -1.5 1.5 0.0 else parameter)

        Theorem.pack
            { Id = "T5"
              Source = Source.paper "eq. 12"
              Variant = "printed"
              Statement = "∇f(W) = 0, P = 0 ⇒ E[W′ − W] = −(αβ/τ)E|ε| ⊙ W"
              Hypotheses = hypotheses |> List.map Claim.onAll
              Instances =
                criticalInstances
                |> List.map (fun (name, steps) ->
                    name,
                    steps
                    |> List.map (fun step ->
                        { step with
                            State = { step.State with Auxiliary = Weights.map (fun _ -> 0.0) step.State.Main } }))
              Evidence = byEnclosure driftEnclosed drift
              Necessity = Search.necessity hypotheses parameters scalar (drift >> Claim.worst) }

    // T7 -----------------------------------------------------------------------------------------------------------------------------

    // ‖P′‖².
    let private size (step: TikiTakaStep) =
        ofNoise
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
        ofNoise
            step
            { new ITikiTakaQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(numbers: TikiTakaNumbers<'T>) : 'T =
                    shrunkTo step numbers.Auxiliary (atFixedWeights numbers.Gradient) }

    // The step starts from W′ here, and W is the one before.
    let private shrunkPrinted (step: TikiTakaStep) =
        let objective = AlgebraicStep.objective step.Chain.Problem

        ofNoise
            step
            { new ITikiTakaQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(numbers: TikiTakaNumbers<'T>) : 'T =
                    let previous = AlgebraicStep.numbers<'T> step.Previous
                    let change = AlgebraicStep.difference numbers.Main previous
                    shrunkTo step numbers.Auxiliary (atNextWeights step (objective.GradientIn previous) change) }

    let private atMost bound (step: TikiTakaStep) : Comparison =
        let after, bound = AlgebraicStep.value (noise step) (size step), AlgebraicStep.value (noise step) (bound step)
        Claim.atMost (after + bound) after bound

    let private atMostEnclosed bound (step: TikiTakaStep) : Enclosed list =
        [ ExactExpectation.atMost (exactNoise step) (size step) (bound step) ]

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

    let private smallRate step =
        let c, tau, sigma = step.NoiseFloor, step.Radius, sqrt step.Variance
        Math.Min(c * tau * sigma / (2.0 * (4.0 * pown (step.Smoothness * tau) 2 + step.Variance)), 2.0 * tau / (3.0 * c * sigma))

    let private shrinkageHypotheses =
        [ centred
          Claim.hypothesis varianceName (fun step ->
              let d = step.State.Main.Length
              let largest = Seq.init d (fun i -> (step.Chain.Noise.Moments step.State.Main i).SecondMoment) |> Seq.max
              step.Variance / float d - largest + 1e-14 * largest)
          Claim.hypothesis floorName (fun step ->
              let floor = noiseFloor step.Chain.Noise step.State.Main * sqrt (Noise.variance step.Chain.Noise step.State.Main)
              floor * (1.0 + 1e-12) - step.NoiseFloor * sqrt step.Variance)
          Claim.hypothesis boxName (fun step ->
              step.Radius
              - Math.Max(
                  Math.Max(Weights.largest step.State.Main, Weights.largest step.Previous),
                  Weights.largest step.Chain.Problem.Minimizer
              ))
          Claim.hypothesis rateName (fun step -> smallRate step * (1.0 + 1e-12) - step.LearningRate)
          linear ]

    // Scalar steps with β in units of its limit (index 6), σ² and c in units of their true values, W′ − W for the printed form.
    let private shrinkageBuild (point: float[]) : TikiTakaStep =
        let plain = Array.copy point
        plain[6] <- 1.0
        plain[7] <- point[7] + point[13]
        let step = scalar plain

        let claimed =
            { step with
                Variance = step.Variance * point[10]
                NoiseFloor = step.NoiseFloor * point[11] / sqrt point[10] }

        let beta = point[6] * smallRate claimed
        let step = scalar (Array.updateAt 6 beta plain)

        { step with
            Variance = claimed.Variance
            NoiseFloor = claimed.NoiseFloor
            Previous = Weights.map (fun w -> w - point[12]) step.State.Main }

    let private shrinkageParameters =
        (scalarParameters true
         |> List.map (fun parameter -> if parameter.Name = "β" then Search.free "β / limit" 0.05 8.0 else parameter))
        @ [ Search.freed varianceName "σ² claimed / σ²" 0.001 1.0 1.0
            Search.freed floorName "c claimed / c" 1.0 20.0 1.0
            Search.free "W′ − W" -0.5 0.5
            Search.freed boxName "more W − W*" -40.0 40.0 0.0 ]

    let private shrinkageInstances =
        let step problem noise fraction (w: float[]) p previous =
            let first = create problem noise 0.5 1.0 w p

            { create problem noise 0.5 (fraction * smallRate first) w p with
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

    let private shrinkageTheorem id source variant statement bound : ITheorem =
        Theorem.pack
            { Id = id
              Source = source
              Variant = variant
              Statement = statement
              Hypotheses = shrinkageHypotheses |> List.map Claim.onAll
              Instances = shrinkageInstances
              Evidence = byEnclosure (atMostEnclosed bound) (atMost bound >> List.singleton)
              Necessity = Search.necessity shrinkageHypotheses shrinkageParameters shrinkageBuild (atMost bound) }

    /// The claims of this file.
    let all: ITheorem list =
        [ decayInExpectation
          driftAtCriticalPoint
          shrinkageTheorem
              "T7-fixed"
              (Source.derived "T7; v1 Lemma 6 at fixed W, condition on β repaired")
              "repaired"
              "β ≤ min{cτσ/(2(4L²τ²+σ²)), 2τ/(3cσ)} ⇒ E‖P′‖² ≤ (1−βcσ/2τ)‖P‖² + (2βτ/cσ)‖∇f(W)‖² + 3β²σ²"
              shrunkFixed
          shrinkageTheorem
              "T7-printed"
              (Source.paper "Lemma 6")
              "printed, condition on β repaired"
              "… ⇒ E‖P′‖² ≤ (1−βcσ/2τ)‖P‖² + (4βτ/cσ)‖∇f(W)‖² + (4L²βτ/cσ)‖W′−W‖² + 3β²σ², g at W′"
              shrunkPrinted ]
