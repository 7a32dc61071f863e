/// Zero-shifting as predicted and as simulated.
module AnalogTheory.Tests.ZeroShiftPredictionTests

open Expecto
open AnalogTheory

let private elements = 4000

let private after (pulsed: PulsedDevice) (pulses: int) (start: float) : float[] =
    let key = Key.ofSeed 20240618UL |> Key.named pulsed.Device.Name
    Array.init elements (fun i -> ZeroShifting.run pulsed ShiftingSigns.Independent (Key.fold (uint64 i) key) pulses start)

let private create device noise = PulsedDevice.create 0.05 device |> PulsedDevice.withCycleNoise noise

[<Tests>]
let tests =
    testList
        "zero-shifting predicted"
        [ test "the asymmetric linear device's numbers are D8's" {
              let prediction = ZeroShiftPrediction.tryCreate (create (AsymmetricLinear.createAt 1.0 0.2) CycleNoise.Absent) |> Option.get
              Check.close 1e-12 "w⋄" prediction.SymmetricPoint 0.2
              Check.close 1e-9 "contraction" prediction.Contraction (1.0 - 0.05)
              Check.close 1e-9 "variance" prediction.StationaryVariance (0.05 / (2.0 - 0.05))
          }

          for device, noise in
              [ AsymmetricLinear.createAt 1.0 0.2, CycleNoise.Absent
                AsymmetricLinear.createAt 1.0 0.2, CycleNoise.Multiplicative 0.3
                LinearStep.createAt 0.6 -0.9 0.1, CycleNoise.Additive 0.3 ] do
              test $"{device}, {noise}: mean after 20 pulses and variance after 300 are those of 4,000 elements" {
                  let pulsed = create device noise
                  let prediction = ZeroShiftPrediction.tryCreate pulsed |> Option.get
                  let threshold = Check.threshold 1e-3 6
                  let mean = Estimate.ofArray (after pulsed 20 -0.3)
                  Check.zScore threshold "mean" mean (Array.last (ZeroShiftPrediction.mean pulsed 20 -0.3))
                  let square x = (x - prediction.SymmetricPoint) * (x - prediction.SymmetricPoint)
                  let spread = Estimate.ofArray (after pulsed 300 -0.3 |> Array.map square)
                  Check.zScore threshold "variance" spread prediction.StationaryVariance
              }

          test "the number of pulses to a distance is that of the contraction" {
              let pulsed = create (AsymmetricLinear.createAt 1.0 0.2) CycleNoise.Absent
              // 0.5·0.95ⁿ ≤ 0.01 first at n = 77.
              Expect.equal (ZeroShiftPrediction.pulsesToReach pulsed 0.01 -0.3) (Some 77) "pulses"
              Expect.equal (ZeroShiftPrediction.pulsesToReach pulsed 1.0 -0.3) (Some 0) "already there"
              Check.refuses [ "distance"; "0" ] (fun () -> ZeroShiftPrediction.pulsesToReach pulsed 0.0 -0.3)
              Check.refuses [ "w"; "NaN" ] (fun () -> ZeroShiftPrediction.mean pulsed 1 nan)
          }

          test "nothing is predicted where no symmetric point attracts" {
              let one = UserDefined.create "one-sided" -1.0 1.0 (fun _ -> 2.0) (fun _ -> 1.0)
              let repelling = UserDefined.create "repelling" -1.0 1.0 (fun w -> 1.0 + 0.5 * w) (fun w -> 1.0 - 0.5 * w)

              for device in [ one; repelling; Ideal.create () ] do
                  Expect.isNone (ZeroShiftPrediction.tryCreate (create device CycleNoise.Absent)) device.Name
          } ]
