namespace AnalogTheory

open System
open AnalogTheory.Kernels.Noises
open AnalogTheory.Kernels.Objectives

/// Which rule an instance is trained by, with its rates.
type TrainedBy =
    /// α.
    | AnalogSgdAt of learningRate: float
    /// α, rate of W, and β, rate of P.
    | TikiTakaAt of transferRate: float * learningRate: float

/// A concrete training setting, to be held against the assumptions of the theorems.
[<NoEquality; NoComparison>]
type TrainingSetting =
    {
        /// f.
        Problem: Problem
        /// τ of the asymmetric linear device, w⋄ = 0.
        Radius: float
        /// ε.
        Noise: Noise
        /// Rule.
        Rule: TrainedBy
        /// W₀.
        Start: Weights
        /// W_max, if it is known; else D2's τ or nothing.
        LargestWeight: float option
    }

/// One theorem's condition on a setting.
type AssumptionCheck =
    {
        /// Theorem of v1 or claim of the ledger (proofs-checks/README.md).
        Theorem: string
        /// Identifier of the registry's claim whose hypothesis it is.
        Claim: string
        /// Condition.
        Condition: string
        /// Signed margin in the condition's unit: at least 0 holds, NaN unknown.
        Margin: float
    }

/// What is known about a setting, and which theorems say something about it.
type AssumptionReport =
    {
        /// L; loss/weight².
        Smoothness: float
        /// μ; loss/weight².
        StrongConvexity: float
        /// f*; loss.
        Minimum: float
        /// Δ_f = f(W₀) − f*.
        Gap: float
        /// c: E|g + ε_d| ≥ cσ for every g; NaN if unknown.
        NoiseFloor: float
        /// σ, E‖ε‖² = σ² at W₀; loss/weight.
        Deviation: float
        /// W_max; ∞ if unknown.
        LargestWeight: float
        /// Largest α of Analog SGD that S2 and S3 admit, 1/(2L); on other devices than the asymmetric linear one N1's, 1/(2LF_max), NaN where F is not known.
        LargestAnalogRate: float
        /// Largest β that T6 admits (repaired).
        LargestAuxiliaryRate: float
        /// Smallest and largest β that Theorem 4 admits at the rule's α; NaN for Analog SGD.
        AuxiliaryRateWindow: float * float
        /// σ that Theorem 4 needs, √(33·41)·Lτ√D/c ≥ 36.78·LτD.
        RequiredDeviation: float
        /// Every condition of every theorem that concerns the rule.
        Checks: AssumptionCheck list
    }

    /// Theorems all of whose conditions hold.
    member report.Applicable =
        report.Checks
        |> List.groupBy _.Theorem
        |> List.filter (fun (_, checks) -> checks |> List.forall (fun check -> check.Margin >= 0.0))
        |> List.map fst

    /// Theorems that say nothing here, with the conditions that fail.
    member report.Vacuous = report.Checks |> List.filter (fun check -> not (check.Margin >= 0.0)) |> List.groupBy _.Theorem

/// <summary>The assumption checker: from a problem, a device, noise and a rule to the theorems that apply.</summary>
/// <remarks>
/// It states no condition of its own: a setting is turned into the setting of a claim of the registry, and the claim's hypotheses are evaluated on it.
/// What a hypothesis asks of all paths is bounded over the weights that training can reach; where no bound is known and no path is known to break it
/// either, the margin is NaN, unknown. Moments of noise that depends on the state are taken at weights over that reach.
/// </remarks>
[<RequireQualifiedAccess>]
module Assumptions =

    /// <summary>inf over g of E|g + ε_d|/σ over the coordinates: at an atom for finite supports, at 0 for symmetric families; NaN where unknown.</summary>
    /// <param name="noise">Noise of the stochastic gradient.</param>
    /// <param name="w">State W at which to look, unit of weight.</param>
    let noiseFloor (noise: Noise) (w: Weights) : float =
        try
            TikiTakaStep.noiseFloor noise w
        with :? NotSupportedException ->
            nan

    // The hypotheses of a claim about settings of a type that the caller knows.
    let internal hypothesesOf<'Setting> (id: string) : Hypothesis<'Setting> list =
        match Registry.tryFind id with
        | None -> invalidOp $"Expected the claim {id} in the registry, found none."
        | Some theorem ->
            theorem.Accept
                { new ITheoremVisitor<Hypothesis<'Setting> list> with
                    member _.Visit theorem =
                        match box theorem.Hypotheses with
                        | :? (Hypothesis<'Setting> list) as hypotheses -> hypotheses
                        | _ -> invalidOp $"Expected {id} to be about {typeof<'Setting>.Name}, got {theorem.Hypotheses.GetType().Name}." }

    // What evaluations share: the setting, weights over its reach, and whether that reach and the noise on it are known.
    [<NoEquality; NoComparison>]
    type private Evaluation = { Setting: TrainingSetting; Probes: Weights list; IsKnown: bool }

    let private evaluation (setting: TrainingSetting) (reach: Reach) : Evaluation =
        let constant w = Weights.constant setting.Problem.Dimension w
        let isBounded = Double.IsFinite reach.LargestWeight
        let largest = if isBounded then reach.LargestWeight else reach.VisitedWeight

        let probes = [ for i in -16 .. 16 -> constant (float i / 16.0 * largest) ]

        // Moments that somebody vouches for as a function of the weight, and that are the same wherever one looks.
        let isConstant () =
            let moments w =
                [ for d in 0 .. setting.Problem.Dimension - 1 -> let m = setting.Noise.Moments w d in m.Mean, m.SecondMoment, m.Bound ]

            let here = moments setting.Start
            probes |> List.forall (fun w -> moments w = here)

        { Setting = setting
          Probes = probes
          IsKnown = isBounded && (ReachableWeights.areMomentsKnown setting.Noise || isConstant ()) }

    // A noise of which nothing is known: a hypothesis that asks for the noise is unknown under it.
    let private unknownNoise: Noise =
        { Noise.none with
            Moments = fun _ _ -> Moments.unknown
            JointSupport = fun _ -> None
            LargestNoise = infinity }

    // The hypotheses of a claim on the setting, turned into the claim's own by `make` for a noise and the weights at which its moments are taken.
    let private checks (evaluation: Evaluation) (label: string) (id: string) (make: Noise -> Weights -> 'Setting) : AssumptionCheck list =
        let setting = evaluation.Setting

        let margin (hypothesis: Hypothesis<'Setting>) noise w =
            try
                hypothesis.Margin(make noise w)
            with :? NotSupportedException ->
                nan

        [ for hypothesis in hypothesesOf<'Setting> id do
              let here = margin hypothesis setting.Noise setting.Start

              let overReach =
                  if not setting.Noise.DependsOnState || not (Double.IsNaN(margin hypothesis unknownNoise setting.Start)) then
                      here
                  else
                      let worst = evaluation.Probes |> List.fold (fun least w -> Math.Min(least, margin hypothesis setting.Noise w)) here
                      if worst < 0.0 || evaluation.IsKnown then worst else nan

              { Theorem = label; Claim = id; Condition = hypothesis.Name; Margin = overReach } ]

    // Losses that random sampling or additive noise draws from, one weight: with ε of its own each is (L/2)(w − w* + ε/L)² up to a constant.
    let private losses (setting: TrainingSetting) : (float * float) list =
        let curvature, minimizer = setting.Problem.Smoothness, setting.Problem.Minimizer[0]
        let shifted noises = [ for noise: float in noises -> curvature, minimizer - noise / curvature ]

        match setting.Problem.Objective, setting.Noise.Model with
        | (:? LeastSquares as rows), (:? MiniBatchNoise) ->
            let slope n (w: float) =
                let gradient = [| 0.0 |]
                rows.SampleGradient(n, ReadOnlySpan [| w |], Span gradient)
                gradient[0]

            // A batch's loss is a mean of its rows': its curvature and minimiser lie between theirs.
            [ for n in 0 .. rows.Samples - 1 do
                  let curvature = slope n 1.0 - slope n 0.0
                  if curvature <> 0.0 then curvature, -(slope n 0.0) / curvature ]
        | _ when setting.Noise.DependsOnState -> [ curvature, nan ]
        | _ ->
            let moments = setting.Noise.Moments setting.Start 0

            match moments.Support with
            | Some atoms -> shifted [ for atom in atoms -> atom.Value ]
            | None -> shifted [ -moments.Bound; moments.Bound ]

    let private monotone (evaluation: Evaluation) (alpha: float) : AssumptionCheck list =
        let setting = evaluation.Setting
        let label, id, problem = "Theorems 6, 8 (S8)", "S8-sampling", setting.Problem
        let outside condition margin = [ { Theorem = label; Claim = id; Condition = condition; Margin = margin } ]

        if problem.Dimension > 1 then
            outside "D = 1" (1.0 - float problem.Dimension)
        elif problem.StrongConvexity <> problem.Smoothness then
            // The claim's settings are quadratic losses; of others it does not know.
            outside "f = (L/2)(w − w*)²" nan
        else
            let losses = losses setting

            checks evaluation label id (fun _ _ ->
                { Losses = losses
                  Smoothness = losses |> List.map (fst >> abs) |> List.max
                  Radius = setting.Radius
                  Start = setting.Start[0]
                  LearningRate = alpha
                  Steps = 1 })

    let private analogSgd (setting: TrainingSetting) (variance: float) (alpha: float) : Reach * AssumptionCheck list =
        Require.positive "learningRate" alpha
        let problem, tau, device = setting.Problem, setting.Radius, AsymmetricLinear.create setting.Radius
        let reach = ReachableWeights.ofAnalogSgd setting.LargestWeight device tau alpha problem setting.Noise setting.Start
        let evaluation = evaluation setting reach

        let run noise w : AnalogRun =
            { Chain = Chain.create problem noise (AnalogSgd.create alpha device) w
              Device = device
              Radius = tau
              LearningRate = alpha
              Steps = 1
              Smoothness = problem.Smoothness
              Variance = variance
              LargestWeight = reach.WeightAgainst(Math.BitDecrement tau)
              LargestGradient = infinity }

        let step: Model =
            Map [ "tau", tau; "wd", 0.0; "w", reach.WeightAgainst tau; "d", alpha * reach.GradientAgainst(tau / alpha) ]

        reach,
        checks evaluation "Theorem 2 (S3)" "S3-uniform" run
        @ checks evaluation "S3-weighted" "S3-weighted" run
        @ checks evaluation "Theorem 1 (D2)" "D2" (fun _ _ -> step)
        @ checks evaluation "Theorem 9 (S4)" "S4-derived" run
        @ monotone evaluation alpha

    let private tikiTaka (setting: TrainingSetting) (sigma: float) (c: float) (alpha: float) (beta: float) : Reach * AssumptionCheck list =
        Require.positive "transferRate" alpha
        Require.positive "learningRate" beta
        let problem, tau = setting.Problem, setting.Radius
        let reach = ReachableWeights.ofTikiTaka setting.LargestWeight tau alpha beta problem setting.Noise setting.Start
        let evaluation = evaluation setting reach
        let weight = reach.WeightAgainst tau

        let step: Model =
            Map [ "tau", tau; "alpha", alpha; "beta", beta; "w", weight; "p", 0.0; "g", reach.GradientAgainst(tau / beta) ]

        // ‖∇f‖/√D on the box; one run for every coordinate's noise.
        let gradient = problem.Smoothness * (weight + Weights.largest problem.Minimizer)

        let auxiliary (noise: Noise) w : BoundedAuxiliaryRun list =
            [ for d in 0 .. problem.Dimension - 1 ->
                  { Smoothness = problem.Smoothness
                    Radius = tau
                    Deviation = sigma
                    Dimension = problem.Dimension
                    NoiseFloor = c
                    LearningRate = beta
                    Noise = noise.Moments w d
                    Path = [ gradient, 1 ] } ]

        let training noise w : TikiTakaTraining list =
            [ { Problem = problem
                Noise = noise
                Radius = tau
                Start = w
                TransferRate = alpha
                LearningRate = beta
                Steps = 1
                Deviation = sigma
                NoiseFloor = c
                LargestWeight = weight } ]

        reach,
        checks evaluation "T3" "T3" (fun _ _ -> step)
        @ checks evaluation "Lemma 7 (T6)" "T6-repaired" auxiliary
        @ checks evaluation "Theorem 4 (T8)" "T8-repaired" training

    /// <summary>Holds a setting against the assumptions.</summary>
    /// <param name="setting">Problem, noise, rule, device and start of a training, with τ.</param>
    /// <exception cref="T:System.ArgumentException">τ or a rate is not positive, or W₀ has another length than D.</exception>
    let check (setting: TrainingSetting) : AssumptionReport =
        Require.positive "Radius" setting.Radius
        Require.length "Start" setting.Problem.Dimension setting.Start.Length
        let problem, tau = setting.Problem, setting.Radius
        let variance = Noise.variance setting.Noise setting.Start
        let sigma = sqrt variance
        let c = noiseFloor setting.Noise setting.Start

        let window, (reach, checks) =
            match setting.Rule with
            | AnalogSgdAt alpha -> (nan, nan), analogSgd setting variance alpha
            | TikiTakaAt(alpha, beta) ->
                TikiTakaRate.window problem.Smoothness tau sigma problem.Dimension c alpha, tikiTaka setting sigma c alpha beta

        { Smoothness = problem.Smoothness
          StrongConvexity = problem.StrongConvexity
          Minimum = problem.Minimum
          Gap = problem.Excess setting.Start
          NoiseFloor = c
          Deviation = sigma
          LargestWeight = reach.LargestWeight
          LargestAnalogRate = 0.5 / problem.Smoothness
          LargestAuxiliaryRate = BoundedAuxiliary.repairedRate problem.Smoothness tau sigma problem.Dimension c
          AuxiliaryRateWindow = window
          RequiredDeviation = TikiTakaRate.requiredDeviation problem.Smoothness tau problem.Dimension c
          Checks = checks }

    /// <summary>The conditions as a table: "theorem", "claim", "condition", "margin" and "verdict" ("holds", "fails" or "unknown").</summary>
    /// <param name="report">What <c>check</c> found.</param>
    let table (report: AssumptionReport) : Table =
        let column f = Texts(report.Checks |> List.map f |> List.toArray)

        let verdict check =
            if check.Margin >= 0.0 then "holds"
            elif Double.IsNaN check.Margin then "unknown"
            else "fails"

        Table.create
            "assumptions"
            [ "theorem", column _.Theorem
              "claim", column _.Claim
              "condition", column _.Condition
              "margin", Numbers(report.Checks |> List.map _.Margin |> List.toArray)
              "verdict", column verdict ]
