/// Bounds and margins of the claims about every device, N1, N2 and N10, at numbers that were worked out by hand.
/// Mostly the device has q₊ = 1 and q₋ = 3: F = 2, G = 1, M = 3, ρ = ½.
module AnalogTheory.Proofs.EveryDeviceNumbers

open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Proofs.Questions

let private lopsided = [ "up", 1.0; "down", 3.0; "w", 0.0 ]

let private algebra =
    // E|g| = 1, Var|g| = ¼ and Cov(g, |g|) = 1 − ½ for g = 1.5 or −½.
    let even = lopsided @ [ "alpha", 0.25; "g", 0.5; "chance", 0.5; "h", 2.0 ]

    [ // −¼·(2·½ + 1): the steps are −1.125 and .125.
      goal "N1-mean-step" even [ -0.5, -0.5 ] []
      // (1/16)·(4 + 4 + 2·2·½ + ¼)
      goal "N1-mean-square" even [ 0.640625, 0.640625 ] []
      goal "N1-moments" even [ 0.25, 0.25; 1.25, 1.25 ] []
      // ½(−.5625 + .6328125 + .0625 + .0078125) against (1/8)·½ − (1/8)·1.5·¼ + (1/16)·4.
      goal
          "N1-even"
          (lopsided @ [ "alpha", 0.25; "L", 1.0; "g", 0.5; "e", 1.0 ])
          [ 0.0703125, 0.265625 ]
          [ "F > 0", [ 0.0, 2.0 ]; "α ≤ 1/(2LF)", [ 1.0, 1.0 ] ]
      // ∂f + ρE|g| = 1.
      goal "N1-first-remainder" (lopsided @ [ "g", 0.5; "chance", 0.5; "h", 2.0 ]) [ 1.0625, 1.0625 ] []
      // The steps are 4.5 and −½ long.
      goal "N1-second-remainder" (lopsided @ [ "g", 0.5; "chance", 0.5; "h", 2.0 ]) [ 10.25, 12.5 ] []
      // (1/32)·(4 + 4 + 2 + ¼) − ¼·½·2 against (1/8)·½ − (1/8)·1.5·¼ + (1/32)·4/(1 − ½)
      goal
          "N1-any-noise"
          (lopsided @ [ "alpha", 0.25; "L", 1.0; "g", 0.5; "m", 1.0; "v", 0.25; "c", 0.5; "variance", 1.0 ])
          [ 0.0703125, 0.265625 ]
          [ "E g² = m² + v = (∂f)² + E ε²", [ 1.25, 1.25 ]
            "Cov(g, |g|)² ≤ E ε²·v", [ 0.25, 0.25 ]
            "F > 0", [ 0.0, 2.0 ]
            "α < 1/(LF)", [ 0.5, 1.0 ] ]
      // The same at σ² = 4.
      goal
          "N1-spread"
          (lopsided @ [ "alpha", 0.25; "L", 1.0; "g", 0.5; "variance", 1.0; "sigma", 2.0 ])
          [ 0.265625, 1.203125 ]
          [ "A3′: E ε² ≤ σ²", [ 1.0, 4.0 ]; "F > 0", [ 0.0, 2.0 ]; "α < 1/(LF)", [ 0.5, 1.0 ] ]
      goal "N1-theory-remainder" [ "x", 0.25; "y", 3.0 ] [ 2.0, 3.0 ] [ "α ≤ 1/(2LF)", [ 0.5, 1.0 ] ]
      // w moves by −⅜.
      goal
          "N1-noiseless"
          (lopsided @ [ "alpha", 0.25; "L", 1.0; "g", 0.5; "f0", 3.0; "f1", 2.0 ])
          [ 2.0, 2.953125 ]
          [ "A1", [ 2.0, 2.8828125 ]; "F > 0", [ 0.0, 2.0 ]; "α ≤ 1/(LF)", [ 0.5, 1.0 ] ]
      goal "N1-linear" [ "tau", 2.0; "w", 1.0 ] [ 1.0, 1.0; 0.75, 0.75; 0.25, 0.25 ] []
      // E|¼ ± 1| = 1 and E|±1 − ½| = 1.
      goal
          "N2-two-point"
          (lopsided @ [ "alpha", 1.0; "g", 0.25; "chance", 0.5; "e1", 1.0; "e2", -1.0; "psi", 0.5 ])
          [ 0.375, 0.75; 0.75, 1.125; 0.0, 0.5625 ]
          [ "|G| < F", [ 1.0, 2.0 ]; "ψ = ρE|ε − ψ|", [ 0.5, 0.5 ] ]
      goal "N2-rademacher" (lopsided @ [ "sigma", 2.0 ]) [ 1.0, 1.0 ] [ "|G| < F", [ 1.0, 2.0 ] ]
      goal
          "N2-any-noise"
          (lopsided @ [ "g", 0.25; "here", 1.0; "still", 0.75; "psi", 0.375 ])
          [ 0.3125, 0.75; 0.75, 0.9375; 0.0, 0.46875 ]
          [ "|E|∂f + ε| − E|ε − ψ|| ≤ |∂f + ψ|", [ 0.25, 0.625 ]; "ψ = ρE|ε − ψ|", [ 0.375, 0.375 ] ]
      goal
          "N2-floor"
          (lopsided @ [ "sigma", 2.0; "still", 0.75; "psi", 0.375 ])
          [ 0.10546875, 1.0 ]
          [ "E|ε − ψ|² ≤ ψ² + σ²", [ 0.5625, 4.140625 ] ] ]

// q₊ and q₋ at every weight.
let private constant up down =
    UserDefined.createEnclosed
        "constant"
        -10.0
        10.0
        ((fun _ -> up), (fun _ -> Interval.Point up))
        ((fun _ -> down), (fun _ -> Interval.Point down))

let private claims =
    let device = constant 1.0 3.0

    let step =
        { AnalogSgdStep.createOn device 1.0 (Quadratic.isotropic 1 2.0 0.5) (Noise.rademacher 1.0) 0.125 [| 1.0 |] with
            Smoothness = 3.0
            Variance = 2.0 }

    let reached = { Weights = Interval(-1.0, 1.0); Slope = fun w -> Interval.Point 2.0 * w }

    // W₀ = ½ from a minimum at 0, L = 2: ∂f = 1, Δ_f = ¼.
    let run =
        { DeviceRun.create device (Quadratic.isotropic 1 2.0 0.0) (Noise.rademacher 1.0) 0.1 1 [| 0.5 |] (lazy Some [ reached ]) with
            Variances = [| 2.0 |] }

    let sequel = { Run = { run with LearningRate = 0.05 }; LargestFactor = 2.5 }

    [ test "N1, one step: −.09375 + .0625 + .375, and .1875/(1 − ¾) for the last" {
          // g is 2 or 0: W' is ¼ or 1 with f = (w − ½)².
          isComparison "N1-step" (-0.09375, 0.34375) (DeviceDescent.descent Even step)
          isComparison "N1-step-least" (-0.09375, 0.71875) (DeviceDescent.descent Least step)
          margins [ "N1-step" ] [ step ] [ "α ≤ 1/(2LF_max)", -0.25; "F > 0", 2.0; "A3′: E‖ε‖²", 1.0 ]
          margins [ "N1-step-least" ] [ step ] [ "α < 1/(LF_max)", 0.25 ]
      }

      test "N1, one run: 5 + 3.2 and 5 + 1.6/.6 against −½·2 + 1.5" {
          isComparison "N1" (0.5, 8.2) (DeviceConvergence.exactly Even run)
          isComparison "N1-least" (0.5, 5.0 + 1.6 / 0.6) (DeviceConvergence.exactly Least run)
          margins [ "N1" ] run [ "α ≤ 1/(2LF_max)", 0.1; "F > 0", 2.0; "A3′: E‖ε‖²", 1.0; "A1", 0.0 ]
          margins [ "N1-least" ] run [ "α < 1/(LF_max)", 0.6 ]
      }

      test "the sequel's Theorem 2: 16·6.25·1 against 12 + 9 − 20 and 12 − 10" {
          isComparison "N1-sequel-printed" (1.0, 100.0) (SequelConvergence.exactly AsPrinted sequel)
          isComparison "N1-sequel" (2.0, 100.0) (SequelConvergence.exactly FromDescent sequel)
          isNumber "√(¼/(2·2·1))/2.5" 0.1 (SequelConvergence.printedRate 0.25 2.0 2.0 1 2.5)
          margins [ "N1-sequel-printed" ] sequel [ "α ≤ 1/(4LF_max)", 0.0; "F ≤ F_max", 0.5; "α = √", 1e-10 - 0.05 ]
          margins [ "N1-sequel" ] sequel [ "α ≤ 1/(2LF_max)", 0.05 ]
      }

      test "the worst noise on q₊ = 1, q₋ = 3: (3 − 1)²/(4·3) of σ², at w* − w = .3·(½/√¾)" {
          isNumber "per variance" (1.0 / 3.0) (WorstFloor.at device 0.7)
          isNumber "G/F" 0.5 (WorstFloor.ratio device 0.7)

          let instance =
              { Device = device
                Curvature = 2.0
                Deviation = 1.2
                Dimension = 4
                FixedPoint = 0.7 }

          isNumber "floor" 0.48 instance.Floor
          isNumber "w*" (0.7 + 0.3 * 0.5 / sqrt 0.75) instance.Minimizer
          // (2·(w − w*))² in each of the four coordinates.
          isNumber "‖∇f‖²" 0.48 (4.0 * pown (2.0 * (0.7 - instance.Minimizer)) 2)
          isNumber "mean step" 0.0 (WorstNoiseInstance.drift instance 0.7)
      }

      test "N10: w = ½ of generic linear c = 0, ε = ±1 against σ²·(9/16)/(7/16) on |w| ≤ ¾" {
          let setting =
              { Device = GenericLinear.create 1.0 0.0
                Lower = -0.75
                Upper = 0.75
                Curvature = 1.0
                Minimizer = 1.0
                Noise = fun _ -> Moments.twoPoint 0.5 1.0 -1.0
                FixedPoint = 0.5 }

          isComparison "N10" (0.25, 9.0 / 7.0) (FloorCeiling.below setting)
          margins [ "N10" ] [ setting ] [ "the fixed point lies", 0.25; "A3′", 1e-14 ]
      }

      test "ψ = sρ = 3·½ for ε = ±3 at w = 1, τ = 2, and ∫ψ = ¾ from 0; ψ = ρE|ε − ψ| for values 3 and −1" {
          let linear = AsymmetricLinear.create 2.0
          isNumber "ψ" 1.5 (Potential.slope linear (Moments.twoPoint 0.5 3.0 -3.0) 1.0)
          isNumber "∫ψ" 0.75 (Potential.penalty linear (Moments.twoPoint 0.5 3.0 -3.0) 0.0 1.0)
          // ψ = ½(¼(3 − ψ) + ¾(1 + ψ)) = ½(1.5 + ½ψ), so ψ = 1.
          isNumber "ψ of two values" 1.0 (Potential.slope linear (Moments.twoPoint 0.25 3.0 -1.0) 1.0)
      } ]

let tests = testList "numbers by hand, every device" [ testList "algebra" algebra; testList "claims" claims ]
