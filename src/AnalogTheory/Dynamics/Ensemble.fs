namespace AnalogTheory

open System
open System.Collections.Immutable
open System.Threading
open AnalogTheory.Kernels.Ensembles

/// What to run: replicas, steps, randomness, and what to look at.
[<NoComparison>]
type EnsembleSettings =
    {
        /// R ≥ 1 independent replicas.
        Replicas: int
        /// K ≥ 0 steps.
        Steps: int64
        /// Randomness; replica r of a key is the same chain whatever else runs.
        Key: Key
        /// Number of the first replica, so that an ensemble can be computed in parts.
        FirstReplica: uint32
        /// What to measure of each replica.
        Measures: Measure list
        /// Record the measures at steps 0, t, 2t, … ≤ K; 0 for no trace.
        TraceEvery: int64
        /// Average the measures over steps k in [AverageFrom, K); None for no averages.
        AverageFrom: int64 option
    }

/// How a run uses the machine; results do not depend on it.
[<NoEquality; NoComparison>]
type Execution =
    {
        /// Worker threads; 0 for one per processor.
        Threads: int
        /// Lane width.
        Width: LaneWidth
        /// Told the fraction done, from worker threads.
        Progress: IProgress<float> option
        /// Stops a run.
        Cancellation: CancellationToken
    }

    /// All processors, widest lanes, no progress, no cancellation.
    static member Default =
        { Threads = 0
          Width = LaneWidth.Widest
          Progress = None
          Cancellation = CancellationToken.None }

/// Many replicas of a chain at once: the fast form of `Chain`, with the same bits.
[<RequireQualifiedAccess>]
module Ensemble =

    /// <summary>R replicas for K steps with nothing measured; add measures by `with`.</summary>
    /// <param name="replicas">R ≥ 1.</param>
    /// <param name="steps">K ≥ 0.</param>
    /// <param name="key">Randomness; replica r of a key is the same chain in every ensemble.</param>
    let settings (replicas: int) (steps: int64) (key: Key) : EnsembleSettings =
        { Replicas = replicas
          Steps = steps
          Key = key
          FirstReplica = 0u
          Measures = []
          TraceEvery = 0L
          AverageFrom = None }

    // What a run leaves lies in arrays, and an array has an end; sums in floating point, since the products overflow.
    let private requireRoom (settings: EnsembleSettings) (dimension: int) =
        let replicas, measures = float settings.Replicas, float settings.Measures.Length

        let points =
            if settings.TraceEvery = 0L then
                0.0
            else
                Math.Floor(float settings.Steps / float settings.TraceEvery) + 1.0

        let room (what: string) (numbers: float) =
            if numbers > float Array.MaxLength then
                let text = numbers.ToString("G4", Globalization.CultureInfo.InvariantCulture)

                raise (
                    ArgumentException(
                        invariant
                            $"Expected at most {Array.MaxLength} numbers of one kind, got {text} for {what}: run fewer replicas at a time, or trace fewer steps.",
                        nameof settings
                    )
                )

        room "final weights (replicas × D)" (replicas * float dimension)
        room "averages (replicas × measures)" (replicas * measures)
        room "traces (replicas × measures × traced steps)" (replicas * measures * points)
        // Without a measure nothing is stored, but the steps are still numbered.
        room "traced steps" points

    /// <summary>The plan that the driver runs, for a rule whose state type is hidden.</summary>
    /// <param name="settings">Replicas, steps, randomness, and what to measure.</param>
    /// <param name="problem">The objective.</param>
    /// <param name="noise">Noise of the stochastic gradient.</param>
    /// <param name="rule">The rule, its state type hidden.</param>
    /// <param name="batch">Whether a step takes the whole gradient or goes sample by sample.</param>
    /// <param name="start">Start W₀, finite, of the problem's dimension; unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">
    /// Replicas below 1, negative steps or intervals, a start that does not fit the problem, or more results than fit an array.
    /// </exception>
    let planOf (settings: EnsembleSettings) (problem: Problem) (noise: Noise) (rule: IRule) (batch: Batch) (start: Weights) : EnsemblePlan =
        Require.atLeast "Replicas" 1L (int64 settings.Replicas)
        Require.atLeast "Steps" 0L settings.Steps
        Require.atLeast "TraceEvery" 0L settings.TraceEvery
        settings.AverageFrom |> Option.iter (Require.atLeast "AverageFrom" 0L)
        Require.length "start" problem.Dimension start.Length
        Require.allFinite "start" start.Span
        requireRoom settings problem.Dimension

        EnsemblePlan(
            Objective = problem.Objective,
            Noise = noise.Model,
            Rule = rule.Kernel,
            Batch =
                (match batch with
                 | FullBatch -> BatchMode.FullBatch
                 | PerSample -> BatchMode.PerSample),
            Start = start.Values,
            Steps = settings.Steps,
            Replicas = settings.Replicas,
            Key = settings.Key.Bits,
            FirstReplica = settings.FirstReplica,
            Measures = ImmutableArray.CreateRange settings.Measures,
            TraceEvery = settings.TraceEvery,
            AverageFrom = Option.defaultValue Int64.MaxValue settings.AverageFrom
        )

    /// <summary>The plan that the driver runs.</summary>
    /// <param name="settings">Replicas, steps, randomness, and what to measure.</param>
    /// <param name="chain">Problem, noise, rule and start.</param>
    /// <exception cref="T:System.ArgumentException">Replicas below 1, negative steps or intervals, or more results than fit an array.</exception>
    let plan (settings: EnsembleSettings) (chain: Chain<'State>) : EnsemblePlan =
        planOf settings chain.Problem chain.Noise (Rule.pack chain.Rule) chain.Batch chain.Start

    /// <summary>Runs a grid of plans; one result per plan, in order, the same on any number of threads.</summary>
    /// <param name="execution">Threads, lane width, progress and cancellation; no number depends on them.</param>
    /// <param name="plans">The plans, one for each point of the grid.</param>
    /// <exception cref="T:System.ArgumentException">A plan's parts do not fit together.</exception>
    let runAll (execution: Execution) (plans: EnsemblePlan seq) : EnsembleResult[] =
        EnsembleDriver.Run(Seq.toArray plans, execution.Threads, execution.Width, Option.toObj execution.Progress, execution.Cancellation)
        |> Seq.toArray

    /// <summary>Runs one chain on all processors.</summary>
    /// <param name="settings">Replicas, steps, randomness, and what to measure.</param>
    /// <param name="chain">Problem, noise, rule and start.</param>
    let run (settings: EnsembleSettings) (chain: Chain<'State>) : EnsembleResult = (runAll Execution.Default [ plan settings chain ])[0]

    /// <summary>Steps at which a result recorded its measures.</summary>
    /// <param name="result">What the driver returned.</param>
    let tracedSteps (result: EnsembleResult) : float[] =
        Array.init result.Plan.TracePoints (fun t -> float (int64 t * result.Plan.TraceEvery))

    let private requireMeasure (measure: int) (result: EnsembleResult) =
        let count = result.Plan.Measures.Length

        if measure < 0 || measure >= count then
            invalidArg
                (nameof measure)
                (invariant $"Expected the index of one of the run's measures, 0 to {count - 1} of {count}, got {measure}.")

    /// <summary>Mean over replicas of a measure at every recorded step.</summary>
    /// <param name="measure">Index of the measure in the settings' list, from 0.</param>
    /// <param name="result">What the driver returned.</param>
    /// <exception cref="T:System.ArgumentException">The run has no such measure.</exception>
    let trace (measure: int) (result: EnsembleResult) : Estimate[] =
        requireMeasure measure result
        Array.init result.Plan.TracePoints (fun t -> Estimate.ofSpan (result.Trace(measure, t)))

    /// <summary>Mean over replicas of a measure's time average.</summary>
    /// <param name="measure">Index of the measure in the settings' list, from 0.</param>
    /// <param name="result">What the driver returned.</param>
    /// <exception cref="T:System.ArgumentException">The run averaged nothing, or has no such measure.</exception>
    let average (measure: int) (result: EnsembleResult) : Estimate =
        requireMeasure measure result

        if result.Plan.AverageFrom >= result.Plan.Steps then
            invalidArg
                (nameof result)
                (invariant
                    $"Expected a run with averages, got one without: its settings need an AverageFrom below its {result.Plan.Steps} steps.")

        Estimate.ofSpan (result.Average measure)

    /// <summary>Number of replicas whose final state is not finite; divergence is data.</summary>
    /// <param name="result">What the driver returned.</param>
    let diverged (result: EnsembleResult) : int =
        let lost = Array.zeroCreate<bool> result.Plan.Replicas

        // Coordinate by coordinate, as the states lie in memory.
        for d in 0 .. result.Plan.Objective.Dimension - 1 do
            let weights = result.FinalWeight d

            for replica in 0 .. lost.Length - 1 do
                if not (Double.IsFinite weights[replica]) then lost[replica] <- true

        lost |> Seq.filter id |> Seq.length
