namespace AnalogTheory

open System
open AnalogTheory.Kernels.Ensembles

/// A training by Tiki-Taka of one's own, on which published claims are checked.
[<NoEquality; NoComparison>]
type OwnTikiTaka =
    {
        /// f, with the constants that one vouches for.
        Problem: Problem
        /// ε.
        Noise: Noise
        /// Device of P; the claims are about the asymmetric linear one with w⋄ = 0 and say so of others.
        Auxiliary: Device
        /// Device of W.
        Main: Device
        /// α, rate of W.
        TransferRate: float
        /// β, rate of P.
        LearningRate: float
        /// W₀; P₀ = 0.
        Start: Weights
        /// K.
        Steps: int
    }

/// <summary>Published claims about Tiki-Taka on instances of one's own.</summary>
/// <remarks>
/// T2, T5 and T7 are about the first step, T4 about P while W stays where it is; T3 about every path of K steps, T6 about P along the gradients that W can
/// meet in K steps; T8 compares K steps with 4K at half of both rates; T9 compares averages over K steps with those over 8K at an eighth of both rates.
/// </remarks>
[<RequireQualifiedAccess>]
module OwnTikiTaka =

    /// <summary>τ: half of the range that a device is described on; 1 where it has none, and then the device hypothesis fails.</summary>
    /// <param name="device">The device whose response is asked for.</param>
    let radius (device: Device) : float =
        let half = 0.5 * (device.Upper - device.Lower)
        if Double.IsFinite half && half > 0.0 then half else 1.0

    /// <summary>The step of T2, T5 and T7, from W₀ and P₀ = 0.</summary>
    /// <param name="training">Devices, problem, noise, rates, steps and start of a user.</param>
    let step (training: OwnTikiTaka) : TikiTakaStep =
        let w = Weights.toArray training.Start

        TikiTakaStep.createOn
            training.Auxiliary
            training.Main
            (radius training.Auxiliary)
            training.Problem
            training.Noise
            training.TransferRate
            training.LearningRate
            w
            (Array.zeroCreate w.Length)

    /// <summary>The auxiliary array of T4 at W₀, one weight.</summary>
    /// <param name="name">The instance in words.</param>
    /// <param name="training">Devices, problem, noise, rates, steps and start of a user.</param>
    /// <exception cref="T:System.ArgumentException">The problem has more than one weight.</exception>
    let auxiliary (name: string) (training: OwnTikiTaka) : AuxiliaryRun =
        if training.Problem.Dimension <> 1 then
            raise (ArgumentException($"Expected a problem of one weight for this claim, got {training.Problem} in '{name}'.", "trainings"))

        { Device = training.Auxiliary
          Radius = radius training.Auxiliary
          LearningRate = training.LearningRate
          Gradient = (training.Problem.Gradient training.Start)[0]
          Noise = training.Noise }

    let private refuse (name: string) (expected: string) (training: OwnTikiTaka) : 'a =
        raise (
            ArgumentException(
                $"Expected {expected} for this claim, got {training.Problem} under {training.Noise} on {training.Auxiliary} and {training.Main} in '{name}'.",
                "trainings"
            )
        )

    /// <summary>Largest |F − 1| + |G − w/τ| of both devices over |w| ≤ τ, τ that of P's device: 0 for the asymmetric linear device with w⋄ = 0, twice.</summary>
    /// <param name="training">Devices, problem, noise, rates, steps and start of a user.</param>
    let distanceFromLinear (training: OwnTikiTaka) : float =
        let tau = radius training.Auxiliary
        let weights = [ for i in -16 .. 16 -> float i / 16.0 * tau ]
        Math.Max(Claim.distanceFromLinear tau training.Auxiliary weights, Claim.distanceFromLinear tau training.Main weights)

    // The claims whose settings hold no device are about this one.
    let private requireLinear (name: string) (training: OwnTikiTaka) : unit =
        if not (distanceFromLinear training <= 1e-14) then
            refuse name "both arrays on the asymmetric linear device with w⋄ = 0 and one τ" training

    let private reach (training: OwnTikiTaka) : Reach =
        ReachableWeights.ofTikiTaka
            None
            (radius training.Auxiliary)
            training.TransferRate
            training.LearningRate
            training.Problem
            training.Noise
            training.Start

    // T3 -----------------------------------------------------------------------------------------------------------------------------

    let private paths = 64

    // Rounding may carry P beyond ±τ by some units in its last place.
    let private within (tau: float) (value: float) : Comparison =
        let comparison = Comparison.atMost (abs value) tau
        { comparison with Margin = comparison.Margin + Claim.rounding * tau }

    /// |P′| ≤ τ where it is decided: P′ is linear in P, and in g on either side of 0, so that the corners of |P| ≤ τ, |g_d| ≤ what training can meet, stand
    /// for all between them; and the largest |P| on paths of K steps through the engine.
    let private staysInside (training: OwnTikiTaka) : Comparison list =
        let tau, beta = radius training.Auxiliary, training.LearningRate
        let largest = (reach training).LargestGradient

        let corners =
            [ for p in [ -tau; 0.0; tau ] do
                  for g in [ -largest; 0.0; largest ] do
                      within tau (training.Auxiliary.Update(p, beta * g)) ]

        let run: AveragedRun =
            { Problem = training.Problem
              Noise = training.Noise
              Rule = Rule.pack (TikiTaka.createWith training.TransferRate beta training.Auxiliary training.Main)
              Start = training.Start
              BurnIn = 0L
              Steps = int64 training.Steps }

        let peaks =
            ReplicaMargin.peaks (Measure MeasureKind.LargestAuxiliary) run Execution.Default (Key.ofSeed 3UL |> Key.named "T3") 0u paths

        corners @ [ within tau (Array.max peaks) ]

    let private bounded (published: ITheorem) (instances: (string * OwnTikiTaka) list) : ITheorem =
        let smallRate =
            Claim.hypothesis "β|g| ≤ τ" (fun training ->
                let tau = radius training.Auxiliary
                tau - training.LearningRate * (reach training).GradientAgainst(tau / training.LearningRate))

        Theorem.pack
            { Id = published.Id
              Source = published.Source
              Variant = published.Variant
              Statement = published.Statement
              // P₀ = 0 holds the published |P| ≤ τ.
              Hypotheses =
                [ Claim.hypothesis "asymmetric linear device, w⋄ = 0" (fun training -> 1e-14 - distanceFromLinear training); smallRate ]
              Instances = instances
              Evidence = ByComputation staysInside
              Necessity = published.Necessity }

    // T6 -----------------------------------------------------------------------------------------------------------------------------

    // P along gradients that W can meet in K steps: that of W₀, the largest of the box, and the largest with a sign that turns.
    let private alongGradients (name: string) (training: OwnTikiTaka) : BoundedAuxiliaryRun list =
        requireLinear name training
        let problem, tau, steps = training.Problem, radius training.Auxiliary, training.Steps
        let largest = problem.Smoothness * ((reach training).WeightAgainst tau + Weights.largest problem.Minimizer)
        let first = problem.Gradient training.Start
        let turning = [ for i in 0 .. min steps 200 - 1 -> (if i % 2 = 0 then largest else -largest), max 1 (steps / 200) ]

        [ for d in 0 .. problem.Dimension - 1 do
              // Where W may leave the box nothing bounds the gradient, and the hypothesis on the box is not known.
              for path in [ [ (if Double.IsNaN largest then nan else first[d]), steps ]; [ largest, steps ]; turning ] do
                  { Smoothness = problem.Smoothness
                    Radius = tau
                    Deviation = sqrt (Noise.variance training.Noise training.Start)
                    Dimension = problem.Dimension
                    NoiseFloor = TikiTakaStep.noiseFloor training.Noise training.Start
                    LearningRate = training.LearningRate
                    Noise = training.Noise.Moments training.Start d
                    Path = path } ]

    // T8 -----------------------------------------------------------------------------------------------------------------------------

    let private constants (name: string) (training: OwnTikiTaka) : TikiTakaTraining =
        requireLinear name training

        TikiTakaRate.create
            training.Problem
            training.Noise
            (radius training.Auxiliary)
            training.Start
            training.TransferRate
            training.LearningRate
            training.Steps

    // K steps, and 4K at rates that fall like 1/√K.
    let private pair (name: string) (training: OwnTikiTaka) : TikiTakaTraining list =
        if training.Steps > Int32.MaxValue / 4 then
            refuse name (invariant $"at most {Int32.MaxValue / 4} steps") training

        [ constants name training
          constants
              name
              { training with
                  TransferRate = 0.5 * training.TransferRate
                  LearningRate = 0.5 * training.LearningRate
                  Steps = 4 * training.Steps } ]

    // T9 -----------------------------------------------------------------------------------------------------------------------------

    // Averages over K steps after seven relaxation times E|ε|/(ατμ), and over 8K of an eighth of both rates: exponents between them of .85 and 1.15.
    let private proportional (name: string) (training: OwnTikiTaka) : (string * ReplicaMargin) list =
        requireLinear name training
        let problem, tau = training.Problem, radius training.Auxiliary
        let level = Seq.init problem.Dimension (fun d -> (training.Noise.Moments training.Start d).MeanAbsolute 0.0) |> Seq.max

        if not (problem.StrongConvexity > 0.0) || not (level > 0.0) then
            refuse name "a strongly convex problem under noise" training

        let averaged factor : AveragedRun =
            let alpha = training.TransferRate / float factor

            { Problem = problem
              Noise = training.Noise
              Rule = Rule.pack (TikiTaka.createWith alpha (training.LearningRate / float factor) training.Auxiliary training.Main)
              Start = training.Start
              BurnIn = int64 (Math.Ceiling(7.0 * level / (alpha * tau * problem.StrongConvexity)))
              Steps = int64 factor * int64 training.Steps }

        let bound = pown (problem.Smoothness * (tau + Weights.largest problem.Minimizer)) 2 * float problem.Dimension
        let smallRate = 1.0 - training.LearningRate * (reach training).GradientAgainst(tau / training.LearningRate) / tau

        [ for sign, power, words in [ 1.0, 0.85, "at least .85"; -1.0, 1.15, "at most 1.15" ] do
              $"{name}: exponent between β/8 and β {words}",
              { Terms = [ sign * Math.Pow(0.125, power), averaged 1; -sign, averaged 8 ]
                Constant = 0.0
                GradientRange = Some(0.0, bound)
                AuxiliaryLimit = None
                Conditions = TikiTakaFloor.proportionalConditions smallRate (1.0 - training.TransferRate) } ]

    /// <summary>The theorem with instances of one's own; None for theorems that are not about Tiki-Taka, its auxiliary array or its rates.</summary>
    /// <param name="instances">Trainings by their names.</param>
    /// <param name="theorem">A theorem of the registry.</param>
    /// <exception cref="T:System.ArgumentException">A training is not of the form that the theorem speaks of, such as one weight; or there are too many steps.</exception>
    let tryOn (instances: (string * OwnTikiTaka) list) (theorem: ITheorem) : ITheorem option =
        let collected make (theorem: Theorem<'Setting>) =
            Some(
                Theorem.pack
                    { theorem with
                        Instances = instances |> List.collect (fun (name, training) -> make name training) }
            )

        let on make theorem = collected (fun name training -> [ name, make name training ]) theorem

        theorem.Accept
            { new ITheoremVisitor<ITheorem option> with
                member _.Visit published =
                    match box published with
                    | :? Theorem<TikiTakaStep list> as steps -> on (fun _ training -> [ step training ]) steps
                    | :? Theorem<AuxiliaryRun list> as runs -> on (fun name training -> [ auxiliary name training ]) runs
                    | :? Theorem<BoundedAuxiliaryRun list> as runs when runs.Id.StartsWith("T6", StringComparison.Ordinal) ->
                        on alongGradients runs
                    | :? Theorem<TikiTakaTraining list> as pairs -> on pair pairs
                    | :? Theorem<TikiTakaTraining> as runs -> on constants runs
                    | :? Theorem<ReplicaMargin> as margins when margins.Id = "T9-proportional" -> collected proportional margins
                    | _ when published.Id = "T3" -> Some(bounded theorem instances)
                    | _ -> None }
