module AnalogTheory.Figures.Tests.PageTests

open System
open Expecto
open AnalogTheory.Runs
open AnalogTheory.Plotting
open AnalogTheory.Figures
open AnalogTheory.Figures.Tests.Samples

let private entry (id: string) : PageEntry =
    { Id = id
      Title = $"Figure {id}. *f* & more"
      Caption = "Error *f*(*W*_{k}) against *k*."
      Plate = Some plate
      Table = None
      Links = [ "figure.svg", $"{id}/figure.svg" ]
      Manifest = None }

let private table: PageEntry =
    { entry "table" with
        Plate = None
        Table = Some { Heads = [ "Rule"; "Rate" ]; Rows = [ [ "Digital SGD"; "*O*(√(σ²/*K*))" ] ] } }

let private page (entries: PageEntry list) : Page =
    { Title = "Figures <all>"
      Subtitle = "Recomputed"
      Introduction = [ "Drawn from tables." ]
      Entries = entries }

let private finds (text: string) : Test =
    testCase $"found: {text}" <| fun () -> Expect.isNonEmpty (Offline.findNetworkAddresses text) "addresses"

let private ignores (text: string) : Test =
    testCase $"not found: {text}" <| fun () -> Expect.isEmpty (Offline.findNetworkAddresses text) "addresses"

[<Tests>]
let addresses =
    testList
        "network addresses"
        [ finds "https://x.org/a"
          finds "HTTP://X.ORG"
          finds "wss://x.org/socket"
          finds "src=\"//cdn.example.com/x.js\""
          finds "url(//cdn.example.com/x.css)"
          finds "http:\\/\\/a.b"
          ignores "xmlns=\"http://www.w3.org/2000/svg\""
          ignores "// a comment, a=b//c"
          ignores "href=\"1/figure.svg\""

          testCase "the drawing script that is embedded has none, and does not end its element"
          <| fun () ->
              let script = Offline.plotlyScript ()
              Expect.isGreaterThan script.Length 1_000_000 "length"
              Expect.isEmpty (Offline.findNetworkAddresses script) "addresses"
              Expect.isFalse (script.Contains("</script", StringComparison.OrdinalIgnoreCase)) "end of element"

          testCase "neutralised text has none"
          <| fun () -> Expect.isEmpty (Offline.findNetworkAddresses (Offline.neutralise "a https://x.org/a b \"//y.org/z\" c")) "addresses" ]

[<Tests>]
let pages =
    testList
        "page"
        [ testCase "the same content gives the same page, without addresses, with every entry"
          <| fun () ->
              let html = InteractivePage.render (page [ entry "1"; table ])
              Expect.isTrue (html = InteractivePage.render (page [ entry "1"; table ])) "same text"
              Expect.isEmpty (Offline.findNetworkAddresses html) "addresses"

              for part in
                  [ "<title>Figures &lt;all&gt;</title>"
                    "id=\"1\""
                    "id=\"table\""
                    "href=\"1/figure.svg\""
                    "later('1-panel-4'"
                    "default-src 'none'"
                    "<td>Digital SGD</td>" ] do
                  Expect.stringContains html part "part"

          raises<ArgumentException> "a planted address is refused" [ "network"; "https://example.org/x.js" ] (fun () ->
              InteractivePage.render (page [ { table with Caption = "see https://example.org/x.js" } ]) |> ignore)
          raises<ArgumentException> "so is one in a link" [ "https://example.org" ] (fun () ->
              InteractivePage.render (page [ { table with Links = [ "x", "https://example.org/x" ] } ]) |> ignore)
          raises<ArgumentException> "an identifier twice" [ "'1'" ] (fun () ->
              InteractivePage.render (page [ entry "1"; { table with Id = "1" } ]) |> ignore) ]
