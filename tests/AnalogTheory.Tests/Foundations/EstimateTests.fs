module AnalogTheory.Tests.EstimateTests

open System
open Expecto
open AnalogTheory

[<Tests>]
let tests =
    testList
        "estimates"
        [ test "mean and standard error of four numbers, by hand" {
              // Mean 2.5, squares 2.25 + 0.25 + 0.25 + 2.25 = 5, variance 5/3, error √(5/12).
              let estimate = Estimate.ofArray [| 1.0; 2.0; 3.0; 4.0 |]
              Expect.equal estimate.Mean 2.5 "mean"
              Check.close 1e-15 "standard error" estimate.StandardError (sqrt (5.0 / 12.0))
              Expect.equal estimate.Count 4 "count"
          }

          test "a large common offset does not spoil the standard error" {
              let offset = Estimate.ofArray [| 1e9 + 1.0; 1e9 + 2.0; 1e9 + 3.0; 1e9 + 4.0 |]
              Check.close 1e-9 "standard error" offset.StandardError (sqrt (5.0 / 12.0))
          }

          test "one value has a mean and no standard error" {
              let estimate = Estimate.ofArray [| 3.0 |]
              Expect.equal estimate.Mean 3.0 "mean"
              Expect.isTrue (Double.IsNaN estimate.StandardError) "error"
              Expect.isTrue (Double.IsNaN(Estimate.halfWidth 0.95 estimate)) "half width"
          }

          test "a diverged replica shows in the mean" {
              Expect.isFalse (Double.IsFinite (Estimate.ofArray [| 1.0; nan |]).Mean) "NaN"
              Expect.isFalse (Double.IsFinite (Estimate.ofArray [| 1.0; infinity |]).Mean) "∞"
              Expect.isTrue (Double.IsNaN (Estimate.ofArray [| infinity; -infinity |]).Mean) "∞ − ∞"
          }

          test "the half width is Student's quantile times the standard error" {
              // t(0.975, 3) = 3.18244630528 and t(0.95, 9) = 1.83311293265, from printed tables.
              let four = Estimate.ofArray [| 1.0; 2.0; 3.0; 4.0 |]
              Check.close 1e-8 "95 %, 3 degrees" (Estimate.halfWidth 0.95 four) (3.18244630528 * four.StandardError)
              let ten = Estimate.ofArray (Array.init 10 float)
              Check.close 1e-8 "90 %, 9 degrees" (Estimate.halfWidth 0.90 ten) (1.83311293265 * ten.StandardError)
          }

          test "95 % intervals from ten normals cover the mean in 95 % of 4,000 repetitions" {
              let draws = Check.normals "coverage" 40_000

              let covered =
                  draws
                  |> Array.chunkBySize 10
                  |> Array.averageBy (fun values ->
                      let estimate = Estimate.ofArray values

                      if abs estimate.Mean <= Estimate.halfWidth 0.95 estimate then 1.0 else 0.0)

              // δ = 1e-6 on a binomial of standard deviation √(.95·.05/4000).
              Check.close (Check.threshold 1e-6 1 * sqrt (0.95 * 0.05 / 4000.0)) "coverage" covered 0.95
          }

          test "prints as mean ± half width, to two digits of the half width, whatever the culture" {
              let estimate = { Mean = 0.0223361; StandardError = 0.0000331; Count = 1000 }
              // t(0.975, 999) = 1.96234: 0.0000649…
              Expect.equal (string estimate) "0.022336 ± 0.000065" "ToString"
              Expect.equal $"%A{estimate}" "0.022336 ± 0.000065" "%A"
              Expect.equal (string { estimate with Count = 1; StandardError = nan }) "0.02234 ± NaN" "one replica"
              let before = Globalization.CultureInfo.CurrentCulture
              let comma = Globalization.CultureInfo.InvariantCulture.Clone() :?> Globalization.CultureInfo
              comma.NumberFormat.NumberDecimalSeparator <- ","

              try
                  Globalization.CultureInfo.CurrentCulture <- comma
                  Expect.equal (string estimate) "0.022336 ± 0.000065" "with a comma"
              finally
                  Globalization.CultureInfo.CurrentCulture <- before
          }

          test "no values and levels outside (0, 1) are refused" {
              Check.refuses [ "values"; "at least one" ] (fun () -> Estimate.ofArray [||])
              let estimate = Estimate.ofArray [| 1.0; 2.0 |]

              for level in [ 0.0; 1.0; -0.5; nan ] do
                  Check.refuses [ "level"; "between 0 and 1" ] (fun () -> Estimate.halfWidth level estimate)
          } ]
