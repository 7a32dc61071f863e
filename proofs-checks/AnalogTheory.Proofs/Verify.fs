/// The command `verify`: settles every claim and writes the ledger.
module AnalogTheory.Proofs.Verify

open System
open System.Diagnostics
open System.IO
open AnalogTheory

/// Replicas per instance unless told otherwise.
let defaultSamples = 1L <<< 16

/// δ of the whole ledger.
let delta = 1e-6

/// Seed of the ledger.
let seed = 20240618UL

/// Whole or absent: written aside, then moved.
let private write (path: string) (text: string) =
    let aside = path + ".being-written"
    File.WriteAllText(aside, text)
    File.Move(aside, path, overwrite = true)

/// Settles the claims whose identifiers begin with one of `wanted`, all if there are none; writes the ledger only when all were settled.
/// <returns>The exit code: 0, or 2 for an identifier that no claim has.</returns>
let run (samples: int64) (wanted: string list) : int =
    let settings: LedgerSettings =
        { Seed = seed
          Delta = delta
          Samples = samples
          Solver = Z3Process.tryFind () }

    let theorems =
        match wanted with
        | [] -> Registry.all
        | _ -> Registry.all |> List.filter (fun theorem -> wanted |> List.exists (fun id -> theorem.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase)))

    if theorems.IsEmpty then
        let known = Registry.all |> List.map _.Id |> String.concat ", "
        let asked = String.concat ", " wanted
        eprintfn $"Expected the beginning of one of {known}, got {asked}."
        2
    else
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

        0
