/// The ledger says what the registry holds, and the claims that the project was asked for are in it.
module AnalogTheory.Proofs.LedgerChecks

open System.IO
open Expecto
open AnalogTheory

let private settings: LedgerSettings =
    { Seed = Verify.seed
      Delta = Verify.delta
      Samples = 0L
      Solver = None }

let private rows (theorems: ITheorem list) = Ledger.make settings ignore theorems

let private named (beginning: string) =
    Registry.all |> List.filter (fun theorem -> theorem.Id.StartsWith beginning)

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

          test "the same settings give the same text" {
              let theorems = named "S4"
              Expect.equal (LedgerJson.toJson settings (rows theorems)) (LedgerJson.toJson settings (rows theorems)) "JSON"
              Expect.equal (LedgerText.toMarkdown settings (rows theorems)) (LedgerText.toMarkdown settings (rows theorems)) "Markdown"
          } ]
