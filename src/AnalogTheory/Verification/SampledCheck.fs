namespace AnalogTheory

open System

/// Settling a claim about an expectation on independent replicas.
[<RequireQualifiedAccess>]
module SampledCheck =

    /// Replicas of the first batch.
    let firstBatch = 256

    /// Most replicas drawn at once.
    let largestBatch = 65536

    /// Replicas of the next batch: half of those drawn so far in whole multiples of 64, at least 256, at most 65,536, and what the budget leaves.
    /// The schedule counts replicas and never time, so that a verdict does not depend on the machine.
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

    let private text (value: float) =
        value.ToString("G4", Globalization.CultureInfo.InvariantCulture)

    /// <summary>Draws replicas in growing batches until the confidence interval of the expected margin lies on one side of zero.</summary>
    /// <remarks>
    /// A pathwise hypothesis that fails in any replica drawn makes the claim vacuous, with the count; no replica is dropped. At the budget's end
    /// the claim is undecided. A batch of another size than asked for is an error of the claim.
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
        // A batch's own progress would be mistaken for the check's.
        let silent = { execution with Progress = None }

        let rec next (failures: Map<string, int64>) (state: ConfidenceSequence) (drawn: int64) =
            if drawn >= budget then
                if drawn = 0L then
                    Undecided "the budget is 0 replicas"
                else
                    let evidence = ConfidenceSequence.evidence delta state
                    Undecided $"after {drawn} replicas the expected margin lies in [{text evidence.Lower}, {text evidence.Upper}]"
            else
                execution.Cancellation.ThrowIfCancellationRequested()
                let count = nextBatch budget drawn
                let margins = sampler.Draw silent key (uint32 drawn) count
                Require.length "margins" count margins.Values.Length
                let failures = merge failures margins.Failures
                let drawn = drawn + int64 count
                execution.Progress |> Option.iter _.Report(float drawn / float budget)

                if failures.IsEmpty then
                    let state = ConfidenceSequence.updateAll state margins.Values

                    match ConfidenceSequence.decide delta state with
                    | Some verdict -> verdict
                    | None -> next failures state drawn
                else
                    Vacuous
                        [ for KeyValue(name, failed) in failures ->
                              { Name = name
                                Margin = nan
                                Replicas = Some(failed, drawn)
                                Note = "" } ]

        next Map.empty (ConfidenceSequence.ofRange sampler.Range) 0L
