/// Parts of a run are whole or absent, whatever ended the run that wrote them.
module AnalogTheory.Figures.Tests.PartsFileTests

open System
open System.IO
open Expecto
open AnalogTheory.Runs
open AnalogTheory.Figures.Tests.Samples

let private add (path: string) (parts: byte[] list) =
    use file = new PartsFile(path, "abc")
    parts |> List.iter file.Add

let private load (path: string) =
    use file = new PartsFile(path, "abc")
    List.ofSeq (file.Load())

[<Tests>]
let partsFiles =
    testList
        "parts of a run"
        [ folderTest "are read back in order, over several runs" (fun folder ->
              let path = Path.Combine(folder, "x.parts")
              Expect.equal (load path) [] "no file, no part"
              add path [ "one"B; ""B ]
              add path [ "three"B ]
              Expect.equal (load path) [ "one"B; ""B; "three"B ] "parts")

          folderTest "that were cut off anywhere are dropped, and writing goes on behind the last whole one" (fun folder ->
              let path = Path.Combine(folder, "x.parts")
              add path [ "one"B; "two"B ]
              let whole = File.ReadAllBytes path

              for length in whole.Length - 1 .. -7 .. 1 do
                  File.WriteAllBytes(path, Array.truncate length whole)
                  let kept = load path
                  Expect.isTrue (kept = [ "one"B ] || kept = []) $"kept at {length} bytes"
                  add path [ "new"B ]
                  Expect.equal (load path) (kept @ [ "new"B ]) $"after {length} bytes")

          folderTest "with a changed byte are dropped with all that follow" (fun folder ->
              let path = Path.Combine(folder, "x.parts")
              add path [ "one"B; "two"B ]
              let bytes = File.ReadAllBytes path
              bytes[bytes.Length - 34] <- bytes[bytes.Length - 34] ^^^ 1uy
              File.WriteAllBytes(path, bytes)
              Expect.equal (load path) [ "one"B ] "parts")

          folderTest "of another run are refused, and stay" (fun folder ->
              let path = Path.Combine(folder, "x.parts")
              add path [ "one"B ]
              raised<OtherRunException>(fun () -> (new PartsFile(path, "abd")).Load() |> ignore) |> ignore
              Expect.equal (load path) [ "one"B ] "parts")

          folderTest "are gone once the result stands" (fun folder ->
              let path = Path.Combine(folder, "x.parts")
              add path [ "one"B ]
              (new PartsFile(path, "abc")).Clear()
              Expect.equal (Directory.GetFiles folder) [||] "folder") ]
