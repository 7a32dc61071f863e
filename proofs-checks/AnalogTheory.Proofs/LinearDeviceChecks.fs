/// Claims D2 to D8: the asymmetric linear device, in closed form, over the rationals where they are exact and through the kernels.
module AnalogTheory.Proofs.LinearDeviceChecks

open System
open Expecto
open FsCheck
open FsCheck.FSharp
open AnalogTheory

/// An element of an asymmetric linear device, with increments relative to τ.
type private Element =
    { Radius: float
      SymmetricPoint: float
      Weight: float
      First: float
      Second: float }

    member e.Device = AsymmetricLinear.createAt e.Radius e.SymmetricPoint

/// Exact arithmetic on one element.
type private ExactElement(e: Element) =
    let update = DeviceFormulas.update e.Device
    member _.Tau = Rational.ofFloat e.Radius
    member _.Point = Rational.ofFloat e.SymmetricPoint
    member _.Weight = Rational.ofFloat e.Weight
    member _.First = Rational.ofFloat e.First
    member _.Second = Rational.ofFloat e.Second
    member _.Update(w: Rational, increment: Rational) = update w increment

// Weights inside [w⋄ − τ, w⋄ + τ] over the reals: a rounding of w⋄ ± τ may lie outside, so the ends are drawn as multiples of τ below one.
let private elements (offsets: Gen<float>) (increments: Gen<float>) : Gen<Element> =
    gen {
        let! radius = Real.logWithin 0.01 100.0
        let! symmetricPoint = Gen.oneof [ Gen.constant 0.0; Real.within (-2.0 * radius) (2.0 * radius) ]
        let! offset = offsets
        let! first = increments
        let! second = increments
        let inside = if symmetricPoint = 0.0 then offset else offset * (1.0 - 1e-12)

        return
            { Radius = radius
              SymmetricPoint = symmetricPoint
              Weight = symmetricPoint + inside * radius
              First = first * radius
              Second = second * radius }
    }

// Within [−1, 1], with the last few doubles before the ends favoured.
let private nearEnds =
    Gen.frequency
        [ 2, Real.within -1.0 1.0
          1,
          gen {
              let! sign = Real.sign
              let! steps = Gen.choose (0, 4)
              return sign * (1.0 - Math.ScaleB(float steps, -53))
          } ]

let private inRange = elements (Real.within -1.0 1.0) (Real.within -1.0 1.0)

let private ulp (x: float) = Math.BitIncrement(abs x) - abs x

let private boundedWeight =
    testList
        "D2 bounded weight"
        [ Claim.forAll "|w − w⋄| ≤ τ and |Δ| ≤ τ imply |U − w⋄| ≤ τ, over the rationals" 200 (elements nearEnds nearEnds) (fun e ->
              let x = ExactElement e
              let next = x.Update(x.Weight, x.First)
              Expect.isLessThanOrEqual (Rational.Abs(next - x.Point)) x.Tau $"{e}")

          // Roundings of 1/τ, x = (w−w⋄)/τ, 1 ± x, F, G and of the two fused steps add up to at most 8τ + 3|w⋄| unit roundoffs.
          Claim.forAll "in doubles the bound holds to 8 unit roundoffs of |w⋄| + τ" 4000 (elements nearEnds nearEnds) (fun e ->
              let next = e.Device.Update(e.Weight, e.First)
              let reach = abs e.SymmetricPoint + e.Radius
              let allowed = Rational.ofFloat e.Radius + Rational.ofFloat (Math.ScaleB(8.0 * reach, -53))
              Expect.isLessThanOrEqual (Rational.Abs(Rational.ofFloat next - Rational.ofFloat e.SymmetricPoint)) allowed $"{e}")

          testCase "the allowance is needed: rounding carries a weight near the boundary up to 3 ulp past τ"
          <| fun () ->
              let device = AsymmetricLinear.create 1.7518405149466547
              let past = (device.Update(1.7518405149466543, 1.7514872196605762) - 1.7518405149466547) / ulp 1.7518405149466547
              Expect.equal past 3.0 "ulp past τ"

          Claim.forAll
              "sharp: for τ < |Δ| ≤ 2τ every weight with s(w − w⋄) < τ leaves the range"
              200
              (gen {
                  let! sign = Real.sign
                  let! size = Real.within 1e-9 1.0
                  return! elements (Real.within -1.0 0.999 |> Gen.map (fun o -> sign * o)) (Gen.constant (sign * (1.0 + size)))
              })
              (fun e ->
                  let x = ExactElement e
                  Expect.isGreaterThan (Rational.Abs(x.Update(x.Weight, x.First) - x.Point)) x.Tau $"{e}")

          testCase "sharp: from w = −τ, Δ = (1 + δ)τ lands on (1 + 2δ)τ"
          <| fun () ->
              let device = AsymmetricLinear.create 2.0
              Expect.equal (device.Update(-2.0, 2.5)) 3.0 "δ = ¼, τ = 2" ]

let private printedSaturation (e: Element) (increment: Rational) : Rational =
    let x = ExactElement e
    let away = Rational.ofInt (increment.Sign * x.Weight.Sign)
    increment * (Rational.One - away * Rational.Abs(x.Weight - x.Point) / x.Tau)

let private saturation =
    testList
        "D3 saturation and fast reset"
        [ Claim.forAll "a step away from w⋄ is scaled by 1 − |w−w⋄|/τ, a step towards it by 1 + |w−w⋄|/τ" 200 inRange (fun e ->
              let x = ExactElement e
              let away = Rational.ofInt (x.First.Sign * (x.Weight - x.Point).Sign)
              let expected = x.First * (Rational.One - away * Rational.Abs(x.Weight - x.Point) / x.Tau)
              Expect.equal (x.Update(x.Weight, x.First) - x.Weight) expected $"{e}")

          Claim.forAll "printed with sign(w), it holds at w⋄ = 0" 100 inRange (fun e ->
              let e = { e with SymmetricPoint = 0.0; Weight = e.Weight - e.SymmetricPoint }
              let x = ExactElement e
              Expect.equal (x.Update(x.Weight, x.First) - x.Weight) (printedSaturation e x.First) $"{e}")

          testCase "necessity of w⋄ = 0: τ = 1, w⋄ = ½, w = ¼, Δ = 1/10 moves 1/8, the printed form says 3/40"
          <| fun () ->
              let e = { Radius = 1.0; SymmetricPoint = 0.5; Weight = 0.25; First = 0.0; Second = 0.0 }
              let x = ExactElement e
              let tenth = Rational.ratio 1 10
              Expect.equal (x.Update(x.Weight, tenth) - x.Weight) (Rational.ratio 1 8) "moved"
              Expect.equal (printedSaturation e tenth) (Rational.ratio 3 40) "printed" ]

/// n pulses of sign s on any device whose responses are linear, with the bound and the slope of that direction.
type private LinearTrain =
    {
        Device: Device
        Start: float
        Pulses: int
        Granularity: float
        /// Where the response of this direction vanishes.
        Bound: float
        /// −s·dq_s/dw.
        Slope: float
    }

let private linearTrains (kind: string) : Gen<LinearTrain> =
    gen {
        let! radius = Real.logWithin 0.01 100.0
        let! symmetricPoint = Real.within -radius radius
        let! other = Real.logWithin (0.2 * radius) (5.0 * radius)
        let! c = Real.within -0.9 0.9
        let! sign = Gen.elements [ 1; -1 ]
        let! pulses = Gen.choose (0, 400)
        let s = float sign

        let device, bound, slope =
            match kind with
            | "asymmetric linear" -> AsymmetricLinear.createAt radius symmetricPoint, symmetricPoint + s * radius, 1.0 / radius
            | "linear step" ->
                let reach = if sign > 0 then radius else other
                LinearStep.createAt radius -other symmetricPoint, symmetricPoint + s * reach, 1.0 / reach
            | _ -> GenericLinear.create radius c, s * radius, (1.0 + s * c) / radius

        let! start = Real.within device.Lower device.Upper
        let! granularity = Real.logWithin (1e-4 / slope) (1.0 / slope)

        return
            { Device = device
              Start = start
              Pulses = sign * pulses
              Granularity = granularity
              Bound = bound
              Slope = slope }
    }

let private composition =
    testList
        "D4 pulses compose in closed form"
        [ for kind in [ "asymmetric linear"; "linear step"; "generic linear" ] do
              Claim.forAll $"{kind}: w_n = bound + (w − bound)(1 − Δw·slope)ⁿ, through the pulse kernel" 200 (linearTrains kind) (fun t ->
                  let sent = PulseTrain.send (PulsedDevice.create t.Granularity t.Device) { Bits = 0UL } t.Pulses t.Start
                  let n = float (abs t.Pulses)
                  let closed = t.Bound + (t.Start - t.Bound) * Math.Pow(1.0 - t.Granularity * t.Slope, n)
                  // Each pulse rounds a few times at the size of the range; contraction forgets all but 1/(Δw·slope) pulses.
                  let remembered = min n (1.0 / (t.Granularity * t.Slope))
                  let size = abs t.Device.Lower + abs t.Device.Upper
                  let tolerance = (16.0 + 16.0 * remembered) * Math.ScaleB(1.0, -53) * size * (1.0 + t.Granularity * t.Slope * remembered)

                  if not (abs (sent - closed) <= tolerance) then
                      failtest $"{t}: expected {closed:R} within {tolerance:g3}, got {sent:R}")

          Claim.forAll "asymmetric linear, over the rationals, for n = 1 … 6" 30 inRange (fun e ->
              let x = ExactElement e
              let step = Rational.Abs x.First
              let sign = Rational.ofInt (if x.First.Sign < 0 then -1 else 1)
              let weights = Seq.scan (fun w _ -> x.Update(w, sign * step)) x.Weight (seq { 1..6 })
              let limit = x.Point + sign * x.Tau

              weights
              |> Seq.iteri (fun n w ->
                  let closed = limit + (x.Weight - limit) * Rational.power n (Rational.One - step / x.Tau)
                  Expect.equal w closed $"n = {n} of {e}")) ]

let private pulsesAgainstDynamic =
    testList
        "D5 pulses against the dynamic"
        [ Claim.forAll
              "|U(w, snΔw) − w_n| ≤ (τ − s(w−w⋄))·n(n−1)/2·(Δw/τ)², with equality at n = 2, over the rationals"
              50
              inRange
              (fun e ->
                  let x = ExactElement e
                  let step = Rational.Abs x.First
                  let sign = Rational.ofInt (if x.First.Sign < 0 then -1 else 1)
                  let weights = Seq.scan (fun w _ -> x.Update(w, sign * step)) x.Weight (seq { 1..6 })

                  weights
                  |> Seq.iteri (fun n w ->
                      let dynamic = x.Update(x.Weight, sign * Rational.ofInt n * step)
                      let ratio = step / x.Tau
                      let bound = (x.Tau - sign * (x.Weight - x.Point)) * Rational.ratio (n * (n - 1)) 2 * ratio * ratio
                      Expect.isLessThanOrEqual (Rational.Abs(dynamic - w)) bound $"n = {n} of {e}"
                      if n <= 2 then Expect.equal (Rational.Abs(dynamic - w)) bound $"equality at n = {n} of {e}")) ]

let private order =
    testList
        "D6 order of updates"
        [ Claim.forAll "U(U(w,a),b) − U(U(w,b),a) = |a||b|(sgn b − sgn a)/τ, over the rationals; 0 for one sign" 200 inRange (fun e ->
              let x = ExactElement e
              let a, b = x.First, x.Second
              let difference = x.Update(x.Update(x.Weight, a), b) - x.Update(x.Update(x.Weight, b), a)
              let expected = Rational.Abs a * Rational.Abs b * Rational.ofInt (b.Sign - a.Sign) / x.Tau
              Expect.equal difference expected $"{e}") ]

let private pairs =
    testList
        "D7 up–down pairs"
        [ Claim.forAll "U(U(w,Δ),−Δ) − w⋄ = (1−Δ/τ)²(w−w⋄) − Δ²/τ for 0 < Δ ≤ τ, over the rationals" 200 inRange (fun e ->
              let x = ExactElement e
              let up = Rational.Abs x.First
              let rest = Rational.One - up / x.Tau
              let pair = x.Update(x.Update(x.Weight, up), -up) - x.Point
              Expect.equal pair (rest * rest * (x.Weight - x.Point) - up * up / x.Tau) $"{e}")

          Claim.forAll
              "pairs contract to w⋄ − Δ/(2−Δ/τ), through the pulse kernel"
              50
              (elements (Real.within -1.0 1.0) (Real.within 0.01 1.0))
              (fun e ->
                  let pulsed = PulsedDevice.create e.First e.Device
                  // The first round of 4000 pairs forgets the start: (1 − 0.01)⁸⁰⁰⁰ is below 1e-34.
                  let last = UpDownResponse.weights pulsed { Bits = 0UL } 4000 1 1 e.Weight |> Array.last
                  let limit = e.SymmetricPoint - e.First / (2.0 - e.First / e.Radius)
                  let tolerance = 1e-13 * (abs e.SymmetricPoint + e.Radius) * e.Radius / e.First

                  if not (abs (last - limit) <= tolerance) then
                      failtest $"{e}: expected {limit:R} within {tolerance:g3}, got {last:R}") ]

// All weights that n pulses with signs ±1 can lead to, each with its signs having the same probability.
let rec private allTrains (x: ExactElement) (step: Rational) (n: int) (w: Rational) : Rational list =
    if n = 0 then
        [ w ]
    else
        [ x.Update(w, step); x.Update(w, -step) ] |> List.collect (allTrains x step (n - 1))

let private mean (values: Rational list) = List.reduce (+) values / Rational.ofInt values.Length

let private zeroShifting =
    testList
        "D8 zero-shifting is exact in mean"
        [ Claim.forAll "independent signs: E[w_n − w⋄] = (1−Δw/τ)ⁿ(w₀−w⋄), all 2ⁿ trains summed, n = 1 … 5" 20 inRange (fun e ->
              let x = ExactElement e
              let step = Rational.Abs x.First

              for n in 1..5 do
                  let expected = Rational.power n (Rational.One - step / x.Tau) * (x.Weight - x.Point)
                  Expect.equal (mean (allTrains x step n x.Weight) - x.Point) expected $"n = {n} of {e}")

          Claim.forAll "alternation from a fair first sign: the same mean, n = 1 … 8" 50 inRange (fun e ->
              let x = ExactElement e
              let step = Rational.Abs x.First

              let alternate first n =
                  Seq.fold (fun w i -> x.Update(w, (if i % 2 = 0 then first else -first))) x.Weight (seq { 0 .. n - 1 })

              for n in 1..8 do
                  let expected = Rational.power n (Rational.One - step / x.Tau) * (x.Weight - x.Point)
                  Expect.equal (mean [ alternate step n; alternate -step n ] - x.Point) expected $"n = {n} of {e}")

          Claim.forAll "independent signs leave the variance Δw·τ/(2−Δw/τ) unchanged, over the rationals" 50 inRange (fun e ->
              let x = ExactElement e
              let step = Rational.Abs x.First
              let variance = step * x.Tau / (Rational.ofInt 2 - step / x.Tau)
              // The second moment after one pulse from w is affine in (w − w⋄)²; from mean 0 and this variance it comes back.
              let secondMoment w = mean (allTrains x step 1 w |> List.map (fun w -> (w - x.Point) * (w - x.Point)))
              let atZero, atOne = secondMoment x.Point, secondMoment (x.Point + Rational.One)
              Expect.equal (atZero + (atOne - atZero) * variance) variance $"{e}")

          Claim.forAll
              "alternation ends on w⋄ ± Δw/(2−Δw/τ), the sign that of the last pulse, through the kernel"
              50
              (Gen.zip (elements (Real.within -1.0 1.0) (Real.within 0.01 1.0)) (Gen.choose (0, 1 <<< 30)))
              (fun (e, seed) ->
                  let pulsed = PulsedDevice.create e.First e.Device
                  let path = ZeroShifting.trajectory pulsed ShiftingSigns.Alternating (Key.ofSeed (uint64 seed)) 8001 e.Weight
                  let last, before = path[8001], path[8000]
                  let reach = e.First / (2.0 - e.First / e.Radius)
                  let sign = if last > before then 1.0 else -1.0
                  let limit = e.SymmetricPoint + sign * reach
                  let tolerance = 1e-13 * (abs e.SymmetricPoint + e.Radius) * e.Radius / e.First

                  if not (abs (last - limit) <= tolerance) then
                      failtest $"{e}: expected {limit:R} within {tolerance:g3}, got {last:R}") ]

let tests =
    testList "asymmetric linear device" [ boundedWeight; saturation; composition; pulsesAgainstDynamic; order; pairs; zeroShifting ]
