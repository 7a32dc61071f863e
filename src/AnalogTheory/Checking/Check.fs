namespace AnalogTheory

open System
open System.Threading.Tasks

/// Settles one query; the name of the query becomes the name of the verdict.
type Prover = CheckSettings -> Query -> Verdict

/// Checking claims: hypotheses first, then whatever evidence the claim offers.
[<RequireQualifiedAccess>]
module Check =

    let private text (value: float) = value.ToString("R", Globalization.CultureInfo.InvariantCulture)

    // NaN first, then the smallest margin.
    let private worst (comparisons: Comparison list) : Comparison =
        comparisons
        |> List.minBy (fun comparison -> if Double.IsNaN comparison.Margin then -infinity else comparison.Margin)

    let private counterexample (id: string) (instance: string) (comparison: Comparison) =
        Refuted($"{id} on {instance}: measured {text comparison.Measured} against {text comparison.Bound}", comparison)

    /// <summary>The verdict of enclosed comparisons: all hold with certainty, one fails with certainty, or some margin's sign is not settled.</summary>
    /// <param name="id">Identifier of the claim, such as "S3-printed".</param>
    /// <param name="instance">The instance in words.</param>
    /// <param name="comparisons">All comparisons that the claim makes, enclosed.</param>
    let ofEnclosed (id: string) (instance: string) (comparisons: Enclosed list) : Verdict =
        let unsettled = comparisons |> List.tryFind (Enclosed.isSettled >> not)
        let certain = comparisons |> List.filter Enclosed.isSettled |> List.map Enclosed.comparison

        match certain, unsettled with
        | [], None -> Undecided "the claim made no comparison"
        | _ :: _, _ when not (Comparison.holds (worst certain)) -> counterexample id instance (worst certain)
        | _, Some enclosed ->
            Undecided $"the margin lies in [{text enclosed.Margin.Lower}, {text enclosed.Margin.Upper}], which does not settle its sign"
        | _, None -> Exact(worst certain)

    /// <summary>The verdict of comparisons in floating point: all hold, or the worst of them is a counterexample.</summary>
    /// <param name="id">Identifier of the claim, such as "S3-printed".</param>
    /// <param name="instance">The instance in words.</param>
    /// <param name="comparisons">All comparisons that the claim makes.</param>
    let ofComparisons (id: string) (instance: string) (comparisons: Comparison list) : Verdict =
        match comparisons with
        | [] -> Undecided "the claim made no comparison"
        | _ ->
            let comparison = worst comparisons
            if Comparison.holds comparison then Evaluated comparison else counterexample id instance comparison

    /// <summary>The verdict of comparisons with a discretisation error: a margin counts only where it exceeds the error.</summary>
    /// <param name="id">Identifier of the claim, such as "S3-printed".</param>
    /// <param name="instance">The instance in words.</param>
    /// <param name="comparisons">All comparisons that the claim makes, each with a bound of its discretisation error.</param>
    let ofDiscretised (id: string) (instance: string) (comparisons: (Comparison * float) list) : Verdict =
        match comparisons with
        | [] -> Undecided "the claim made no comparison"
        | _ ->
            match comparisons |> List.tryFind (fun (comparison, _) -> Double.IsNaN comparison.Margin) with
            | Some(comparison, _) -> counterexample id instance comparison
            | None ->
                // The comparison whose margin is smallest in units of what the error allows decides; an unknown error decides nothing.
                let slack (comparison: Comparison, error: float) = if error >= 0.0 then comparison.Margin - error else -infinity

                let comparison, error = comparisons |> List.minBy slack

                match comparisons |> List.tryFind (fun (comparison, error) -> comparison.Margin < -error) with
                | Some(refuted, _) -> counterexample id instance refuted
                | None when slack (comparison, error) >= 0.0 -> Computed(comparison, error)
                | None -> Undecided $"the margin {text comparison.Margin} is within {text error}, the bound on the discretisation's error"

    // A user's function may raise anything; only a cancellation is passed on.
    let private guarded (check: unit -> Verdict) : Verdict =
        try
            check ()
        with
        | :? OperationCanceledException -> reraise ()
        | error ->
            // What workers met together is told by the first of them.
            let first =
                match error with
                | :? AggregateException as several -> several.Flatten().InnerExceptions[0]
                | _ -> error

            Undecided $"{first.GetType().Name}: {first.Message}"

    // The settings of part i of n, whose progress becomes a part of the whole.
    let private part (settings: CheckSettings) (count: int) (i: int) : CheckSettings =
        let scaled (progress: IProgress<float>) =
            { new IProgress<float> with
                member _.Report fraction = progress.Report((float i + fraction) / float count) }

        { settings with
            Execution =
                { settings.Execution with
                    Progress = settings.Execution.Progress |> Option.map scaled } }

    // Settles a part, then says that it is done.
    let private settled (settings: CheckSettings) (check: CheckSettings -> Verdict) : Verdict =
        settings.Execution.Cancellation.ThrowIfCancellationRequested()
        let verdict = guarded (fun () -> check settings)
        settings.Execution.Progress |> Option.iter _.Report(1.0)
        verdict

    let private onInstance (theorem: Theorem<'Setting>) (name: string) (setting: 'Setting) (settings: CheckSettings) : Verdict =
        match Theorem.failedHypotheses setting theorem with
        | _ :: _ as failed -> Vacuous failed
        | [] ->
            match theorem.Evidence with
            | ByProof _ -> Undecided "a claim for all reals is not checked on an instance"
            | ByEnclosure(enclosed, evaluated) ->
                match enclosed setting with
                | Some comparisons -> ofEnclosed theorem.Id name comparisons
                | None -> ofComparisons theorem.Id name (evaluated setting)
            | ByComputation compare -> ofComparisons theorem.Id name (compare setting)
            | ByDiscretisation compare -> ofDiscretised theorem.Id name (compare setting)
            | BySampling sampler ->
                let key = settings.Key |> Key.named theorem.Id |> Key.named name
                let delta = settings.Delta / float theorem.Instances.Length
                SampledCheck.run settings.Execution key delta settings.Samples (sampler setting)

    // A function of every item, on the execution's threads; results in the items' order.
    let private sideBySide (execution: Execution) (work: int -> 'Item -> 'Result) (items: 'Item list) : 'Result list =
        let items = List.toArray items
        let results = Array.zeroCreate<'Result> items.Length
        let threads = if execution.Threads = 0 then Environment.ProcessorCount else execution.Threads

        try
            Parallel.For(0, items.Length, ParallelOptions(MaxDegreeOfParallelism = threads), (fun i -> results[i] <- work i items[i]))
            |> ignore
        with :? AggregateException as several when several.InnerExceptions |> Seq.exists (fun inner -> inner :? OperationCanceledException) ->
            raise (OperationCanceledException(several.Message, several, execution.Cancellation))

        List.ofArray results

    /// <summary>The verdicts of a claim: one per query if it is settled by proof, else one per instance, in order.</summary>
    /// <remarks>
    /// The instances of a sampled claim share δ equally (union bound), and each has its own randomness, derived from the identifier and the
    /// instance's name. Verdicts do not depend on the number of threads. The execution is told the fraction done, which may jump. An exception in the claim's own functions makes that verdict undecided,
    /// with its message; a cancellation is passed on.
    /// </remarks>
    /// <param name="prove">What to do with queries.</param>
    /// <param name="settings">δ, budget, randomness.</param>
    /// <param name="theorem">The claim.</param>
    let runWith (prove: Prover) (settings: CheckSettings) (theorem: ITheorem) : (string * Verdict) list =
        theorem.Accept
            { new ITheoremVisitor<(string * Verdict) list> with
                member _.Visit theorem =
                    match theorem.Evidence with
                    | ByProof queries ->
                        queries
                        |> List.mapi (fun i query ->
                            query.Name, settled (part settings queries.Length i) (fun settings -> prove settings query))
                    // Laws of instances are computed side by side: each is one thread's work, and no sample is drawn.
                    | ByDiscretisation _ ->
                        theorem.Instances
                        |> sideBySide settings.Execution (fun i (name, setting) ->
                            name, settled (part settings theorem.Instances.Length i) (onInstance theorem name setting))
                    | ByEnclosure _
                    | ByComputation _
                    | BySampling _ ->
                        theorem.Instances
                        |> List.mapi (fun i (name, setting) ->
                            name, settled (part settings theorem.Instances.Length i) (onInstance theorem name setting)) }

    /// <summary>The verdicts of a claim where no prover is at hand: queries stay undecided.</summary>
    /// <param name="settings">Seed, budget of δ, replicas and solver.</param>
    /// <param name="theorem">The claim.</param>
    let run (settings: CheckSettings) (theorem: ITheorem) : (string * Verdict) list =
        runWith (fun _ _ -> Undecided "not discharged here: no prover") settings theorem
