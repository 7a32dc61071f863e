/// The program as build.fsx calls it, in this process; console and folder belong to the process, so that these tests run one after the other.
module AnalogTheory.Figures.Tests.ProgramTests

open System
open System.IO
open Expecto
open AnalogTheory.Runs
open AnalogTheory.Plotting
open AnalogTheory.Figures
open AnalogTheory.Figures.Tests.Samples

/// Exit code, output and errors of a run.
let private run (arguments: string list) : int * string * string =
    let output, errors = Console.Out, Console.Error
    use written = new StringWriter()
    use complained = new StringWriter()
    Console.SetOut written
    Console.SetError complained

    try
        let code = Program.main (Array.ofList arguments)
        code, written.ToString(), complained.ToString()
    finally
        Console.SetOut output
        Console.SetError errors

let private refuses (name: string) (arguments: string list) (parts: string list) : Test =
    folderTest name (fun folder ->
        let code, _, errors = run (arguments @ [ "--out"; Path.Combine(folder, "out") ])
        Expect.equal code 2 "exit code"
        Expect.isFalse (Directory.Exists(Path.Combine(folder, "out"))) "nothing is computed"

        for part in parts do
            Expect.stringContains errors part "message")

[<Tests>]
let arguments =
    testSequenced
    <| testList
        "program"
        [ refuses "a figure that does not exist" [ "--only"; "99" ] [ "4-left"; "table-1"; "got '99'" ]
          refuses "one wrong figure among right ones" [ "--only"; "2,nonsense" ] [ "got 'nonsense'" ]
          refuses "no figure" [ "--only"; "" ] [ "got ''" ]
          refuses "an option that does not exist" [ "--fast" ] [ "--only LIST"; "got '--fast'" ]
          testCase "an option without its value"
          <| fun () ->
              let code, _, errors = run [ "--seed" ]
              Expect.equal code 2 "exit code"
              Expect.stringContains errors "after --seed, got none" "message"
          refuses "one seed, of which no interval can be made" [ "--seeds"; "1" ] [ "from 2 to"; "--seeds"; "got '1'" ]
          refuses "seeds that are no number" [ "--seeds"; "many" ] [ "got 'many'" ]
          refuses "a negative seed" [ "--seed"; "-1" ] [ "--seed"; "got '-1'" ]

          folderTest "a rerun redoes what is missing, and nothing else" (fun folder ->
              let arguments = [ "--only"; "2,4-right"; "--seeds"; "2"; "--out"; folder ]
              let written name = File.GetLastWriteTimeUtc(Path.Combine(folder, name))
              let code, first, errors = run arguments
              Expect.equal (code, errors) (0, "") "first run"
              Expect.isFalse (first.Contains "unchanged") "first run"
              Expect.isTrue (File.Exists(Path.Combine(folder, "index.html"))) "page"
              let two, four = written "2/figure.svg", written "4-right/figure.svg"
              let code, second, _ = run arguments
              Expect.equal code 0 "second run"
              Expect.equal (second.Split("unchanged").Length - 1) 2 "both unchanged"
              File.Delete(Path.Combine(folder, "4-right", "figure.png"))
              let code, third, _ = run arguments
              Expect.equal code 0 "third run"
              Expect.equal (third.Split("unchanged").Length - 1) 1 "one unchanged"
              Expect.equal (written "2/figure.svg") two "left alone"
              Expect.notEqual (written "4-right/figure.svg") four "redone"
              Expect.isTrue (File.Exists(Path.Combine(folder, "4-right", "figure.png"))) "there again")

          folderTest "a name stands for all of its parts" (fun folder ->
              let code, output, _ = run [ "--only"; "4"; "--seeds"; "2"; "--out"; folder ]
              Expect.equal code 0 "exit code"

              for id in [ "4-left"; "4-middle"; "4-right" ] do
                  Expect.stringContains output id "output"
                  Expect.isTrue (File.Exists(Path.Combine(folder, id, "manifest.json"))) id

              let page = File.ReadAllText(Path.Combine(folder, "index.html"))
              Expect.isEmpty (Offline.findNetworkAddresses page) "addresses of the page"

              Expect.isNonEmpty
                  (Offline.findNetworkAddresses (page.Replace("</body>", "<script src=\"https://example.org/x.js\"></script></body>")))
                  "a planted one"

              for id in [ "4-left"; "4-middle"; "4-right" ] do
                  for file in [ "curves.csv"; "figure.svg"; "figure.pdf"; "figure.png"; "manifest.json" ] do
                      Expect.stringContains page $"href=\"{id}/{file}\"" "links")

          folderTest "a folder that cannot be made is an error, not a wrong option" (fun folder ->
              let blocked = Path.Combine(folder, "file")
              File.WriteAllText(blocked, "")
              let code, _, errors = run [ "--only"; "2"; "--seeds"; "2"; "--out"; blocked ]
              Expect.equal code 1 "exit code"
              Expect.stringContains errors blocked "message") ]
