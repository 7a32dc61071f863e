module AnalogTheory.Site.Tests.LinkTests

open Expecto
open AnalogTheory.Site

let private problems (files: (string * string) list) : string list =
    Folders.inFolder (fun folder ->
        for name, content in files do
            Folders.write folder name content

        Links.check (fun path -> path = "left-out.html") folder
        |> List.map (fun problem -> $"{problem.Where}: {problem.What}"))

[<Tests>]
let tests =
    testList
        "links"
        [ test "Addresses that lead somewhere pass: files, places in them, other machines that a reader may follow" {
              let index =
                  "<a class=\"x\" href=\"a/b.html#here\">b</a> <a href=\"https://arxiv.org/abs/1\">paper</a> <img alt=\"\" src=\"p.png\">"

              Expect.isEmpty
                  (problems [ "index.html", index; "a/b.html", "<h2 id=\"here\"></h2><a href=\"../index.html\">up</a>"; "p.png", "" ])
                  "none"
          }

          test "A file, a place or a picture that is missing is a problem" {
              let found = problems [ "index.html", "<a href=\"gone.html\">x</a><a href=\"#nowhere\">y</a><img src=\"gone.png\">" ]
              Expect.equal found.Length 3 "three"
              Expect.stringContains (String.concat "\n" found) "nothing is at gone.html" "names the address"
          }

          test "A page that was left out by wish is no problem" {
              Expect.isEmpty (problems [ "a/index.html", "<a href=\"../left-out.html#x\">x</a>" ]) "none"
          }

          test "Whatever would be fetched from another machine is a problem" {
              let page = "<script src=\"https://cdn/x.js\"></script><link rel=\"stylesheet\" href=\"//fonts/x.css\">"

              let found =
                  problems [ "index.html", page; "s.css", "@font-face { src: url(https://fonts/f.woff2) } b { background: url(gone.svg) }" ]

              Expect.equal found.Length 4 "script, style, font, and a file of the style that is missing"
          } ]
