/// What the sampled claims about error floors ask for, at numbers that were worked out by hand.
module AnalogTheory.Proofs.FloorNumbers

open System
open Expecto
open AnalogTheory
open AnalogTheory.Proofs.Questions

let private floors =
    [ test "L5: 5 % of .03 plus .03·.04, and 8^−.85 = 2^−2.55" {
          asks "L5" "β = 0.04" [ -1.0 ] 0.0027 []
          asks "L5" "exponent" [ Math.Pow(2.0, -2.55); -1.0 ] 0.0 []
      }

      test "L6: parts of c²σ² = .0081" {
          // α|P| ≤ .125·.05, so that W keeps (1 − α)⁶⁴⁰ of its distance 1.6 from −τ in 4/α steps, and β|g| ≤ .05·1.3·(1.9 less that).
          asks "L6" "β = .05: at least" [ 1.0 ] -0.00567 [ "T3", 1.0 - 0.065 * (1.9 - 1.6 * Math.Pow(0.99375, 640.0)); "D2", 0.99375 ]
          asks "L6" "β = .05, P⋄" [ -1.0 ] 0.00405 []
          asks "L6" "β = .0125: at least" [ 1.0 ] -0.007695 []
          asks "L6" "β = .0125: at most" [ -1.0 ] 0.00972 []
          asks "L6" "β = .0125, P⋄" [ -1.0 ] 0.000405 []

          // P seen from P⋄ = c: q₊ = (1 + c)(1 − c − P) = .91·(1 − P/.7), so .05·.5 from P = .14 goes .02275·(1 − .2) up.
          let _, subtracted = (claim<ReplicaMargin> "L6").Instances |> List.find (fun (name, _) -> name.StartsWith "β = .05, P⋄")
          let w, p = [| 0.0 |], [| 0.14 |]
          (snd subtracted.Terms.Head).Rule.Kernel.Step(w.AsSpan(), p.AsSpan(), ReadOnlySpan [| 0.5 |], ReadOnlySpan<float>.Empty)
          isNumber "P′ seen from P⋄" 0.1582 p[0]
      }

      test "T9: a table within four times .00005, and slopes between .85 and 1.15" {
          asks "T9-sampled" "β = 0.8: at most" [ -1.25 ] 0.0196 []
          asks "T9-sampled" "β = 0.8: at least" [ 1.25 ] -0.0192 []
          asks "T9-sampled" "β = 0.0125: at least" [ 80.0 ] -0.02125 []
          // 8^−.85 = 2^−2.55 and 8^−1.15 = 2^−3.45.
          asks "T9-proportional" "Gaussian clipped at 4σ: exponent between β = .025 and .2 at least" [ Math.Pow(2.0, -2.55); -1.0 ] 0.0 []
          asks "T9-proportional" "Rademacher: exponent between β = .025 and .2 at most" [ -(Math.Pow(2.0, -3.45)); 1.0 ] 0.0 []
      } ]

let tests = testList "floors" floors
