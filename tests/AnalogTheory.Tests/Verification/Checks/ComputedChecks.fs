/// Verdicts on comparisons: computed, enclosed, discretised.
module AnalogTheory.Tests.ComputedChecks

open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Tests.CheckSamples

let tests =
    [ testCase "comparisons in floating point are evaluated, not exact: the smallest margin is reported"
      <| fun () ->
          match first (claim (ByComputation(fun x -> [ Comparison.atMost 0.0 (2.0 * x); Comparison.atMost 0.0 x ]))) with
          | Evaluated comparison -> Expect.equal comparison.Margin 1.0 "margin"
          | other -> failtest $"got {other}"

      testCase "an enclosed comparison is exact by its margin's certain end, refuted by certainty, and undecided where its sign is open"
      <| fun () ->
          let margin lower upper : Enclosed =
              { Measured = Interval.Point 0.0
                Bound = Interval.Point 1.0
                Margin = Interval(lower, upper) }

          let check margins = first (claim (ByEnclosure((fun _ -> Some margins), fun _ -> [])))

          match check [ margin 0.5 0.6; margin 0.0 0.1 ] with
          | Exact comparison -> Expect.equal comparison.Margin 0.0 "the certain end of the tightest"
          | other -> failtest $"got {other}"

          undecided "sign" (check [ margin 0.5 0.6; margin -1e-300 0.1 ])
          undecided "sign" (check [ { margin 0.5 0.6 with Enclosed.Margin = Interval.Entire } ])
          undecided "no comparison" (check [])

          match first (claim (ByEnclosure((fun _ -> None), fun x -> [ Comparison.atMost 0.0 x ]))) with
          | Evaluated _ -> ()
          | other -> failtest $"got {other}"

          refuted (check [ margin -0.1 0.1; margin -0.2 -0.1; margin 0.5 0.6 ])

      testCase "one failing comparison refutes, and so does one NaN"
      <| fun () ->
          refuted (first (claim (ByComputation(fun x -> [ Comparison.atMost 0.0 x; Comparison.atMost 1.0 0.5 ]))))
          refuted (first (claim (ByComputation(fun x -> [ Comparison.atMost nan x; Comparison.atMost 0.0 1.0 ]))))

      testCase "no comparison is undecided"
      <| fun () ->
          undecided "no comparison" (first (claim (ByComputation(fun _ -> []))))
          undecided "no comparison" (first (claim (ByDiscretisation(fun _ -> []))))

      testCase "a discretised margin counts only beyond its error"
      <| fun () ->
          let check margin error =
              first (claim (ByDiscretisation(fun _ -> [ Comparison.atMost 0.0 5.0, 0.1; Comparison.atMost 0.0 margin, error ])))

          match check 0.2 0.1 with
          | Computed(comparison, error) -> Expect.equal (comparison.Margin, error) (0.2, 0.1) "the tightest"
          | other -> failtest $"got {other}"

          undecided "error" (check 0.1 0.2)
          undecided "error" (check -0.1 0.2)
          undecided "error" (check 0.1 nan)
          undecided "error" (check 0.1 infinity)
          refuted (check -0.3 0.2)
          refuted (check nan 0.2) ]
