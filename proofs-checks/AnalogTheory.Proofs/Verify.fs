/// The command `verify`: settles every claim and writes the ledger; and a comparison with the ledger that is committed.
module AnalogTheory.Proofs.Verify

open System
open System.Diagnostics
open System.IO
open AnalogTheory

/// Replicas per instance unless told otherwise.
let defaultSamples = 1L <<< 20

/// δ of the whole ledger.
let delta = 1e-6

/// Seed of the ledger.
let seed = 20240618UL

/// Whole or absent: written aside, then moved.
let private write (path: string) (text: string) =
    let aside = path + ".being-written"
    File.WriteAllText(aside, text)
    File.Move(aside, path, overwrite = true)

let private settings (samples: int64) : LedgerSettings =
    { Seed = seed
      Delta = delta
      Samples = samples
      Solver = Z3Process.tryFind () }

// Does something with the claims that are wanted, or refuses words that begin no identifier.
let private withClaims (isWanted: string -> string -> bool) (wanted: string list) (work: ITheorem list -> int) : int =
    let theorems =
        match wanted with
        | [] -> Registry.all
        | _ -> Registry.all |> List.filter (fun theorem -> wanted |> List.exists (isWanted theorem.Id))

    if theorems.IsEmpty then
        let known = Registry.all |> List.map _.Id |> String.concat ", "
        let asked = String.concat ", " wanted
        eprintfn $"Expected the beginning of one of {known}, got {asked}."
        2
    else
        work theorems

/// Settles the claims whose identifiers begin with one of `wanted`, all if there are none; writes the ledger only when all were settled.
/// <returns>The exit code: 0, or 2 for an identifier that no claim has.</returns>
let run (samples: int64) (wanted: string list) : int =
    let settings = settings samples

    // An empty word begins every identifier, and nobody means it.
    let begins (id: string) (word: string) = word.Trim() <> "" && id.StartsWith(word, StringComparison.OrdinalIgnoreCase)

    withClaims begins wanted (fun theorems ->
        let clock = Stopwatch()

        let report (row: LedgerRow) =
            Console.WriteLine(FormattableString.Invariant $"{row.Theorem.Id,-28} {clock.Elapsed.TotalSeconds,6:F1} s   {LedgerText.summary row}")
            clock.Restart()

        clock.Start()
        let rows = Ledger.make settings report theorems

        if wanted.IsEmpty then
            write (Path.Combine(Repository.root.Value, Ledger.folder, "README.md")) (LedgerText.toMarkdown settings rows)
            write (Path.Combine(Repository.root.Value, Ledger.folder, "ledger.json")) (LedgerJson.toJson settings rows)
            Console.WriteLine $"Ledger of {rows.Length} claims: {Ledger.folder}/README.md"

        0)

/// Settles claims with the ledger's own settings and holds them against the ledger that is committed: kinds of verdicts and what dropping a
/// hypothesis did, without margins. Nothing is written; it stops at the first claim that differs, which it prints.
/// <param name="wanted">Identifiers; all claims if there are none.</param>
/// <returns>The exit code: 0, 1 for a difference, 2 for an identifier that no claim has.</returns>
let compare (wanted: string list) : int =
    let settings = settings defaultSamples
    let committed = CommittedLedger.read (Path.Combine(Repository.root.Value, Ledger.folder, "ledger.json"))

    withClaims (=) wanted (fun theorems ->
        let budget = ErrorBudget.split settings.Delta Registry.all

        theorems
        |> Seq.map (fun theorem -> CommittedLedger.differences committed (Ledger.row settings budget theorem))
        |> Seq.tryFind (List.isEmpty >> not)
        |> function
            | None -> 0
            | Some differences ->
                differences |> List.iter Console.WriteLine
                1)
