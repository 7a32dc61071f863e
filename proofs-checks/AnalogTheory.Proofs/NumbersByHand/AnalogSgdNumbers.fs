/// The claims about Analog SGD, one step and runs, at numbers that were worked out by hand.
module AnalogTheory.Proofs.AnalogSgdNumbers

open Expecto
open AnalogTheory
open AnalogTheory.Proofs.Questions

let private analogSgdAlgebra =
    [ // Increments −⅜ (up the gradient ½ + 1) and −α(½ − 1): the first step goes from 1 to .4375.
      goal
          "S2"
          [ "tau", 2.0
            "w", 1.0
            "alpha", 0.25
            "g", 0.5
            "L", 2.0
            "e1", 1.0
            "e2", -1.0
            "sigma", 2.0
            "f0", 3.0
            "f1", 2.0
            "f2", 1.0 ]
          // 3 − (1/8)(3/4)(1/4) + (1/8)(1/4)·4 + 2(1/16)·4
          [ 1.5, 3.6015625 ]
          // A1 after the first step: 3 + ½·(−.5625) + .5625²; after the second, to 1 + .125·½: 3 + ½·.0625 + .0625².
          [ "A1", [ 2.0, 3.03515625; 1.0, 3.03515625 ]
            "A3′: E ε² ≤ σ²", [ 1.0, 4.0 ]
            "A4", [ 1.0, 2.0 ]
            "α ≤ 1/(2L)", [ 1.0, 1.0 ] ]
      // 3 − (1/8)(3/4)(1/4)
      goal
          "S4-step"
          [ "tau", 2.0; "w", 1.0; "alpha", 0.25; "g", 0.5; "L", 2.0; "f0", 3.0; "f1", 2.0 ]
          [ 2.0, 2.9765625 ]
          [ "A4", [ 1.0, 2.0 ]; "α ≤ 1/L", [ 0.5, 1.0 ] ]
      // next = 1 − (1/8)(3/2), between w* = −1/2 and 1.
      goal
          "S8-step"
          [ "tau", 2.0; "w", 1.0; "target", -0.5; "alpha", 0.25; "g", 0.5; "L", 2.0 ]
          [ -0.5, 0.8125; 0.8125, 1.0; 0.8125, 2.0 ]
          [ "A4", [ 1.0, 2.0 ]; "|w*| ≤ τ", [ 0.5, 2.0 ]; "convex, A1", [ 0.0, 0.75; 0.5, 3.0 ]; "α ≤ 1/(2L)", [ 1.0, 1.0 ] ]
      // αL(1 + M/τ) = ½·(3/2)
      goal
          "S8-sharp"
          [ "tau", 2.0; "w", 1.0; "target", -0.5; "alpha", 0.25; "g", 0.5; "L", 2.0; "M", 1.0 ]
          [ -0.5, 0.8125; 0.8125, 1.0 ]
          [ "|w|, |w*| ≤ M", [ 1.0, 1.0; 0.5, 1.0 ]; "M ≤ τ", [ 1.0, 2.0 ]; "α ≤ 1/(L(1+M/τ))", [ 0.75, 1.0 ] ] ]

let private analogSgd =
    let step =
        { AnalogSgdStep.create 2.0 (Quadratic.isotropic 1 2.0 0.5) (Noise.rademacher 1.0) 0.125 [| 1.0 |] with
            Smoothness = 3.0
            Variance = 2.0 }

    // W₀ = ½ from a minimum at 0, L = 2: ‖∇f‖² = 1, Δ_f = ¼, a = ¼; τ = 1, W_max = .6, so 1 − m = .64.
    let run =
        { AnalogRun.create (Quadratic.isotropic 1 2.0 0.0) (Noise.rademacher 1.0) [| 0.5 |] 0.1 1 [ None ] [] with
            Variance = 2.0
            LargestWeight = 0.6 }

    let quiet = { run with Chain = { run.Chain with Noise = Noise.none } }

    [ test "S1: margins" { margins [ "S1" ] [ step ] [ "∇f(W) = 0", -1.0 ] }

      test "S2: −.046875 + .03125 + .09375, and what one step does" {
          // W' is .625 or 1 with f = (w − ½)²: E f goes from .25 to .1328125.
          isComparison "S2" (-0.1171875, 0.078125) (AnalogSgdStep.descent step)
          margins [ "S2" ] [ step ] [ "α ≤ 1/(2L)", 1.0 / 6.0 - 0.125; "A1", 2e-10; "A3′: E‖ε‖²", 1.0 ]
          // L is 2.
          margins [ "S2" ] [ { step with Smoothness = 1.9 } ] [ "A1", -0.1 ]
      }

      test "S3: 4√(¼·2·2)/.64 + 8/3, (5 + .8 + ½)/.64 and 5 + .8 + ½" {
          isComparison "S3-printed" (1.0, 6.25 + 8.0 / 3.0) (AnalogSgdConvergence.exactly Printed run)
          isComparison "S3-uniform" (1.0, 9.84375) (AnalogSgdConvergence.exactly Uniform run)
          isComparison "S3-weighted" (0.75, 6.3) (AnalogSgdConvergence.exactly Weighted run)
          isNumber "√(¼/(1·1·25))" 0.1 (AnalogSgdConvergence.printedRate 0.25 1.0 1.0 25)
          margins [ "S3-printed"; "S3-uniform"; "S3-weighted" ] run [ "α ≤ 1/(2L)", 0.15; "A3′: E‖ε‖²", 1.0; "A1", 0.0 ]
          margins [ "S3-printed"; "S3-uniform" ] run [ "A4", 0.4 ]
      }

      test "S4: 2·¼/(.1·.64) and 2·2·¼/.64" {
          isComparison "S4-derived" (1.0, 7.8125) (NoiseFree.derived quiet)
          isComparison "S4-printed" (1.0, 1.5625) (NoiseFree.printed quiet)
          margins [ "S4-derived"; "S4-printed" ] quiet [ "α ≤ 1/L", 0.4; "A4", 0.4; "ε = 0", 0.0 ]
          margins [ "S4-derived" ] run [ "ε = 0", -1.0 ]
      }

      test "S5: the allowance αLσ² = .009, Digital SGD's 1 + .05" {
          let limit = claim<FloorLimitRun> "S5-limit"
          let _, setting = limit.Instances |> List.find (fun (name, _) -> name.Contains "α = 0.1" && name.Contains "Gaussian")
          let comparison = FloorLimit.limit setting |> List.head |> fst
          isNumber "allowance" 0.009 (comparison.Margin + abs (comparison.Measured - comparison.Bound))
          // 1 − .1·(1.6 + 12·.3)
          margins [ "S5-limit" ] setting [ "α ≤ 1/(2L)", 0.4; "|w*| ≤ τ", 0.4; "D2", 0.48 ]

          match (claim<float * float * float * float * int> "S5-digital").Evidence with
          | ByComputation compare -> isNumber "S5-digital" 1.05 (compare (2.0, 0.5, 0.25, 0.1, 10)).Head.Bound
          | _ -> failtest "S5-digital is computed"

          margins [ "S5-digital" ] (2.0, 0.5, 0.25, 0.1, 10) [ "α ≤ 1/L", 0.4 ]
      }

      test "S6, S7: ε = ±1 and w* = τ = 1 settle at L/(L + 1)" {
          // w = ½: a/(1 − a) = 1/3.
          match (claim<ScalarFloor list> "S6-ceiling").Evidence with
          | ByComputation compare ->
              compare
                  [ { Curvature = 1.0
                      Minimizer = 1.0
                      Radius = 1.0
                      Noise = Moments.twoPoint 0.5 1.0 -1.0 } ]
              |> List.head
              |> isComparison "S6-ceiling" (0.25, 1.0 / 3.0)
          | _ -> failtest "S6-ceiling is computed"

          // ρ = ½ and 2/3: ¼/(½·1) and (4/9)/(⅓·2).
          for curvature, bound in [ 1.0, 0.5; 2.0, 2.0 / 3.0 ] do
              let setting =
                  { Device = AsymmetricLinear.create 1.0
                    SymmetricPoint = 0.0
                    Curvature = curvature
                    Minimizer = 1.0
                    Noise = Moments.twoPoint 0.5 1.0 -1.0 }

              isNumber "S7" bound (ImplicitPenalty.compare setting).Bound
              isNumber "fixed point" (curvature / (curvature + 1.0)) (ImplicitPenalty.fixedPoint setting)
              isNumber "penalised minimum" (curvature / (curvature + 1.0)) (ImplicitPenalty.penalised setting)

          // E|ε| of two points is what their name says, however rare one of them is.
          for _, settings in (claim<PenaltySetting list> "S7-sharp").Instances do
              for setting in settings do
                  isNumber "S7-sharp, E|ε|" 0.001 (setting.Noise.MeanAbsolute 0.0)

          // The same in each coordinate of an array.
          let array =
              { Problem = Quadratic.diagonal [| 1.0; 2.0 |] [| 1.0; 1.0 |]
                Device = AsymmetricLinear.create 1.0
                Noise = Noise.rademacher 1.0 }

          for settled in [ ArrayFloor.penalised array; ArrayFloor.fixedPoint array ] do
              isNumber "array, L = 1" 0.5 settled[0]
              isNumber "array, L = 2" (2.0 / 3.0) settled[1]
      }

      test "S8: 1/(2L) = ¼ and 1/(L(1 + M/τ)) = 1/3" {
          let setting =
              { Losses = [ 2.0, -0.5 ]
                Smoothness = 2.0
                Radius = 2.0
                Start = 1.0
                LearningRate = 0.1
                Steps = 1 }

          margins
              [ "S8-noiseless"; "S8-printed"; "S8-sampling" ]
              setting
              [ "α ≤ 1/(2L)", 0.15; "|w₀|", 1.0; "|w*_ξ|", 1.5; "A1", 0.0; "f(·; ξ) convex", 2.0 ]

          margins [ "S8-sharp" ] setting [ "α ≤ 1/(L(1+M/τ))", 1.0 / 3.0 - 0.1 ]
          // |w₀| and |w*| are 1 and ½.
          isNumber "max" 1.0 (MonotoneWeights.bounded max setting).Head.Bound
          isNumber "min" 0.5 (MonotoneWeights.bounded min setting).Head.Bound
      } ]

let tests = testList "Analog SGD" (analogSgdAlgebra @ analogSgd)
