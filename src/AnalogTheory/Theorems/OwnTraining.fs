namespace AnalogTheory

open System

/// A training by Analog SGD of one's own, on which published claims are checked.
[<NoEquality; NoComparison>]
type OwnTraining =
    {
        /// f, with the constants that one vouches for.
        Problem: Problem
        /// ε.
        Noise: Noise
        /// Device of W; the claims are about the asymmetric linear one with w⋄ = 0 and say so of others.
        Device: Device
        /// α.
        LearningRate: float
        /// W₀.
        Start: Weights
        /// K.
        Steps: int
    }

/// Published claims on instances of one's own: each theorem keeps its hypotheses, bound and evidence, and gets other instances.
[<RequireQualifiedAccess>]
module OwnTraining =

    // τ: half of the range that the device is described on; 1 where it has none, and then the device hypothesis fails.
    let private radius (training: OwnTraining) : float =
        let half = 0.5 * (training.Device.Upper - training.Device.Lower)
        if Double.IsFinite half && half > 0.0 then half else 1.0

    // Without noise there is one path.
    let private pathReach (training: OwnTraining) chain : float =
        Chain.trajectory (Key.ofSeed 0UL) 0u chain
        |> Seq.truncate (training.Steps + 1)
        |> Seq.fold (fun largest moment -> Math.Max(largest, Weights.largest moment.State)) 0.0

    // The device that the claims are about: one of one's own may have no enclosure, and whether it is that one is a hypothesis of its own.
    let private reach (training: OwnTraining) (tau: float) : float =
        let device = AsymmetricLinear.create tau
        let struct (largest, _) = ReachableWeights.boundsOfAnalogSgd device tau training.LearningRate training.Problem training.Noise training.Start
        largest

    /// The run of S3 and S4, W_max derived and never assumed: the path's without noise, else by what training can reach.
    let run (training: OwnTraining) : AnalogRun =
        let problem, tau = training.Problem, radius training
        let chain = Chain.create problem training.Noise (AnalogSgd.create training.LearningRate training.Device) training.Start
        let largest = if training.Noise.LargestNoise = 0.0 then pathReach training chain else reach training tau
        let distance = sqrt (float problem.Dimension) * (largest + Weights.largest problem.Minimizer)

        { Chain = chain
          Device = training.Device
          Radius = tau
          LearningRate = training.LearningRate
          Steps = training.Steps
          Smoothness = problem.Smoothness
          Variance = Noise.variance training.Noise training.Start
          LargestWeight = largest
          // ‖∇f(W)‖ ≤ L‖W − W*‖ where W* is a minimiser.
          LargestGradient = pown (problem.Smoothness * distance) 2 }

    /// The step of S1 and S2, from W₀.
    let step (training: OwnTraining) : AnalogStep =
        AnalogSgdStep.createOn
            training.Device
            (radius training)
            training.Problem
            training.Noise
            training.LearningRate
            (Weights.toArray training.Start)

    /// <summary>The theorem with instances of one's own; None for theorems that are not about a step or a run of Analog SGD.</summary>
    /// <param name="instances">Trainings by their names.</param>
    /// <param name="theorem">A theorem of the registry.</param>
    let tryOn (instances: (string * OwnTraining) list) (theorem: ITheorem) : ITheorem option =
        let on make (theorem: Theorem<'Setting>) =
            Some(Theorem.pack { theorem with Instances = instances |> List.map (fun (name, training) -> name, make training) })

        theorem.Accept
            { new ITheoremVisitor<ITheorem option> with
                member _.Visit theorem =
                    match box theorem with
                    | :? Theorem<AnalogRun> as runs -> on run runs
                    | :? Theorem<AnalogStep list> as steps -> on (step >> List.singleton) steps
                    | _ -> None }
