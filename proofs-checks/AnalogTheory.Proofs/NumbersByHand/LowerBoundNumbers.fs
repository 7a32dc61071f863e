/// The lower bound and its instance, at numbers that were worked out by hand.
module AnalogTheory.Proofs.LowerBoundNumbers

open Expecto
open AnalogTheory
open AnalogTheory.Proofs.Questions

let private lowerBoundAlgebra =
    [ // w = 0: p = ½, the noise is ±σ/√D = ±1; E|½ ± 1| = 1.
      goal
          "L2"
          [ "tau", 2.0; "w", 0.0; "sigma", 2.0; "D", 4.0; "g", 0.5 ]
          [ 1.0, 1.0 ]
          [ "ξ₋ ≤ −∇f", [ -1.0, -0.5 ]; "−∇f ≤ ξ₊", [ -0.5, 1.0 ] ] ]

let private lowerBound =
    [ test "the instance with L = τ = 2, D = 4, r = .6: w* = 1.2 + σ/5.333, floor σ²·.5625" {
          let instance = LowerBoundInstance.ofSaturation 2.0 2.0 1.2 4 0.6
          isNumber "w*" 1.425 instance.Minimizer
          isNumber "fixed point" 1.2 instance.FixedPoint
          isNumber "σ/√D" 0.6 instance.CoordinateDeviation
          isNumber "floor" 0.81 instance.Floor
          isNumber "drift at 0" 2.85 (LowerBoundInstance.drift instance 0.0)
          let region = LowerBoundInstance.region 0.1 instance
          isNumber "τ/4 − |w*|" -0.925 region.Minimizer
          // 8/(4√3) = 1.15470053837925
          isNumber "τL√D/(4√3) − σ" -0.04529946162075 region.Deviation
          // 1/(2 + 7.2/4) = .263
          isNumber "1/(2L) − α" 0.15 region.LearningRate
          // 1/(2 + 14.4/4)
          isNumber
              "1/(L + 6σ/(τ√D)) − α"
              (1.0 / 5.6 - 0.1)
              (LowerBoundInstance.region 0.1 (LowerBoundInstance.ofSaturation 2.0 2.0 2.4 4 0.6)).LearningRate
      }

      test "L4: 1/(2L)" {
          let setting =
              { Instance = LowerBoundInstance.ofSaturation 2.0 2.0 1.2 1 0.6
                LearningRate = 0.1
                Constant = 1.0
                Allowance = 0.0
                IsUpper = true }

          margins [ "L4-sharp"; "L4-printed" ] setting [ "α ≤ 1/(2L)", 0.15 ]
      } ]

let tests = testList "the lower bound" (lowerBoundAlgebra @ lowerBound)
