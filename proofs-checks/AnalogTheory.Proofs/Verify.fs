/// The command `verify`: settles every claim and writes the ledger; and comparisons with the ledger that is committed.
module AnalogTheory.Proofs.Verify

open System
open System.Diagnostics
open System.IO
open AnalogTheory
open AnalogTheory.Runs

/// Replicas per instance.
let defaultSamples = 1L <<< 20

/// δ of the whole ledger.
let delta = 1e-6

/// Seed of the ledger.
let seed = 20240618UL

/// What the ledger is made with, at a seed.
let settings (seed: uint64) : LedgerSettings =
    { Seed = seed
      Delta = delta
      Samples = defaultSamples
      Solver = Z3Process.tryFind () }

let private inFolder (name: string) = Path.Combine(Repository.root.Value, Ledger.folder, name)

/// The ledger that is committed.
let committed () : CommittedLedger = CommittedLedger.read (inFolder "ledger.json")

/// The table of other seeds.
let otherSeeds () : HeldOut list = Holdout.read (inFolder Holdout.file)

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

/// <summary>The files of a ledger: name and text.</summary>
/// <param name="folder">Where the table of other seeds lies, if there is one.</param>
/// <param name="settings">What the ledger is made with.</param>
/// <param name="rows">Its rows.</param>
let files (folder: string) (settings: LedgerSettings) (rows: LedgerRow list) : (string * string) list =
    let json = LedgerJson.toJson settings rows
    let line = Holdout.summary (CommittedLedger.ofText json) (Holdout.read (Path.Combine(folder, Holdout.file)))
    [ "ledger.json", json; "README.md", LedgerText.toMarkdown settings line rows ]

let private writeLedger (folder: string) (settings: LedgerSettings) (rows: LedgerRow list) : unit =
    for name, text in files folder settings rows do
        AtomicFile.writeText (Path.Combine(folder, name)) text

// What is not as committed; the exit code.
let private compareRows (rows: LedgerRow list) : int =
    let committed = committed ()

    match rows |> List.collect (CommittedLedger.differences committed) with
    | [] ->
        Console.WriteLine $"{rows.Length} claims, no verdict of another kind than in the ledger."
        0
    | differences ->
        differences |> List.iter Console.WriteLine
        1

// Writes a line for every row with the seconds that it took.
let private reporter () : LedgerRow -> unit =
    let clock = Stopwatch.StartNew()

    fun row ->
        Console.WriteLine(
            FormattableString.Invariant $"{row.Theorem.Id, -28} {clock.Elapsed.TotalSeconds, 6:F1} s   {LedgerText.summary row}"
        )

        clock.Restart()

/// <summary>Settles claims and writes their ledger, ledger.json and README.md, into a folder. A run that was stopped or killed goes on with the rows
/// that it had finished.</summary>
/// <param name="folder">The folder; made when absent.</param>
/// <param name="settings">What the ledger is made with.</param>
/// <param name="theorems">The claims.</param>
/// <exception cref="T:AnalogTheory.Runs.FolderInUseException">Another process writes a ledger there.</exception>
/// <exception cref="T:System.IO.IOException">It cannot be written.</exception>
let writeInto (folder: string) (settings: LedgerSettings) (theorems: ITheorem list) : unit =
    use _ = FolderLock.Take folder
    AtomicFile.cleanFolder folder
    use settled = SettledClaims.In(folder, settings)

    if settled.Count > 0 then
        Console.WriteLine $"{settled.Count} of {theorems.Length} claims were settled before."

    let report = reporter ()

    let settle (row: ITheorem -> LedgerRow) (theorem: ITheorem) : LedgerRow =
        match settled.TryFind theorem with
        | Some row -> row
        | None ->
            let row = row theorem
            settled.Add row
            report row
            row

    writeLedger folder settings (Ledger.makeBy settle settings theorems)
    settled.Clear()

/// <summary>Settles the claims whose identifiers begin with one of `wanted`, all if there are none. All claims at the ledger's own seed make the ledger,
/// others only where a folder is told; at another seed what differs from the ledger is printed.</summary>
/// <param name="seedTold">The seed.</param>
/// <param name="folder">Where to write the ledger of these claims; None for the repository's own, if it is that.</param>
/// <param name="wanted">Beginnings of identifiers.</param>
/// <returns>The exit code: 0, 1 for a difference at another seed, or 2 for an identifier that no claim has.</returns>
let run (seedTold: uint64) (folder: string option) (wanted: string list) : int =
    let settings = settings seedTold

    // An empty word begins every identifier, and nobody means it.
    let begins (id: string) (word: string) = word.Trim() <> "" && id.StartsWith(word, StringComparison.OrdinalIgnoreCase)

    withClaims begins wanted (fun theorems ->
        match folder with
        | None when seedTold <> seed -> compareRows (Ledger.make settings (reporter ()) theorems)
        | None when not wanted.IsEmpty ->
            Ledger.make settings (reporter ()) theorems |> ignore
            0
        | _ ->
            writeInto (folder |> Option.defaultValue (inFolder "")) settings theorems
            let shown = folder |> Option.defaultValue Ledger.folder
            Console.WriteLine $"Ledger of {theorems.Length} claims: {shown}/README.md"
            0)

/// <summary>Settles the sampled claims on fresh seeds and writes what changed, a row of the table a seed. Seeds that the table has for this ledger are
/// not repeated, so that one may stop and go on.</summary>
/// <returns>The exit code: 0, or 1 where a verdict changed.</returns>
let holdout (count: int) : int =
    let committed = committed ()
    let path = inFolder Holdout.file
    let isCurrent (row: HeldOut) = row.Stamp = CommittedLedger.stamp committed

    for number, seed in Holdout.seeds seed count |> List.indexed do
        if not (otherSeeds () |> List.exists (fun row -> row.Seed = seed && isCurrent row)) then
            let clock = Stopwatch.StartNew()

            let report (id: string) (changed: string list) =
                changed |> List.iter Console.WriteLine
                if not Console.IsOutputRedirected then Console.Write $"\rseed {number + 1} of {count}: {id, -28}"

            let row = Holdout.settle { settings seed with Solver = None } committed report
            // A row of an older ledger gives way.
            let others = otherSeeds () |> List.filter (fun other -> other.Seed <> seed)
            AtomicFile.writeText path (Holdout.toCsv (others @ [ row ]))

            AtomicFile.writeText
                (inFolder "README.md")
                (Holdout.intoPage (Holdout.summary committed (otherSeeds ())) (File.ReadAllText(inFolder "README.md")))

            if not Console.IsOutputRedirected then Console.Write "\r"

            Console.WriteLine(
                FormattableString.Invariant
                    $"seed {number + 1} of {count}, {seed, 20}: {row.Changed.Length} of {row.Verdicts} verdicts changed, {clock.Elapsed.TotalSeconds:F0} s"
            )

    Console.WriteLine(Holdout.summary committed (otherSeeds ()))
    if otherSeeds () |> List.filter isCurrent |> List.forall _.Changed.IsEmpty then 0 else 1

/// <summary>Settles claims with the ledger's own settings and holds them against the ledger that is committed: kinds of verdicts and what dropping a
/// hypothesis did, without margins. Nothing is written; it stops at the first claim that differs, which it prints.</summary>
/// <param name="wanted">Identifiers; all claims if there are none.</param>
/// <returns>The exit code: 0, 1 for a difference, 2 for an identifier that no claim has.</returns>
let compare (wanted: string list) : int =
    let settings = settings seed
    let committed = committed ()

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
