module AnalogTheory.Tests.DeviceVariationTests

open System
open Expecto
open AnalogTheory
open AnalogTheory.Tests.Samples

let private key = Key.ofSeed 21UL

let private variation =
    { DeviceVariation.none 0.7 -0.5 0.002 with
        UpperDeviation = 0.1
        LowerDeviation = 0.2
        GranularityDeviation = 0.15
        UpDownBias = 0.12
        UpDownDeviation = 0.05 }

let private drawing =
    testList
        "drawing"
        [ testCase "an element is a function of key and index"
          <| fun () ->
              let many = DeviceVariation.drawMany variation key 50
              Expect.equal (Array.init 50 (DeviceVariation.draw variation key)) many "one by one"
              Expect.equal (Array.distinct many).Length 50 "all different"
              Expect.notEqual (DeviceVariation.drawMany variation (Key.ofSeed 22UL) 50) many "another key"

          testCase "no variation gives the nominal element"
          <| fun () ->
              let element = DeviceVariation.draw (DeviceVariation.none 0.7 -0.5 0.002) key 3
              Expect.equal element { UpStep = 0.002; DownStep = 0.002; Upper = 0.7; Lower = -0.5 } "element"

          testCase "means and variances are those of the formulas (100,000 elements, δ = 10⁻⁶ each)"
          <| fun () ->
              let elements = DeviceVariation.drawMany variation key 100000

              let check expectedMean expectedDeviation (part: DrawnElement -> float) name =
                  agrees expectedMean (expectedDeviation * expectedDeviation) (Array.map part elements) name

              check 0.7 0.07 _.Upper "b₊"
              check -0.5 0.1 _.Lower "b₋"
              // The bounds are independent of each other and of the steps.
              check 0.2 (sqrt (0.07 ** 2.0 + 0.1 ** 2.0)) (fun e -> e.Upper + e.Lower) "b₊ + b₋"

              check
                  (0.7 + 0.002 * 100.0)
                  (sqrt (0.07 ** 2.0 + (0.2 * 0.15) ** 2.0 + (0.2 * 0.05) ** 2.0))
                  (fun e -> e.Upper + 100.0 * e.UpStep)
                  "b₊ + 100·s₊"
              // The bias is positive: it shortens the steps down only.
              let steps = 0.002 * sqrt (0.15 ** 2.0 + 0.05 ** 2.0)
              check 0.002 steps _.UpStep "s₊"
              check (0.002 * 0.88) steps _.DownStep "s₋"
              // The common gain: covariance of s₊ and s₋ is Δw²(σ_g² − σ_ud²), read off the sum and the difference.
              check (0.002 * 1.88) (2.0 * 0.002 * 0.15) (fun e -> e.UpStep + e.DownStep) "s₊ + s₋"
              check (0.002 * 0.12) (2.0 * 0.002 * 0.05) (fun e -> e.UpStep - e.DownStep) "s₊ − s₋"

          testCase "a negative bias shortens the steps up only"
          <| fun () ->
              let element = DeviceVariation.draw { DeviceVariation.none 0.7 -0.5 0.002 with UpDownBias = -0.25 } key 0
              near 1e-18 0.0015 element.UpStep "s₊"
              near 1e-18 0.002 element.DownStep "s₋"

          testCase "a log-normal gain has mean exp(σ²/2) (100,000 elements, δ = 10⁻⁶)"
          <| fun () ->
              let logNormal =
                  { DeviceVariation.none 0.7 -0.5 1.0 with
                      GranularityDeviation = 0.3
                      LogNormalGain = true }

              let mean = exp 0.045
              let steps = DeviceVariation.drawMany logNormal key 100000 |> Array.map _.UpStep
              agrees mean (mean * mean * (exp 0.09 - 1.0)) steps "s₊"

          testCase "draws on the wrong side of zero are folded: steps and bounds keep their signs"
          <| fun () ->
              let wild =
                  { variation with
                      UpperDeviation = 2.0
                      LowerDeviation = 2.0
                      GranularityDeviation = 2.0 }

              for element in DeviceVariation.drawMany wild key 2000 do
                  Expect.isGreaterThan element.UpStep 0.0 "s₊"
                  Expect.isGreaterThan element.DownStep 0.0 "s₋"
                  Expect.isGreaterThan element.Upper 0.0 "b₊"
                  Expect.isLessThan element.Lower 0.0 "b₋"

          testCase "a drawn element's pulses are s₊(1 − w/b₊) and s₋(1 − w/b₋)"
          <| fun () ->
              for element in DeviceVariation.drawMany variation key 100 do
                  let pulsed = DeviceVariation.device variation element

                  for w in [ 0.9 * element.Lower; 0.0; 0.2 * element.Upper ] do
                      near 1e-15 (w + element.UpStep * (1.0 - w / element.Upper)) (PulseTrain.send pulsed key 1 w) "up"
                      near 1e-15 (w - element.DownStep * (1.0 - w / element.Lower)) (PulseTrain.send pulsed key -1 w) "down"

                  near 1e-14 1.0 (pulsed.Device.Symmetric(SymmetricPoint.find pulsed.Device)) "F(w⋄)" ]

let private kit =
    testList
        "the kit's names"
        [ testCase "to the kit and back is the identity"
          <| fun () ->
              for noise in [ CycleNoise.Absent; CycleNoise.Multiplicative 0.3; CycleNoise.Additive 0.2 ] do
                  let variation = { variation with CycleNoise = noise; LogNormalGain = true }
                  Expect.equal (variation |> DeviceVariation.toKit |> DeviceVariation.ofKit) variation $"{noise}"

          testCase "spreads are relative on both sides: dw_min_dtod 0.3 of dw_min 0.001 is a step deviation of 0.0003"
          <| fun () ->
              let ours =
                  DeviceVariation.ofKit [ "dw_min", 0.001; "dw_min_dtod", 0.3; "up_down_dtod", 0.0; "w_max_dtod", 0.1; "w_max", 0.6 ]

              let elements = DeviceVariation.drawMany ours key 100000
              agrees 0.001 (0.0003 ** 2.0) (elements |> Array.map _.UpStep) "s₊"
              agrees 0.6 (0.06 ** 2.0) (elements |> Array.map _.Upper) "b₊"

          testCase "what is not given has the default of SoftBoundsReferenceDevice"
          <| fun () ->
              Expect.equal
                  (DeviceVariation.ofKit [])
                  { Upper = 0.6
                    Lower = -0.6
                    Granularity = 0.001
                    UpperDeviation = 0.3
                    LowerDeviation = 0.3
                    GranularityDeviation = 0.3
                    LogNormalGain = false
                    UpDownBias = 0.0
                    UpDownDeviation = 0.01
                    CycleNoise = CycleNoise.Additive 0.3 }
                  "defaults"

          raises<ArgumentException> "an unknown name" [ "dw_min"; "'dwmin'" ] (fun () -> DeviceVariation.ofKit [ "dwmin", 0.1 ] |> ignore)
          raises<ArgumentException> "a name twice" [ "at most once"; "'dw_min' 2 times" ] (fun () ->
              DeviceVariation.ofKit [ "dw_min", 0.1; "dw_min", 0.2 ] |> ignore)
          raises<ArgumentException> "a flag of 2" [ "mult_noise"; "0 or 1"; "2" ] (fun () ->
              DeviceVariation.ofKit [ "mult_noise", 2.0 ] |> ignore)
          raises<ArgumentException> "a negative spread" [ "UpperDeviation"; "at least 0"; "-0.1" ] (fun () ->
              DeviceVariation.ofKit [ "w_max_dtod", -0.1 ] |> ignore) ]

let private refused =
    testList
        "refuses"
        [ let refuses name parts change =
              raises<ArgumentException> name parts (fun () -> DeviceVariation.draw (change variation) key 0 |> ignore)

          refuses "τ_max = 0" [ "Upper"; "above 0"; "= 0" ] (fun v -> { v with Upper = 0.0 })
          refuses "τ_min = 0.1" [ "Lower"; "below 0"; "0.1" ] (fun v -> { v with Lower = 0.1 })
          refuses "Δw_min = NaN" [ "Granularity"; "above 0"; "NaN" ] (fun v -> { v with Granularity = nan })
          refuses "u = 1" [ "UpDownBias"; "strictly between -1 and 1"; "1" ] (fun v -> { v with UpDownBias = 1.0 })
          refuses "σ_ud = ∞" [ "UpDownDeviation"; "at least 0" ] (fun v -> { v with UpDownDeviation = infinity })

          raises<ArgumentException> "element −1" [ "element"; "at least 0"; "-1" ] (fun () ->
              DeviceVariation.draw variation key -1 |> ignore)

          raises<ArgumentException> "no elements" [ "count"; "at least 1"; "0" ] (fun () ->
              DeviceVariation.drawMany variation key 0 |> ignore) ]

[<Tests>]
let tests = testList "device-to-device variation" [ drawing; kit; refused ]
