module AnalogTheory.Tests.BitLengthTests

open System
open Expecto
open AnalogTheory
open AnalogTheory.Tests.Samples

[<Tests>]
let tests =
    testList
        "bit length"
        [ testCase "BL = ⌈|Δ|/Δw_min⌉"
          <| fun () ->
              let lengths = [ 0.0; 1e-300; 0.0009; 0.001; -0.0011; 0.5 ] |> List.map (BitLength.roundedUp 0.001)
              Expect.equal lengths [ 0; 1; 1; 1; 2; 500 ] "pulses"

          testCase "the ceiling is of the doubles' own quotient: multiples of 0.1 as doubles"
          <| fun () ->
              // 3·0.1 is the double above 0.3, hence above three times the double 0.1; 0.3 itself is below it.
              Expect.equal (BitLength.roundedUp 0.1 (3.0 * 0.1)) 4 "3·0.1"
              Expect.equal (BitLength.roundedUp 0.1 0.3) 3 "0.3"

          testCase "a quotient that rounds onto an integer is still told apart from it"
          <| fun () ->
              let granularity = 1.0 / 3.0

              for n in [ 1.0; 5.0; 49.0; 1e6 ] do
                  // n·Δw exactly representable or not, one ulp below and above decide.
                  let product = n * granularity
                  let excess = Math.FusedMultiplyAdd(n, granularity, -product)
                  let expected = if excess < 0.0 then int n + 1 else int n
                  Expect.equal (BitLength.roundedUp granularity product) expected $"{n} pulses"

                  Expect.equal
                      (BitLength.roundedUp granularity (Math.BitIncrement product + Math.ScaleB(product, -51)))
                      (int n + 1)
                      $"above {n}"

          testCase "to the nearest, ties to even"
          <| fun () ->
              let lengths = [ 0.0; 0.24; 0.25; 0.26; 0.75; -1.3 ] |> List.map (BitLength.nearest 0.5)
              Expect.equal lengths [ 0; 0; 0; 1; 2; 3 ] "pulses"

          testCase "stochastic rounding has mean |Δ|/Δw_min"
          <| fun () ->
              let samples =
                  Array.init 20000 (fun i ->
                      BitLength.ofIncrement PulseRounding.Stochastic 1.0 (Key.fold (uint64 i) (Key.ofSeed 1UL)) -2.3 |> float)

              agrees -2.3 (0.3 * 0.7) samples "pulses for Δ = −2.3 Δw_min"

          testCase "directions follow the sign of Δ"
          <| fun () ->
              let key = Key.ofSeed 0UL
              Expect.equal (BitLength.ofIncrement PulseRounding.Up 0.1 key -0.25) -3 "down"
              Expect.equal (BitLength.ofIncrement PulseRounding.Nearest 0.1 key 0.26) 3 "up"

          testList
              "refuses"
              [ for value in [ 0.0; -1.0; nan; infinity ] do
                    raises<ArgumentException> $"granularity {value}" [ "granularity"; "above 0"; $"{value}" ] (fun () ->
                        BitLength.roundedUp value 1.0 |> ignore)
                for value in [ nan; infinity; -infinity ] do
                    raises<ArgumentException> $"increment {value}" [ "increment"; "finite"; $"{value}" ] (fun () ->
                        BitLength.nearest 1.0 value |> ignore)
                raises<ArgumentException> "2³¹ pulses" [ "increment"; "2³¹"; "1E+300" ] (fun () -> BitLength.roundedUp 1.0 1e300 |> ignore) ] ]
