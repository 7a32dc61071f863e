/// Claims as values: the verdict of every instance, a violation for every hypothesis that has one, and bounds that a tenth less would break.
module AnalogTheory.Tests.ClaimTests

open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Ensembles

let private settings =
    { Key = Key.ofSeed 20240618UL
      Delta = 1e-8
      Samples = 1L <<< 16
      Solver = None
      Execution = Execution.Default }

// Sampled claims that need the ledger's whole budget.
let private slow =
    set
        [ "L4-sharp"
          "L5"
          "L5-exponent"
          "L6"
          "L6-limit"
          "T8-printed"
          "T8-repaired"
          "T9-proportional"
          "T9-table"
          "T9-limit"
          "T9-sampled" ]

// Instances whose verdict is not "holds", by claim and the start of the instance's name.
let private others =
    [ "S4-printed", "D = 1, α = .1/L", "Refuted"
      "S4-printed", "D = 1, α = .01/L", "Refuted"
      "S8-noiseless", "L = τ = 1, w* = 3", "Vacuous"
      "S8-printed", "L = τ = 1, w₀ = .8", "Refuted"
      "T6-printed", "L = .01", "Refuted"
      "L4-printed", "r = .5", "Refuted"
      "L4-printed", "v1's region", "Refuted"
      "T8-printed-auxiliary", "D = 1", "Refuted"
      "N6-printed", "N = 1", "Refuted"
      "N7-instances", "asymmetric linear, |w| ≤ τ/2, D = 1", "Vacuous"
      "N7-instances", "the same with f → 29.3·f", "Vacuous"
      "N7-instances", "μ = 29.4, two-point", "Vacuous"
      "N7-instances", "D = 16, μ = 29.4", "Vacuous"
      "N8-tile-printed", "L = 4", "Refuted"
      "N9-printed", "ideal device", "Refuted"
      "N9-printed", "asymmetric linear", "Refuted" ]

let private expected id (instance: string) =
    others
    |> List.tryPick (fun (claim, start, verdict) -> if claim = id && instance.StartsWith start then Some verdict else None)

// What the ledger calls a verdict, without its number.
let private kind (verdict: Verdict) = (verdict.Name.Split '(')[0]

let private byId id = Registry.tryFind id |> Option.get

// This file's claims: those by proof have tests of their own.
let private claims = Registry.all |> List.filter (fun claim -> claim.Queries.IsEmpty)

let private verdicts =
    [ for claim in claims do
          if not (slow.Contains claim.Id) then
              testCase $"{claim.Id}: the expected verdict on every instance" (fun () ->
                  for name, verdict in Check.run settings claim do
                      match expected claim.Id name with
                      | Some kindOf -> Expect.equal (kind verdict) kindOf $"{name}: {verdict}"
                      | None -> Expect.contains [ "Exact"; "Evaluated"; "Computed"; "Supported" ] (kind verdict) $"{name}: {verdict}") ]

// Hypotheses without which no violation was found; recorded as such, which proves nothing.
let private noneFound =
    set
        [ "S5-limit", "α ≤ 1/(2L)"
          "S5-limit", "D2: α|g| ≤ τ"
          "S5-limit", "|w*| ≤ τ"
          "S6-formula", "f convex, w* and w⋄ on either side of the fixed point"
          "S6-ceiling", "f convex, w* and w⋄ on either side of the fixed point"
          "S7", "|G| < F between w⋄ and w*"
          "S7", "G/F does not decrease between w⋄ and w*"
          "S7", "μ > 0"
          "S6-formula-array", "μ > 0"
          "S6-formula-array", "|G| < F at the fixed point"
          "S6-ceiling-array", "μ > 0"
          "S6-ceiling-array", "|G| < F at the fixed point"
          "S7-array", "|G| < F at the fixed point"
          "L5", "D2: α|P_d| ≤ τ surely"
          "L6", "D2: α|P_d| ≤ τ surely"
          "S8-sharp", "|w₀| ≤ τ"
          "S8-sharp", "|w*_ξ| ≤ τ"
          "T6-printed", "A5: E ε = 0"
          "T6-printed", "A5: E ε_d² ≤ σ²/D"
          "T6-repaired", "A5: E ε = 0"
          "T6-repaired", "A5: E ε_d² ≤ σ²/D"
          "T7-fixed", "‖W‖∞, ‖W*‖∞ ≤ τ"
          "T7-printed", "‖W‖∞, ‖W*‖∞ ≤ τ"
          "N1-floor", "the chain stays where q₊, q₋ > 0"
          "N1-floor-limit", "the chain stays where q₊, q₋ > 0"
          "N2", "|G| < F"
          "N2-critical", "|G| < F"
          "N2-descent", "|G| < F"
          "N2-limit", "|G| < F"
          "N3-rate", "β ≪ α"
          "N3-theorem3", "A3: E ε = 0"
          "N3-theorem3-sharp", "A3: E ε² ≤ σ², σ = .3"
          "N5-exact-18", "A5: E ε = 0"
          "N5-exact-18", "A5: E ε_d² ≤ σ²/D"
          "N5-exact-sharper", "A5: E ε = 0"
          "N5-exact-sharper", "A5: E ε_d² ≤ σ²/D"
          "N10-attained", "|G| < F on the range" ]

let private necessity =
    [ for claim in claims do
          for search in claim.Necessity do
              // What only the ledger has the time for.
              if not (Set.contains claim.Id (set [ "T8-printed"; "T8-repaired"; "T9-table"; "L5-exponent"; "L6-limit" ])) then
                  testCase $"{claim.Id} without {search.Hypothesis}" (fun () ->
                      match search.Search(Key.ofSeed 7UL) with
                      | None -> Expect.isTrue (noneFound.Contains(claim.Id, search.Hypothesis)) "a violation was expected"
                      | Some violation ->
                          Expect.isFalse (noneFound.Contains(claim.Id, search.Hypothesis)) $"none was expected: {violation.Inputs}"
                          Expect.isLessThan violation.Comparison.Margin 0.0 "it violates"
                          Expect.equal (violation.Replay()) violation.Comparison "its replay gives the same numbers") ]

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
let tests =
    testList
        "Claims"
        [ testSequenced (testList "verdicts" verdicts)
          testList "necessity" necessity
          testList "tightness" tight
          testList "instances" instance ]
