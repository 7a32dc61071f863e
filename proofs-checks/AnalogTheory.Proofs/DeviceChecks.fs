/// Claims D1, D5 and D9 for every device, over every instance of the algebra, and what ties the instances together.
module AnalogTheory.Proofs.DeviceChecks

open System
open Expecto
open FsCheck
open FsCheck.FSharp
open AnalogTheory
open AnalogTheory.Kernels.Algebra

let private unitRoundoff = Math.ScaleB(1.0, -53)

let private isWithin (tolerance: float) (expected: float) (actual: float) (what: string) =
    if not (abs (actual - expected) <= tolerance) then
        failtest $"{what}: expected {expected:R} within {tolerance:g3}, got {actual:R}"

let private forEveryKind (name: string) (claim: string -> Gen<Subject> -> Test) : Test =
    testList name (Subject.kinds 0.3 |> List.map (fun (kind, subjects) -> claim kind subjects))

// The largest modulus in a subject's range, in units of weight.
let private scale (subject: Subject) = max (abs (fst subject.Range)) (abs (snd subject.Range))

// Weights around w inside the range, one for each lane, so that lanes differ.
let private spread (lanes: int) (u: Update) : float[] =
    let lower, upper = u.Subject.Range
    Array.init lanes (fun i -> Math.Clamp(u.Weight + float i / 16.0 * (lower - u.Weight), lower, upper))

let private bitsOf (e: Evaluated) = e.All |> List.map BitConverter.DoubleToUInt64Bits

let private bitEqual (scalar: Instance) (instances: Instance list) : Test =
    let names = instances |> List.map _.Name |> String.concat " and "

    forEveryKind $"{names} give the bits of {scalar.Name}" (fun kind subjects ->
        Claim.forAll kind 100 (Subject.updates subjects) (fun u ->
            for instance in instances do
                let weights = spread instance.Lanes u
                let actual = instance.Evaluate u.Subject.Device weights u.Increment

                for w, actual in Array.zip weights actual do
                    let expected = (scalar.Evaluate u.Subject.Device [| w |] u.Increment)[0]

                    if bitsOf actual <> bitsOf expected then
                        failtest $"{instance.Name} of {u.Subject} at w = {w:R}: expected {expected}, got {actual}"))

// Enclosures of a law over weights within e of w, moved outward by a relative error of responses and an absolute one of the weight.
let private around (u: Update) (e: float) (relative: float) : Interval list =
    let response = relative * (1.0 + u.Subject.Largest)
    let weight = e + relative * (scale u.Subject + abs u.Increment * (1.0 + u.Subject.Largest))
    let box = Interval(u.Weight - e, u.Weight + e)

    Instances.enclose u.Subject.Device box u.Increment
    |> List.mapi (fun i y ->
        let slack = if i < 4 then response else weight
        Interval(y.Lower - slack, y.Upper + slack))

let private allInside (enclosures: Interval list) (values: float list) (what: string) =
    for enclosure, value in List.zip enclosures values do
        if not (enclosure.Contains value) then
            failtest $"{what}: expected a value in [{enclosure.Lower:R}, {enclosure.Upper:R}], got {value:R}"

let private evaluateExactly (u: Update) : Rational list =
    let formulas = DeviceFormulas.ofDevice u.Subject.Device
    let bindings = Map [ "w", Rational.ofFloat u.Weight; "d", Rational.ofFloat u.Increment ]
    let value = Formula.evaluate Formula.exact bindings
    let up, down = value formulas.Up, value formulas.Down
    let half = Rational.ratio 1 2
    [ up; down; half * (down + up); half * (down - up); value formulas.Update; value formulas.UpdateByCases ]

let private rationalKinds = set [ "ideal"; "asymmetric linear"; "generic linear"; "linear step" ]

let private forRationalKinds name claim =
    testList
        name
        (Subject.kinds 0.3
         |> List.filter (fun (kind, _) -> rationalKinds.Contains kind)
         |> List.map (fun (kind, subjects) -> claim kind subjects))

let private instanceTests =
    testList
        "one law, many number systems"
        [ bitEqual Instances.scalar Instances.doubles
          bitEqual Instances.scalarSingle Instances.singles

          // Float: the result of a weight within 2⁻²⁰ of the range's size, with a relative error of 2⁻¹⁸ (a few hundred float roundings).
          forEveryKind "float stays within 2⁻²⁰ of the weight and 2⁻¹⁸ of the response" (fun kind subjects ->
              Claim.forAll kind 100 (Subject.updates subjects) (fun u ->
                  let actual = (Instances.scalarSingle.Evaluate u.Subject.Device [| u.Weight |] u.Increment)[0]
                  allInside (around u (Math.ScaleB(scale u.Subject, -20)) (Math.ScaleB(1.0, -18))) actual.All $"float of {u.Subject}"))

          forEveryKind "the interval of a point contains the double" (fun kind subjects ->
              Claim.forAll kind 100 (Subject.updates subjects) (fun u ->
                  let actual = (Instances.scalar.Evaluate u.Subject.Device [| u.Weight |] u.Increment)[0]
                  allInside (Instances.enclose u.Subject.Device (Interval.Point u.Weight) u.Increment) actual.All $"double of {u.Subject}"))

          forEveryKind "the interval of a stretch contains the doubles of its points" (fun kind subjects ->
              let settings =
                  gen {
                      let! u = Subject.updates subjects
                      let! width = Real.within 0.0 1.0
                      let! part = Real.within 0.0 1.0
                      return u, width, part
                  }

              Claim.forAll kind 100 settings (fun (u, width, part) ->
                  let lower, upper = u.Subject.Range
                  let far = Math.Clamp(u.Weight + width * (upper - lower), lower, upper)
                  let inside = Math.Clamp(u.Weight + part * (far - u.Weight), u.Weight, far)
                  let actual = (Instances.scalar.Evaluate u.Subject.Device [| inside |] u.Increment)[0]

                  allInside
                      (Instances.enclose u.Subject.Device (Interval(u.Weight, far)) u.Increment)
                      actual.All
                      $"inside for {u.Subject}"))

          // The text's formula in doubles: a weight within 2⁻⁵⁰ of the range, responses within 2⁻⁴⁶.
          forEveryKind "the interval contains the formula of the text" (fun kind subjects ->
              Claim.forAll kind 100 (Subject.updates subjects) (fun u ->
                  let up, down = u.Subject.Up u.Weight, u.Subject.Down u.Weight
                  let update = u.Weight + u.Increment * (if u.Increment >= 0.0 then up else down)
                  let closed = [ up; down; 0.5 * (down + up); 0.5 * (down - up); update; update ]
                  allInside (around u (Math.ScaleB(scale u.Subject, -50)) (Math.ScaleB(1.0, -46))) closed $"formula of {u.Subject}"))

          forEveryKind "the SMT-LIB text, read back and evaluated, lies in the interval" (fun kind subjects ->
              Claim.forAll kind 50 (Subject.updates subjects) (fun u ->
                  let formulas = DeviceFormulas.ofDevice u.Subject.Device
                  let value = Formula.evaluate (Formula.approximate u.Subject.Functions) (Map [ "w", u.Weight; "d", u.Increment ])
                  let up, down = value formulas.Up, value formulas.Down
                  let text = [ up; down; 0.5 * (down + up); 0.5 * (down - up); value formulas.Update; value formulas.UpdateByCases ]
                  allInside (around u (Math.ScaleB(scale u.Subject, -50)) (Math.ScaleB(1.0, -46))) text $"text of {u.Subject}"))

          forRationalKinds "the interval of a point contains the rational value of the text, exactly" (fun kind subjects ->
              Claim.forAll kind 50 (Subject.updates subjects) (fun u ->
                  let enclosures = Instances.enclose u.Subject.Device (Interval.Point u.Weight) u.Increment

                  for enclosure, exact in List.zip enclosures (evaluateExactly u) do
                      if exact < Rational.ofFloat enclosure.Lower || exact > Rational.ofFloat enclosure.Upper then
                          failtest $"{u.Subject}: expected {exact} in [{enclosure.Lower:R}, {enclosure.Upper:R}]")) ]

let private decompositionTests =
    testList
        "D1 both forms of U agree"
        [ forEveryKind "in doubles, to 4 unit roundoffs of |w| + |Δ|(|F| + |G|)" (fun kind subjects ->
              Claim.forAll kind 200 (Subject.updates subjects) (fun u ->
                  let e = (Instances.scalar.Evaluate u.Subject.Device [| u.Weight |] u.Increment)[0]
                  let size = abs u.Weight + abs u.Increment * (abs e.Symmetric + abs e.Asymmetric)
                  isWithin (4.0 * unitRoundoff * size) e.UpdateByCases e.Update $"U of {u.Subject}"))

          forRationalKinds "over the rationals, exactly, and with F and G as defined" (fun kind subjects ->
              Claim.forAll kind 50 (Subject.updates subjects) (fun u ->
                  match evaluateExactly u with
                  | [ _; _; f; g; update; byCases ] ->
                      let w, d = Rational.ofFloat u.Weight, Rational.ofFloat u.Increment
                      Expect.equal update byCases $"two forms of {u.Subject}"
                      Expect.equal update (w + d * f - Rational.Abs d * g) $"v1 eq. 7 for {u.Subject}"
                  | other -> failtest $"Expected six values, got {other}.")) ]

/// A train of n pulses of sign s that stays inside the device's range: nΔw_min·M is at most the distance to the bound.
type private Train = { Of: Subject; Start: float; Sign: float; Pulses: int; Granularity: float }

let private trains (subjects: Gen<Subject>) : Gen<Train> =
    gen {
        let! subject = subjects
        let lower, upper = subject.Range
        let! start = Real.within (0.9 * lower + 0.1 * upper) (0.1 * lower + 0.9 * upper)
        let! sign = Real.sign
        let! pulses = Gen.choose (1, 30)
        let room = if sign > 0.0 then upper - start else start - lower
        let! granularity = Real.signed 1.0 (room / (float pulses * subject.Largest))

        return
            { Of = subject
              Start = start
              Sign = sign
              Pulses = pulses
              Granularity = granularity }
    }

let private pulseTests =
    testList
        "D5 pulses against the dynamic, with q Lipschitz (constant ℓ) and |q| ≤ M"
        [ testList
              "without rounding: at most ℓM·Δw²·n(n−1)/2"
              (Subject.kinds 1.0
               |> List.map (fun (kind, subjects) ->
                   Claim.forAll kind 200 (trains subjects) (fun t ->
                       let pulsed = PulsedDevice.create t.Granularity t.Of.Device
                       let sent = PulseTrain.send pulsed { Bits = 0UL } (int t.Sign * t.Pulses) t.Start
                       let n = float t.Pulses
                       let dynamic = t.Of.Device.Update(t.Start, t.Sign * n * t.Granularity)
                       let bound = t.Of.Lipschitz * t.Of.Largest * t.Granularity * t.Granularity * n * (n - 1.0) / 2.0
                       let rounding = 8.0 * n * unitRoundoff * (scale t.Of + n * t.Granularity * t.Of.Largest)
                       isWithin (bound + rounding) dynamic sent $"{t.Pulses} pulses on {t.Of}")))

          forEveryKind "rounding Δ up to pulses adds at most Δw·q_s(w), to the nearest half of that" (fun kind subjects ->
              let settings =
                  gen {
                      let! u = Subject.updates subjects
                      let! granularity = Real.logWithin (1e-4 * abs u.Increment + 1e-9) (3.0 * abs u.Increment + 1e-6)
                      return u, granularity
                  }

              Claim.forAll kind 200 settings (fun (u, granularity) ->
                  let device = u.Subject.Device
                  let q = if u.Increment >= 0.0 then device.Up u.Weight else device.Down u.Weight
                  let rounding = 16.0 * unitRoundoff * (scale u.Subject + (abs u.Increment + granularity) * (1.0 + u.Subject.Largest))

                  for mode, share in [ PulseRounding.Up, 1.0; PulseRounding.Nearest, 0.5 ] do
                      let pulses = BitLength.ofIncrement mode granularity { Bits = 0UL } u.Increment
                      let rounded = device.Update(u.Weight, float pulses * granularity)

                      isWithin
                          (share * granularity * abs q + rounding)
                          (device.Update(u.Weight, u.Increment))
                          rounded
                          $"{mode} on {u.Subject}")) ]

let private pairsOfIncrements (subjects: Gen<Subject>) =
    gen {
        let! u = Subject.updates subjects
        let lower, upper = u.Subject.Range
        let! other = Real.within (lower - upper) (upper - lower)
        return u, other
    }

let private lipschitzTests =
    testList
        "D9 the update is Lipschitz in Δ"
        [ forEveryKind "with constant F + |G| = max(q₊, q₋) where both are non-negative" (fun kind subjects ->
              Claim.forAll kind 200 (pairsOfIncrements subjects) (fun (u, other) ->
                  let device = u.Subject.Device
                  let constant = device.Symmetric u.Weight + abs (device.Asymmetric u.Weight)
                  let moved = abs (device.Update(u.Weight, u.Increment) - device.Update(u.Weight, other))
                  let rounding = 8.0 * unitRoundoff * (scale u.Subject + (abs u.Increment + abs other) * (1.0 + u.Subject.Largest))

                  if not (moved <= constant * abs (u.Increment - other) + rounding) then
                      failtest
                          $"{u.Subject} at {u.Weight:R}: expected at most {constant:R}·|Δ−Δ'|, got {moved:R} for {u.Increment:R}, {other:R}"))

          forEveryKind "sharp: two increments in the direction of the larger response reach the constant" (fun kind subjects ->
              Claim.forAll kind 100 (Subject.updates subjects) (fun u ->
                  let device = u.Subject.Device
                  let sign = if device.Up u.Weight >= device.Down u.Weight then 1.0 else -1.0
                  let near, far = sign * 0.5 * abs u.Increment, sign * abs u.Increment
                  let constant = device.Symmetric u.Weight + abs (device.Asymmetric u.Weight)
                  let moved = abs (device.Update(u.Weight, far) - device.Update(u.Weight, near))
                  let rounding = 8.0 * unitRoundoff * (scale u.Subject + abs u.Increment * (1.0 + u.Subject.Largest))
                  isWithin rounding (constant * abs (far - near)) moved $"{u.Subject} at {u.Weight:R}"))

          testCase "the constant is not sup F: the asymmetric linear device has F = 1 and moves twice as far at its bound"
          <| fun () ->
              let device = AsymmetricLinear.create 1.0
              let moved = device.Update(1.0, 0.0) - device.Update(1.0, -0.5)
              Expect.equal (device.Symmetric 1.0) 1.0 "F"
              Expect.equal moved 1.0 "twice |Δ − Δ'| = 0.5"

          testCase "necessity of q ≥ 0: with q₊ = −2, q₋ = 1 the constant F + |G| = 1 fails and |F| + |G| = 2 holds with equality"
          <| fun () ->
              let device = UserDefined.create "negative response" -1.0 1.0 (fun _ -> -2.0) (fun _ -> 1.0)
              let moved = abs (device.Update(0.0, 1.0) - device.Update(0.0, 0.0))
              Expect.equal (device.Symmetric 0.0 + abs (device.Asymmetric 0.0)) 1.0 "F + |G|"
              Expect.equal moved 2.0 "moved"
              Expect.equal (abs (device.Symmetric 0.0) + abs (device.Asymmetric 0.0)) 2.0 "|F| + |G|" ]

let private symmetricPointTests =
    testList
        "the symmetric point"
        [ testList
              "q₊ = q₋ there, and it is the one in the text where the text names one"
              (Subject.kinds 0.3
               |> List.filter (fun (kind, _) -> kind <> "tabulated")
               |> List.map (fun (kind, subjects) ->
                   Claim.forAll kind 50 subjects (fun subject ->
                       let point = SymmetricPoint.find subject.Device
                       let reach = Math.ScaleB(scale subject, -50)
                       let g = subject.Device.Law.At(Interval(point - reach, point + reach)).Asymmetric

                       if not (g.Contains 0.0) then
                           failtest $"{subject}: expected G = 0 within {reach:g3} of {point:R}, got G in [{g.Lower:R}, {g.Upper:R}]"

                       subject.SymmetricPoint
                       |> Option.iter (fun expected -> isWithin (4.0 * reach) expected point $"w⋄ of {subject}")))) ]

let tests = testList "devices" [ instanceTests; decompositionTests; pulseTests; lipschitzTests; symmetricPointTests ]
