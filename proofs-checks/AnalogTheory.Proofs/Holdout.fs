namespace AnalogTheory.Proofs

open System
open System.IO
open AnalogTheory

/// Whether one seed decides as the ledger does.
[<NoComparison>]
type HeldOut =
    {
        /// The seed.
        Seed: uint64
        /// Stamp of the ledger that it was held against.
        Stamp: string
        /// Verdicts that depend on the seed.
        Verdicts: int
        /// Those of another kind than in the ledger, in words.
        Changed: string list
    }

/// <summary>Seeds that nothing was chosen with: the ledger's own was fixed while allowances and grids were made.</summary>
/// <remarks>
/// A seed changes what is sampled. Proofs, sums over finite supports and discretisations have no seed, so they are not repeated; nor are searches
/// for violations, which decide no verdict (`verify --seed` repeats everything).
/// </remarks>
[<RequireQualifiedAccess>]
module Holdout =

    /// Name of the table, in the ledger's folder.
    let file = "holdout.csv"

    /// The first fresh seeds. They follow from the ledger's, so that nobody picks them.
    let seeds (ledgers: uint64) (count: int) : uint64 list =
        Key.ofSeed ledgers |> Key.named "holdout" |> Key.split count |> Array.map _.Bits |> List.ofArray

    /// Whether the claim's verdicts depend on a seed.
    let isSampled (theorem: ITheorem) : bool =
        theorem.Accept
            { new ITheoremVisitor<bool> with
                member _.Visit theorem =
                    match theorem.Evidence with
                    | BySampling _ -> true
                    | _ -> false }

    /// Settles all sampled claims with the settings' seed; `report` is told each claim, with what changed in it.
    let settle (settings: LedgerSettings) (committed: CommittedLedger) (report: string -> string list -> unit) : HeldOut =
        let budget = ErrorBudget.split settings.Delta Registry.all

        let outcomes =
            [ for theorem in Registry.all |> List.filter isSampled do
                  let verdicts = Ledger.verdicts settings budget theorem
                  let changed = CommittedLedger.changedVerdicts committed theorem.Id verdicts
                  report theorem.Id changed
                  verdicts.Length, changed ]

        { Seed = settings.Seed
          Stamp = CommittedLedger.stamp committed
          Verdicts = List.sumBy fst outcomes
          Changed = List.collect snd outcomes }

    let private header = "seed,ledger,verdicts,changed,which"

    let private line (row: HeldOut) : string =
        let which = (String.concat " | " row.Changed).Replace("\"", "\"\"")
        $"{row.Seed},{row.Stamp},{row.Verdicts},{row.Changed.Length},\"{which}\""

    /// The table, one line a seed.
    let toCsv (rows: HeldOut list) : string = header :: List.map line rows |> List.map (fun line -> line + "\n") |> String.concat ""

    /// The rows of a table that `toCsv` wrote; none where there is no file.
    let read (path: string) : HeldOut list =
        let row (line: string) =
            match line.Split(',', 5) with
            | [| seed; stamp; verdicts; _; which |] ->
                let words = which.Trim('"').Replace("\"\"", "\"")

                { Seed = UInt64.Parse seed
                  Stamp = stamp
                  Verdicts = Int32.Parse verdicts
                  Changed = if words = "" then [] else List.ofArray (words.Split " | ") }
            | _ -> raise (InvalidDataException $"Expected {header} in {path}, got {line}.")

        if File.Exists path then
            File.ReadAllLines path |> Seq.skip 1 |> Seq.filter ((<>) "") |> Seq.map row |> List.ofSeq
        else
            []

    // Begins the line of the ledger's page.
    let private opening = "Other seeds: "

    /// What the ledger's page says of other seeds.
    let summary (committed: CommittedLedger) (rows: HeldOut list) : string =
        let current = rows |> List.filter (fun row -> row.Stamp = CommittedLedger.stamp committed)
        let older = rows.Length - current.Length
        let all = current |> List.sumBy _.Verdicts

        let told =
            if current.IsEmpty then
                "not yet tried on this ledger (`dotnet fsi build.fsx verify --holdout 20`)"
            else
                let changed = current |> List.sumBy _.Changed.Length
                $"the verdicts that a seed can change, on {current.Length} fresh seeds: {changed} of {all} are of another kind than here ([{file}]({file}))"

        let aside = if older > 0 then $"; {older} more seeds were held against an older ledger" else ""
        $"{opening}{told}{aside}."

    /// The page with its line on other seeds replaced.
    let intoPage (line: string) (page: string) : string =
        page.Split '\n'
        |> Array.map (fun old -> if old.StartsWith(opening, StringComparison.Ordinal) then line else old)
        |> String.concat "\n"
