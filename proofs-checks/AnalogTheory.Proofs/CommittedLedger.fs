namespace AnalogTheory.Proofs

open System.IO
open System.Text.Json
open AnalogTheory

/// What a ledger says of one claim, in kinds only: verdicts by instance, and what dropping each hypothesis did.
[<NoComparison>]
type private Kinds = { Verdicts: (string * string) list; Necessity: (string * string) list }

/// The ledger that is committed, read back.
[<NoEquality; NoComparison>]
type CommittedLedger =
    private
        {
            /// For every claim.
            Claims: Map<string, Kinds>
            /// JSON of every claim, as it stands in the file.
            Texts: Map<string, string>
            /// Name of the solver that the ledger was made with.
            Solver: string
            /// Claims with sampled verdicts, in the ledger's order.
            Sampled: string list
            /// 32 bits of all that the ledger says of sampled claims.
            Mark: uint32
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

    let private text (name: string) (element: JsonElement) = element.GetProperty(name).GetString() |> string

    let private kinds (claim: JsonElement) : Kinds =
        { Verdicts =
            [ for verdict in claim.GetProperty("verdicts").EnumerateArray() -> text "instance" verdict, kind (text "verdict" verdict) ]
          Necessity =
            [ for dropped in claim.GetProperty("necessity").EnumerateArray() ->
                  text "hypothesis" dropped, ofViolation (text "violation" dropped) ] }

    let private isSampled (claim: JsonElement) : bool =
        claim.GetProperty("verdicts").EnumerateArray()
        |> Seq.exists (fun verdict -> fst (verdict.TryGetProperty "replicas"))

    // FNV-1a.
    let private mark (words: string) : uint32 =
        (2166136261u, System.Text.Encoding.UTF8.GetBytes words)
        ||> Array.fold (fun hash byte -> (hash ^^^ uint32 byte) * 16777619u)

    /// Reads the JSON of a ledger.
    let ofText (text': string) : CommittedLedger =
        use json = JsonDocument.Parse text'
        let claims = json.RootElement.GetProperty("claims").EnumerateArray() |> Seq.toList
        let sampled = claims |> List.filter isSampled

        { Claims = Map [ for claim in claims -> text "id" claim, kinds claim ]
          Texts = Map [ for claim in claims -> text "id" claim, claim.GetRawText() ]
          Solver = text "solver" json.RootElement
          Sampled = sampled |> List.map (text "id")
          Mark = sampled |> List.map _.GetProperty("verdicts").GetRawText() |> String.concat "\n" |> mark }

    /// Reads the file that `verify` wrote.
    let read (path: string) : CommittedLedger = ofText (File.ReadAllText path)

    /// Name of the solver that the ledger was made with.
    let solver (committed: CommittedLedger) : string = committed.Solver

    /// Claims with sampled verdicts, in the ledger's order.
    let sampled (committed: CommittedLedger) : string list = committed.Sampled

    /// Eight hexadecimal digits that change with any number that the ledger has for a sampled claim.
    let stamp (committed: CommittedLedger) : string = committed.Mark.ToString "x8"

    let private compared (id: string) (before: (string * string) list) (now: (string * string) list) : string list =
        let names = List.distinct (List.map fst before @ List.map fst now)
        let at name kinds = kinds |> List.filter (fst >> (=) name) |> List.map snd |> String.concat ", "

        [ for name in names do
              let was, is = at name before, at name now

              if was <> is then
                  $"""{id}, {name}: {(if was = "" then "absent" else was)} → {(if is = "" then "absent" else is)}""" ]

    let private before (committed: CommittedLedger) (id: string) : Kinds =
        Map.tryFind id committed.Claims |> Option.defaultValue { Verdicts = []; Necessity = [] }

    /// Verdicts of all claims that are of a kind: claim and instance.
    let ofKind (wanted: string) (committed: CommittedLedger) : (string * string) list =
        [ for KeyValue(id, kinds) in committed.Claims do
              for instance, kind in kinds.Verdicts do
                  if kind = wanted then id, instance ]

    /// What dropping hypotheses did: claim, hypothesis, and "needed", "not needed", "none found" or "open".
    let dropped (committed: CommittedLedger) : (string * string * string) list =
        [ for KeyValue(id, kinds) in committed.Claims do
              for hypothesis, outcome in kinds.Necessity -> id, hypothesis, outcome ]

    /// Lines in which two ledgers differ on a claim, each with what stands in its place; nothing where they say the same of it.
    let changedLines (before: CommittedLedger) (now: CommittedLedger) (id: string) : string list =
        let lines (ledger: CommittedLedger) =
            match Map.tryFind id ledger.Texts with
            | Some text -> text.Split '\n' |> Array.map _.Trim()
            | None -> [||]

        let was, is = lines before, lines now
        let at (lines: string array) i = lines |> Array.tryItem i |> Option.defaultValue "nothing"

        [ for i in 0 .. max was.Length is.Length - 1 do
              if at was i <> at is i then $"{id}: {at was i} → {at is i}" ]

    let private now (verdicts: (string * Verdict) list) = verdicts |> List.map (fun (instance, verdict) -> instance, kind verdict.Name)

    /// Which verdicts of a claim are of another kind than committed, in words; nothing if all are as they were.
    let changedVerdicts (committed: CommittedLedger) (id: string) (verdicts: (string * Verdict) list) : string list =
        compared id (before committed id).Verdicts (now verdicts)

    /// What of a claim is not as committed, in words; nothing if all is.
    let differences (committed: CommittedLedger) (row: LedgerRow) : string list =
        let without (necessity: (string * string) list) =
            necessity |> List.map (fun (hypothesis, outcome) -> "without " + hypothesis, outcome)

        let dropped = row.Necessity |> List.map (fun (hypothesis, dropped) -> hypothesis, ofDropped dropped)

        changedVerdicts committed row.Theorem.Id row.Verdicts
        @ compared row.Theorem.Id (without (before committed row.Theorem.Id).Necessity) (without dropped)
