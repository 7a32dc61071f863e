namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Ensembles

/// The lower bound's instance measured: E‖∇f‖²/(σ²S_K) along a ladder of learning rates, its limit, and other rules on the same instance (theory L4, L5).
[<RequireQualifiedAccess>]
module LowerBoundLaboratory =

    /// Parameters.
    type Parameters =
        {
            /// Instances with their labels.
            Instances: (string * LowerBoundInstance) list
            /// α, descending.
            LearningRates: float list
            /// Most steps averaged by each replica; at small α this is what limits the interval.
            Averaged: int64
            /// Averaged steps at large α, in units of 1/(αL).
            AveragedTime: float
            /// Steps before the average, in units of 1/(αL); the chain starts at its fixed point.
            BurnIn: float
            /// Replicas per seed of the budget.
            ReplicasPerSeed: int
            /// Largest α of the straight line that is extrapolated to α = 0.
            FitBelow: float
            /// Instance on which the rules are compared.
            Compared: LowerBoundInstance
            /// Rates of that comparison: α of Digital and Analog SGD, β of Tiki-Taka.
            ComparedRates: float list
            /// Tiki-Taka's α over β.
            TransferRatio: float
            /// Averaged steps of the comparison, in units of 1/rate; half as many before them.
            Horizon: float
        }

    /// L = τ = 1: three saturations outside v1's parameter region, one instance inside it, one in four dimensions.
    let defaults: Parameters =
        { Instances =
            [ "*r* = 0.2", LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 0.2
              "*r* = 0.5", LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 0.5
              "*r* = 0.7", LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 0.7
              "v1's region: *w** = 0.25, σ = 0.14", LowerBoundInstance.ofMinimizer 1.0 1.0 0.14 1 0.25
              "*D* = 4: *r* = 0.35", LowerBoundInstance.ofSaturation 1.0 1.0 0.3 4 0.35 ]
          LearningRates = [ 0.2; 0.1; 0.05; 0.02; 0.01; 0.005; 0.002; 0.001 ]
          Averaged = LowerBoundRatio.longest
          AveragedTime = LowerBoundRatio.averagedTime
          BurnIn = LowerBoundRatio.burnInTime
          ReplicasPerSeed = 16
          FitBelow = 0.01
          Compared = LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 0.5
          ComparedRates = [ for i in 0..7 -> 0.2 / pown 2.0 i ]
          TransferRatio = 0.125
          Horizon = 100.0 }

    // One rung of a ladder.
    [<NoComparison>]
    type private Job =
        { Label: string
          Instance: LowerBoundInstance
          Rate: float
          Settings: EnsembleSettings }

    let private analog (job: Job) settings =
        LowerBoundRatio.plan settings (Rule.pack (AnalogSgd.create job.Rate (LowerBoundInstance.device job.Instance))) job.Instance

    // Replicas that reached |w| ≥ τ in any step of a run: the same chains as those averaged, run again with every step kept, a few replicas at a time.
    let private reached (budget: Budget) (job: Job) : int =
        let part = 32

        let watch first =
            analog
                job
                { job.Settings with
                    Replicas = min part (job.Settings.Replicas - first)
                    FirstReplica = uint32 first
                    Measures = [ Measure MeasureKind.LargestWeight ]
                    AverageFrom = None
                    TraceEvery = 1L }

        let count (result: EnsembleResult) =
            let touched = Array.zeroCreate<bool> result.Plan.Replicas

            for point in 0 .. result.Plan.TracePoints - 1 do
                let weights = result.Trace(0, point)

                for replica in 0 .. touched.Length - 1 do
                    // NaN counts as having left the range.
                    if not (weights[replica] < job.Instance.Radius) then touched[replica] <- true

            touched |> Seq.filter id |> Seq.length

        budget
        |> Budget.map
            (fun first -> (Ensemble.runAll { budget.Execution with Threads = 1 } [ watch first ])[0] |> count)
            [| 0..part .. job.Settings.Replicas - 1 |]
        |> Array.sum

    /// <summary>
    /// Columns "series", "α", "mean", "lower", "upper": the measured ratio E‖∇f‖²/(σ²S_K) with its 95 % interval; "computed" and "error": the same by
    /// Ulam's method; "W_max": from interval iteration, NaN where no bound below τ was found; "reached": replicas that touched |w| ≥ τ in any step;
    /// "replicas"; "steps" of each.
    /// </summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let ratios (budget: Budget) (key: Key) (parameters: Parameters) : Table =
        let jobs =
            [ for label, instance in parameters.Instances do
                  for rate in parameters.LearningRates do
                      let time share = int64 (share / (rate * instance.Curvature))
                      let burnIn = Budget.steps 10L budget (time parameters.BurnIn)
                      let averaged = Budget.steps 50L budget (min parameters.Averaged (time parameters.AveragedTime))

                      { Label = label
                        Instance = instance
                        Rate = rate
                        Settings =
                          { Ensemble.settings
                                (budget.Seeds * parameters.ReplicasPerSeed)
                                (burnIn + averaged)
                                (Key.named (FormattableString.Invariant $"{label}, {string rate}") key) with
                              Measures = [ Measure MeasureKind.GradientNormSquared; Measure(MeasureKind.Amplification, instance.Radius) ]
                              AverageFrom = Some burnIn } } ]

        let estimates =
            Ensemble.runAll budget.Execution (jobs |> List.map (fun job -> analog job job.Settings))
            |> Array.zip (List.toArray jobs)
            |> Array.map (fun (job, result) -> LowerBoundRatio.ofAverages (result.Average 0) (result.Average 1) job.Instance)

        let reach =
            budget
            |> Budget.map (fun job -> LowerBoundInstance.reachable job.Rate job.Instance.FixedPoint job.Instance) (List.toArray jobs)

        let computed =
            budget
            |> Budget.map
                (fun (job, reach) -> Option.map (LowerBoundRatio.stationary job.Rate job.Instance) reach)
                (Array.zip (List.toArray jobs) reach)
        // Where interval iteration has shown that no path can reach τ, none is looked at.
        let reached =
            Seq.zip jobs computed
            |> Seq.map (fun (job, value) -> if value.IsSome then 0.0 else float (reached budget job))
            |> Array.ofSeq

        let half = estimates |> Array.map (Estimate.halfWidth Series.level)
        let column f = Numbers [| for job in jobs -> f job |]

        Table.create
            "ratios"
            [ "series", Texts [| for job in jobs -> job.Label |]
              "α", column _.Rate
              "mean", Numbers(estimates |> Array.map _.Mean)
              "lower", Numbers(Array.map2 (fun (e: Estimate) h -> e.Mean - h) estimates half)
              "upper", Numbers(Array.map2 (fun (e: Estimate) h -> e.Mean + h) estimates half)
              "computed", Numbers(computed |> Array.map (Option.map _.Value >> Option.defaultValue nan))
              "error", Numbers(computed |> Array.map (Option.map _.Error >> Option.defaultValue nan))
              "W_max", Numbers(reach |> Array.map (Option.map InvariantInterval.largest >> Option.defaultValue nan))
              "reached", Numbers reached
              "replicas", column (fun job -> float job.Settings.Replicas)
              "steps", column (fun job -> float job.Settings.Steps) ]

    /// <summary>
    /// Columns "series", "limit", "lower", "upper" (straight line a + bα through the measured ratios at α ≤ FitBelow, at α = 0, with its 95 %
    /// interval), "slope", "χ²" and "freedom" of the fit, "computed" (parabola through Ulam's values, at α = 0), and "inside v1": whether the
    /// instance lies in v1's parameter region at the smallest α (1) or not (0).
    /// </summary>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    /// <param name="ratios">The table "ratios" of the same parameters.</param>
    let extrapolation (parameters: Parameters) (ratios: Table) : Table =
        let normal = MathNet.Numerics.Distributions.Normal.InvCDF(0.0, 1.0, 0.5 + 0.5 * Series.level)

        let fit label =
            let rows = Table.where "series" label ratios
            let column name = Table.numbers name rows

            let points =
                Array.zip3 (column "α") (column "mean") (Array.map2 (fun u l -> (u - l) / (2.0 * normal)) (column "upper") (column "lower"))
                |> Array.filter (fun (rate, mean, error) -> rate <= parameters.FitBelow && Double.IsFinite mean && error > 0.0)
                |> Array.map (fun (rate, mean, error) -> struct (rate, mean, error))

            let computed =
                Array.zip (column "α") (column "computed")
                |> Array.filter (fun (rate, value) -> rate <= parameters.FitBelow && Double.IsFinite value)
                |> Array.map (fun (rate, value) -> struct (rate, value, 1.0))

            let limit powers points =
                if Array.length points > List.length powers then
                    Some(Extrapolation.toZero powers Series.level points)
                else
                    None

            limit [ 1.0 ] points, limit [ 1.0; 2.0 ] computed

        let fits = [| for label, _ in parameters.Instances -> fit label |]
        let smallest = List.min parameters.LearningRates
        let measured f = Numbers(fits |> Array.map (fst >> Option.map f >> Option.defaultValue nan))

        Table.create
            "extrapolation"
            [ "series", Texts [| for label, _ in parameters.Instances -> label |]
              "limit", measured _.Limit
              "lower", measured (fun fit -> fit.Limit - fit.HalfWidth)
              "upper", measured (fun fit -> fit.Limit + fit.HalfWidth)
              "slope", measured (fun fit -> fit.Coefficients[1])
              "χ²", measured _.ChiSquared
              "freedom", measured (fun fit -> float fit.Freedom)
              "computed", Numbers(fits |> Array.map (snd >> Option.map _.Limit >> Option.defaultValue nan))
              "inside v1",
              Numbers
                  [| for _, instance in parameters.Instances -> if (LowerBoundInstance.region smallest instance).Holds then 1.0 else 0.0 |] ]

    /// <summary>Columns "series", "rate", "mean", "lower", "upper": stationary E‖∇f‖² of three rules on one instance.</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let rules (budget: Budget) (key: Key) (parameters: Parameters) : Table =
        let instance = parameters.Compared
        let device = LowerBoundInstance.device instance

        let contenders rate =
            [ "Digital SGD", Rule.pack (DigitalSgd.create rate)
              "Analog SGD", Rule.pack (AnalogSgd.create rate device)
              "Tiki-Taka", Rule.pack (TikiTaka.create (parameters.TransferRatio * rate) rate device) ]

        let jobs =
            [ for rate in parameters.ComparedRates do
                  for label, rule in contenders rate do
                      let horizon = Budget.steps 50L budget (int64 (parameters.Horizon / (rate * instance.Curvature)))

                      let settings =
                          { Ensemble.settings
                                (budget.Seeds * parameters.ReplicasPerSeed)
                                (horizon + horizon / 2L)
                                (Key.named (FormattableString.Invariant $"{label}, {string rate}") key) with
                              Measures = [ Measure MeasureKind.GradientNormSquared ]
                              AverageFrom = Some(horizon / 2L) }

                      label, rate, LowerBoundRatio.plan settings rule instance ]

        let estimates =
            Ensemble.runAll budget.Execution (jobs |> List.map (fun (_, _, plan) -> plan))
            |> Array.map (Ensemble.average 0)

        let half = estimates |> Array.map (Estimate.halfWidth Series.level)

        Table.create
            "rules"
            [ "series", Texts [| for label, _, _ in jobs -> label |]
              "rate", Numbers [| for _, rate, _ in jobs -> rate |]
              "mean", Numbers(estimates |> Array.map _.Mean)
              "lower", Numbers(Array.map2 (fun (e: Estimate) h -> e.Mean - h) estimates half)
              "upper", Numbers(Array.map2 (fun (e: Estimate) h -> e.Mean + h) estimates half) ]

    /// <summary>The tables "ratios", "extrapolation" and "rules".</summary>
    /// <param name="budget">How much of the experiment to run: seeds, share of its steps, threads.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="parameters">The experiment's parameters; <c>defaults</c> are those of the figure.</param>
    let run (budget: Budget) (key: Key) (parameters: Parameters) : Table list =
        let ratios = ratios budget (Key.named "ratios" key) parameters
        [ ratios; extrapolation parameters ratios; rules budget (Key.named "rules" key) parameters ]
