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
type internal TikiTakaNumbers<'T> =
    { Main: 'T[]
      Auxiliary: 'T[]
      Gradient: 'T[]
      Noise: 'T[]
      NextMain: 'T[]
      NextAuxiliary: 'T[] }

/// A number that one step of Tiki-Taka makes, in every number system.
type internal ITikiTakaQuantity =
    /// Of the step's numbers.
    abstract Of<'T when 'T: struct and 'T :> IAlgebra<'T>> : numbers: TikiTakaNumbers<'T> -> 'T

/// Steps of Tiki-Taka for claims T2, T5 and T7: how they are made, their hypotheses, and their numbers as functions of the noise.
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

    /// <summary>A step on the asymmetric linear device with τ = 1, with the true constants.</summary>
    /// <param name="problem">The objective.</param>
    /// <param name="noise">Noise of the stochastic gradient.</param>
    /// <param name="transferRate">Rate α &gt; 0 of W.</param>
    /// <param name="learningRate">Rate β &gt; 0 of P.</param>
    /// <param name="w">Weights W, unit of weight.</param>
    /// <param name="p">Auxiliary weights P, unit of weight.</param>
    let create problem noise transferRate learningRate w p : TikiTakaStep =
        let device = AsymmetricLinear.create 1.0
        createOn device device 1.0 problem noise transferRate learningRate w p

    // Hypotheses ---------------------------------------------------------------------------------------------------------------------

    /// W is a critical point.
    let internal critical =
        Claim.hypothesis "∇f(W) = 0" (fun (step: TikiTakaStep) -> -sqrt(Weights.normSquared (step.Chain.Problem.Gradient step.State.Main)))

    /// The noise has mean 0 at W.
    let internal centred = Claim.centred (fun (step: TikiTakaStep) -> struct (step.Variance, step.Chain.Noise, step.State.Main))

    /// Both devices are asymmetric linear ones of the claim's τ where the step uses them.
    let internal linear =
        Claim.hypothesis Claim.linearName (fun (step: TikiTakaStep) ->
            let distance device weights = Claim.distanceFromLinear step.Radius device weights

            1e-14
            - Math.Max(distance step.Auxiliary (Seq.append [ 0.5 ] step.State.Auxiliary.Values), distance step.Main step.State.Main.Values))

    // Steps --------------------------------------------------------------------------------------------------------------------------

    /// Parameters of scalar steps: L, τ, W, P, s, p, β; freed ones from index 7: W − W*, E ε, c.
    let internal scalarParameters freeGradient =
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
          Search.freed Claim.meanName "E ε" -1.0 1.0 0.0
          Search.freed Claim.linearName "c" -0.9 0.9 0.0 ]

    /// The step of one weight that such parameters describe.
    let internal scalar (point: float[]) : TikiTakaStep =
        let device = Claim.linearDevice point[1] point[9]
        let problem = Quadratic.isotropic 1 point[0] (point[2] - point[7])
        createOn device device point[1] problem (Claim.biased point[4] point[5] point[8]) 0.5 point[6] [| point[2] |] [| point[3] |]

    let private at (w: float[]) (p: float[]) noise beta =
        create (Quadratic.diagonal [| for i in 1 .. w.Length -> float i |] w) noise 0.5 beta w p

    /// Steps from the minimum of a quadratic.
    let internal criticalInstances =
        [ "D = 1, Rademacher", [ for p in [ -1.2; -0.5; 0.0; 0.7 ] -> at [| 0.5 |] [| p |] (Noise.rademacher 0.3) 0.4 ]
          "D = 1, two-point p = .1", [ for p in [ -0.9; 0.3 ] -> at [| -0.7 |] [| p |] (Noise.twoPoint 0.3 0.1) 1.0 ]
          "D = 3, Rademacher", [ at [| 0.5; -0.2; 0.9 |] [| 0.1; -0.6; 1.0 |] (Noise.rademacher 0.2) 0.3 ]
          "D = 2, lower bound's noise", [ at [| 0.4; 0.4 |] [| 0.3; -0.3 |] (Noise.stateDependentTwoPoint 0.3 1.0) 0.5 ] ]

    // Numbers of a step --------------------------------------------------------------------------------------------------------------

    /// All values of ε at W.
    let internal noise (step: TikiTakaStep) : IOutcomes = AlgebraicStep.noise step.Chain.Noise step.State.Main

    /// A quantity as a function of the noise alone.
    let internal ofNoise (step: TikiTakaStep) (quantity: ITikiTakaQuantity) : IRandomQuantity =
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
