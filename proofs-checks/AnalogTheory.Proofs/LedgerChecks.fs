/// The ledger says what the registry holds, and the claims that the project was asked for are in it.
module AnalogTheory.Proofs.LedgerChecks

open System.IO
open Expecto
open AnalogTheory

let private settings: LedgerSettings = { Seed = Verify.seed; Delta = Verify.delta; Samples = 0L; Solver = None }

let private rows (theorems: ITheorem list) = Ledger.make settings ignore theorems

let private named (beginning: string) = Registry.all |> List.filter (fun theorem -> theorem.Id.StartsWith beginning)

/// The committed ledger.
let private committed () = Path.Combine(Repository.root.Value, Ledger.folder, "README.md")

let tests =
    testList
        "ledger"
        [ test "identifiers are distinct" {
              let twice = Registry.all |> List.countBy _.Id |> List.filter (fun (_, count) -> count > 1)
              Expect.isEmpty twice "identifiers used more than once"
          }

          test "every claim of the theory has a row" {
              let groups =
                  [ for letter, last in [ 'D', 9; 'S', 8; 'L', 6; 'T', 9 ] do
                        for number in 1..last -> $"{letter}{number}"
                    for number in [ 1; 2; 10 ] -> $"N{number}" ]

              let present = Registry.all |> List.map (fun theorem -> theorem.Id.Split('-')[0]) |> List.distinct
              Expect.containsAll present groups "claims of theory, D1 to T9"
          }

          test "the committed ledger has one row for every claim, in the registry's order" {
              let ids =
                  let lines = File.ReadAllLines(committed ())
                  // The claims' own tables have six columns, escaped bars apart; the others have fewer.
                  let cells (line: string) = line.Replace("\\|", "").Split('|')

                  lines
                  |> Array.filter (fun line -> line.StartsWith "| " && (cells line).Length = 8)
                  |> Array.map (fun line -> let cells = cells line in cells[1].Trim())
                  |> Array.filter ((<>) "claim")
                  |> List.ofArray

              Expect.equal ids (Registry.all |> List.map _.Id) "rows; run `dotnet fsi build.fsx verify`"
          }

          test "a budget of zero decides no sampled claim and raises nothing" {
              for row in rows (named "S3" @ named "L4-sharp") do
                  for _, verdict in row.Verdicts do
                      Expect.isTrue (verdict.IsUndecided || verdict.IsVacuous) $"{row.Theorem.Id}: {verdict.Name}"
          }

          test "without a solver nothing is proved" {
              for row in rows (named "D2") do
                  for _, verdict in row.Verdicts do
                      Expect.isTrue verdict.IsUndecided $"{row.Theorem.Id}: {verdict.Name}"
          }

          test "the table of other seeds is read as it was written, and only rows held against this ledger count" {
              let committed = Verify.committed ()
              let stamp = CommittedLedger.stamp committed
              let row seed stamp changed = { Seed = seed; Stamp = stamp; Verdicts = 50; Changed = changed }

              let rows =
                  [ row 1UL stamp []
                    row 18446744073709551615UL stamp [ "L5, β = .04, \"at most\": Supported → Refuted"; "T8, D = 1: Supported → Undecided" ]
                    row 3UL "00000000" [ "S3, one: absent → Supported" ] ]

              let path = Path.GetTempFileName()

              try
                  File.WriteAllText(path, Holdout.toCsv rows)

                  Expect.equal
                      (Holdout.read path |> List.map (fun row -> row.Seed, row.Stamp, row.Verdicts, row.Changed))
                      (rows |> List.map (fun row -> row.Seed, row.Stamp, row.Verdicts, row.Changed))
                      "rows"
              finally
                  File.Delete path

              let line = Holdout.summary committed rows
              Expect.stringContains line "on 2 fresh seeds: 2 of 100 are" "this ledger's"
              Expect.stringContains line "1 more seeds were held against an older ledger" "an older ledger's"
              Expect.stringContains (Holdout.summary committed []) "not yet tried" "none"
              let page = $"a\n{Holdout.summary committed []}\nb\n"
              Expect.equal (Holdout.intoPage line page) $"a\n{line}\nb\n" "the page's line"
          }

          test "fresh seeds are the same for any number of them, distinct, and none is the ledger's" {
              let seeds = Holdout.seeds Verify.seed 20
              Expect.equal (List.take 5 seeds) (Holdout.seeds Verify.seed 5) "the first five"
              Expect.equal (List.distinct (Verify.seed :: seeds)).Length 21 "distinct"
          }

          test "what a seed can change is what is sampled: the committed table has as many verdicts as the ledger" {
              let sampled = Registry.all |> List.filter Holdout.isSampled |> List.sumBy _.Instances.Length

              let known = CommittedLedger.sampled (Verify.committed ())
              Expect.containsAll (Registry.all |> List.filter Holdout.isSampled |> List.map _.Id) known "sampled claims"

              let stamp = CommittedLedger.stamp (Verify.committed ())

              for row in Verify.otherSeeds () |> List.filter (fun row -> row.Stamp = stamp) do
                  Expect.equal row.Verdicts sampled $"seed {row.Seed}"
          }

          test
              "what 0 of n replicas allows: at the stated chance of a violation n without one have probability δ at most, and more below it" {
              for delta in [ 0.05; 1e-6; 9e-9 ] do
                  for replicas in [ 256L; 4096L; 474_624L ] do
                      let chance = LedgerText.largestChance delta replicas
                      let none (p: float) = exp (float replicas * log (1.0 - p))
                      Expect.isLessThanOrEqual (none chance) (delta * (1.0 + 1e-9)) $"δ = {delta}, n = {replicas}"
                      Expect.isGreaterThan (none (0.9 * chance)) delta $"not wider than needed, δ = {delta}, n = {replicas}"
          }

          test "the same settings give the same text" {
              let theorems = named "S4"
              Expect.equal (LedgerJson.toJson settings (rows theorems)) (LedgerJson.toJson settings (rows theorems)) "JSON"

              Expect.equal
                  (LedgerText.toMarkdown settings "" (rows theorems))
                  (LedgerText.toMarkdown settings "" (rows theorems))
                  "Markdown"
          } ]
