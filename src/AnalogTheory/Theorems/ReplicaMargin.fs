namespace AnalogTheory

open System.Collections.Immutable
open AnalogTheory.Kernels.Ensembles

/// A chain of which time averages are wanted, its rule's state type hidden.
[<NoEquality; NoComparison>]
type AveragedRun =
    {
        /// The objective.
        Problem: Problem
        /// Noise of the stochastic gradient.
        Noise: Noise
        /// The training rule.
        Rule: IRule
        /// W₀; P₀ = 0.
        Start: Weights
        /// Steps before averaging starts.
        BurnIn: int64
        /// Steps averaged.
        Steps: int64
    }

/// Margins that are linear in ‖∇f‖² averaged over time, over several independent runs: c₀ + Σ cᵢ·avg‖∇f(Wₖ)‖² of run i.
[<NoEquality; NoComparison>]
type ReplicaMargin =
    {
        /// Coefficients and runs.
        Terms: (float * AveragedRun) list
        /// c₀.
        Constant: float
        /// Range of ‖∇f‖² that holds surely in every run; None where noise is unbounded or no such range is known.
        GradientRange: (float * float) option
        /// τ that ‖P‖∞ must not exceed along the path; None if nothing is asked.
        AuxiliaryLimit: float option
        /// Hypotheses on the instance with their margins.
        Conditions: (string * float) list
    }

/// Sampling of time averages on independent replicas.
[<RequireQualifiedAccess>]
module ReplicaMargin =

    /// Name of the pathwise hypothesis on P.
    let auxiliaryName = "T3: ‖P_k‖∞ ≤ τ"

    /// <summary>A chain of which all steps are averaged, from its start.</summary>
    /// <param name="chain">Problem, noise, rule and W₀; of its batch, the full one is taken.</param>
    /// <param name="steps">K ≥ 1.</param>
    let fromStart (chain: Chain<'State>) (steps: int) : AveragedRun =
        { Problem = chain.Problem
          Noise = chain.Noise
          Rule = Rule.pack chain.Rule
          Start = chain.Start
          BurnIn = 0L
          Steps = int64 steps }

    /// <summary>Time averages of measures over steps [burn-in, burn-in + steps), one array of replicas per measure.</summary>
    /// <param name="measures">What to average.</param>
    /// <param name="run">The chain with its burn-in and its window.</param>
    /// <param name="execution">Threads, lane width, progress and cancellation; no number depends on them.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="first">Number of the first replica.</param>
    /// <param name="count">Number of replicas.</param>
    let averages (measures: Measure list) (run: AveragedRun) (execution: Execution) (key: Key) (first: uint32) (count: int) : float[][] =
        let settings =
            { Ensemble.settings count (run.BurnIn + run.Steps) key with
                FirstReplica = first
                Measures = measures
                AverageFrom = Some run.BurnIn }

        let plan = Ensemble.planOf settings run.Problem run.Noise run.Rule FullBatch run.Start
        let result = (Ensemble.runAll execution [ plan ])[0]
        List.mapi (fun m _ -> result.Average(m).ToArray()) measures |> List.toArray

    /// <summary>Largest values of a measure over all steps, one a replica; NaN where it ever was.</summary>
    /// <param name="run">The chain with its burn-in and its window.</param>
    /// <param name="execution">Threads, lane width, progress and cancellation; no number depends on them.</param>
    /// <param name="key">Randomness; one key gives one result.</param>
    /// <param name="first">Number of the first replica.</param>
    /// <param name="count">Number of replicas.</param>
    /// <param name="measure">What to measure at every step.</param>
    let peaks (measure: Measure) (run: AveragedRun) (execution: Execution) (key: Key) (first: uint32) (count: int) : float[] =
        let settings =
            { Ensemble.settings count (run.BurnIn + run.Steps) key with
                FirstReplica = first
                Measures = [ measure ]
                AverageFrom = Some run.BurnIn }

        let plan = Ensemble.planOf settings run.Problem run.Noise run.Rule FullBatch run.Start
        let result = (Ensemble.runAll execution [ plan.Watching(ImmutableArray.Create measure) ])[0]
        result.Peak(0).ToArray()

    // Averages of ‖∇f‖², and the number of replicas in which P was beyond the limit at any step.
    let private observe (limit: float option) (run: AveragedRun) execution key first count : float[] * int64 =
        match limit with
        | None -> (averages [ Measure MeasureKind.GradientNormSquared ] run execution key first count)[0], 0L
        | Some limit ->
            let settings =
                { Ensemble.settings count (run.BurnIn + run.Steps) key with
                    FirstReplica = first
                    Measures = [ Measure MeasureKind.GradientNormSquared ]
                    AverageFrom = Some run.BurnIn }

            let plan = Ensemble.planOf settings run.Problem run.Noise run.Rule FullBatch run.Start
            let watched = plan.Watching(ImmutableArray.Create(Measure MeasureKind.LargestAuxiliary))
            let result = (Ensemble.runAll execution [ watched ])[0]
            // NaN is beyond.
            let beyond = result.Peak(0).ToArray() |> Array.filter (fun peak -> not (peak <= limit))
            result.Average(0).ToArray(), int64 beyond.Length

    /// <summary>The margin as samples.</summary>
    /// <param name="margin">A margin that every replica gives one value of.</param>
    let sampler (margin: ReplicaMargin) : Sampler =
        let draw (execution: Execution) (key: Key) first count =
            let runs =
                margin.Terms
                |> List.mapi (fun i (coefficient, run) ->
                    coefficient, observe margin.AuxiliaryLimit run execution (Key.fold (uint64 i) key) first count)

            let values =
                Array.init count (fun r ->
                    runs |> List.fold (fun sum (coefficient, (averages, _)) -> sum + coefficient * averages[r]) margin.Constant)

            { Values = values
              Failures =
                [ if margin.AuxiliaryLimit.IsSome then
                      auxiliaryName, runs |> List.sumBy (fun (_, (_, beyond)) -> beyond) ] }

        let range =
            margin.GradientRange
            |> Option.map (fun (low, high) ->
                let extreme pick =
                    margin.Terms |> List.fold (fun sum (c, _) -> sum + pick (c * low) (c * high)) margin.Constant

                let low, high = extreme min, extreme max
                // The averages are rounded sums.
                let room = 1e-9 * (abs low + abs high)
                low - room, high + room)

        { Draw = draw; Range = range; Watch = None }

    /// <summary>Largest ‖∇f‖² of (L/2)(w − w*)² over |w| ≤ R in one coordinate.</summary>
    /// <param name="curvature">L &gt; 0, the curvature of the quadratic; loss/weight².</param>
    /// <param name="minimizer">w*, unit of weight.</param>
    /// <param name="radius">τ &gt; 0, half of the dynamic range; unit of weight.</param>
    let quadraticRange (curvature: float) (minimizer: float) (radius: float) : float * float =
        0.0, pown (curvature * (radius + abs minimizer)) 2

    /// <summary>Hypotheses with the given names, read from the setting.</summary>
    /// <param name="names">Names of the hypotheses, as the paper numbers them.</param>
    let hypotheses (names: string list) : Hypothesis<ReplicaMargin> list =
        names
        |> List.map (fun name ->
            Claim.hypothesis name (fun margin ->
                match List.tryFind (fun (known, _) -> known = name) margin.Conditions with
                | Some(_, value) -> value
                | None -> nan))

    /// <summary>The margin's mean over replicas of a fixed key, as the replay of a violation; sampled, so it stands for itself only.</summary>
    /// <param name="replicas">Number of replicas, at least 2.</param>
    /// <param name="margin">A margin that every replica gives one value of.</param>
    let measured (replicas: int) (margin: ReplicaMargin) : Comparison =
        let sample = (sampler margin).Draw Execution.Default (Key.ofSeed 3UL |> Key.named "necessity") 0u replicas
        let estimate = Estimate.ofArray sample.Values
        // Six standard errors to either side count for the claim.
        { Comparison.atLeast (estimate.Mean - margin.Constant) -margin.Constant with
            Margin = estimate.Mean + 6.0 * estimate.StandardError }

    /// <summary>One search per hypothesis among given candidates, the simplest first: those that fail it and hold the others.</summary>
    /// <param name="replicas">Replicas by which a candidate is judged.</param>
    /// <param name="names">Names of the hypotheses.</param>
    /// <param name="candidates">Settings, each in words.</param>
    let necessity (replicas: int) (names: string list) (candidates: (string * ReplicaMargin) list) : Necessity list =
        let hypotheses = hypotheses names

        [ for name in names ->
              Search.among
                  name
                  (measured replicas)
                  (candidates |> List.filter (fun (_, setting) -> Claim.failsOnly name hypotheses setting)) ]

    /// <summary>A theorem whose hypotheses stand in the margin itself, by name.</summary>
    /// <param name="id">Identifier with variant, such as "S3-sampled".</param>
    /// <param name="source">Where the claim comes from.</param>
    /// <param name="variant">Variant of the claim in words; empty for the only one.</param>
    /// <param name="statement">The claim in one line.</param>
    /// <param name="names">Names of the hypotheses, each among the conditions of every margin.</param>
    /// <param name="instances">Margins that it is settled on, each with a name.</param>
    /// <param name="necessity">Searches for violations of the claim without one of its hypotheses.</param>
    let theorem id source variant statement names instances necessity : ITheorem =
        Theorem.pack
            { Id = id
              Source = source
              Variant = variant
              Statement = statement
              Hypotheses = hypotheses names
              Instances = instances
              Evidence = BySampling sampler
              Necessity = necessity }
