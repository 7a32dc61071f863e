namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// One step of Analog SGD from the chain's start.
[<NoEquality; NoComparison>]
type AnalogStep =
    {
        /// Problem, noise of finite support, rule and W.
        Chain: Chain<Weights>
        /// Device of the rule.
        Device: Device
        /// τ of the claim.
        Radius: float
        /// α.
        LearningRate: float
        /// L of the claim.
        Smoothness: float
        /// σ² of the claim.
        Variance: float
    }

/// A number that one step of Analog SGD makes, in every number system.
type private IAnalogQuantity =
    /// Of W, ∇f(W), ε and W′.
    abstract Of<'T when 'T: struct and 'T :> IAlgebra<'T>> : w: 'T[] * gradient: 'T[] * noise: 'T[] * next: 'T[] -> 'T

/// Claims S1 and S2: one step of Analog SGD, its expectation summed over the noise's support.
[<RequireQualifiedAccess>]
module AnalogSgdStep =

    /// <summary>A step on a device, with the true constants.</summary>
    /// <param name="device">The device whose response is asked for.</param>
    /// <param name="radius">τ &gt; 0, half of the dynamic range; unit of weight.</param>
    /// <param name="problem">The objective.</param>
    /// <param name="noise">Noise of the stochastic gradient.</param>
    /// <param name="learningRate">Learning rate α &gt; 0.</param>
    /// <param name="w">Weights W, unit of weight.</param>
    let createOn (device: Device) (radius: float) (problem: Problem) (noise: Noise) (learningRate: float) (w: float[]) : AnalogStep =
        let w = Weights.ofArray w

        { Chain = Chain.create problem noise (AnalogSgd.create learningRate device) w
          Device = device
          Radius = radius
          LearningRate = learningRate
          Smoothness = problem.Smoothness
          Variance = Noise.variance noise w }

    /// <summary>A step on the asymmetric linear device, with the true constants.</summary>
    /// <param name="radius">τ &gt; 0, half of the dynamic range; unit of weight.</param>
    /// <param name="problem">The objective.</param>
    /// <param name="noise">Noise of the stochastic gradient.</param>
    /// <param name="learningRate">Learning rate α &gt; 0.</param>
    /// <param name="w">Weights W, unit of weight.</param>
    let create (radius: float) (problem: Problem) (noise: Noise) (learningRate: float) (w: float[]) : AnalogStep =
        createOn (AsymmetricLinear.create radius) radius problem noise learningRate w

    let private start step = step.Chain.Start
    let private gradientNorm step = Weights.normSquared (step.Chain.Problem.Gradient(start step))
    let private centred = Claim.centred (fun (step: AnalogStep) -> struct (step.Variance, step.Chain.Noise, start step))

    let private linear =
        Claim.hypothesis Claim.linearName (fun (step: AnalogStep) ->
            1e-14 - Claim.distanceFromLinear step.Radius step.Device (start step).Values)

    // S1 -----------------------------------------------------------------------------------------------------------------------------

    // A quantity as a function of the noise alone.
    let private ofNoise (step: AnalogStep) (quantity: IAnalogQuantity) : IRandomQuantity =
        let objective = AlgebraicStep.objective step.Chain.Problem

        { new IRandomQuantity with
            member _.At<'T when 'T: struct and 'T :> IAlgebra<'T>>(noise: 'T[]) =
                let w = AlgebraicStep.numbers<'T>(start step)
                let gradient = objective.GradientIn w
                let next = AlgebraicStep.analogSgd step.Device ('T.Constant step.LearningRate) w gradient noise
                quantity.Of(w, gradient, noise, next) }

    let private noise (step: AnalogStep) = AlgebraicStep.noise step.Chain.Noise (start step)

    // Coordinate d of W′ − W.
    let private change (step: AnalogStep) (d: int) =
        ofNoise
            step
            { new IAnalogQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(w: 'T[], _: 'T[], _: 'T[], next: 'T[]) : 'T = next[d] - w[d] }

    // −(α/τ)|ε|·W.
    let private pull<'T when 'T: struct and 'T :> IAlgebra<'T>> (step: AnalogStep) (noise: Number<'T>) (w: Number<'T>) : Number<'T> =
        let number = Number<'T>.Of
        -(AlgebraicStep.decay (number step.LearningRate) (number step.Radius) noise) * w

    let private decay (step: AnalogStep) (d: int) =
        ofNoise
            step
            { new IAnalogQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(w: 'T[], _: 'T[], noise: 'T[], _: 'T[]) : 'T =
                    (pull step { Value = noise[d] } { Value = w[d] }).Value }

    /// <summary>E[W′ − W] against −(α/τ)E|ε| ⊙ W, every coordinate.</summary>
    /// <param name="step">One step of Analog SGD with the constants of its problem.</param>
    let drift (step: AnalogStep) : Comparison list = StepExpectation.equal (noise step) (start step) (change step) (decay step)

    /// <summary>The same in fractions: the equality of two rational numbers.</summary>
    /// <param name="step">One step of Analog SGD with the constants of its problem.</param>
    let driftEnclosed (step: AnalogStep) : Enclosed list =
        StepExpectation.equalEnclosed (noise step) (start step) (change step) (decay step)

    let private critical = Claim.hypothesis "∇f(W) = 0" (fun step -> -sqrt(gradientNorm step))

    // α, τ, s, p, W and, when freed, the gradient, the noise's mean and the device's asymmetry.
    let private scalarParameters =
        [ Search.free "L" 0.1 4.0
          Search.free "τ" 0.3 3.0
          Search.free "W" -2.0 2.0
          Search.free "αL" 0.02 2.0
          Search.free "s" 0.01 2.0
          Search.free "p" 0.02 0.98 ]

    // A scalar quadratic whose minimiser lies a given distance below W.
    let private scalar (point: float[]) (distance: float) (bias: float) (asymmetry: float) : AnalogStep =
        let curvature, radius, w = point[0], point[1], point[2]
        let problem = Quadratic.isotropic 1 curvature (w - distance)
        createOn (Claim.linearDevice radius asymmetry) radius problem (Claim.biased point[4] point[5] bias) (point[3] / curvature) [| w |]

    let private driftNecessity =
        Search.necessity
            [ critical; centred; linear ]
            (scalarParameters
             @ [ Search.freed critical.Name "W − W*" -2.0 2.0 0.0
                 Search.freed Claim.meanName "E ε" -1.0 1.0 0.0
                 Search.freed Claim.linearName "c" -0.9 0.9 0.0 ])
            (fun point -> scalar point point[6] point[7] point[8])
            (drift >> Claim.worst)

    let private at (w: float[]) (noise: Noise) = create 1.0 (Quadratic.diagonal [| for i in 1 .. w.Length -> float i |] w) noise 0.1 w

    let private driftInstances =
        [ "D = 1, Rademacher", [ at [| 0.5 |] (Noise.rademacher 0.3) ]
          "D = 1, two-point p = .1", [ at [| -0.7 |] (Noise.twoPoint 0.3 0.1) ]
          "D = 3, Rademacher", [ at [| 0.5; -0.25; 0.9 |] (Noise.rademacher 0.2) ]
          "D = 2, lower bound's noise", [ at [| 0.4; 0.4 |] (Noise.stateDependentTwoPoint 0.3 1.0) ]
          "W outside the dynamic range", [ at [| 1.5 |] (Noise.rademacher 0.3) ]
          "well of a double well, a = 1/2, no tilt",
          [ create 1.0 (NonConvex.doubleWell 1 0.5 0.0 1.0) (Noise.rademacher 0.1) 0.1 [| 0.5 |] ] ]

    /// S1.
    let driftAtCriticalPoint: ITheorem =
        Theorem.pack
            { Id = "S1"
              Source = Source.paper "eq. 11"
              Variant = "printed"
              Statement = "∇f(W) = 0 ⇒ E[W′ − W] = −(α/τ)E|ε| ⊙ W"
              Hypotheses = [ critical; centred; linear ] |> List.map Claim.onAll
              Instances = driftInstances
              Evidence = StepExpectation.evidence driftEnclosed drift
              Necessity = driftNecessity }

    // S2 -----------------------------------------------------------------------------------------------------------------------------

    // f(W′) − f(W).
    let private rise (step: AnalogStep) =
        let objective = AlgebraicStep.objective step.Chain.Problem

        ofNoise
            step
            { new IAnalogQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(w: 'T[], _: 'T[], _: 'T[], next: 'T[]) : 'T =
                    objective.ValueIn next - objective.ValueIn w }

    // −(α/2)(1−a)‖∇f‖² + (α/2)aσ² + Lα²σ², the same for every ε.
    let private bound<'T when 'T: struct and 'T :> IAlgebra<'T>>
        (step: AnalogStep)
        (saturation: Number<'T>)
        (gradientNorm: Number<'T>)
        : Number<'T> =
        let number = Number<'T>.Of
        let alpha, variance, smoothness = number step.LearningRate, number step.Variance, number step.Smoothness
        let a = saturation * saturation / (number step.Radius * number step.Radius)

        number -0.5 * alpha * (number 1.0 - a) * gradientNorm
        + number 0.5 * alpha * a * variance
        + smoothness * alpha * alpha * variance

    let private descentBound (step: AnalogStep) =
        ofNoise
            step
            { new IAnalogQuantity with
                member _.Of<'T when 'T: struct and 'T :> IAlgebra<'T>>(w: 'T[], gradient: 'T[], _: 'T[], _: 'T[]) : 'T =
                    (bound step { Value = AlgebraicStep.largest w } { Value = AlgebraicStep.normSquared gradient }).Value }

    /// <summary>E f(W′) − f(W) against −(α/2)(1−a)‖∇f‖² + (α/2)aσ² + Lα²σ².</summary>
    /// <param name="step">One step of Analog SGD with the constants of its problem.</param>
    let descent (step: AnalogStep) : Comparison =
        let size measured bound = abs (step.Chain.Problem.Excess(start step)) + abs measured + abs bound
        StepExpectation.atMost (noise step) size (rise step) (descentBound step)

    /// <summary>The same, enclosed.</summary>
    /// <param name="step">One step of Analog SGD with the constants of its problem.</param>
    let descentEnclosed (step: AnalogStep) : Enclosed = StepExpectation.atMostEnclosed (noise step) (rise step) (descentBound step)

    let private rateName = "α ≤ 1/(2L)"

    /// Hypotheses of S2.
    let descentHypotheses: Hypothesis<AnalogStep> list =
        [ Claim.hypothesis Claim.smoothName (fun step ->
              // L has to hold on the segments from W to every W′: where it is said to, and at their ends as f and ∇f show it.
              let problem = step.Chain.Problem
              let reached = FinitePaths.successors step.Chain (start step) |> Array.map (fun (struct (_, next)) -> next)
              let room = problem.Domain - (reached |> Array.map Weights.largest |> Array.fold max (Weights.largest (start step)))
              let stated = Math.Min(step.Smoothness - problem.Smoothness, if room >= 0.0 then infinity else room)
              let here = PathWatch.still problem (start step)

              if stated >= 0.0 then
                  reached
                  |> Array.fold
                      (fun least next ->
                          Math.Min(least, PathWatch.smoothBetween step.Smoothness problem here (PathWatch.still problem next)))
                      stated
              else
                  stated)
          centred
          Claim.hypothesis Claim.varianceName (fun step ->
              let variance = Noise.variance step.Chain.Noise (start step)
              step.Variance - variance + 1e-14 * variance)
          Claim.hypothesis rateName (fun step -> 0.5 / step.Smoothness - step.LearningRate)
          linear ]

    let private descentNecessity =
        let build (point: float[]) =
            let step = scalar point point[6] point[7] point[8]

            { step with
                Smoothness = step.Smoothness * point[9]
                // With a mean, ε's second moment is what the claim calls σ².
                Variance = step.Variance * point[10] }

        Search.necessity
            descentHypotheses
            (scalarParameters
             @ [ Search.free "W − W*" -2.0 2.0
                 Search.freed Claim.meanName "E ε" -1.0 1.0 0.0
                 Search.freed Claim.linearName "c" -0.9 0.9 0.0
                 Search.freed Claim.smoothName "L claimed / L" 0.05 1.0 1.0
                 Search.freed Claim.varianceName "σ² claimed / σ²" 0.0 1.0 1.0 ])
            build
            descent

    // A grid of scalar steps: saturation, distance to the minimum in units of σ, rate, skewness of the noise.
    let private scalarGrid =
        [ for r in [ -1.25; -1.0; -0.5; -0.2; 0.0; 0.1; 0.2; 0.5; 0.9; 1.0; 1.25 ] do
              for distance in [ -2.0; -0.5; -0.2; -0.1; 0.0; 0.1; 0.5; 2.0 ] do
                  for rate in [ 0.01; 0.1; 0.5 ] do
                      for p in [ 0.01; 0.3; 0.5; 0.99 ] do
                          create 1.0 (Quadratic.isotropic 1 1.0 (r - 0.3 * distance)) (Noise.twoPoint 0.3 p) rate [| r |] ]

    let private plane noise rate w =
        create 1.0 (Quadratic.dense (array2D [ [ 2.0; 0.5 ]; [ 0.5; 1.0 ] ]) [| 0.4; -0.3 |]) noise rate w

    let private space noise rate w = create 1.0 (Quadratic.diagonal [| 1.0; 0.5; 0.25 |] [| 0.5; -0.3; 0.1 |]) noise rate w

    let private wellProblem = NonConvex.doubleWell 1 0.5 0.05 1.0

    let private descentInstances =
        [ "D = 1, grid of 1056 two-point steps", scalarGrid
          // The bound is met up to a factor 1 − p here.
          "D = 1, tight: |W| = τ, α = 1/(2L), rare large noise",
          [ create 1.0 (Quadratic.isotropic 1 1.0 1.0) (Noise.twoPoint 0.3 0.01) 0.5 [| 1.0 |] ]
          "D = 1, tight: ∇f = −σW/τ, small α", [ create 1.0 (Quadratic.isotropic 1 1.0 0.26) (Noise.rademacher 0.3) 1e-4 [| 0.2 |] ]
          "D = 2, dense, Rademacher",
          [ for x in [ -0.9; 0.2; 0.6 ] do
                for y in [ -0.8; 0.0; 0.7 ] do
                    for rate in [ 0.01; 0.1; 0.22 ] do
                        plane (Noise.rademacher 0.2) rate [| x; y |] ]
          "D = 3, diagonal, two-point p = .2",
          [ for x in [ -0.9; 0.5 ] do
                for y in [ -0.3; 0.8 ] do
                    for z in [ 0.0; 1.1 ] do
                        for rate in [ 0.01; 0.5 ] do
                            space (Noise.twoPoint 0.2 0.2) rate [| x; y; z |] ]
          "D = 2, lower bound's noise",
          [ for w in [ 0.0; 0.3; 0.9 ] do
                create 1.0 (Quadratic.isotropic 2 1.0 0.5) (Noise.stateDependentTwoPoint 0.2 1.0) 0.2 [| w; w |] ]
          "double well, not convex",
          [ for w in [ -0.6; -0.3; 0.0; 0.2; 0.55; 0.8 ] do
                create 1.0 wellProblem (Noise.rademacher 0.1) (0.5 / wellProblem.Smoothness) [| w |] ]
          "saturating loss, not convex",
          [ for w in [ -0.9; 0.0; 0.4; 0.9 ] do
                create 1.0 (NonConvex.saturating 1.0 [| 0.5 |]) (Noise.rademacher 0.2) 0.5 [| w |] ] ]

    /// S2.
    let oneStepDescent: ITheorem =
        Theorem.pack
            { Id = "S2"
              Source = Source.derived "S2; v1 eq. 59–64 with its constants tightened"
              Variant = "tightened"
              Statement = "α ≤ 1/(2L) ⇒ E f(W′) ≤ f(W) − (α/2)(1−a)‖∇f(W)‖² + (α/2)aσ² + Lα²σ²"
              Hypotheses = descentHypotheses |> List.map Claim.onAll
              Instances = descentInstances
              Evidence = StepExpectation.evidence (descentEnclosed >> List.singleton) (descent >> List.singleton)
              Necessity = descentNecessity }

    /// The claims of this file.
    let all: ITheorem list = [ driftAtCriticalPoint; oneStepDescent ]
