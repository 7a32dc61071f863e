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
        /// Device of W; most claims are about the asymmetric linear one, and say so of others.
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

    /// <summary>τ: half of the range that the device is described on; 1 where it has none, and then the device hypothesis fails.</summary>
    /// <param name="training">Device, problem, noise, rate, steps and start of a user.</param>
    let radius (training: OwnTraining) : float =
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

        let struct (largest, _) =
            ReachableWeights.boundsOfAnalogSgd device tau training.LearningRate training.Problem training.Noise training.Start

        largest

    /// <summary>The run of S3 and S4, W_max derived and never assumed: the path's without noise, else by what training can reach.</summary>
    /// <param name="training">Device, problem, noise, rate, steps and start of a user.</param>
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

    /// <summary>The step of S1 and S2, from W₀.</summary>
    /// <param name="training">Device, problem, noise, rate, steps and start of a user.</param>
    let step (training: OwnTraining) : AnalogStep =
        AnalogSgdStep.createOn
            training.Device
            (radius training)
            training.Problem
            training.Noise
            training.LearningRate
            (Weights.toArray training.Start)

    let private refuse (name: string) (expected: string) (training: OwnTraining) : 'a =
        raise (
            ArgumentException(
                $"Expected {expected} for this claim, got {training.Problem} under {training.Noise} on {training.Device} in '{name}'.",
                "trainings"
            )
        )

    // f seen from w⋄: the same function of W − w⋄.
    let private shifted (point: float) (problem: Problem) : Problem =
        let back (w: float[]) = w |> Array.map (fun w -> w + point)

        let constants: ObjectiveConstants =
            { Smoothness = problem.Smoothness
              StrongConvexity = problem.StrongConvexity
              IsConvex = problem.IsConvex
              Domain = problem.Domain - abs point
              Minimum = Some problem.Minimum }

        UserDefinedProblem.ofArrays
            problem.Name
            constants
            (problem.Minimizer |> Weights.toArray |> Array.map (fun w -> w - point))
            (fun w -> problem.Minimum + problem.Objective.Excess(ReadOnlySpan<float>(back w)))
            (fun w -> problem.Gradient(Weights.ofArray (back w)) |> Weights.toArray)

    /// <summary>
    /// The training seen from its symmetric point: on the asymmetric linear device, W − w⋄ is trained on the device with w⋄ = 0. Others stay as they are,
    /// as do trainings whose noise depends on the weight.
    /// </summary>
    /// <param name="training">Device, problem, noise, rate, steps and start of a user.</param>
    let centred (training: OwnTraining) : OwnTraining =
        match training.Device.Name, Map.ofList training.Device.Parameters |> Map.tryFind "w⋄" with
        | "asymmetric linear", Some point when point <> 0.0 && not training.Noise.DependsOnState ->
            { training with
                Problem = shifted point training.Problem
                Device = AsymmetricLinear.create (radius training)
                Start = training.Start |> Weights.map (fun w -> w - point) }
        | _ -> training

    // One weight, f″ = L throughout, on the linear device, noise that does not depend on the weight: what the scalar settings are made of.
    let private scalar (name: string) (training: OwnTraining) : ScalarFloor =
        let problem, tau = training.Problem, radius training

        let isQuadratic =
            problem.Dimension = 1
            && problem.StrongConvexity = problem.Smoothness
            && Double.IsPositiveInfinity problem.Domain

        let isLinear = Claim.distanceFromLinear tau training.Device [ -0.5 * tau; 0.25 * tau ] <= 1e-14

        if not (isQuadratic && isLinear) || training.Noise.DependsOnState then
            refuse name "a quadratic of one weight on an asymmetric linear device, under noise that does not depend on the weight" training

        { Curvature = problem.Smoothness
          Minimizer = problem.Minimizer[0]
          Radius = tau
          Noise = training.Noise.Moments training.Start 0 }

    let private limit (name: string) (training: OwnTraining) : FloorLimitRun =
        let floor = scalar name training

        let atoms =
            match floor.Noise.Support, training.Noise.Name, Map.ofList training.Noise.Parameters |> Map.tryFind "s" with
            | Some _, _, _ -> NoiseAtoms.finite (fun _ -> floor.Noise)
            | None, "Gaussian", Some deviation when deviation > 0.0 -> NoiseAtoms.gaussian deviation
            | _ -> refuse name "noise with finitely many values, or Gaussian noise" training

        { Floor = floor; LearningRate = training.LearningRate; Atoms = atoms }

    // S7 for one weight: any device.
    let private penalty (name: string) (training: OwnTraining) : PenaltySetting =
        let problem = training.Problem

        if problem.Dimension <> 1 || problem.StrongConvexity <> problem.Smoothness || training.Noise.DependsOnState then
            refuse name "a quadratic of one weight under noise that does not depend on the weight" training

        { Device = training.Device
          SymmetricPoint = SymmetricPoint.find training.Device
          Curvature = problem.Smoothness
          Minimizer = problem.Minimizer[0]
          Noise = training.Noise.Moments training.Start 0 }

    let private array (training: OwnTraining) : ArrayFloorSetting =
        { Problem = training.Problem; Device = training.Device; Noise = training.Noise }

    // S8 follows every path: without noise there is one.
    let private monotone (name: string) (training: OwnTraining) : MonotoneRun =
        let floor = scalar name training

        if floor.Noise.SecondMoment <> 0.0 then refuse name "a training without noise" training

        { Losses = [ floor.Curvature, floor.Minimizer ]
          Smoothness = floor.Curvature
          Radius = floor.Radius
          Start = training.Start[0]
          LearningRate = training.LearningRate
          Steps = training.Steps }

    // L4: the lower bound's own instance, or nothing.
    let private lowerBound (name: string) (training: OwnTraining) : LowerBoundInstance =
        let problem = training.Problem
        let sigma = sqrt (Noise.variance training.Noise training.Start)
        let minimizers = Weights.toArray problem.Minimizer

        if
            training.Noise.Name <> (Noise.stateDependentTwoPoint 1.0 1.0).Name
            || problem.StrongConvexity <> problem.Smoothness
            || Array.exists ((<>) minimizers[0]) minimizers
        then
            refuse name "the lower bound's instance: equal quadratics under its state-dependent two-point noise" training

        LowerBoundInstance.ofMinimizer problem.Smoothness (radius training) sigma problem.Dimension minimizers[0]

    // The sharp constant from below, with the largest allowance that the claim names; the printed one with none.
    let private lowerBoundRun (id: string) (name: string) (training: OwnTraining) : LowerBoundRun =
        { Instance = lowerBound name training
          LearningRate = training.LearningRate
          Constant = (if id = "L4-printed" then 4.0 else 1.0)
          Allowance = (if id = "L4-printed" then 0.0 else 0.03)
          IsUpper = false }

    // Largest |w| at which what a run can reach is looked for: the device's own range, where it has one.
    let private limitOf (training: OwnTraining) : float =
        let ends = Math.Max(abs training.Device.Lower, abs training.Device.Upper)

        if Double.IsFinite ends then
            ends
        else
            1e3 * (1.0 + Weights.largest training.Start + Weights.largest training.Problem.Minimizer)

    /// <summary>The run of N1, on any device; what it reaches is found by interval iteration, or is not known.</summary>
    /// <param name="training">Device, problem, noise, rate, steps and start of a user.</param>
    let onAnyDevice (training: OwnTraining) : DeviceRun =
        let reached =
            lazy
                (ReachableWeights.intervals
                    training.Device
                    training.LearningRate
                    training.Problem
                    training.Noise
                    training.Start
                    (limitOf training)
                 |> Option.map (List.map (fun (map, weights) -> { Weights = weights; Slope = map.Slope })))

        DeviceRun.create
            training.Device
            training.Problem
            training.Noise
            training.LearningRate
            training.Steps
            (Weights.toArray training.Start)
            reached

    // The published instances are this project's own; what somebody else vouches for is held against the paths.
    let private watching (runOf: 'Setting -> DeviceRun) (theorem: Theorem<'Setting>) : Theorem<'Setting> =
        match theorem.Evidence with
        | BySampling sampler ->
            let watch (run: DeviceRun) =
                PathWatch.create run.Chain (int64 run.Steps) (AnalogRun.vouched run.Chain (int64 run.Steps) run.Smoothness run.Variance)

            { theorem with
                Evidence = BySampling(fun setting -> { sampler setting with Watch = Some(watch (runOf setting)) }) }
        | _ -> theorem

    /// The run of the sequel's Theorem 2, F_max as it is on the weights that are reached.
    let private sequel (training: OwnTraining) : SequelRun =
        let run = onAnyDevice training
        let struct (_, largest) = DeviceRun.symmetricRange run
        { Run = run; LargestFactor = largest }

    /// <summary>The setting of N2 at W₀.</summary>
    /// <param name="training">Device, problem, noise, rate, steps and start of a user.</param>
    /// <param name="name">The instance in words.</param>
    /// <exception cref="T:System.ArgumentException">The noise depends on the weight.</exception>
    let potential (name: string) (training: OwnTraining) : PotentialSetting =
        if training.Noise.DependsOnState then
            refuse name "noise that does not depend on the weight" training

        { Device = training.Device
          Problem = training.Problem
          Noise = training.Noise.Moments training.Start 0
          Weights = training.Start }

    /// <summary>The setting of N10: the floor while W stays between w⋄ and w*, where the mean step of one weight vanishes.</summary>
    /// <param name="training">Device, problem, noise, rate, steps and start of a user.</param>
    /// <param name="name">The instance in words.</param>
    /// <exception cref="T:System.ArgumentException">The problem is not a quadratic of one weight.</exception>
    let ceiling (name: string) (training: OwnTraining) : CeilingSetting =
        let problem = training.Problem

        if problem.Dimension <> 1 || problem.StrongConvexity <> problem.Smoothness then
            refuse name "a quadratic of one weight" training

        let minimizer = problem.Minimizer[0]
        let point = SymmetricPoint.tryFind training.Device |> Option.defaultValue minimizer
        let noise w = training.Noise.Moments (Weights.ofArray [| w |]) 0
        FloorCeiling.create training.Device (min point minimizer) (max point minimizer) problem.Smoothness minimizer noise

    /// <summary>The theorem with instances of one's own; None for theorems that are not about a step, a run or the floor of Analog SGD.</summary>
    /// <param name="instances">Trainings by their names.</param>
    /// <param name="theorem">A theorem of the registry.</param>
    /// <exception cref="T:System.ArgumentException">A training is not of the form that the theorem speaks of, such as one weight.</exception>
    let tryOn (instances: (string * OwnTraining) list) (theorem: ITheorem) : ITheorem option =
        let on make (theorem: Theorem<'Setting>) =
            Some(
                Theorem.pack
                    { theorem with
                        Instances = instances |> List.map (fun (name, training) -> name, make name (centred training)) }
            )

        // Claims about every device need no shift.
        let asIs make (theorem: Theorem<'Setting>) =
            Some(
                Theorem.pack
                    { theorem with
                        Instances = instances |> List.map (fun (name, training) -> name, make name training) }
            )

        let alone make = on (fun _ training -> make training)
        let listed make = on (fun name training -> [ make name training ])

        theorem.Accept
            { new ITheoremVisitor<ITheorem option> with
                member _.Visit theorem =
                    match box theorem with
                    | :? Theorem<AnalogRun> as runs -> alone run runs
                    | :? Theorem<AnalogStep list> as steps -> alone (step >> List.singleton) steps
                    | :? Theorem<FloorLimitRun> as limits when limits.Id = "S5-limit" -> on limit limits
                    | :? Theorem<ScalarFloor list> as floors -> listed scalar floors
                    | :? Theorem<PenaltySetting list> as penalties -> listed penalty penalties
                    | :? Theorem<ArrayFloorSetting list> as floors -> alone (array >> List.singleton) floors
                    | :? Theorem<MonotoneRun> as runs -> on monotone runs
                    | :? Theorem<LowerBoundRun> as floors -> on (lowerBoundRun floors.Id) floors
                    | :? Theorem<LowerBoundInstance * float> as floors when floors.Id = "L4-limit" ->
                        on (fun name training -> lowerBound name training, training.LearningRate) floors
                    | :? Theorem<DeviceRun> as runs -> runs |> watching id |> asIs (fun _ training -> onAnyDevice training)
                    | :? Theorem<SequelRun> as runs -> runs |> watching _.Run |> asIs (fun _ training -> sequel training)
                    | :? Theorem<PotentialSetting list> as settings when settings.Id = "N2" ->
                        asIs (fun name training -> [ potential name training ]) settings
                    | :? Theorem<CeilingSetting list> as settings -> asIs (fun name training -> [ ceiling name training ]) settings
                    | _ -> None }
