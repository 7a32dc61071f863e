/// The claims about Tiki-Taka and its auxiliary array, at numbers that were worked out by hand.
module AnalogTheory.Proofs.TikiTakaNumbers

open Expecto
open AnalogTheory
open AnalogTheory.Proofs.Questions

let private tikiTakaAlgebra =
    let two = [ "tau", 2.0; "w", 0.0; "alpha", 1.0; "beta", 0.5; "g", 3.0; "p", 1.0; "q", -1.0 ]
    // U(1, ½·3) = 1 + 1.5·½, U(−1, 1.5) = −1 + 1.5·1.5.
    let contraction name expected hypotheses = goal name two [ expected ] hypotheses

    let descent =
        [ "tau", 2.0; "alpha", 0.5; "sigma", 4.0; "L", 1.0; "f0", 1.0; "f1", 0.0; "a", 0.25; "w1", 1.0; "p1", 0.5; "g1", 0.25 ]

    [ contraction "T1-nonexpansive" (0.5, 2.0) [ "β|g| ≤ 2τ", [ 1.5, 4.0 ] ]
      contraction "T1-strict" (0.5, 2.0) [ "0 < β|g|", [ 0.0, 1.5 ]; "β|g| < 2τ", [ 1.5, 4.0 ] ]
      contraction "T1-order" (1.25, 1.75) [ "β|g| ≤ τ", [ 1.5, 2.0 ] ]
      goal
          "T3"
          [ "tau", 2.0; "w", 0.0; "alpha", 1.0; "beta", 0.5; "p", 1.0; "g", -1.0 ]
          [ 0.25, 2.0 ]
          [ "|P| ≤ τ", [ 1.0, 2.0 ]; "β|g| ≤ τ", [ 0.5, 2.0 ] ]
      // Scale τ/σ = ½. W moves by −¼·1.5; P' − scale·g = ⅜.
      // 1 − .5·.5/2·.0625 − (1/.5 − ½)·.140625 + .140625 + (.5·.25/.5)·.25
      goal "T7-descent" descent [ 0.0, 0.984375 ] [ "‖W‖∞ ≤ τ", [ 1.0, 2.0 ]; "A1", [ 0.0, 1.0 - 0.25 * 0.375 + 0.5 * 0.140625 ] ]
      // τ√2/σ = ½ again, and two coordinates like the one above.
      goal
          "T7-descent-2"
          [ "tau", 1.0
            "alpha", 0.5
            "sigma", 2.0 * sqrt 2.0
            "L", 1.0
            "f0", 1.0
            "f1", 0.0
            "a", 0.25
            "w1", 0.5
            "p1", 0.5
            "g1", 0.25
            "w2", 0.5
            "p2", 0.5
            "g2", 0.25 ]
          [ 0.0, 0.96875 ]
          []
      // ¼·(−⅜) against .140625 + .0625 − .0078125 − .140625/.5
      goal
          "T7-descent-coordinate"
          [ "tau", 2.0; "alpha", 0.5; "scale", 0.5; "a", 0.25; "w", 1.0; "p", 0.5; "g", 0.25 ]
          [ -0.09375, -0.0859375 ]
          []
      // The last term is ½·¼ here.
      goal "T7-descent-printed" descent [ 0.0, 1.046875 ] []
      goal "T7-descent-printed-quiet" descent [ 0.0, 1.046875 ] [ "σ ≤ τ√D", [ 4.0, 2.0 ] ] ]

let private tikiTaka =
    let step beta smoothness noiseFloor =
        { TikiTakaStep.create (Quadratic.isotropic 1 1.0 0.0) (Noise.rademacher 1.0) 0.5 beta [| 0.5 |] [| 0.4 |] with
            Radius = 2.0
            Variance = 4.0
            NoiseFloor = noiseFloor
            Smoothness = smoothness
            Previous = Weights.ofArray [| 0.2 |] }

    [ test "T4: 2τE|g| − βE g² = .6 − .045" {
          let setting: AuxiliaryRun =
              { Device = AsymmetricLinear.create 1.0
                Radius = 1.0
                LearningRate = 0.5
                Gradient = 0.0
                Noise = Noise.rademacher 0.3 }

          margins [ "T4" ] [ setting ] [ "βE g²", 0.555 ]

          // ε = 1 or −½ about a mean of ¼, so g = 3/2 or 0 at ∂f = ½.
          let g = AuxiliaryMoments.gradient (Moments.twoPoint 0.5 1.0 -0.5) 0.5
          isNumber "E g" 0.75 g.Mean
          isNumber "E g²" 1.125 g.SecondMoment
          isNumber "E|g|" 0.75 g.MeanAbsolute
          isNumber "E|g|g" 1.125 g.SignedSquare
      }

      test "T6: P_max² = 4100 and 492, and each term of the conditions on β" {
          // 41·10⁻⁴/10⁻⁶
          isNumber "L = .01, σ = .001" 4100.0 (BoundedAuxiliary.bound (BoundedAuxiliary.create 0.01 0.001 1 666.7 [ 0.005, 1 ]))

          // 41·¼·16·3/1
          isNumber
              "L = ½, τ = σ = 2, D = 3, c = ½"
              492.0
              (BoundedAuxiliary.bound
                  { BoundedAuxiliary.create 0.5 2.0 3 0.1 [ 0.0, 1 ] with
                      Radius = 2.0
                      NoiseFloor = 0.5 })

          // First terms: 1/16 and 2/16.
          isNumber "printed, first" 0.0625 (BoundedAuxiliary.printedRate 0.5 2.0 2.0 3 0.5)
          isNumber "repaired, first" 0.125 (BoundedAuxiliary.repairedRate 0.5 2.0 2.0 3 0.5)
          // Second: 2/(3·2·1) and ten times that.
          isNumber "printed, second" (1.0 / 3.0) (BoundedAuxiliary.printedRate 0.001 10.0 1.0 1000000 2.0)
          isNumber "repaired, second" (10.0 / 3.0) (BoundedAuxiliary.repairedRate 0.001 10.0 1.0 1000000 2.0)
          // Third: .01·8/3.
          isNumber "printed, third" (0.08 / 3.0) (BoundedAuxiliary.printedRate 0.1 2.0 1.0 1 1.0)
          isNumber "repaired, third" (0.08 / 3.0) (BoundedAuxiliary.repairedRate 0.1 2.0 1.0 1 1.0)
          // |∂f| ≤ 2Lτ, E|ε| = .3 against cσ, ε² against σ²/D.
          let setting = BoundedAuxiliary.create 0.5 0.3 1 0.01 [ 0.4, 1 ]
          margins [ "T6-printed"; "T6-repaired" ] [ setting ] [ "‖W_k‖∞", 0.6; "A5: E ε_d²", 0.0; "A5: E|g", 0.0 ]
      }

      test "T7: .156 + .1 + .12, and .156 + .032 + .648 + .12" {
          // cσ = 1, β = .1, τ = 2: ‖P‖² = .16 is scaled by 1 − .1/4; ∇f is ½ now and .2 before.
          isNumber "T7-fixed" 0.376 (AuxiliaryShrinkage.shrinkage (step 0.1 3.0 0.5)).Bound
          isNumber "T7-printed" 0.956 (AuxiliaryShrinkage.shrinkagePrinted (step 0.1 3.0 0.5)).Bound
          // ½·2·2/(2(4·36 + 4)) and, for L = 0 and c = 5, 4/(3·10).
          margins [ "T7-fixed"; "T7-printed" ] [ step 0.1 3.0 0.5 ] [ "β ≤ min", 2.0 / 296.0 - 0.1; "‖W‖∞", 1.5; "A5: E ε_d²", 3.0 ]
          margins [ "T7-fixed"; "T7-printed" ] [ step 0.1 0.0 5.0 ] [ "β ≤ min", 4.0 / 30.0 - 0.1 ]
      }

      test "T8: √1353 = 36.78…, for L = 2, τ = 3, D = 4, c = ½ 24 times that" {
          isNumber "its square" 1353.0 (pown (TikiTakaRate.requiredDeviation 1.0 1.0 1 1.0) 2)
          isNumber "its square" (576.0 * 1353.0) (pown (TikiTakaRate.requiredDeviation 2.0 3.0 4 0.5) 2)
          // .08·2·4·4 and ¼/(.64·2·16·4).
          let low, high = TikiTakaRate.window 2.0 2.0 1.0 4 0.5 0.01
          isNumber "8αLτ²D/σ²" 2.56 low
          isNumber "c²σ⁴/(64αLτ⁴D)" 0.0030517578125 high
      }

      test "T8: 4^−.35 = 2^−.7; at σ = .3 and K = 4096, α = 1/128 and β = .0625/.09" {
          let repaired, printed = claim<TikiTakaTraining list> "T8-repaired", claim<TikiTakaTraining list> "T8-printed"

          let setting (theorem: Theorem<TikiTakaTraining list>) (part: string) =
              theorem.Instances |> List.find (fun (name, _) -> name.Contains part) |> snd

          let slope = TikiTakaRate.slope (setting repaired "K = 2¹⁶")
          List.iter2 (isNumber "coefficient") [ 0.615572206672458; -1.0 ] (slope.Terms |> List.map fst)
          isNumber "K" 65536.0 (float (snd slope.Terms[0]).Steps)
          isNumber "4K" 262144.0 (float (snd slope.Terms[1]).Steps)
          // ‖∇f‖² ≤ (1 + .9)².
          isNumber "range" 3.61 (slope.GradientRange |> Option.get |> snd)

          margins
              [ "T8-repaired" ]
              [ (setting repaired "problem of T9").Head ]
              [ "α ≤", 0.05 - 0.0078125
                "β ≥", 0.0
                "β ≤", 0.0162 - 0.0625 / 0.09
                "33", 0.3 - sqrt 1353.0
                // .3/(2(4 + .09)).
                "Lemma 7", 0.3 / 8.18 - 0.0625 / 0.09 ]

          let vacuous = setting printed "σ = .3"
          margins [ "T8-printed" ] [ vacuous.Head ] [ "β = 8αL", 0.0625e-9; "33", 0.3 - sqrt 1353.0 ]
          margins [ "T8-printed" ] [ { vacuous.Head with LearningRate = 0.0725 } ] [ "β = 8αL", 0.0625e-9 - 0.01 ]

          // E P² = βτσ²/(2σ − βσ²/τ) at α = .5/√2¹⁷ and β = 8α, against 41/σ².
          match (claim<TikiTakaTraining> "T8-printed-auxiliary").Evidence with
          | ByComputation compare ->
              let beta = 4.0 / sqrt 131072.0

              let _, training =
                  (claim<TikiTakaTraining> "T8-printed-auxiliary").Instances
                  |> List.find (fun (name, _) -> name.Contains "131072")

              isComparison "T8-printed-auxiliary" (beta * 1600.0 / (80.0 - beta * 1600.0), 41.0 / 1600.0) (compare training).Head
          | _ -> failtest "T8-printed-auxiliary is computed"
      } ]

let tests = testList "Tiki-Taka" (tikiTakaAlgebra @ tikiTaka)
