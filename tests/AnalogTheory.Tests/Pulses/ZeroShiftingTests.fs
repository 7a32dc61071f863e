module AnalogTheory.Tests.ZeroShiftingTests

open System
open Expecto
open AnalogTheory
open AnalogTheory.Tests.Samples

let private tau, granularity, symmetricPoint, start = 0.6, 0.03, 0.1, -0.4
let private pulsed = AsymmetricLinear.createAt tau symmetricPoint |> PulsedDevice.create granularity
let private ratio = granularity / tau

let private ensemble signs pulses =
    Array.init 20000 (fun i -> ZeroShifting.run pulsed signs (Key.fold (uint64 i) (Key.ofSeed 8UL)) pulses start)

[<Tests>]
let tests =
    testList
        "zero-shifting"
        [ testCase "independent signs: exact mean and variance after 40 pulses (20,000 elements, δ = 10⁻⁶ each)"
          <| fun () ->
              let n, rest = 40.0, 1.0 - ratio
              let variance = granularity * granularity * (1.0 - rest ** (2.0 * n)) / (1.0 - rest * rest)

              agrees
                  (symmetricPoint + rest ** n * (start - symmetricPoint))
                  variance
                  (ensemble ShiftingSigns.Independent 40)
                  "w after 40 pulses"

          testCase "independent signs: the stationary variance is Δw·τ/(2 − Δw/τ) (20,000 elements, δ = 10⁻⁶)"
          <| fun () ->
              // (1 − 0.05)⁶⁰⁰ < 10⁻¹³ of the start is left.
              agrees symmetricPoint (granularity * tau / (2.0 - ratio)) (ensemble ShiftingSigns.Independent 600) "w after 600 pulses"

          testCase "alternation: exact mean after 41 pulses (20,000 elements, δ = 10⁻⁶), on two weights only"
          <| fun () ->
              let ends = ensemble ShiftingSigns.Alternating 41
              let m = moments ends
              near (quantile * m.MeanError) (symmetricPoint + (1.0 - ratio) ** 41.0 * (start - symmetricPoint)) m.Mean "mean"
              Expect.equal (Array.distinct ends).Length 2 "one weight for each first sign"

          testCase "every kind of device is brought near its symmetric point by alternation"
          <| fun () ->
              for device in devices |> List.filter (fun d -> d.Name <> "ideal") do
                  let pulsed = PulsedDevice.create 0.001 device
                  let shifted = ZeroShifting.run pulsed ShiftingSigns.Alternating (Key.ofSeed 2UL) 20000 0.3
                  near 0.002 (SymmetricPoint.find device) shifted device.Name

          testCase "a trajectory begins at its start, ends where the run ends, and is a function of its key"
          <| fun () ->
              for signs in [ ShiftingSigns.Alternating; ShiftingSigns.Independent ] do
                  let path = ZeroShifting.trajectory pulsed signs (Key.ofSeed 9UL) 100 start
                  Expect.equal path.Length 101 "length"
                  Expect.equal path[0] start "start"
                  Expect.equal path[100] (ZeroShifting.run pulsed signs (Key.ofSeed 9UL) 100 start) "end"
                  Expect.equal path (ZeroShifting.trajectory pulsed signs (Key.ofSeed 9UL) 100 start) "again"

          testCase "moments: both kinds of signs with cycle noise, pulse by pulse (20,000 elements, δ = 10⁻⁶ each)"
          <| fun () ->
              let noisy = pulsed |> PulsedDevice.withCycleNoise (CycleNoise.Multiplicative 0.5)

              let linearStep =
                  LinearStep.createAt 0.8 -0.5 0.1
                  |> PulsedDevice.create 0.03
                  |> PulsedDevice.withCycleNoise (CycleNoise.Additive 0.3)

              for element in [ noisy; linearStep ] do
                  for signs in [ ShiftingSigns.Independent; ShiftingSigns.Alternating ] do
                      let predicted = ZeroShiftMoments.after element signs 15 start
                      let ends = Array.init 20000 (fun i -> ZeroShifting.run element signs (Key.fold (uint64 i) (Key.ofSeed 18UL)) 15 start)
                      Expect.isTrue predicted.IsExact "straight lines"
                      agrees predicted.Mean predicted.Variance ends $"{element.Device.Name}, {signs}"

              Expect.isFalse
                  (ZeroShiftMoments.after (PulsedDevice.create 0.01 (SymmetricPower.create 1.0 2.0)) ShiftingSigns.Independent 5 0.2)
                      .IsExact
                  "a curve"

          raises<ArgumentException> "a negative number of pulses is refused" [ "pulses"; "at least 0"; "-1" ] (fun () ->
              ZeroShifting.run pulsed ShiftingSigns.Independent (Key.ofSeed 0UL) -1 0.0 |> ignore) ]
