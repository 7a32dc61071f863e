/// Exact expectations: sums with their error bounds, enclosures, fractions, and comparisons that rounding would decide wrongly.
module AnalogTheory.Tests.ExactExpectationTests

open System
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Tests.Samples

let private fair value =
    FiniteSupport.ofScalar [| { Value = value; Probability = 0.5 }; { Value = -value; Probability = 0.5 } |]

/// The sum of coordinates, to a power of at least 1.
let private sumPower power =
    { new IRandomQuantity with
        member _.At<'T when 'T: struct and 'T :> IAlgebra<'T>>(noise: 'T[]) =
            let sum = noise |> Array.reduce (fun a b -> a + b)
            Seq.fold (fun product (_: int) -> product * sum) sum (seq { 2..power }) }

let private irrational =
    { new IRandomQuantity with
        member _.At<'T when 'T: struct and 'T :> IAlgebra<'T>>(noise: 'T[]) = 'T.Sqrt('T.Constant 2.0 + noise[0]) }

/// U(w, −α(g + ε)) − w on a device, in any number system.
let private step (device: Device) (w: float) (rate: float) (gradient: float) =
    { new IRandomQuantity with
        member _.At<'T when 'T: struct and 'T :> IAlgebra<'T>>(noise: 'T[]) =
            let increment = 'T.Constant -rate * ('T.Constant gradient + noise[0])
            device.Law.Update('T.Constant w, increment) - 'T.Constant w }

/// A weight that moves to half of itself plus a fair sign that shrinks with it: noise that depends on the state.
let private halving =
    { new IFiniteChain with
        member _.Start<'T when 'T: struct and 'T :> IAlgebra<'T>>() : 'T[] = [| 'T.Constant 1.0 |]

        member _.Support<'T when 'T: struct and 'T :> IAlgebra<'T>>(state: 'T[]) : struct ('T * 'T[])[] =
            let noise (share: float) : 'T[] = [| state[0] * 'T.Constant share |]
            [| struct ('T.Constant 0.5, noise 0.5); struct ('T.Constant 0.5, noise -0.5) |]

        member _.Step<'T when 'T: struct and 'T :> IAlgebra<'T>>(state: 'T[], noise: 'T[]) : 'T[] =
            let half: 'T = state[0] * 'T.Constant 0.5
            [| half + noise[0] |] }

let private sums =
    [ testCase "value, enclosure and fraction agree"
      <| fun () ->
          let support =
              FiniteSupport.repeat 6 (FiniteSupport.ofScalar [| { Value = 0.1; Probability = 0.3 }; { Value = -0.7; Probability = 0.7 } |])

          let exact = ExactExpectation.over<Fraction> support (sumPower 3)
          let enclosure = ExactExpectation.over<Interval> support (sumPower 3)
          let value = (ExactExpectation.over<Scalar> support (sumPower 3)).Value
          Expect.isTrue (enclosure.Contains(exact.ToDouble())) "enclosed"
          Expect.isTrue (enclosure.Width < 1e-12) "narrow"
          near 1e-14 (exact.ToDouble()) value "value" ]

let private supports =
    [ testCase "a product's moments are those of a sum of independent signs"
      <| fun () ->
          // E(Σ of n signs)⁴ = 3n² − 2n.
          for n in 1..8 do
              let support = FiniteSupport.repeat n (fair 1.0)
              Expect.equal support.Size (2.0 ** float n) "size"
              Expect.equal support.Dimension n "dimension"
              Expect.equal ((ExactExpectation.over<Fraction> support (sumPower 4)).ToDouble()) (float (3 * n * n - 2 * n)) "fourth moment"

      testCase "probabilities that do not sum to 1 by a rounding are divided by their sum"
      <| fun () ->
          let third = { Value = 1.0; Probability = 1.0 / 3.0 }
          let uniform = FiniteSupport.ofScalar [| third; { third with Value = 2.0 }; { third with Value = 3.0 } |]
          Expect.equal (ExactExpectation.over<Fraction> uniform (sumPower 1)) (Fraction.Constant 2.0) "mean"

      testCase "a noise's coordinates are multiplied, a shared draw is not"
      <| fun () ->
          let w = Weights.ofArray [| 0.1; 0.1; 0.1 |]
          Expect.equal (FiniteSupport.ofNoise (Noise.rademacher 0.2) w).Size 8.0 "independent"
          Expect.equal (FiniteSupport.ofNoise (Noise.stateDependentTwoPoint 0.2 1.0) w).Size 2.0 "shared"
          let mean = ExactExpectation.over<Interval> (FiniteSupport.ofNoise (Noise.stateDependentTwoPoint 0.2 1.0) w) (sumPower 2)
          Expect.isTrue (mean.Contains(9.0 * 0.04)) "E(Σε)² = 9σ²/3"

      testCase "paths of several steps with noise that depends on the state"
      <| fun () ->
          // w' = w or 0 with equal chance: E w after n steps is 2⁻ⁿ, and so is E w².
          for steps in 0..10 do
              let mean power =
                  (ExactExpectation.over<Fraction> (FiniteChain.after steps halving) (sumPower power)).ToDouble()

              Expect.equal (mean 1, mean 2) (2.0 ** -(float steps), 2.0 ** -(float steps)) $"moments after {steps}"

      raises<ArgumentException> "too many joint values are refused before they are enumerated" [ "65536"; "joint values" ] (fun () ->
          ExactExpectation.over<Scalar> (FiniteSupport.repeat 200 (fair 1.0)) (sumPower 1) |> ignore)

      raises<ArgumentException> "too many paths are refused" [ "65536 paths"; "step 17 of 40" ] (fun () ->
          ExactExpectation.over<Scalar> (FiniteChain.after 40 halving) (sumPower 1) |> ignore)

      raises<ArgumentException> "a noise with a density is refused by name" [ "finitely many"; "Gaussian" ] (fun () ->
          FiniteSupport.ofNoise (Noise.gaussian 1.0) (Weights.zeros 2) |> ignore)

      raises<ArgumentException> "probabilities have to sum to 1" [ "sum of probabilities" ] (fun () ->
          FiniteSupport.ofScalar [| { Value = 1.0; Probability = 0.9 } |] |> ignore)

      raises<ArgumentException> "values have to be finite" [ "values[0]" ] (fun () ->
          FiniteSupport.ofScalar [| { Value = nan; Probability = 1.0 } |] |> ignore) ]

// Certain to hold.
let private certain (enclosed: Enclosed) = Enclosed.isSettled enclosed && Comparison.holds (Enclosed.comparison enclosed)

let private comparisons =
    [ testCase "theory S1: the expected step at a critical point is −(α/τ)E|ε|w, exactly"
      <| fun () ->
          for w in [ 0.3; -0.8; 0.1 ] do
              // τ = ½ and α = ⅛ are exact in binary, so the identity has to hold to the last bit of the fractions.
              let device = AsymmetricLinear.create 0.5
              let expected = ExactExpectation.constant (-0.125 * 2.0 * 0.25 * w)
              let comparison = Enclosed.comparison (ExactExpectation.equal 0.0 (fair 0.25) (step device w 0.125 0.0) expected)
              Expect.equal comparison.Margin 0.0 "margin"
              Expect.isTrue (Comparison.holds comparison) "holds"

      testCase "a gap that doubles cannot see is refuted by fractions, and met by them"
      <| fun () ->
          // E ε² = 0.01 as doubles round it; the true square of the double 0.1 is larger by about 10⁻¹⁸.
          let square = sumPower 2
          let support = fair 0.1
          let below = ExactExpectation.constant (0.1 * 0.1)
          let truth = Fraction.Constant 0.1 * Fraction.Constant 0.1 - Fraction.Constant(0.1 * 0.1)
          Expect.isTrue (truth.Sign <> 0) "the product is rounded"
          let atMost = ExactExpectation.atMost support square below
          let atLeast = ExactExpectation.atLeast support square below
          Expect.equal (certain atMost, certain atLeast) (truth.Sign < 0, truth.Sign > 0) "sides"
          near 1e-30 (truth.ToDouble()) (Enclosed.comparison atLeast).Margin "margin"
          Expect.isFalse (certain (ExactExpectation.equal 0.0 support square below)) "equality"
          Expect.isTrue (certain (ExactExpectation.equal 1e-17 support square below)) "equality up to rounding"

      testCase "clear comparisons are settled by the enclosure"
      <| fun () ->
          let above = ExactExpectation.constant 1.5

          near
              1e-12
              (1.5 - 0.5 * (1.0 + sqrt 3.0))
              (Enclosed.comparison (ExactExpectation.atMost (fair 1.0) irrational above)).Margin
              "margin"

          let other = ExactExpectation.atLeast (fair 1.0) irrational above
          Expect.equal (certain other, Enclosed.isSettled other) (false, true) "the other side"

      testCase "an irrational comparison that is nearly met is not settled, nor is one that is no number"
      <| fun () ->
          let met = ExactExpectation.atMost (fair 1.0) irrational (ExactExpectation.constant (0.5 * (1.0 + sqrt 3.0)))
          Expect.isFalse (Enclosed.isSettled met) "nearly met"

          let hole =
              { new IRandomQuantity with
                  member _.At<'T when 'T: struct and 'T :> IAlgebra<'T>>(noise: 'T[]) = 'T.One / (noise[0] - noise[0]) }

          Expect.isFalse (Enclosed.isSettled (ExactExpectation.equal 10.0 (fair 1.0) hole (sumPower 1))) "1/0"

      testCase "what a double calls a fraction lies within one step of it, on its side of 0"
      <| fun () ->
          for numerator, denominator in [ 1, 3; -1, 3; 7, 1; 0, 5; -22, 7 ] do
              let fraction = Fraction(System.Numerics.BigInteger numerator, System.Numerics.BigInteger denominator)
              let interval = Enclosed.ofFraction fraction
              Expect.isTrue ((Fraction.Constant interval.Lower - fraction).Sign <= 0) "below"
              Expect.isTrue ((Fraction.Constant interval.Upper - fraction).Sign >= 0) "above"
              Expect.equal (interval.Lower >= 0.0, interval.Upper < 0.0) (fraction.Sign >= 0, fraction.Sign < 0) "side" ]

[<Tests>]
let tests = testList "verification: exact expectations" (sums @ supports @ comparisons)
