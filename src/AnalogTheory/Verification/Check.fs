namespace AnalogTheory

open System

/// Settles one query; the name of the query becomes the name of the verdict.
type Prover = CheckSettings -> Query -> Verdict

/// Checking claims: hypotheses first, then whatever evidence the claim offers.
[<RequireQualifiedAccess>]
module Check =

    let private text (value: float) =
        value.ToString("R", Globalization.CultureInfo.InvariantCulture)

    // NaN first, then the smallest margin.
    let private worst (comparisons: Comparison list) : Comparison =
        comparisons
        |> List.minBy (fun comparison -> if Double.IsNaN comparison.Margin then -infinity else comparison.Margin)

    let private counterexample (id: string) (instance: string) (comparison: Comparison) =
        Refuted($"{id} on {instance}: measured {text comparison.Measured} against {text comparison.Bound}", comparison)

    /// The verdict of exact comparisons: all hold, or the worst of them is a counterexample.
    let ofComparisons (id: string) (instance: string) (comparisons: Comparison list) : Verdict =
        match comparisons with
        | [] -> Undecided "the claim made no comparison"
        | _ ->
            let comparison = worst comparisons
            if Comparison.holds comparison then Exact comparison else counterexample id instance comparison

    /// The verdict of comparisons with a discretisation error: a margin counts only where it exceeds the error.
    let ofDiscretised (id: string) (instance: string) (comparisons: (Comparison * float) list) : Verdict =
        match comparisons with
        | [] -> Undecided "the claim made no comparison"
        | _ ->
            match comparisons |> List.tryFind (fun (comparison, _) -> Double.IsNaN comparison.Margin) with
            | Some(comparison, _) -> counterexample id instance comparison
            | None ->
                // The comparison whose margin is smallest in units of what the error allows decides; an unknown error decides nothing.
                let slack (comparison: Comparison, error: float) =
                    if error >= 0.0 then comparison.Margin - error else -infinity

                let comparison, error = comparisons |> List.minBy slack

                match comparisons |> List.tryFind (fun (comparison, error) -> comparison.Margin < -error) with
                | Some(refuted, _) -> counterexample id instance refuted
                | None when slack (comparison, error) >= 0.0 -> Computed(comparison, error)
                | None -> Undecided $"the margin {text comparison.Margin} is within the estimated error {text error}"

    // A user's function may raise anything; only a cancellation is passed on.
    let private guarded (check: unit -> Verdict) : Verdict =
        try
            check ()
        with
        | :? OperationCanceledException -> reraise ()
        | UnsettledComparison reason -> Undecided reason
        | error -> Undecided $"{error.GetType().Name}: {error.Message}"

    let private onInstance (settings: CheckSettings) (theorem: Theorem<'Setting>) (name: string) (setting: 'Setting) : Verdict =
        guarded (fun () ->
            settings.Cancellation.ThrowIfCancellationRequested()

            match Theorem.failedHypotheses setting theorem with
            | _ :: _ as failed -> Vacuous failed
            | [] ->
                match theorem.Evidence with
                | ByProof _ -> Undecided "a claim for all reals is not checked on an instance"
                | ByComputation compare -> ofComparisons theorem.Id name (compare setting)
                | ByDiscretisation compare -> ofDiscretised theorem.Id name (compare setting)
                | BySampling sampler ->
                    let key = settings.Key |> Key.named theorem.Id |> Key.named name
                    let delta = settings.Delta / float theorem.Instances.Length
                    SampledCheck.run key delta settings.Samples settings.Cancellation (sampler setting))

    /// The verdicts of a claim: one per query if it is settled by proof, else one per instance, in order.
    /// <remarks>
    /// The instances of a sampled claim share δ equally (union bound), and each has its own randomness, derived from the identifier and the
    /// instance's name. Verdicts do not depend on the number of threads. An exception in the claim's own functions makes that verdict undecided,
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
                        [ for query in queries -> query.Name, guarded (fun () -> prove settings query) ]
                    | ByComputation _
                    | ByDiscretisation _
                    | BySampling _ ->
                        [ for name, setting in theorem.Instances -> name, onInstance settings theorem name setting ] }

    /// The verdicts of a claim where no prover is at hand: queries stay undecided.
    let run (settings: CheckSettings) (theorem: ITheorem) : (string * Verdict) list =
        runWith (fun _ _ -> Undecided "not discharged here: no prover") settings theorem
