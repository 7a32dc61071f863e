/// The ledger: one row a claim and variant, with what settles it, on what, and by how much.
/// It holds no time and no machine, so that it is the same file wherever it is made; CI fails when a verdict changes.
namespace AnalogTheory.Proofs

open System
open System.Globalization
open System.IO
open System.Text
open System.Text.Encodings.Web
open System.Text.Json
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

/// Making, writing and reading ledgers.
[<RequireQualifiedAccess>]
module Ledger =

    /// Folder of the ledger, from the repository's root.
    let folder = "proofs-checks"

    let private number (value: float) =
        value.ToString("G3", CultureInfo.InvariantCulture)

    // The hypotheses of queries, left out in turn; without a solver the controls' own witnesses are replayed.
    let private controls (solver: ISolver option) (queries: Query list) : (string * Dropped) list =
        let inputs (model: Model) =
            model |> Map.toList |> List.map (fun (name, value) -> $"{name} = {number value}") |> String.concat ", "

        match solver with
        | Some solver ->
            [ for query in queries do
                  for control in ProofCheck.controls solver query ->
                      $"{control.Hypothesis} ({query.Name})",
                      (match control.Outcome with
                       | Fired(model, comparison) -> Needed(inputs model, comparison)
                       | Unnecessary -> NotNeeded
                       | Failed reason -> Unsettled reason) ]
        | None ->
            [ for query in queries do
                  for hypothesis, _ in query.Controls ->
                      $"{hypothesis} ({query.Name})",
                      (match ProofCheck.witness query hypothesis with
                       | Some(Ok comparison) -> Needed("the claim's own witness", comparison)
                       | Some(Error reason) -> Unsettled reason
                       | None -> Unsettled "no solver") ]

    /// Settles a claim and tries it without its hypotheses.
    let row (settings: LedgerSettings) (budget: ErrorBudget) (theorem: ITheorem) : LedgerRow =
        let key = Key.ofSeed settings.Seed

        let check =
            { Key = key
              Delta = ErrorBudget.share budget theorem
              Samples = settings.Samples
              Solver = settings.Solver
              Execution = Execution.Default
              Cancellation = Threading.CancellationToken.None }

        let search (necessity: Necessity) =
            necessity.Hypothesis,
            match necessity.Search(key |> Key.named theorem.Id |> Key.named necessity.Hypothesis) with
            | None -> NoneFound
            | Some violation ->
                let replayed = violation.Replay()

                if Comparison.holds replayed then
                    Unsettled $"{violation.Inputs}: found, but its replay holds"
                else
                    Needed(violation.Inputs, replayed)

        let prove (_: CheckSettings) (query: Query) =
            (ProofCheck.settle settings.Solver [ query ]).Verdict

        { Theorem = theorem
          Verdicts = Check.runWith prove check theorem
          Necessity = (theorem.Necessity |> List.map search) @ controls settings.Solver theorem.Queries }

    /// Settles every claim; `report` is told each row as it comes.
    let make (settings: LedgerSettings) (report: LedgerRow -> unit) (theorems: ITheorem list) : LedgerRow list =
        let budget = ErrorBudget.split settings.Delta theorems

        [ for theorem in theorems do
              let row = row settings budget theorem
              report row
              row ]

    /// Verdicts of a row in few words, such as "Exact (12), Vacuous (2)"; the gravest kind stands first.
    let summary (row: LedgerRow) : string =
        let gravity (verdict: Verdict) =
            match verdict with
            | Refuted _
            | RefutedAtConfidence _ -> 0
            | Undecided _ -> 1
            | Vacuous _ -> 3
            | _ -> 2

        // Discretisations are one kind, told by their largest error.
        let error =
            row.Verdicts
            |> List.fold (fun largest (_, verdict) -> match verdict with Computed(_, error) -> max largest error | _ -> largest) 0.0

        let name (verdict: Verdict) =
            match verdict with
            | Computed(comparison, _) -> (Computed(comparison, error)).Name
            | _ -> verdict.Name

        row.Verdicts
        |> List.map (fun (_, verdict) -> gravity verdict, name verdict)
        |> List.countBy id
        |> List.sortBy fst
        |> List.map (fun ((_, name), count) -> if count = 1 then name else $"{name} ({count})")
        |> String.concat ", "

    /// The comparison with the smallest margin of a row, if its verdicts compare numbers.
    let worst (row: LedgerRow) : float option =
        let margin (verdict: Verdict) =
            match verdict with
            | Exact comparison
            | Computed(comparison, _)
            | Refuted(_, comparison) -> Some comparison.Margin
            | Supported evidence -> Some evidence.Lower
            | RefutedAtConfidence evidence -> Some evidence.Upper
            | Proved _
            | Vacuous _
            | Undecided _ -> None

        match row.Verdicts |> List.choose (snd >> margin) with
        | [] -> None
        | margins -> Some(List.min margins)

    let private samples (row: LedgerRow) : int64 =
        row.Verdicts
        |> List.sumBy (fun (_, verdict) ->
            match verdict with
            | Supported evidence
            | RefutedAtConfidence evidence -> evidence.Samples
            | _ -> 0L)

    let private necessity (row: LedgerRow) : string =
        row.Necessity
        |> List.map (fun (hypothesis, dropped) ->
            match dropped with
            | Needed _ -> $"{hypothesis}: needed"
            | NotNeeded -> $"{hypothesis}: not needed"
            | NoneFound -> $"{hypothesis}: none found"
            | Unsettled _ -> $"{hypothesis}: open")
        |> String.concat "; "

    /// Name of the solver, or why there is none.
    let private solverName (settings: LedgerSettings) : string =
        match settings.Solver with
        | Some solver -> solver.Name
        | None -> "none on the path, so nothing is proved here"

    let private cell (text: string) =
        text.Replace("|", "\\|").Replace("\n", " ")

    // What a reader has to know of a verdict that is not simply "holds".
    let private remark (verdict: Verdict) : string option =
        match verdict with
        | Vacuous failed ->
            failed
            |> List.map (fun hypothesis ->
                match hypothesis.Replicas with
                | Some(bad, all) -> $"{hypothesis.Name} fails in {bad} of {all} replicas"
                | None -> $"{hypothesis.Name} fails by {number -hypothesis.Margin}")
            |> String.concat "; "
            |> Some
        | Undecided reason -> Some reason
        | Refuted(counterexample, _) -> Some counterexample
        | RefutedAtConfidence evidence -> Some $"mean margin in [{number evidence.Lower}, {number evidence.Upper}]"
        | _ -> None

    /// The ledger as Markdown.
    let toMarkdown (settings: LedgerSettings) (rows: LedgerRow list) : string =
        let text = StringBuilder()
        let line (words: string) = text.Append(words).Append('\n') |> ignore
        line "# Ledger of claims"
        line ""
        line "Generated by `dotnet fsi build.fsx verify`; do not edit. A passing check is evidence about the instances that were tested;"
        line "only *Proved* settles a statement for all reals, by a solver, from the same laws that the engine runs."
        line ""
        line $"Seed {settings.Seed}; δ = {number settings.Delta} over all sampled claims, asymptotic ones kept out; at most {settings.Samples} replicas per instance; solver: {solverName settings}."
        line ""
        line "| claim | source | statement | verdict | worst margin | replicas | dropping a hypothesis |"
        line "|---|---|---|---|---|---|---|"

        for row in rows do
            let margin = worst row |> Option.map number |> Option.defaultValue "—"
            let replicas = match samples row with 0L -> "—" | count -> string count

            [ row.Theorem.Id
              string row.Theorem.Source
              row.Theorem.Statement
              summary row
              margin
              replicas
              (match necessity row with "" -> "—" | words -> words) ]
            |> List.map cell
            |> String.concat " | "
            |> fun cells -> line $"| {cells} |"

        line ""
        line "## What a reader should know"
        line ""

        for row in rows do
            for instance, verdict in row.Verdicts do
                match remark verdict with
                | Some words -> line $"- **{row.Theorem.Id}**, {instance}: {verdict.Name}. {words}"
                | None -> ()

        line ""
        line "## Smallest violations found without a hypothesis"
        line ""

        for row in rows do
            for hypothesis, dropped in row.Necessity do
                match dropped with
                | Needed(inputs, comparison) ->
                    line $"- **{row.Theorem.Id}** without {hypothesis}: {inputs}; measured {number comparison.Measured} against {number comparison.Bound}"
                | Unsettled reason -> line $"- **{row.Theorem.Id}** without {hypothesis}: open, {reason}"
                | NotNeeded
                | NoneFound -> ()

        text.ToString()

    /// The ledger as JSON, with every verdict.
    let toJson (settings: LedgerSettings) (rows: LedgerRow list) : string =
        use stream = new MemoryStream()

        do
            let options = JsonWriterOptions(Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping)
            use json = new Utf8JsonWriter(stream, options)

            // JSON has no NaN and no infinity; six digits are what the mathematical functions of every platform agree on.
            let float' (name: string) (value: float) =
                if Double.IsFinite value then
                    json.WritePropertyName name
                    json.WriteRawValue(value.ToString("G6", CultureInfo.InvariantCulture))
                else
                    json.WriteString(name, string value)

            let comparison (c: Comparison) =
                float' "measured" c.Measured
                float' "bound" c.Bound
                float' "margin" c.Margin

            json.WriteStartObject()
            json.WriteNumber("seed", settings.Seed)
            json.WriteNumber("delta", settings.Delta)
            json.WriteNumber("samples", settings.Samples)
            json.WriteString("solver", solverName settings)
            json.WriteStartArray "claims"

            for row in rows do
                json.WriteStartObject()
                json.WriteString("id", row.Theorem.Id)
                json.WriteString("variant", row.Theorem.Variant)
                json.WriteString("source", string row.Theorem.Source)
                json.WriteString("statement", row.Theorem.Statement)
                json.WriteStartArray "verdicts"

                for instance, verdict in row.Verdicts do
                    json.WriteStartObject()
                    json.WriteString("instance", instance)
                    json.WriteString("verdict", verdict.Name)

                    match verdict with
                    | Exact c
                    | Refuted(_, c) -> comparison c
                    | Computed(c, error) ->
                        comparison c
                        float' "error" error
                    | Supported evidence
                    | RefutedAtConfidence evidence ->
                        float' "lower" evidence.Lower
                        float' "upper" evidence.Upper
                        json.WriteNumber("replicas", evidence.Samples)
                        float' "delta" evidence.Delta
                    | Proved query -> json.WriteString("query", query)
                    | Vacuous _
                    | Undecided _ -> ()

                    remark verdict |> Option.iter (fun words -> json.WriteString("remark", words))
                    json.WriteEndObject()

                json.WriteEndArray()
                json.WriteStartArray "necessity"

                for hypothesis, dropped in row.Necessity do
                    json.WriteStartObject()
                    json.WriteString("hypothesis", hypothesis)

                    match dropped with
                    | Needed(inputs, c) ->
                        json.WriteString("violation", inputs)
                        comparison c
                    | NotNeeded -> json.WriteString("violation", "none: proved without it")
                    | NoneFound -> json.WriteString("violation", "none found")
                    | Unsettled reason -> json.WriteString("violation", "open: " + reason)

                    json.WriteEndObject()

                json.WriteEndArray()
                json.WriteEndObject()

            json.WriteEndArray()
            json.WriteEndObject()

        Encoding.UTF8.GetString(stream.ToArray()) + "\n"
