module AnalogTheory.Site.Tests.ClaimPageTests

open System.IO
open Expecto
open AnalogTheory.Site

let private text (page: Page) =
    page.Segments
    |> List.map (function
        | Text text -> text
        | _ -> "")
    |> String.concat "\n"

[<Tests>]
let tests =
    testList
        "claims"
        [ test "Every claim of the ledger has a page, and the index names each" {
              let pages = ClaimPages.all (Path.Combine(Folders.repository, "proofs-checks", "ledger.json"))
              let index, claims = text pages.Head, pages.Tail
              Expect.isGreaterThan claims.Length 100 "claims"
              Expect.equal (claims |> List.distinctBy _.Name).Length claims.Length "each a file of its own"

              for claim in claims do
                  Expect.stringContains index $"{claim.Name}.html" claim.Title
                  let page = text claim
                  Expect.stringContains page $"analog-theory verify {claim.Title} --explain" claim.Title
          }

          test "A refuted claim shows its counterexample and its negative margin" {
              let pages = ClaimPages.all (Path.Combine(Folders.repository, "proofs-checks", "ledger.json"))
              let page = pages |> List.find (fun page -> page.Title = "D3-printed") |> text
              Expect.stringContains page "<span class=\"verdict refuted\">Refuted</span>" "verdict"
              Expect.stringContains page "1.438 against -0.4375: margin -1.875" "numbers"
              Expect.stringContains page "wd = 2" "inputs"
              Expect.stringContains page "claims/D3.html" "the repaired version"
          }

          test "A ledger that is not there is told" { Expect.throws (fun () -> ClaimPages.all "/nowhere/ledger.json" |> ignore) "told" } ]
