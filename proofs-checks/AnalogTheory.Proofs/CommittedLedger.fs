namespace AnalogTheory.Proofs

open System.IO
open System.Text.Json
open AnalogTheory

/// What a ledger says of one claim, in kinds only: verdicts by instance, and what dropping each hypothesis did.
type private Kinds = (string * string) list

/// The ledger that is committed, read back.
[<NoEquality; NoComparison>]
type CommittedLedger =
    private
        {
            /// For every claim: verdicts by instance or query, then necessity by hypothesis.
            Claims: Map<string, Kinds>
        }

/// Holding claims against the ledger that is committed.
[<RequireQualifiedAccess>]
module CommittedLedger =

    // "Computed(5E-08)" is a verdict of the kind "Computed": the error is no part of what was decided.
    let private kind (verdict: string) = (verdict.Split '(')[0]

    let private ofViolation (violation: string) =
        if violation.StartsWith "none: proved" then "not needed"
        elif violation = "none found" then "none found"
        elif violation.StartsWith "open: " then "open"
        else "needed"

    let private ofDropped (dropped: Dropped) =
        match dropped with
        | Dropped.Needed _ -> "needed"
        | NotNeeded -> "not needed"
        | NoneFound -> "none found"
        | Unsettled _ -> "open"

    /// Reads the JSON that `verify` wrote.
    let read (path: string) : CommittedLedger =
        use json = JsonDocument.Parse(File.ReadAllText path)

        let text (name: string) (element: JsonElement) = element.GetProperty(name).GetString() |> string

        let kinds (claim: JsonElement) =
            [ for verdict in claim.GetProperty("verdicts").EnumerateArray() do
                  text "instance" verdict, kind (text "verdict" verdict)
              for dropped in claim.GetProperty("necessity").EnumerateArray() do
                  "without " + text "hypothesis" dropped, ofViolation (text "violation" dropped) ]

        { Claims = Map [ for claim in json.RootElement.GetProperty("claims").EnumerateArray() -> text "id" claim, kinds claim ] }

    /// What of a claim is not as committed, in words; nothing if all is.
    let differences (committed: CommittedLedger) (row: LedgerRow) : string list =
        let now =
            [ for instance, verdict in row.Verdicts do
                  instance, kind verdict.Name
              for hypothesis, dropped in row.Necessity do
                  "without " + hypothesis, ofDropped dropped ]

        let before = Map.tryFind row.Theorem.Id committed.Claims |> Option.defaultValue []
        let names = List.distinct (List.map fst before @ List.map fst now)
        let at name kinds = kinds |> List.filter (fst >> (=) name) |> List.map snd |> String.concat ", "

        [ for name in names do
              let was, is = at name before, at name now

              if was <> is then
                  $"""{row.Theorem.Id}, {name}: {(if was = "" then "absent" else was)} → {(if is = "" then "absent" else is)}""" ]
