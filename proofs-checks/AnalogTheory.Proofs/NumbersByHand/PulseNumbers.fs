/// Bounds and margins of the claims about residual learning, pulses and Lemma 7's constant, N3 and N5 to N9, at numbers that were worked out by hand.
module AnalogTheory.Proofs.PulseNumbers

open System
open Expecto
open AnalogTheory
open AnalogTheory.Proofs.Questions

// q₊ = 1, q₋ = 3: F = 2, G = 1, ρ = ½.
let private lopsided = [ "up", 1.0; "down", 3.0 ]

let private residual =
    [ // E P′ = ½(−1.5·3 + .5·1).
      goal
          "N3-ceiling"
          (lopsided @ [ "alpha", 1.0; "g", 0.5; "sigma", 2.0; "chance", 0.5; "e1", 1.0; "e2", -1.0 ])
          [ 0.75, 4.0 ]
          [ "q₊, q₋ > 0", [ 0.0, 1.0; 0.0, 3.0 ]
            "A3: E ε = 0", [ 0.0, 0.0 ]
            "A3: E ε² ≤ σ²", [ 1.0, 4.0 ]
            "E P′ = P = 0", [ -2.0, 0.0 ] ]
      goal
          "N3-attained-value"
          (lopsided @ [ "g", 1.0; "sigma", 1.0; "alpha", 1.0 ])
          [ 1.0, 1.0 / 3.0 ]
          [ "∇f = −σρ₀/√(1−ρ₀²)", [ 1.0, -0.5 / sqrt 0.75 ] ]

      test "N3: ceiling, worst noise and rate at ρ₀ = .6, where σ = .8 gives M = 1" {
          isNumber "ceiling" (4.0 * 0.36 / 0.64) (ResidualFloor.ceiling 4.0 0.6)
          let atoms = (ResidualFloor.worstNoise 1.0 0.6).Support.Value
          isNumber "p" 0.2 atoms[0].Probability
          isNumber "above" 2.0 atoms[0].Value
          isNumber "below" -0.5 atoms[1].Value
          isNumber "ρ₀" -0.3 (ResidualFloor.asymmetry (GenericLinear.create 1.0 0.3))
          // z = ½E|z + N|, N standard normal.
          let z = ResidualFloor.offset 0.5
          isNumber "offset" z (0.5 * (Moments.gaussian 1.0).MeanAbsolute z)
          Expect.isGreaterThan z 0.4 "½E|N| = .399"
          isNumber "γ = 0" (2.0 * z / 0.6 * sqrt 0.5) (ResidualFloor.rate 0.8 0.6 0.5 0.0)
          isNumber "γ = 1" (2.0 * z / 0.6 * 0.5) (ResidualFloor.rate 0.8 0.6 0.5 1.0)
      } ]

let private auxiliary =
    let small = [ "x", 1.0; "d", 0.5; "h", 0.125; "w", 0.25; "m", 1.0 ]
    let large = [ "x", 1.0; "d", 2.0; "h", 0.25; "w", 0.25; "m", 2.0 ]
    let floorName, rateName = "A5: E|g + ε_d| ≥ cσ", "β ≤ cτσ/(2(4L²τ²+σ²))"
    let iterate = [ "L", 1.0; "tau", 1.0; "D", 2.0; "c", 0.5; "sigma", 1.0; "beta", 0.25; "y", 1.0; "slope", 8.0; "next", 3.0 ]

    let limits =
        [ "‖W_k‖∞, ‖W*‖∞ ≤ τ", [ 8.0, 8.0 ]; "β ≤ 2τ/(3cσ)", [ 0.25, 4.0 / 3.0 ]; "β ≤ L²τ³D/(3cσ³)", [ 0.25, 4.0 / 3.0 ] ]

    [ goal "N5-18-away-small" small [ -0.75, 0.0 ] [ floorName, [ 1.0, 1.0; 0.125, 0.0625 ]; rateName, [ 0.375, 0.5 ] ]
      goal "N5-sharper-away-small" small [ -1.25, 0.0 ] [ floorName, [ 1.0, 1.0; 0.125, 0.0625 ]; rateName, [ 0.375, 0.5 ] ]
      goal "N5-18-back-large" large [ -14.25, 0.0 ] [ rateName, [ 0.5, 1.0 ] ]
      goal "N5-sharper-back-large" large [ -11.0, 0.0 ] [ rateName, [ 0.5, 1.0 ] ]
      // 18·2/¼ and (20/3)·2/¼.
      goal "N5-18-iterate" iterate [ 3.0, 144.0 ] limits
      goal "N5-sharper-iterate" iterate [ 3.0, 160.0 / 3.0 ] limits

      test "N5: the unit of the constants, and Theorem 4's region" {
          isNumber "L²τ⁴D/(c²σ²)" 0.25 (AuxiliaryBoundSharp.unit (BoundedAuxiliary.create 2.0 4.0 1 0.1 [ 0.0, 1 ]))
          isNumber "√(33·3)·2·2/½" (8.0 * sqrt 99.0) (AuxiliaryBoundSharp.requiredDeviation 3.0 2.0 1.0 4 0.5)
      } ]

let private zeroShifting =
    [ // v = ⅓, q = ¼: (⅔ + ⅔)/2 against (½ + ¼)/(½·1.5).
      goal "N6-rate" [ "tau", 1.0; "dw", 0.5; "n", 2.0; "power", 0.25; "x0", 1.0 ] [ 2.0 / 3.0, 1.0 ] [ "Δw_min < 2τ", [ 0.5, 2.0 ] ]
      // A pulse moves by ½ or −1.5; 1 − ½ + ¼·5.
      goal
          "N6-any-pulse"
          (lopsided @ [ "dw", 0.5; "slope", 2.0; "w", 0.0; "phi", 1.0; "phiUp", 2.0; "phiDown", 0.5; "largest", 5.0 ])
          [ 1.25, 1.75 ]
          [ "|G′| ≤ ℓ", [ 2.0, 1.75; 0.5, 1.75 ]; "F² + G² ≤ M²", [ 5.0, 5.0 ] ]
      // One first sign ends at ⅓, the other at ⅔.
      goal
          "N6-cycles"
          [ "tau", 1.0; "dw", 0.5; "r", 0.5; "x0", 1.0; "s", 1.0; "delta", 0.5 ]
          [ 5.0 / 18.0, 0.5 ]
          [ "N ≥ (τ/4Δw_min)·log(2x₀²/δ)", [ 0.5, 0.5 ]; "2Δw_min² ≤ (2−λ)²δ", [ 2.0 / 9.0, 0.5 ] ]

      test "N6: Δw_min = ½ from 1: first 1, then 1 or 0" {
          isNumber "v" (1.0 / 3.0) (ZeroShiftCost.floor 1.0 0.5)
          isNumber "N = 1" 1.0 (ZeroShiftCost.average 1.0 0.5 1.0 1.0)
          isNumber "N = 2" 0.75 (ZeroShiftCost.average 1.0 0.5 1.0 2.0)
          isNumber "last of 1" 0.5 (ZeroShiftCost.last 1.0 0.5 1.0 1.0)
          // τ = 2 with twice the weights is the same device.
          isNumber "v, τ = 2" (4.0 / 3.0) (ZeroShiftCost.floor 2.0 1.0)
          isNumber "N = 2, τ = 2" 0.75 (ZeroShiftCost.average 2.0 1.0 2.0 2.0)
          isNumber "last of 1, τ = 2" 0.5 (ZeroShiftCost.last 2.0 1.0 2.0 1.0)
      }

      test "N6-any: Φ = x²/2 from 1, ten pulses of .01: 5 + .505·(1 + 1)·.01" {
          // The range ends at the device's own end, where F² + G² = 2.
          let run =
              { Device = AsymmetricLinear.create 1.0
                Granularity = 0.01
                Offset = 1.0
                Pulses = 10
                Up = 0.5 }

          isNumber "bound" (5.0 + 0.0101) (ZeroShiftCost.bound run)
      } ]

let private rider =
    [ goal
          "N7-vacuous"
          [ "mu", 8.0; "sigma", 0.5; "D", 4.0; "response", 2.0; "least", 0.25 ]
          [ 16.0 * sqrt 2.0, 8.0 ]
          [ "E|∂_d f| ≥ (4√2σ/μ)(q_max/q_min)^{3/2}", [ 0.5 * sqrt 2.0, 0.25 ]; "E‖ε‖² ≤ σ²", [ 0.25, 0.25 ] ]

      test "N7: the responses at |w| ≤ τ/2 are 3/2 and 1/2" {
          let device = AsymmetricLinear.create 1.0
          isNumber "3^1.5" (sqrt 27.0) (RiderHypothesis.responseFactor device 0.5)
          isNumber "D = 4" (8.0 * sqrt 54.0) (RiderHypothesis.leastConvexity 4 device 0.5)

          isNumber
              "σ = 2, μ = 2"
              (4.0 * sqrt 54.0)
              (RiderHypothesis.threshold
                  { Noise = Moments.twoPoint 0.5 1.0 -1.0
                    Dimension = 4
                    StrongConvexity = 2.0
                    Device = device
                    Reach = 0.5 })
      } ]

let private pulses =
    [ // g is 2 or 0: one pulse to w*, or none.
      goal
          "N8-step"
          [ "dw", 0.5; "alpha", 0.25; "L", 2.0; "w", 1.0; "wstar", 0.5; "e1", 1.0; "e2", -1.0; "chance", 0.5 ]
          [ 0.125, 0.125 ]
          [ "A3′: E ε = 0", [ 0.0, 0.0 ] ]
      goal
          "N8-balance"
          [ "dw", 0.5; "alpha", 0.25; "L", 2.0; "gap", 1.0; "kept", 1.0; "norm", 0.25; "meanAbs", 2.0 ]
          [ 0.25, 1.0 ]
          [ "stationary", [ 1.0, 1.0 ] ]
      goal "N8-any-rate" [ "dw", 0.5; "s", 1.0; "whole", 1.0; "part", 0.5; "x", 1.0 ] [ 0.125, 0.125 ] []
      // A pulse of ½·1.5 or none.
      goal
          "N8-drift"
          [ "tau", 2.0; "dw", 0.5; "alpha", 0.25; "w", 1.0; "g", 1.0; "e", 1.0; "sigma", 2.0 ]
          [ -0.375, 0.03125 ]
          [ "A3′: E ε² ≤ σ²", [ 1.0, 4.0 ] ]
      goal "N8-square" [ "tau", 2.0; "dw", 0.5; "alpha", 0.25; "w", 1.0; "g", 1.0; "e", 1.0 ] [ 0.28125, 0.28125 ] []
      goal "N8-descent" [ "L", 2.0; "f0", 1.0; "f1", 2.0; "cross", 0.5; "bound", 1.0; "change", 0.5 ] [ 2.0, 2.5 ] [ "A1", [ 2.0, 2.0 ] ]
      // y goes from 2 to ½ or 2.5.
      goal
          "N9-square"
          [ "tau", 2.0
            "wd", 0.0
            "w", 0.0
            "dw", 0.5
            "s", 1.0
            "sc", 2.0
            "xi1", 1.0
            "xi2", -1.0
            "chance", 0.5
            "share", 1.0
            "a", 0.0
            "b", 0.0
            "squarePower", 1.0 ]
          [ 3.25, 3.25 ]
          [ "E ξ = 0", [ 0.0, 0.0 ]; "E ξ² = 1", [ 1.0, 1.0 ] ]
      goal
          "N9-spread"
          [ "tau", 1.0; "dw", 0.5; "sc", 1.0; "n", 2.0; "meanSquare", 0.5; "squarePower", 0.75 ]
          [ 0.25, 0.75 ]
          [ "(1−λ)² + λ²σ_c² ≤ 1", [ 0.5, 1.0 ] ]
      goal
          "N9-error"
          [ "lambda", 0.25; "delta", 0.4; "n", 2.0; "moved", 0.4375; "spread", 0.1; "sc", 1.0 ]
          [ 0.10140625, 0.225 ]
          [ "n = ⌈|Δ|/Δw_min⌉", [ 0.4, 0.5; 0.5, 0.65 ] ]

      test "N9: two pulses of ¼ for .4 from ½, σ_c = 1" {
          let run =
              { Device = AsymmetricLinear.create 1.0
                Granularity = 0.25
                CycleNoise = 1.0
                Weight = 0.5
                Increment = 0.4 }
          // .01875² + ¼(.625² − .5625²)
          isNumber "error" 0.01890625 (PulseTrainError.meanSquare run)
          isNumber "bound" 0.05625 (PulseTrainError.bound run)
          // Of a coarse update the lag, .625·.875/2, passes Δw_min.
          isNumber "lag" (0.25 * 0.2734375 * 0.2734375) (PulseTrainError.bound { run with CycleNoise = 0.0; Increment = 0.625 })
      }

      test "N9: the engine's noisy trains have the variance of the claim" {
          // Twenty pulses of .05 from 0 with σ_c = .3: y = 1 − w, 4,096 trains.
          let pulsed =
              PulsedDevice.create 0.05 (AsymmetricLinear.create 1.0)
              |> PulsedDevice.withCycleNoise (CycleNoise.Multiplicative 0.3)

          let trains = 4096
          let ends = Array.init trains (fun i -> PulseTrain.send pulsed (Key.ofSeed (uint64 i)) 20 0.0)
          let mean = Array.average ends
          let variance = ends |> Array.averageBy (fun w -> (w - mean) * (w - mean))
          let keptMean = Math.Pow(0.95, 20.0)
          let expected = Math.Pow(0.95 * 0.95 + 0.05 * 0.05 * 0.09, 20.0) - keptMean * keptMean
          // Five standard errors of a variance of nearly normal numbers, and of a mean.
          Expect.isLessThan (abs (variance / expected - 1.0)) (5.0 * sqrt (2.0 / float trains)) "variance"
          Expect.isLessThan (abs (mean - (1.0 - keptMean))) (5.0 * sqrt (expected / float trains)) "mean"
      } ]

let tests =
    testList
        "numbers by hand, residuals and pulses"
        [ testList "residual learning" residual
          testList "Lemma 7" auxiliary
          testList "zero-shifting" zeroShifting
          testList "RIDER" rider
          testList "pulses" pulses ]
