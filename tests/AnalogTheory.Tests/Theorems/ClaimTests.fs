/// Claims as values: bounds that a tenth less would break, and instances that say what they hold. Verdicts are rows of the ledger, which the suite of
/// the claims settles.
module AnalogTheory.Tests.ClaimTests

open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Ensembles

let private byId id = Registry.tryFind id |> Option.get

// All comparisons of an exact claim on all of its instances.
let private comparisons (claim: ITheorem) : Comparison list =
    claim.Accept
        { new ITheoremVisitor<Comparison list> with
            member _.Visit theorem =
                match theorem.Evidence with
                | ByEnclosure(_, compare)
                | ByComputation compare -> theorem.Instances |> List.collect (snd >> compare)
                | ByDiscretisation compare -> theorem.Instances |> List.collect (snd >> compare >> List.map fst)
                | ByProof _
                | BySampling _ -> [] }

let private tight =
    [ for id in [ "S2"; "S4-derived"; "S4-printed"; "S6-ceiling" ] do
          testCase $"{id}: nine tenths of the bound fail on an instance" (fun () ->
              comparisons (byId id)
              |> List.exists (fun comparison -> comparison.Bound > 0.0 && comparison.Measured > 0.9 * comparison.Bound)
              |> fun caught -> Expect.isTrue caught "some instance is tight")

      for id in [ "S1"; "T2"; "T4"; "T5" ] do
          testCase $"{id}: nine tenths of the expected value fail" (fun () ->
              comparisons (byId id)
              |> List.exists (fun comparison -> abs (comparison.Measured - 0.9 * comparison.Bound) > 1e-6 * (1.0 + abs comparison.Bound))
              |> fun caught -> Expect.isTrue caught "the claim is an equation")

      testCase "L4: nine tenths of the sharp constant are refuted from above, eleven tenths from below" (fun () ->
          let run constant isUpper =
              { Instance = LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 0.5
                LearningRate = 0.01
                Constant = constant
                Allowance = 0.01
                IsUpper = isUpper }

          for constant, isUpper, holds in [ 0.9, true, false; 1.0, true, true; 1.1, false, false; 1.0, false, true ] do
              let margins = (LowerBound.sampler (run constant isUpper)).Draw Execution.Default (Key.ofSeed 5UL) 0u 8192
              let estimate = Estimate.ofArray margins.Values
              let z = estimate.Mean / estimate.StandardError
              Expect.isTrue (if holds then z > -3.0 else z < -6.0) $"constant {constant}: {z} standard errors") ]

let private instance =
    [ testCase "the lower bound's instance from r and from w* is the same" (fun () ->
          for r in [ -0.9; -0.2; 0.0; 0.3; 0.7 ] do
              let first = LowerBoundInstance.ofSaturation 2.0 1.5 0.3 4 r
              let second = LowerBoundInstance.ofMinimizer 2.0 1.5 0.3 4 first.Minimizer
              Check.close 1e-12 "r" second.Saturation r
              Check.close 1e-12 "drift at the fixed point" (LowerBoundInstance.drift first first.FixedPoint) 0.0)

      testCase "no replica leaves the interval that the chain was said to stay in" (fun () ->
          let instance = LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 0.5

          match LowerBoundInstance.reachable 0.05 instance.Minimizer instance with
          | None -> failtest "expected W_max below τ"
          | Some weights ->
              let chain =
                  LowerBoundInstance.chain (AnalogSgd.create 0.05 (LowerBoundInstance.device instance)) instance.Minimizer instance

              let result =
                  Ensemble.run
                      { Ensemble.settings 256 2000L (Key.ofSeed 1UL) with
                          Measures = [ Measure MeasureKind.Weight ]
                          TraceEvery = 10L }
                      chain

              for t in 0 .. result.Plan.TracePoints - 1 do
                  for w in result.Trace(0, t).ToArray() do
                      Expect.isTrue (weights.Contains w) $"{w} in [{weights.Lower}, {weights.Upper}]"

              Expect.isLessThan weights.Upper 0.8 "the interval is not much wider than the chain's own")

      testCase "every step of the engine lies in the image of its weight, and the image is no wider than the steps" (fun () ->
          let instance = LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 0.5
          let chain = LowerBoundInstance.chain (AnalogSgd.create 0.4 (LowerBoundInstance.device instance)) 0.0 instance

          for w in [ -0.9; -0.3; 0.0; 0.4; 0.8 ] do
              let image = LowerBoundInstance.image 0.4 instance (Kernels.Algebra.Interval.Point w)

              let steps = FinitePaths.successors chain (Weights.ofArray [| w |]) |> Array.map (fun (struct (_, next)) -> next[0])

              Check.close 1e-12 "lower end" image.Lower (Array.min steps)
              Check.close 1e-12 "upper end" image.Upper (Array.max steps)
              Expect.isTrue (Array.forall image.Contains steps) "enclosed")

      testCase "v1's region: its three conditions with their margins" (fun () ->
          let inside = LowerBoundInstance.ofMinimizer 1.0 1.0 0.14 1 0.25
          Expect.isTrue (LowerBoundInstance.region 0.1 inside).Holds "inside"
          let outside = LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 0.5
          Expect.isFalse (LowerBoundInstance.region 0.1 outside).Holds "outside"
          Check.close 1e-12 "w*" (LowerBoundInstance.region 0.1 outside).Minimizer (0.25 - outside.Minimizer))

      testCase "large steps: no bound on the weights below τ" (fun () ->
          let instance = LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 0.7
          Expect.isNone (LowerBoundInstance.reachable 0.2 instance.FixedPoint instance) "the chain can jump past −τ")

      testCase "the assumption checker names Theorem 4's missing noise" (fun () ->
          let report =
              Assumptions.check
                  { Problem = Quadratic.isotropic 1 1.0 0.6
                    Radius = 1.0
                    Noise = Noise.rademacher 0.3
                    Rule = TikiTakaAt(0.00625, 0.05)
                    Start = Weights.ofArray [| 0.0 |]
                    LargestWeight = None }

          Check.close 0.005 "36.78·LτD" report.RequiredDeviation 36.78
          Expect.contains (report.Vacuous |> List.map fst) "Theorem 4 (T8)" "vacuous"
          Expect.contains report.Applicable "T3" "bounded P"
          Expect.equal (Assumptions.table report).Rows report.Checks.Length "one row per condition") ]

[<Tests>]
let tests = testList "Claims" [ testList "tightness" tight; testList "instances" instance ]
