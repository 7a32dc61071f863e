module AnalogTheory.Figures.Tests.InterruptionTests

open System
open System.IO
open Expecto
open AnalogTheory.Runs
open AnalogTheory.Plotting
open AnalogTheory.Figures
open AnalogTheory.Figures.Tests.Samples

let private interrupted (name: string) (broken: Recipe) : Test =
    folderTest name (fun output ->
        let settings = smoke output
        let folder = Production.folder settings cheap
        raised<InvalidOperationException>(fun () -> Production.produce settings broken) |> ignore
        Expect.isFalse (Directory.Exists folder) "nothing where nothing was"
        Production.produce settings cheap
        let before = bytesOf folder
        raised<InvalidOperationException>(fun () -> Production.produce { settings with Seed = 8UL } broken) |> ignore
        Expect.isTrue (bytesOf folder = before) "old files intact"
        Expect.isTrue (Production.isCurrent settings cheap) "and still current")

let private fail () = raise (InvalidOperationException "half-way")

[<Tests>]
let interruptions =
    testList
        "interruption"
        [ interrupted "computing raises" { cheap with Compute = fun _ _ -> fail () }
          interrupted "drawing raises" { cheap with Draw = fun _ -> fail () }
          interrupted "noting raises" { cheap with Notes = fun _ -> fail () }

          folderTest "what a killed run left is cleared by the next, and what is missing alone is redone" (fun output ->
              let settings = smoke output
              let folder = Production.folder settings cheap
              Production.produce settings cheap
              let before = bytesOf folder
              // As after a kill between two files: no manifest, temporaries of names that may not come again.
              File.Delete(Path.Combine(folder, Manifest.fileName))
              File.WriteAllText(Path.Combine(folder, "figure.pdf.being-written-2147483646"), "%PDF-half")
              File.WriteAllText(Path.Combine(folder, "reference.csv.being-written-2147483646"), "k,me")
              File.WriteAllText(Path.Combine(folder, "figure.svg"), "<svg")
              Expect.isFalse (Production.isCurrent settings cheap) "incomplete"
              Expect.isNone (Production.entry settings cheap) "not on the page"
              Production.produce settings cheap
              let names files = files |> List.map fst
              let promised = List.filter (fun (name, _) -> name <> Manifest.fileName)
              Expect.equal (names (bytesOf folder)) (names before) "names"
              Expect.isTrue (promised (bytesOf folder) = promised before) "bytes")

          folderTest "a table that somebody edited is not drawn onto the page" (fun output ->
              let settings = smoke output
              Production.produce settings cheap
              let folder = Production.folder settings cheap
              let table = Directory.GetFiles(folder, "*.csv")[0]
              File.AppendAllText(table, "1,1\r\n")
              let refused = raised<InvalidDataException>(fun () -> Production.entry settings cheap |> ignore)
              Expect.stringContains refused.Message table "the file"
              Expect.isFalse (Production.isCurrent settings cheap) "made again by the next run"
              Production.produce settings cheap
              Expect.isSome (Production.entry settings cheap) "and drawn")

          folderTest "a folder that somebody writes to is left alone" (fun output ->
              let settings = smoke output
              Production.produce settings cheap
              let folder = Production.folder settings cheap
              let before = bytesOf folder

              do
                  use _ = FolderLock.Take folder
                  raised<FolderInUseException>(fun () -> Production.produce { settings with Seed = 8UL } cheap) |> ignore

              Expect.isTrue (bytesOf folder = before) "bytes"
              Production.produce { settings with Seed = 8UL } cheap)

          folderTest "a folder that cannot be written to is reported, and its files stay" (fun output ->
              let settings = smoke output
              let folder = Production.folder settings cheap
              // A file in the place of the recipe's folder.
              File.WriteAllText(folder, "in the way")
              raised<IOException>(fun () -> Production.produce settings cheap) |> ignore
              Expect.equal (File.ReadAllText folder) "in the way" "file") ]
