namespace AnalogTheory

/// <summary>One error probability for a whole report: with probability at least 1 − δ no sampled verdict in it is wrong.</summary>
/// <remarks>
/// The union bound: every instance of a sampled claim gets the same part. Claims that can only be sampled without a known range are asymptotic,
/// have no finite-sample guarantee, and are kept out; they are tested at the level that one instance of the report has.
/// </remarks>
[<NoComparison>]
type ErrorBudget =
    {
        /// δ of the report.
        Total: float
        /// δ of each sampled claim with a known range, by its identifier; they sum to the total.
        Claims: Map<string, float>
        /// Number of instances that share the total.
        Instances: int
        /// Level of each instance of an asymptotic claim; not part of the total.
        Asymptotic: float
    }

/// Splitting a report's δ and adding up what was spent.
[<RequireQualifiedAccess>]
module ErrorBudget =

    /// Number of instances, and whether one of them is sampled in a known range; None for claims that are not sampled.
    let private need (theorem: ITheorem) : (int * bool) option =
        theorem.Accept
            { new ITheoremVisitor<(int * bool) option> with
                member _.Visit theorem =
                    match theorem.Evidence with
                    | BySampling sampler ->
                        // A sampler that cannot be made is an error that the check will report; here it counts as one that needs δ.
                        let isBounded setting =
                            try
                                (sampler setting).Range.IsSome
                            with _ ->
                                true

                        Some(theorem.Instances.Length, theorem.Instances |> List.exists (snd >> isBounded))
                    | ByProof _
                    | ByEnclosure _
                    | ByComputation _
                    | ByDiscretisation _ -> None }

    /// <summary>Splits δ over the sampled claims of a report, in proportion to their instances.</summary>
    /// <param name="total">δ in (0, 1).</param>
    /// <param name="theorems">All claims of the report.</param>
    /// <exception cref="T:System.ArgumentException">δ is not in (0, 1), or two sampled claims share an identifier.</exception>
    let split (total: float) (theorems: ITheorem list) : ErrorBudget =
        Require.between "total" 0.0 1.0 total
        let needs = theorems |> List.choose (fun theorem -> need theorem |> Option.map (fun need -> theorem.Id, need))
        let distinct = needs |> List.distinctBy fst

        if distinct.Length < needs.Length then
            let twice = needs |> List.countBy fst |> List.find (fun (_, count) -> count > 1) |> fst
            raise (System.ArgumentException($"Expected claims with different identifiers, got {twice} twice.", nameof theorems))

        let bounded = needs |> List.choose (fun (id, (instances, isBounded)) -> if isBounded then Some(id, instances) else None)
        let instances = bounded |> List.sumBy snd
        let part = total / float (max 1 instances)

        { Total = total
          Claims = Map.ofList (bounded |> List.map (fun (id, instances) -> id, part * float instances))
          Instances = instances
          Asymptotic = part }

    /// <summary>δ for a claim: its share of the total; for an asymptotic claim what its instances need outside of it; any number does for the others.</summary>
    /// <param name="budget">How δ is shared between the claims of a report.</param>
    /// <param name="theorem">The claim.</param>
    let share (budget: ErrorBudget) (theorem: ITheorem) : float =
        match Map.tryFind theorem.Id budget.Claims with
        | Some delta -> delta
        | None -> min 0.5 (budget.Asymptotic * float (max 1 theorem.Instances.Length))

    /// <summary>δ that verdicts spent, asymptotic ones left out: at most the budget's total when each claim had its share.</summary>
    /// <param name="verdicts">Verdicts of one report.</param>
    let spent (verdicts: Verdict seq) : float =
        verdicts
        |> Seq.sumBy (fun verdict ->
            match verdict with
            | Supported evidence
            | RefutedAtConfidence evidence when not evidence.IsAsymptotic -> evidence.Delta
            | _ -> 0.0)
