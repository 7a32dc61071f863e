/// Margins of an assumption report and ranges of reachable weights, at numbers that were worked out by hand.
module AnalogTheory.Proofs.AssumptionNumbers

open System
open Expecto
open AnalogTheory
open AnalogTheory.Proofs.Questions

let private assumptions =
    let report rule noise =
        Assumptions.check
            { Problem = Quadratic.isotropic 4 2.0 0.5
              Radius = 2.0
              Noise = noise
              Rule = rule
              Start = Weights.zeros 4
              LargestWeight = None }

    let noise = Noise.rademacher 0.5

    let margin theorem condition (report: AssumptionReport) =
        (report.Checks
         |> List.find (fun check -> check.Theorem = theorem && check.Condition.StartsWith(condition: string)))
            .Margin

    [ test "assumptions of Analog SGD: L = τ = 2, D = 4, w* = ½, σ = 1, α = .1" {
          let report01 = report (AnalogSgdAt 0.1) noise
          isNumber "σ" 1.0 report01.Deviation
          isNumber "c" 0.5 report01.NoiseFloor
          isNumber "Δ_f" 1.0 report01.Gap
          isNumber "1/(2L)" 0.25 report01.LargestAnalogRate
          isNumber "S3" 0.15 (margin "Theorem 2 (S3)" "α ≤ 1/(2L)" report01)
          isNumber "S4" 0.4 (margin "Theorem 9 (S4)" "α ≤ 1/L" report01)
          isNumber "S4, noise" -1.0 (margin "Theorem 9 (S4)" "ε = 0" report01)
          isNumber "S8, D" -3.0 (margin "Theorems 6, 8 (S8)" "D = 1" report01)
          // From 0 every weight heads for ¼ or ¾; |g| is at most 2·½ + ½. The interval has a thousandth of its width to spare.
          isWithin "W_max" 0.75 0.002 report01.LargestWeight
          isWithin "A4" 1.25 0.002 (margin "Theorem 2 (S3)" "A4" report01)
          isWithin "D2" 1.85 0.002 (margin "Theorem 1 (D2)" "|Δ| ≤ τ" report01)

          // Without bound on the noise nothing is known of W_max, and a step is certain to be too long some day.
          let unbounded = report (AnalogSgdAt 0.1) (Noise.gaussian 0.5)
          Expect.equal unbounded.LargestWeight infinity "W_max"
          Expect.isTrue (Double.IsNaN(margin "Theorem 2 (S3)" "A4" unbounded)) "A4 is unknown"
          Expect.equal (margin "Theorem 1 (D2)" "|Δ| ≤ τ" unbounded) -infinity "D2 fails"

          let leaning = { noise with Moments = fun _ _ -> Moments.twoPoint 0.5 1.0 -0.5 }
          isNumber "A3′" -0.25 (margin "Theorem 2 (S3)" "A3′" (report (AnalogSgdAt 0.1) leaning))
      }

      test "assumptions of Tiki-Taka: the same problem, α = .01, β = .05" {
          let report = report (TikiTakaAt(0.01, 0.05)) noise
          // |g_d| ≤ 2·2.5 + ½ on |w| ≤ τ: 2 − .05·5.5.
          isNumber "T3" 1.725 (margin "T3" "β|g|" report)
          // ½·2·1/(2·65)
          isNumber "T6" (1.0 / 130.0) report.LargestAuxiliaryRate
          isNumber "T6, margin" (1.0 / 130.0 - 0.05) (margin "Lemma 7 (T6)" "β small" report)
          // 2Lτ − L(τ + ½)
          isNumber "T6, box" 3.0 (margin "Lemma 7 (T6)" "‖W_k‖∞" report)
          isNumber "T8, box" 0.0 (margin "Theorem 4 (T8)" "‖W_k‖∞" report)
          isNumber "T8, Lemma 7" (1.0 / 130.0 - 0.05) (margin "Theorem 4 (T8)" "Lemma 7" report)
          // .08·2·4·4 and ¼/(.64·2·16·4)
          isNumber "window, low" 2.56 (fst report.AuxiliaryRateWindow)
          isNumber "window, high" 0.0030517578125 (snd report.AuxiliaryRateWindow)
          isNumber "T8, low" -2.51 (margin "Theorem 4 (T8)" "β ≥" report)
          isNumber "T8, high" -0.0469482421875 (margin "Theorem 4 (T8)" "β ≤" report)
          isNumber "T8, α" (1.0 / 48.0 - 0.01) (margin "Theorem 4 (T8)" "α ≤" report)
          isNumber "T8, noise" (1.0 - 16.0 * sqrt 1353.0) (margin "Theorem 4 (T8)" "33" report)
      }

      test "S8: additive noise draws from losses with minimisers w* − ε/L" {
          let report noise =
              Assumptions.check
                  { Problem = Quadratic.isotropic 1 2.0 0.5
                    Radius = 2.0
                    Noise = noise
                    Rule = AnalogSgdAt 0.1
                    Start = Weights.ofArray [| -1.0 |]
                    LargestWeight = None }

          // ½ ± .6/2.
          isNumber "|w*_ξ|" 1.2 (margin "Theorems 6, 8 (S8)" "|w*_ξ|" (report (Noise.rademacher 0.6)))
          isNumber "|w₀|" 1.0 (margin "Theorems 6, 8 (S8)" "|w₀|" (report (Noise.rademacher 0.6)))
          isNumber "α" 0.15 (margin "Theorems 6, 8 (S8)" "α ≤" (report (Noise.rademacher 0.6)))
          Expect.equal (margin "Theorems 6, 8 (S8)" "|w*_ξ|" (report (Noise.gaussian 0.6))) -infinity "normals"
      }

      test "|g_d| on a box: L√D(r + ‖W*‖∞) where coordinates hang together" {
          // Eigenvalues 2 and 4, D = 2, r = 1: 4·√2·1.5 + .2.
          let dense = Quadratic.dense (array2D [ [ 3.0; 1.0 ]; [ 1.0; 3.0 ] ]) [| 0.5; -0.25 |]
          isNumber "dense" (6.0 * sqrt 2.0 + 0.2) (ReachableWeights.gradientOnBox dense (Noise.rademacher 0.2) (Weights.zeros 2) 1.0)
          // 3·(1 + ½) + .2.
          let diagonal = Quadratic.diagonal [| 3.0; 1.0 |] [| 0.5; -0.25 |]
          isNumber "diagonal" 4.7 (ReachableWeights.gradientOnBox diagonal (Noise.rademacher 0.2) (Weights.zeros 2) 1.0)
          // Without a bound on the noise there is none on g; where nobody knows, neither.
          Expect.equal (ReachableWeights.gradientOnBox diagonal (Noise.gaussian 0.2) (Weights.zeros 2) 1.0) infinity "normals"
      }

      test "L4's range: D coordinates of ‖∇f‖², one of ‖W‖∞²" {
          let instance = LowerBoundInstance.ofSaturation 1.0 1.0 0.6 4 0.5

          let run isUpper =
              { Instance = instance
                LearningRate = 0.01
                Constant = 1.0
                Allowance = 0.0
                IsUpper = isUpper }

          let weights = LowerBoundInstance.reachable 0.01 0.5 instance |> Option.get

          let square low high =
              (if low <= 0.0 && high >= 0.0 then 0.0 else min (low * low) (high * high)), max (low * low) (high * high)

          let amplification a = 0.36 * a / (1.0 - a)
          let least, most = square (weights.Lower - instance.Minimizer) (weights.Upper - instance.Minimizer)
          let small, large = square weights.Lower weights.Upper
          let lowest, highest = 4.0 * least - amplification large, 4.0 * most - amplification small
          let low, high = (LowerBound.sampler (run false)).Range |> Option.get
          isWithin "upper end" highest 1e-6 high
          isWithin "lower end" lowest 1e-6 low
          let low, high = (LowerBound.sampler (run true)).Range |> Option.get
          isWithin "upper end, turned" -lowest 1e-6 high
          isWithin "lower end, turned" -highest 1e-6 low
      } ]

let tests = testList "assumptions" assumptions
