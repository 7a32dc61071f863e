module AnalogTheory.Tests.TableTests

open Expecto
open AnalogTheory

let private table = Table.create "runs" [ "rule", Texts [| "a"; "b"; "a" |]; "error", Numbers [| 1.0; 2.0; 3.0 |] ]

[<Tests>]
let tests =
    testList
        "tables"
        [ test "columns come back as they went in" {
              Expect.equal table.Rows 3 "rows"
              Check.bits "numbers" (Table.numbers "error" table) [| 1.0; 2.0; 3.0 |]
              Expect.equal (Table.texts "rule" table) [| "a"; "b"; "a" |] "texts"
              Expect.equal (Table.create "empty" []).Rows 0 "no columns, no rows"
          }

          test "where keeps the rows of one value in every column" {
              let kept = Table.where "rule" "a" table
              Expect.equal (Table.texts "rule" kept) [| "a"; "a" |] "texts"
              Check.bits "numbers" (Table.numbers "error" kept) [| 1.0; 3.0 |]
              Expect.equal (Table.where "rule" "c" table).Rows 0 "none"
          }

          test "append and concat put rows under rows, in order" {
              let both = Table.append table table
              Expect.equal both.Rows 6 "rows"
              Check.bits "numbers" (Table.numbers "error" both) [| 1.0; 2.0; 3.0; 1.0; 2.0; 3.0 |]
              let three = Table.concat "all" [ table; table; table ]
              Expect.equal three.Name "all" "name"
              Expect.equal three.Rows 9 "rows of three"
          }

          test "columns of different lengths are refused, by name" {
              Check.refuses [ "'y'"; "length 1"; "length 2" ] (fun () ->
                  Table.create "t" [ "x", Numbers [| 1.0 |]; "y", Texts [| "a"; "b" |] ])
          }

          test "a name used twice is refused" {
              Check.refuses [ "distinct"; "x" ] (fun () -> Table.create "t" [ "x", Numbers [||]; "x", Numbers [||] ])
          }

          test "an unknown column is refused with the known ones" {
              Check.refuses [ "rule, error"; "'runs'"; "'loss'" ] (fun () -> Table.numbers "loss" table)
          }

          test "text asked for as numbers is refused, and numbers as text" {
              Check.refuses [ "'rule'"; "numbers"; "text" ] (fun () -> Table.numbers "rule" table)
              Check.refuses [ "'error'"; "text"; "numbers" ] (fun () -> Table.texts "error" table)
          }

          test "tables of other columns, orders or kinds are not appended" {
              let other columns = Table.create "other" columns
              Check.refuses [ "'runs'"; "'other'" ] (fun () -> Table.append table (other [ "rule", Texts [||] ]))

              Check.refuses [ "'runs'"; "'other'" ] (fun () -> Table.append table (other [ "error", Numbers [||]; "rule", Texts [||] ]))

              Check.refuses [ "'error'"; "one kind" ] (fun () -> Table.append table (other [ "rule", Texts [||]; "error", Texts [||] ]))
          }

          test "no tables cannot be put under one another" { Check.refuses [ "tables"; "at least one" ] (fun () -> Table.concat "none" []) } ]
