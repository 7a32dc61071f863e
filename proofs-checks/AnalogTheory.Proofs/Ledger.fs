/// The ledger: one row a claim and variant, with what settles it, on what, and by how much.
/// It holds no time and no machine, so that it is the same file wherever it is made; CI fails when a verdict changes.
namespace AnalogTheory.Proofs

open System
open System.Globalization
open AnalogTheory

/// What dropping a hypothesis did.
type Dropped =
    /// A violation was found; its inputs replay it.
    | Needed of inputs: string * Comparison
    /// The solver proved the conclusion without it.
    | NotNeeded
    /// A search found no violation, which proves nothing.
    | NoneFound
    /// Nothing is known here, and why.
    | Unsettled of reason: string

/// One claim with its verdicts and what dropping its hypotheses did.
[<NoEquality; NoComparison>]
type LedgerRow =
    {
        /// The claim.
        Theorem: ITheorem
        /// Verdict of every query or instance, in order.
        Verdicts: (string * Verdict) list
        /// For every hypothesis with a search or a control: what dropping it did.
        Necessity: (string * Dropped) list
        /// Hypotheses on whole paths that every replica was watched for, by instance.
        Watched: (string * string) list
    }

/// What a ledger is made with.
[<NoEquality; NoComparison>]
type LedgerSettings =
    {
        /// Seed of the key from which all randomness comes.
        Seed: uint64
        /// δ of the whole ledger.
        Delta: float
        /// Most replicas per instance of a sampled claim.
        Samples: int64
        /// A solver, if there is one.
        Solver: ISolver option
    }

/// Making ledgers.
[<RequireQualifiedAccess>]
module Ledger =

    /// Folder of the ledger, from the repository's root.
    let folder = "proofs-checks"

    /// A number with the three digits that a ledger shows.
    let internal number (value: float) : string = value.ToString("G3", CultureInfo.InvariantCulture)

    // Each item is one thread's work: a solver's answer, or a search.
    let private sideBySide (work: 'Item -> 'Result) (items: 'Item list) : 'Result list =
        items |> List.toArray |> Array.Parallel.map work |> List.ofArray

    // The hypotheses of queries, left out in turn; without a solver the controls' own witnesses are replayed.
    let private controls (solver: ISolver option) (queries: Query list) : (string * Dropped) list =
        let inputs (model: Model) =
            model |> Map.toList |> List.map (fun (name, value) -> $"{name} = {number value}") |> String.concat ", "

        match solver with
        | Some solver ->
            let outcome (query: Query) (control: ControlResult) =
                $"{control.Hypothesis} ({query.Name})",
                match control.Outcome with
                | Fired(model, comparison) -> Needed(inputs model, comparison)
                | Unnecessary -> NotNeeded
                | Failed reason -> Unsettled reason

            queries
            |> sideBySide (fun query -> ProofCheck.controls solver query |> List.map (outcome query))
            |> List.concat
        | None ->
            [ for query in queries do
                  for hypothesis, _ in query.Controls ->
                      $"{hypothesis} ({query.Name})",
                      (match ProofCheck.witness query hypothesis with
                       | Some(Ok comparison) -> Needed("the claim's own witness", comparison)
                       | Some(Error reason) -> Unsettled reason
                       | None -> Unsettled "no solver") ]

    // What the replicas of an instance report of their paths: a draw of one tells the names.
    let private watched (theorem: ITheorem) (verdicts: (string * Verdict) list) : (string * string) list =
        theorem.Accept
            { new ITheoremVisitor<(string * string) list> with
                member _.Visit theorem =
                    match theorem.Evidence with
                    | BySampling sampler ->
                        [ for (name, setting), (_, verdict) in List.zip theorem.Instances verdicts do
                              if verdict.IsSupported || verdict.IsRefutedAtConfidence then
                                  for hypothesis, _ in ((sampler setting).Draw Execution.Default (Key.ofSeed 0UL) 0u 1).Failures do
                                      name, hypothesis ]
                    | _ -> [] }

    /// Settles a claim; its queries one by one.
    let verdicts (settings: LedgerSettings) (budget: ErrorBudget) (theorem: ITheorem) : (string * Verdict) list =
        let check =
            { Key = Key.ofSeed settings.Seed
              Delta = ErrorBudget.share budget theorem
              Samples = settings.Samples
              Solver = settings.Solver
              Execution = Execution.Default }

        let answers =
            theorem.Queries
            |> sideBySide (fun query -> query.Name, (ProofCheck.settle settings.Solver [ query ]).Verdict)
            |> Map.ofList

        let prove (_: CheckSettings) (query: Query) = answers[query.Name]

        Check.runWith prove check theorem

    /// Settles a claim and tries it without its hypotheses.
    let row (settings: LedgerSettings) (budget: ErrorBudget) (theorem: ITheorem) : LedgerRow =
        let key = Key.ofSeed settings.Seed

        let search (necessity: Necessity) =
            necessity.Hypothesis,
            match necessity.Search(key |> Key.named theorem.Id |> Key.named necessity.Hypothesis) with
            | None -> NoneFound
            | Some violation ->
                let replayed = violation.Replay()

                if Comparison.holds replayed then
                    Unsettled $"{violation.Inputs}: found, but its replay holds"
                elif replayed <> violation.Comparison then
                    Unsettled $"{violation.Inputs}: found, but its replay gives other numbers"
                else
                    Needed(violation.Inputs, replayed)

        let verdicts = verdicts settings budget theorem

        { Theorem = theorem
          Verdicts = verdicts
          Watched = watched theorem verdicts
          // A claim by proof tries every query of its own; its search of stored witnesses would only repeat that.
          Necessity =
            if theorem.Queries.IsEmpty then
                theorem.Necessity |> sideBySide search
            else
                controls settings.Solver theorem.Queries }

    /// <summary>Settles every claim, in its order.</summary>
    /// <param name="settle">Makes a claim's row, by the function that it is told or from what it has kept.</param>
    /// <param name="settings">What the ledger is made with.</param>
    /// <param name="theorems">The claims that share δ.</param>
    let makeBy (settle: (ITheorem -> LedgerRow) -> ITheorem -> LedgerRow) (settings: LedgerSettings) (theorems: ITheorem list) =
        let budget = ErrorBudget.split settings.Delta theorems
        theorems |> List.map (settle (row settings budget))

    /// Settles every claim; `report` is told each row as it comes.
    let make (settings: LedgerSettings) (report: LedgerRow -> unit) (theorems: ITheorem list) : LedgerRow list =
        let settle (row: ITheorem -> LedgerRow) (theorem: ITheorem) =
            let row = row theorem
            report row
            row

        makeBy settle settings theorems
