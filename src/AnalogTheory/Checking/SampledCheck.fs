namespace AnalogTheory

open System

/// Settling a claim about an expectation on independent replicas.
[<RequireQualifiedAccess>]
module SampledCheck =

    /// Replicas of the first batch.
    let firstBatch = 256

    /// Most replicas drawn at once.
    let largestBatch = 65536

    /// <summary>
    /// Replicas of the next batch: half of those drawn so far in whole multiples of 64, at least 256, at most 65,536, and what the budget leaves.
    /// The schedule counts replicas and never time, so that a verdict does not depend on the machine.
    /// </summary>
    /// <param name="budget">Replicas that may be drawn in all.</param>
    /// <param name="drawn">Replicas drawn so far.</param>
    let nextBatch (budget: int64) (drawn: int64) : int =
        let growing = drawn / 2L / 64L * 64L
        int (min (min (max growing (int64 firstBatch)) (int64 largestBatch)) (budget - drawn))

    let private merge (failures: Map<string, int64>) (more: (string * int64) list) =
        (failures, more)
        ||> List.fold (fun failures (name, count) ->
            if count = 0L then
                failures
            else
                failures |> Map.change name (fun known -> Some(count + Option.defaultValue 0L known)))

    let private text (value: float) = value.ToString("G4", Globalization.CultureInfo.InvariantCulture)

    /// Name of the hypothesis that a later batch brings replicas of its own.
    let independenceName = "replicas are independent"

    // Margins by which batches are told apart, and batches that are remembered.
    let private fingerprint = 256
    let private remembered = 64

    // Whether two batches begin with the same margins though chance would not do it: independent draws from the values' own frequencies would
    // agree in all places with probability below 10⁻¹⁷.
    let private repeats (first: float[]) (second: float[]) : bool =
        let count = min first.Length second.Length
        let values = Array.truncate count first

        count > 0
        && values.AsSpan().SequenceEqual(ReadOnlySpan<float>(second, 0, count))
        && (let frequencies = values |> Array.countBy id |> Array.map (fun (_, n) -> float n)
            (frequencies |> Array.sumBy (fun n -> n * Math.Log(n / float count))) < -40.0)

    // The batch that a new one repeats, as a failed hypothesis; batches come as their first replica and their first margins.
    let private repeated (earlier: (int64 * float[]) list) (first: int64) (values: float[]) : FailedHypothesis option =
        earlier
        |> List.tryFind (fun (_, known) -> repeats known values)
        |> Option.map (fun (known, _) ->
            { Name = independenceName
              Margin = nan
              Replicas = None
              Note = (invariant $"from replica {first} on the margins are those from replica {known} on again, one by one") })

    let private pathwise (drawn: int64) (failures: Map<string, int64>) : FailedHypothesis list =
        [ for KeyValue(name, failed) in failures -> { Name = name; Margin = nan; Replicas = Some(failed, drawn); Note = "" } ]

    // The verdict with the whole δ of the instance, which the bets had a part of.
    let private atDelta (delta: float) (verdict: Verdict) : Verdict =
        match verdict with
        | Supported evidence -> Supported { evidence with Delta = delta }
        | RefutedAtConfidence evidence -> RefutedAtConfidence { evidence with Delta = delta }
        | other -> other

    // Batches until the interval decides, at the δ that is left for the claim.
    let private draw (execution: Execution) (key: Key) (delta: float) (budget: int64) (sampler: Sampler) : Verdict =
        // A batch's own progress would be mistaken for the check's.
        let silent = { execution with Progress = None }

        let rec next (failures: Map<string, int64>) (earlier: (int64 * float[]) list) (state: ConfidenceSequence) (drawn: int64) =
            if drawn >= budget then
                match ConfidenceSequence.obstacle delta state with
                | Some reason -> Undecided reason
                | None ->
                    let evidence = ConfidenceSequence.evidence delta state
                    Undecided $"after {drawn} replicas the expected margin lies in [{text evidence.Lower}, {text evidence.Upper}]"
            else
                execution.Cancellation.ThrowIfCancellationRequested()
                let count = nextBatch budget drawn
                let margins = sampler.Draw silent key (uint32 drawn) count
                Require.length "margins" count margins.Values.Length
                let failures = merge failures margins.Failures
                let repeat = repeated earlier drawn margins.Values

                let earlier =
                    if earlier.Length < remembered then
                        (drawn, Array.truncate fingerprint margins.Values) :: earlier
                    else
                        earlier

                let drawn = drawn + int64 count
                execution.Progress |> Option.iter _.Report(float drawn / float budget)

                match pathwise drawn failures @ Option.toList repeat with
                | [] ->
                    let state = ConfidenceSequence.updateAll state margins.Values

                    match ConfidenceSequence.decide delta state with
                    | Some verdict -> verdict
                    | None -> next failures earlier state drawn
                | failed -> Vacuous failed

        next Map.empty [] (ConfidenceSequence.ofRange sampler.Range) 0L

    /// <summary>Draws replicas in growing batches until the confidence interval of the expected margin lies on one side of zero.</summary>
    /// <remarks>
    /// First the watched paths are held against what is vouched for; see `WatchCheck` for their part of δ. Then anything that shows the margins not
    /// to be what they are taken for makes the claim vacuous, with numbers: a pathwise hypothesis that fails in any replica, a margin outside the
    /// declared range, a batch that repeats an earlier one. No replica is dropped. At the budget's end the claim is undecided, with the reason. A
    /// batch of another size than asked for is an error of the claim.
    /// </remarks>
    /// <param name="execution">How to use the machine; told the part of the budget drawn, stopped within a batch.</param>
    /// <param name="key">Randomness of this instance.</param>
    /// <param name="delta">Error probability of this instance, in (0, 1).</param>
    /// <param name="budget">Most replicas, at least 0.</param>
    /// <param name="sampler">The expected margin.</param>
    /// <exception cref="T:System.ArgumentException">δ is not in (0, 1), the budget is negative or above 2³², or the sampler's range or batch is malformed.</exception>
    let run (execution: Execution) (key: Key) (delta: float) (budget: int64) (sampler: Sampler) : Verdict =
        Require.between "delta" 0.0 1.0 delta
        Require.within "budget" 0.0 4294967296.0 (float budget)

        if budget = 0L then
            Undecided "the budget is 0 replicas"
        else
            match sampler.Watch with
            | None -> draw execution key delta budget sampler
            | Some watch ->
                let paths = WatchCheck.paths execution key budget watch
                let left = if paths[0].Bets.IsEmpty then delta else (1.0 - WatchCheck.share) * delta

                match WatchCheck.failures (WatchCheck.share * delta) paths with
                | [] -> draw execution key left budget sampler |> atDelta delta
                | failed -> Vacuous failed
