/// Reading measured pulses from text.
module AnalogTheory.Tests.PulseSeriesTests

open System
open Expecto
open AnalogTheory

let private parse lines = PulseSeries.parse "file.csv" lines

let private refuses (parts: string list) (lines: string list) =
    let message =
        try
            parse lines |> ignore
            None
        with :? FormatException as e ->
            Some e.Message

    match message with
    | None -> failtestf "expected a FormatException with %A, got none" parts
    | Some text ->
        for part in parts do
            Expect.stringContains text part "the message names place, expectation and value"

let private header = "pulse,direction,weight"

[<Tests>]
let tests =
    testList
        "pulse series"
        [ test "columns may come in any order, under common names, with units, comments and other columns" {
              let series =
                  parse
                      [ "# a comment"
                        "Cell;Conductance (µS);Polarity;note;Pulse Number;cycle"
                        "a;1.5;;x;0;1"
                        "a;2.5;up;x;1;1"
                        "b;0.5;start;x;0;1"
                        ""
                        "a;2.0;down;x;3;1" ]

              Expect.equal (series.Traces |> List.map _.Device) [ "a"; "b" ] "devices"
              let first = series.Traces.Head
              Expect.equal first.Pulses [| 0L; 1L; 3L |] "pulses"
              Expect.equal first.Directions [| 0; 1; -1 |] "directions"
              Expect.equal first.Weights [| 1.5; 2.5; 2.0 |] "weights"
          }

          test "every malformed line is named with its column, what was expected and what came" {
              refuses [ "file.csv"; "expected a header"; "got nothing" ] []
              refuses [ "file.csv"; "expected readings"; "got none" ] [ header ]
              refuses [ "line 1"; "column direction"; "'pulse,weight'" ] [ "pulse,weight"; "0,1" ]
              refuses [ "line 1"; "column weight"; "'w' and 'g'" ] [ "pulse,direction,w,g"; "0,,1,1" ]
              refuses [ "line 2"; "expected 3 cells"; "got 2" ] [ header; "0,1" ]
              refuses [ "line 2"; "column pulse"; "integer"; "'1.5'" ] [ header; "1.5,,0" ]
              refuses [ "line 2"; "column pulse"; "at least 0"; "'-1'" ] [ header; "-1,,0" ]
              refuses [ "line 3"; "column direction"; "'sideways'" ] [ header; "0,,0"; "1,sideways,0" ]
              refuses [ "line 3"; "column direction"; "after the first reading"; "''" ] [ header; "0,,0"; "1,,0" ]
              refuses [ "line 3"; "column weight"; "finite"; "'NaN'" ] [ header; "0,,0"; "1,up,NaN" ]
              refuses [ "line 3"; "column weight"; "finite"; "'Infinity'" ] [ header; "0,,0"; "1,up,Infinity" ]
              refuses [ "line 3"; "column weight"; "'0,5'" ] [ "pulse;direction;weight"; "0;;0"; "1;up;0,5" ]
              refuses [ "line 4"; "column pulse"; "above 1"; "'1'" ] [ header; "0,,0"; "1,up,0.1"; "1,up,0.2" ]
          }

          test "a fit refuses too few steps, one direction, weights that do not change" {
              let series directions weights = PulseSeries.create "here" [ PulseSeries.trace "1" "1" directions weights ]
              let both n = Array.init (2 * n) (fun i -> if i < n then 1 else -1)
              let refuses parts series = Check.refuses parts (fun () -> DeviceFit.fit ResponseFamily.linearStep series)
              refuses [ "10 steps up"; "here"; "got 9" ] (series (both 9) (Array.init 19 float))
              refuses [ "10 steps down"; "got 0" ] (series (Array.create 20 1) (Array.init 21 float))
              refuses [ "weights that change"; "got 0.5" ] (series (both 10) (Array.create 21 0.5))
              Check.refuses [ "directions[1] = 2" ] (fun () -> series [| 1; 2 |] [| 0.0; 0.0; 0.0 |])
              Check.refuses [ "weights[1]"; "NaN" ] (fun () -> series [| 1 |] [| 0.0; nan |])
          }

          test "conductances become weights by an affine map, and a negative scale turns directions round" {
              let series = parse [ header; "0,,10"; "1,up,14" ] |> PulseSeries.toWeights 12.0 -2.0
              Expect.equal series.Traces.Head.Weights [| 1.0; -1.0 |] "weights"
              Expect.equal series.Traces.Head.Directions [| 0; -1 |] "directions"
              Check.refuses [ "scale"; "0" ] (fun () -> PulseSeries.toWeights 0.0 0.0 series)
          }

          test "devices are told apart" {
              let series = parse [ "pulse,direction,weight,device"; "0,,1,a"; "0,,2,b"; "1,up,3,a" ]
              let names = PulseSeries.byDevice series |> List.map (fun (name, own) -> name, own.Traces.Head.Weights.Length)
              Expect.equal names [ "a", 2; "b", 1 ] "readings of each device"
          }

          test "the table of a series reads back as the series" {
              let series = parse [ header; "0,,0.1"; "1,up,0.25"; "3,down,0.125" ]
              let table = PulseSeries.table series

              let cell name i =
                  Array.item i (Table.numbers name table)
                  |> fun x -> x.ToString("R", Globalization.CultureInfo.InvariantCulture)

              let lines =
                  [ for i in 0 .. table.Rows - 1 ->
                        String.concat "," ([ "pulse"; "direction"; "weight" ] |> List.map (fun name -> cell name i)) ]

              Expect.equal (parse (header :: lines)) series "the same series"
          } ]
