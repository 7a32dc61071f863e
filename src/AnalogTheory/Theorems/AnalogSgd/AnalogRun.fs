namespace AnalogTheory

open AnalogTheory.Kernels.Algebra

/// A run of Analog SGD with the constants that its convergence bounds need.
[<NoEquality; NoComparison>]
type AnalogRun =
    {
        /// Problem, noise, rule and W₀.
        Chain: Chain<Weights>
        /// Device of the rule.
        Device: Device
        /// τ of the claim.
        Radius: float
        /// α.
        LearningRate: float
        /// K.
        Steps: int
        /// L of the claim.
        Smoothness: float
        /// σ² of the claim.
        Variance: float
        /// W_max: no path leaves ‖W‖∞ ≤ W_max; ∞ where no bound is known.
        LargestWeight: float
        /// Largest ‖∇f‖² on the weights that can be reached; ∞ where unknown.
        LargestGradient: float
    }

    /// Δ_f.
    member run.Gap = run.Chain.Problem.Excess run.Chain.Start

/// Runs of Analog SGD on the asymmetric linear device: how they are made, and what every state of a path is held against.
[<RequireQualifiedAccess>]
module AnalogRun =

    /// What a bound takes from the problem and the noise, A1 and A3′, held against every state that a path visits: a hypothesis that holds at W₀ need not
    /// hold where the chain goes.
    let internal vouched (chain: Chain<Weights>) (steps: int64) (smoothness: float) (variance: float) : PathCheck list =
        let problem, noise = chain.Problem, chain.Noise

        [ PathWatch.smooth Claim.smoothName smoothness problem
          yield! PathWatch.minimum problem
          yield! PathWatch.centred Claim.meanName variance Claim.varianceName steps noise problem.Dimension
          yield! PathWatch.spread Claim.varianceName variance steps noise
          yield! PathWatch.bounded noise ]

    /// <summary>A run on the asymmetric linear device with τ = 1 and constants that hold: W_max from invariant intervals of every coordinate.</summary>
    /// <param name="problem">The objective.</param>
    /// <param name="noise">Noise of the stochastic gradient.</param>
    /// <param name="start">Start W₀, unit of weight.</param>
    /// <param name="learningRate">Learning rate α &gt; 0.</param>
    /// <param name="steps">K ≥ 1.</param>
    /// <param name="reach">An interval per coordinate that no path leaves, unit of weight; None where none is known.</param>
    /// <param name="slopes">∂f over that interval per coordinate; loss/weight.</param>
    let create
        (problem: Problem)
        (noise: Noise)
        (start: float[])
        (learningRate: float)
        (steps: int)
        (reach: Interval option list)
        (slopes: Interval list)
        : AnalogRun =
        let device = AsymmetricLinear.create 1.0
        let start = Weights.ofArray start
        let known = List.forall Option.isSome reach

        { Chain = Chain.create problem noise (AnalogSgd.create learningRate device) start
          Device = device
          Radius = 1.0
          LearningRate = learningRate
          Steps = steps
          Smoothness = problem.Smoothness
          Variance = Noise.variance noise start
          LargestWeight = if known then reach |> List.map (Option.get >> InvariantInterval.largest) |> List.max else infinity
          LargestGradient =
            if known then
                slopes |> List.sumBy (fun slope -> let struct (_, high) = InvariantInterval.square slope in high)
            else
                infinity }

    /// Coordinates with their curvature, minimiser and start; independent two-point noise of deviation s and probability p.
    let internal quadratic coordinates deviation probability rate steps =
        let curvatures, minimizers, start = Array.unzip3 coordinates
        let noise = Noise.twoPoint deviation probability
        let values = (noise.Moments (Weights.zeros 1) 0).Support |> Option.get |> Array.map _.Value |> Array.toList

        let parts =
            [ for l, m, w in coordinates do
                  let map = InvariantInterval.quadratic (AsymmetricLinear.create 1.0) rate l m (values |> List.map Interval.Point)
                  let reach = InvariantInterval.tryFind map 1.0 (InvariantInterval.quadraticSeed l m w values)
                  reach, reach |> Option.map map.Slope |> Option.defaultValue Interval.Entire ]

        create (Quadratic.diagonal curvatures minimizers) noise start rate steps (List.map fst parts) (List.map snd parts)

    /// The lower bound's instance of a saturation r, from its minimum unless a start is given.
    let internal lowerBound saturation deviation start rate steps =
        let instance = LowerBoundInstance.ofSaturation 1.0 1.0 deviation 1 saturation
        let start = defaultArg start instance.Minimizer
        let reach = LowerBoundInstance.reachable rate start instance
        let slope = reach |> Option.map (fun w -> w - Interval.Point instance.Minimizer) |> Option.defaultValue Interval.Entire
        create (LowerBoundInstance.problem instance) (LowerBoundInstance.noise instance) [| start |] rate steps [ reach ] [ slope ]

    /// The tilted double well from its upper well.
    let internal doubleWell rate steps =
        let well, tilt, domain = 0.5, 0.05, 0.9
        let problem = NonConvex.doubleWell 1 well tilt domain
        let noises = [ Interval.Point 0.1; Interval.Point -0.1 ]
        let map = InvariantInterval.doubleWell (AsymmetricLinear.create 1.0) rate well tilt noises
        let reach = InvariantInterval.tryFind map domain (Interval(0.35, 0.55))
        let slope = reach |> Option.map map.Slope |> Option.defaultValue Interval.Entire
        create problem (Noise.rademacher 0.1) [| 0.5 |] rate steps [ reach ] [ slope ]
