/// The ledger as people read it: Markdown, the counts first, then the claims, then what a hypothesis is for.
namespace AnalogTheory.Proofs

open System
open System.Text
open AnalogTheory

/// Writing ledgers.
[<RequireQualifiedAccess>]
module LedgerText =

    let private number = Ledger.number

    // Refutations first; what nobody has to look at last.
    let private gravity (verdict: Verdict) =
        match verdict with
        | Refuted _
        | RefutedAtConfidence _ -> 0
        | Undecided _ -> 1
        | Vacuous _ -> 3
        | _ -> 2

    /// Verdicts of a row in few words, such as "Exact (12), Vacuous (2)"; the gravest kind stands first.
    let summary (row: LedgerRow) : string =
        // Discretisations are one kind, told by their largest error.
        let error =
            row.Verdicts
            |> List.fold
                (fun largest (_, verdict) ->
                    match verdict with
                    | Computed(_, error) -> max largest error
                    | _ -> largest)
                0.0

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
            | Evaluated comparison
            | SeenAtPoints(comparison, _)
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

    /// Name of the solver, or why there is none.
    let solverName (settings: LedgerSettings) : string =
        match settings.Solver with
        | Some solver -> solver.Name
        | None -> "none on the path, so nothing is proved here"

    /// What a reader has to know of a verdict that is not simply "holds".
    let remark (verdict: Verdict) : string option =
        match verdict with
        | Vacuous failed ->
            failed
            |> List.map (fun hypothesis ->
                let where =
                    match hypothesis.Replicas with
                    | Some(bad, all) -> $"{hypothesis.Name} fails in {bad} of {all} replicas"
                    | None -> $"{hypothesis.Name} fails by {number -hypothesis.Margin}"

                if hypothesis.Note = "" then where else $"{where}: {hypothesis.Note}")
            |> String.concat "; "
            |> Some
        | Undecided reason -> Some reason
        | Refuted(counterexample, _) -> Some counterexample
        | RefutedAtConfidence evidence -> Some $"mean margin in [{number evidence.Lower}, {number evidence.Upper}]"
        | _ -> None

    /// <summary>What may be said of a path hypothesis that no replica violated: the chance that one does is at most log(1/δ)/n.</summary>
    /// <remarks>
    /// Were it p, n replicas without a violation would have probability (1 − p)ⁿ; while none is violated (1 − p)⁻ⁿ is a martingale, so that the bound
    /// holds at level δ whenever sampling stops. It is a statement beside the verdict's, with a δ of its own.
    /// </remarks>
    /// <param name="delta">δ.</param>
    /// <param name="replicas">n.</param>
    let largestChance (delta: float) (replicas: int64) : float = log (1.0 / delta) / float replicas

    let private watched (row: LedgerRow) : string list =
        let verdicts = Map.ofList row.Verdicts

        [ for instance, hypothesis in row.Watched do
              match verdicts[instance] with
              | Supported evidence
              | RefutedAtConfidence evidence ->
                  $"- **{row.Theorem.Id}**, {instance}: {hypothesis} fails in 0 of {evidence.Samples} replicas, so with probability at most {number (largestChance evidence.Delta evidence.Samples)}"
              | _ -> () ]

    // The kinds of evidence, in the order in which they settle: name, how to tell a verdict of the kind, what it means.
    let private kinds: (string * (Verdict -> bool) * string) list =
        [ "Proved", _.IsProved, "for all reals, by a solver, from the same laws that the engine runs; the query is in [smt](smt)"
          "Exact", _.IsExact, "on the instance, with certainty: intervals with outward rounding or exact fractions settle the comparison"
          "Evaluated",
          _.IsEvaluated,
          "on the instance, summed or in closed form in floating point, with an allowance for rounding that nothing encloses"
          "Computed(e)", _.IsComputed, "a stationary quantity by discretisation, with a bound e on its error, which the margin exceeds"
          "Supported(δ)",
          (function
          | Supported evidence -> not evidence.IsAsymptotic
          | _ -> false),
          "an expectation on independent replicas, the whole confidence interval on the right side; wrong with probability at most δ"
          "Supported(asymptotic)",
          (function
          | Supported evidence -> evidence.IsAsymptotic
          | _ -> false),
          "the same by the central limit theorem only, since the noise has no range; not part of the ledger's δ"
          "Refuted", _.IsAgainst, "a counterexample that replays, or the whole interval on the wrong side"
          "Vacuous", _.IsVacuous, "a hypothesis fails on the instance; which one, and by how much, stands below"
          "Undecided", _.IsUndecided, "the budget or the solver gave no answer" ]

    let private outcomes: (string * (Dropped -> bool) * string) list =
        [ "needed", _.IsNeeded, "a violation was found; its inputs replay it"
          "not needed", _.IsNotNeeded, "the solver proved the conclusion without it"
          "none found", _.IsNoneFound, "a search found no violation, which proves nothing"
          "open", _.IsUnsettled, "neither; the reason stands beside it" ]

    let private groups =
        [ 'D', "Devices"; 'S', "Analog SGD"; 'L', "The lower bound"; 'T', "Tiki-Taka"; 'N', "Beyond the papers" ]

    let private escaped (text: string) = text.Replace("|", "\\|").Replace("\n", " ")

    let private headed (columns: string list) (rows: string list list) : string list =
        let line (cells: string list) = cells |> List.map escaped |> String.concat " | " |> sprintf "| %s |"

        line columns :: $"""|{String.replicate columns.Length "---|"}""" :: List.map line rows

    let private counts (rows: LedgerRow list) : string list =
        let verdicts = rows |> List.collect (_.Verdicts >> List.map snd)
        let dropped = rows |> List.collect (_.Necessity >> List.map snd)

        let lines all =
            List.map (fun (name, is, meaning) -> [ name; string (all |> List.filter is |> List.length); meaning ])

        [ $"{rows.Length} claims and variants, {verdicts.Length} verdicts:"
          ""
          yield! headed [ "verdict"; "number"; "meaning" ] (lines verdicts kinds)
          ""
          $"{dropped.Length} hypotheses dropped, one at a time, to see whether the claim needs them:"
          ""
          yield! headed [ "without it"; "number"; "meaning" ] (lines dropped outcomes) ]

    let private claims (rows: LedgerRow list) : string list =
        headed
            [ "claim"; "source"; "statement"; "verdict"; "worst margin"; "replicas" ]
            [ for row in rows ->
                  [ row.Theorem.Id
                    string row.Theorem.Source
                    row.Theorem.Statement
                    summary row
                    worst row |> Option.map number |> Option.defaultValue "—"
                    match samples row with
                    | 0L -> "—"
                    | count -> string count ] ]

    let private necessity (row: LedgerRow) : string list list =
        [ for hypothesis, dropped in row.Necessity ->
              [ row.Theorem.Id
                hypothesis
                outcomes |> List.find (fun (_, is, _) -> is dropped) |> (fun (name, _, _) -> name)
                match dropped with
                | Dropped.Needed(inputs, comparison) -> $"{inputs}: {number comparison.Measured} against {number comparison.Bound}"
                | Unsettled reason -> reason
                | NotNeeded
                | NoneFound -> "" ] ]

    /// <summary>The ledger as Markdown.</summary>
    /// <param name="settings">What it was made with.</param>
    /// <param name="otherSeeds">The line on other seeds, as Holdout.summary has it.</param>
    /// <param name="rows">Its rows.</param>
    let toMarkdown (settings: LedgerSettings) (otherSeeds: string) (rows: LedgerRow list) : string =
        let grouped =
            groups
            |> List.map (fun (letter, title) -> title, rows |> List.filter (fun row -> row.Theorem.Id[0] = letter))
            |> List.filter (fun (_, rows) -> not rows.IsEmpty)

        let remarks =
            [ for row in rows do
                  for instance, verdict in row.Verdicts do
                      match remark verdict with
                      | Some words -> $"- **{row.Theorem.Id}**, {instance}: {verdict.Name}. {words}"
                      | None -> () ]

        let lines =
            [ "# Ledger of claims"
              ""
              "Generated by `dotnet fsi build.fsx verify`; do not edit. A passing check is evidence about the instances that were tested; only *Proved* settles a statement."
              "Every verdict of every instance, with its numbers, is in [ledger.json](ledger.json)."
              ""
              yield! counts rows
              ""
              $"Seed {settings.Seed}; δ = {number settings.Delta} over all sampled claims, asymptotic ones kept out; at most {settings.Samples} replicas per instance; solver: {solverName settings}."
              ""
              otherSeeds
              ""
              "The worst margin is the smallest distance from the wrong side over all instances, in the unit of the bound; negative where a claim is refuted."
              ""
              yield! EvidenceText.section headed
              for title, rows in grouped do
                  ""
                  $"## {title}"
                  ""
                  yield! claims rows
              ""
              "## Refuted, vacuous, undecided"
              ""
              yield! remarks
              ""
              "## Watched along the paths"
              ""
              "Hypotheses on whole paths, which every replica was watched for at every step. None of n replicas violated them, so a replica does with probability at most log(1/δ)/n, at the level δ of the verdict beside it."
              ""
              yield! rows |> List.collect watched
              ""
              "## What the hypotheses are for"
              ""
              "Measured against bound, at the smallest violation that was found. A claim by proof is tried query by query; the query stands in parentheses."
              for title, rows in grouped do
                  ""
                  $"### {title}"
                  ""
                  yield! headed [ "claim"; "without"; "outcome"; "smallest violation" ] (List.collect necessity rows) ]

        StringBuilder().AppendJoin('\n', lines).Append('\n').ToString()
