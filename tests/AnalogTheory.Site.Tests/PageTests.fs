module AnalogTheory.Site.Tests.PageTests

open System.IO
open Expecto
open AnalogTheory.Site

let private read (ending: string) (content: string) : Page =
    Folders.inFolder (fun folder ->
        Folders.write folder $"a/page.{ending}" content
        PageFile.read folder (Path.Combine(folder, "a", $"page.{ending}")))

let private front = "---\ntitle: T\ncategory: How to\nindex: 3\n---\n"

let private problem (work: unit -> 'T) : string =
    try
        work () |> ignore
        ""
    with SiteBroken problems ->
        problems |> List.map (fun problem -> $"{problem.Where}: {problem.What}") |> String.concat "\n"

[<Tests>]
let tests =
    testList
        "pages"
        [ test "Markdown is read into text, code, files and places of output" {
              let page =
                  read
                      "md"
                      (front
                       + "# T\n\n```csharp\nint x = 1;\n```\n<!-- output -->\nand\n```json a.json\n{}\n```\n```shell not-run\nrm x\n```\n```shell\nanalog-theory verify D2\n```\n<!-- output -->\n")

              let expected =
                  [ Text "# T\n"
                    Code(CSharp, "int x = 1;", false)
                    OutputOf CSharp
                    Text "and"
                    Given("a.json", "{}")
                    Shown("shell", "rm x")
                    Code(Shell, "analog-theory verify D2", false)
                    OutputOf Shell ]

              Expect.equal page.Segments expected "segments"
              Expect.equal (page.Name, page.Title, page.Group, page.Place) ("a/page", "T", Some "How to", 3) "front matter"
          }

          test "A literate script is read into text and code, and hidden code stays hidden" {
              let page =
                  read
                      "fsx"
                      $"(**\n{front}# T\n*)\nlet x = 1\n(*** include-output ***)\n(** one line *)\n(*** hide ***)\nlet y = 2\n(** end *)\n"

              let expected =
                  [ Text "# T\n"
                    Code(FSharp, "let x = 1", false)
                    OutputOf FSharp
                    Text " one line "
                    Code(FSharp, "let y = 2", true)
                    Text " end " ]

              Expect.equal page.Segments expected "segments"
          }

          test "What is no page is refused with its name and what was expected" {
              for content, said in
                  [ "# no front matter", "front matter"
                    "---\nindex: 1\n---\n", "title"
                    front + "```csharp\nint x;", "Expected a line ```"
                    front + "```python\nx\n```", "got 'python'"
                    front + "<!-- output -->", "before the place of its output" ] do
                  let message = problem (fun () -> read "md" content)
                  Expect.stringContains message said content
                  Expect.stringStarts message "a/page: " "names the page"
          }

          test "Output stands where the page asks for it, whatever signs it has" {
              let page = read "md" (front + "```csharp\nx\n```\n<!-- output -->\nmiddle\n```csharp\ny\n```\n<!-- output -->\n")
              let ending, content = Literate.write "/lib" page (Map.ofList [ CSharp, [ "a < b *) `c` |d|\n\ne"; "second" ] ])
              Expect.equal ending "md" "no F#"
              Expect.stringContains content "a &#60; b &#42;) &#96;c&#96; &#124;d&#124;&#10;&#10;e</code></pre>" "escaped, on one line"
              let first, middle, second = content.IndexOf "a &#60;", content.IndexOf "middle", content.IndexOf "second"
              Expect.isTrue (first > 0 && first < middle && middle < second) "in order"
          }

          test "What a reader takes along is the page's code without marks" {
              let page = read "md" (front + "```csharp\nint x = 1;\n```\n<!-- output -->\n```csharp\nint y = 2;\n```\n")
              let ending, content = Listing.takeAlong "a/page" page |> List.exactlyOne
              Expect.equal ending "cs" "C#"
              Expect.stringContains content "#:package AnalogTheory.CSharp@" "names its package"
              Expect.stringContains content "int x = 1;\n\nint y = 2;\n" "the code"
              Expect.isFalse (content.Contains "001e") "no marks"
          }

          test "The package is the built assembly when a script runs, and only there" {
              let code = Listing.againstAssemblies "/lib" "#r \"nuget: AnalogTheory\"\n#r \"nuget: ScottPlot, 5\"\nopen AnalogTheory"
              Expect.stringStarts code "#r \"/lib/AnalogTheory.dll\"\n#r \"/lib/AnalogTheory.Kernels.dll\"" "assemblies"
              Expect.stringContains code "#r \"nuget: ScottPlot, 5\"\nopen AnalogTheory" "the rest stays"
          } ]
