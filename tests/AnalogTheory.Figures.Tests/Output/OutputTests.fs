module AnalogTheory.Figures.Tests.OutputTests

open System
open System.IO
open Expecto
open AnalogTheory
open AnalogTheory.Runs
open AnalogTheory.Plotting
open AnalogTheory.Figures
open AnalogTheory.Figures.Tests.Samples

let private manifest (files: OutputFile list) : Manifest =
    { Id = "1"
      Title = "Title with \"quotes\" and <signs>"
      Parameters = [ "τ", "3"; "b", ""; "a", "x\ny" ]
      Seed = UInt64.MaxValue
      Seeds = 20
      Version = "0.1.0"
      Commit = "abc"
      Machine = { Processor = "p"; Cores = 2; System = "s"; Runtime = "r" }
      DurationSeconds = 1.25
      Divergences = [ "one"; "two" ]
      Notes = []
      Fingerprint = "f"
      Files = files }

[<Tests>]
let files =
    testList
        "atomic file"
        [ folderTest "writes bytes and makes the folder" (fun folder ->
              let path = Path.Combine(folder, "a", "b", "x.txt")
              AtomicFile.writeText path "σ²"
              Expect.equal (File.ReadAllBytes path) [| 0xCFuy; 0x83uy; 0xC2uy; 0xB2uy |] "UTF-8 without a byte-order mark")

          folderTest "an exception half-way leaves the old bytes and no temporary" (fun folder ->
              let path = Path.Combine(folder, "x.txt")
              AtomicFile.writeText path "old"

              let half (stream: Stream) =
                  stream.Write("new, but only ha"B, 0, 16)
                  stream.Flush()
                  failwith "half-way"

              raised<Exception>(fun () -> AtomicFile.writeWith path half) |> ignore
              Expect.equal (bytesOf folder) [ "x.txt", "old"B ] "folder")

          folderTest "the next write clears what a killed one left, and nothing else" (fun folder ->
              let path = Path.Combine(folder, "x.txt")
              File.WriteAllText(path + ".being-written-2147483646", "ha")
              File.WriteAllText(Path.Combine(folder, "x.txt.bak"), "mine")
              AtomicFile.writeText path "new"
              Expect.equal (bytesOf folder |> List.map fst) [ "x.txt"; "x.txt.bak" ] "folder")

          folderTest "a write that fails names the file and not what stood in for it" (fun folder ->
              let path = Path.Combine(folder, "x.txt")
              Directory.CreateDirectory path |> ignore
              let refused = raised<IOException>(fun () -> AtomicFile.writeText path "new")
              Expect.stringContains refused.Message path "the file"
              Expect.isFalse (refused.Message.Contains "being-written") "no temporary"
              Expect.equal (Directory.GetFiles folder) [||] "nor one left")

          folderTest "what a living process writes is not cleared" (fun folder ->
              let path = Path.Combine(folder, "x.txt")
              let aside = path + ".being-written-" + string Environment.ProcessId
              File.WriteAllText(aside, "ha")
              AtomicFile.cleanStale path
              Expect.isTrue (File.Exists aside) "its own")

          raises<ArgumentException> "a folder is no file" [ "path"; "file inside a folder" ] (fun () ->
              AtomicFile.writeText (Path.GetTempPath()) "x") ]

[<Tests>]
let csv =
    testList
        "CSV"
        [ testCase "quotes what must be quoted, ends lines in CR LF, writes numbers without a culture"
          <| fun () ->
              let text = Csv.render [ "a,b", CsvCells.Numbers [| 0.1; nan; 1e300 |]; "t", CsvCells.Texts [| "x\"y"; ""; "l\nm" |] ]

              Expect.equal text "\"a,b\",t\r\n0.1,\"x\"\"y\"\r\nNaN,\r\n1E+300,\"l\nm\"\r\n" "text"

          raises<ArgumentException> "columns of unequal lengths" [ "1 rows"; "got 0 in 'b'" ] (fun () ->
              Csv.render [ "a", CsvCells.Numbers [| 1.0 |]; "b", CsvCells.Numbers [||] ] |> ignore)
          raises<ArgumentException> "a name twice" [ "'a'" ] (fun () ->
              Csv.render [ "a", CsvCells.Numbers [||]; "a", CsvCells.Texts [||] ] |> ignore)
          raises<ArgumentException> "no column" [ "at least one" ] (fun () -> Csv.render [] |> ignore)

          folderTest "what is written is read back, every bit and every character" (fun folder ->
              let awkward = [| 0.1; -0.0; nan; infinity; -infinity; Double.Epsilon; Double.MaxValue; 1.0 / 3.0 |]
              let words = [| "plain"; "a, b"; "\"quoted\""; " ends with space "; "two\r\nlines"; ""; "τ = 0.5"; "*W*_{k}" |]
              let table = Table.create "odd" [ "x, y", Numbers awkward; "series", Texts words ]
              Csv.write (Path.Combine(folder, "odd.csv")) (TableFile.columns table)
              let back = TableFile.read (Path.Combine(folder, "odd.csv"))
              Expect.equal back.Name "odd" "name"
              let bits values = values |> Array.map BitConverter.DoubleToInt64Bits
              Expect.equal (bits (Table.numbers "x, y" back)) (bits awkward) "numbers"
              Expect.equal (Table.texts "series" back) words "words")

          folderTest "a last record without a line break is read" (fun folder ->
              let path = Path.Combine(folder, "t.csv")
              File.WriteAllText(path, "a,b\n1,2\n3,4")
              Expect.equal (Table.numbers "b" (TableFile.read path)) [| 2.0; 4.0 |] "column")

          folderTest "broken files are refused by name and line" (fun folder ->
              let refused (text: string) (parts: string list) =
                  let path = Path.Combine(folder, "t.csv")
                  File.WriteAllText(path, text)
                  let error = raised<InvalidDataException>(fun () -> TableFile.read path |> ignore)

                  for part in parts do
                      Expect.stringContains error.Message part text

              refused "" [ "t.csv"; "empty" ]
              refused "a,b\r\n1,2\r\n3\r\n" [ "t.csv"; "2 fields"; "record 3"; "got 1" ]
              refused "a,b\r\n1,\"2\r\n" [ "closing quote" ]) ]

[<Tests>]
let manifests =
    testList
        "manifest"
        [ testCase "is read back as it was written"
          <| fun () ->
              let manifest = manifest [ { Name = "figure.svg"; Sha256 = "00" } ]
              Expect.equal (Manifest.ofJson (Manifest.toJson manifest)) manifest "manifest"

          folderTest "vouches for its files and its inputs, and for nothing else" (fun folder ->
              let path = Path.Combine(folder, "a.svg")

              let fresh () =
                  File.WriteAllText(path, "<svg/>")
                  Manifest.write folder (manifest (Manifest.hashFiles folder [ "a.svg" ]))

              fresh ()
              Expect.isTrue (Manifest.isCurrent folder "f") "as written"
              Expect.isFalse (Manifest.isCurrent folder "g") "other inputs"
              File.AppendAllText(path, " ")
              Expect.isFalse (Manifest.isCurrent folder "f") "longer file"
              File.WriteAllText(path, "<svg")
              Expect.isFalse (Manifest.isCurrent folder "f") "truncated file"
              File.Delete path
              Expect.isFalse (Manifest.isCurrent folder "f") "no file"
              fresh ()

              for broken in [ ""; "{"; "[]"; "{}"; "null"; """{"id":1}""" ] do
                  File.WriteAllText(Path.Combine(folder, Manifest.fileName), broken)
                  Expect.isNone (Manifest.tryRead folder) $"manifest '{broken}'"

              Expect.isFalse (Manifest.isCurrent (Path.Combine(folder, "none")) "f") "no folder")

          testCase "fingerprints tell inputs apart that would look alike side by side"
          <| fun () ->
              let of' id parameters = Fingerprint.ofInputs id parameters "1" "c"

              let all =
                  [ of' "a" [ "b", "c" ]
                    of' "a" [ "bc", "" ]
                    of' "ab" [ "", "c" ]
                    of' "a" [ "b", "c"; "", "" ]
                    Fingerprint.ofInputs "a" [ "b", "c" ] "1c" ""
                    Fingerprint.ofInputs "a" [ "b", "c" ] "1" "d" ]

              Expect.equal (List.distinct all).Length all.Length "distinct"
              Expect.equal (of' "a" [ "b", "c" ]) all.Head "the same again"

          testCase "the hash of code does not depend on the order of assemblies"
          <| fun () ->
              let a, b = typeof<Plate>.Assembly, typeof<Key>.Assembly
              Expect.equal (Fingerprint.ofAssemblies [ a; b ]) (Fingerprint.ofAssemblies [ b; a ]) "order"
              Expect.notEqual (Fingerprint.ofAssemblies [ a; b ]) (Fingerprint.ofAssemblies [ a ]) "content" ]
