module AnalogTheory.Tests.WeightsTests

open System
open System.Collections.Immutable
open Expecto
open AnalogTheory

let private shaped (shape: int list) (values: float list) =
    Weights.Create(ImmutableArray.CreateRange values, ImmutableArray.CreateRange shape)

[<Tests>]
let tests =
    testList
        "weights"
        [ test "weights keep their values when the array they came from changes" {
              let source = [| 1.0; 2.0 |]
              let w = Weights.ofArray source
              source[0] <- 9.0
              Check.bits "values" (Weights.toArray w) [| 1.0; 2.0 |]
          }

          test "weights keep their values when the array they gave away changes" {
              let w = Weights.ofArray [| 1.0; 2.0 |]
              (Weights.toArray w)[0] <- 9.0
              Check.bits "values" (Weights.toArray w) [| 1.0; 2.0 |]
          }

          test "map and map2 give new weights of the same shape and leave the old ones" {
              let a, b = shaped [ 2; 2 ] [ 1.0; 2.0; 3.0; 4.0 ], shaped [ 2; 2 ] [ 10.0; 20.0; 30.0; 40.0 ]

              let doubled, sum = Weights.map ((*) 2.0) a, Weights.map2 (+) a b
              Check.bits "a" (Weights.toArray a) [| 1.0; 2.0; 3.0; 4.0 |]
              Expect.equal doubled (shaped [ 2; 2 ] [ 2.0; 4.0; 6.0; 8.0 ]) "map"
              Expect.equal sum (shaped [ 2; 2 ] [ 11.0; 22.0; 33.0; 44.0 ]) "map2"
          }

          test "equality is by value and shape" {
              let a = shaped [ 2; 2 ] [ 1.0; 2.0; 3.0; 4.0 ]
              Expect.equal a (shaped [ 2; 2 ] [ 1.0; 2.0; 3.0; 4.0 ]) "the same"
              Expect.notEqual a (shaped [ 4 ] [ 1.0; 2.0; 3.0; 4.0 ]) "another shape"
              Expect.notEqual a (shaped [ 2; 2 ] [ 1.0; 2.0; 3.0; 5.0 ]) "another value"
              Expect.isFalse (a.Equals "text") "another type"
              Expect.isFalse (a.Equals(null: obj | null)) "null"
          }

          test "equal weights have equal hashes, NaN equals NaN and 0 equals −0" {
              let a, b = Weights.ofArray [| nan; 0.0 |], Weights.ofArray [| nan; -0.0 |]
              Expect.equal a b "equal"
              Expect.equal (a.GetHashCode()) (b.GetHashCode()) "hashes"
          }

          test "norms are summed in index order, and NaN shows" {
              let w = Weights.ofArray [| 3.0; -4.0 |]
              Expect.equal (Weights.normSquared w) 25.0 "‖w‖²"
              Expect.equal (Weights.largest w) 4.0 "‖w‖∞"
              Expect.isTrue (Double.IsNaN(Weights.largest (Weights.ofArray [| 1.0; nan; 2.0 |]))) "NaN"
              // 1e16 + 1 − 1e16 is 0 in this order.
              Expect.equal (Weights.sumBy id (Weights.ofArray [| 1e16; 1.0; -1e16 |])) 0.0 "order"
          }

          test "constants, zeros and sequences" {
              Expect.equal (Weights.constant 3 0.5) (Weights.ofSeq [ 0.5; 0.5; 0.5 ]) "constant"
              Expect.equal (Weights.zeros 2) (Weights.ofArray [| 0.0; 0.0 |]) "zeros"
              Expect.equal (List.ofSeq (Weights.zeros 2).Shape) [ 2 ] "shape of a vector"
          }

          test "long weights are shown shortened, with the number of elements" {
              Expect.equal (string (Weights.ofArray [| 0.1; -2.0 |])) "[0.1, -2]" "short"
              Expect.stringContains (string (Weights.zeros 9)) "9 elements" "long"
          }

          test "a shape must be there, positive, and match the values" {
              Check.refuses [ "values" ] (fun () -> Weights.ofArray [||])
              Check.refuses [ "dimension"; "at least 1"; "0" ] (fun () -> Weights.zeros 0)
              Check.refuses [ "6 values"; "got 4" ] (fun () -> shaped [ 2; 3 ] [ 1.0; 2.0; 3.0; 4.0 ])
              Check.refuses [ "shape" ] (fun () -> shaped [] [ 1.0 ])
              Check.refuses [ "shape" ] (fun () -> shaped [ 0 ] [])
              Check.refuses [ "values" ] (fun () -> Weights.Create(ImmutableArray(), ImmutableArray.Create 1))
              Check.refuses [ "shape" ] (fun () -> Weights.Create(ImmutableArray.Create 1.0, ImmutableArray()))
              Check.refuses [ "b"; "length 2"; "length 1" ] (fun () -> Weights.map2 (+) (Weights.zeros 2) (Weights.zeros 1))
          }

          test "a shape whose product overflows 32 bits is refused, not wrapped" {
              Check.refuses [ "4294967296" ] (fun () -> shaped [ 65536; 65536 ] [])
          } ]
