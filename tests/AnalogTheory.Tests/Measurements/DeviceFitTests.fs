/// Fits on pulses whose law is known.
module AnalogTheory.Tests.DeviceFitTests

open System
open Expecto
open MathNet.Numerics.Distributions
open AnalogTheory
open AnalogTheory.Kernels.Pulses
open AnalogTheory.Kernels.Sampling

/// Rounds of pulses up and down, read with noise.
let private measured (pulsed: PulsedDevice) (readingDeviation: float) (seed: uint64) (pulses: int) (rounds: int) : PulseSeries =
    let key = Key.ofSeed seed
    let noise = Key.named "reading" key
    let weights = UpDownResponse.weights pulsed (Key.named "cycles" key) rounds pulses pulses 0.0

    let read =
        weights
        |> Array.mapi (fun i w -> w + readingDeviation * Gaussian.At(noise.Bits, Purpose.General, 0u, uint64 i))

    let directions = Array.init (weights.Length - 1) (fun i -> if i % (2 * pulses) < pulses then 1 else -1)
    PulseSeries.create "synthetic" [ PulseSeries.trace "1" "1" directions read ]

let private values (fit: DeviceFit) = fit.Parameters |> List.map _.Value

/// A law, a device of it, its granularity.
let private known =
    [ ResponseFamily.asymmetricLinear, AsymmetricLinear.createAt 0.8 0.1, 0.02
      ResponseFamily.genericLinear, GenericLinear.create 0.8 -0.2, 0.02
      ResponseFamily.linearStep, LinearStep.createAt 0.6 -0.9 0.1, 0.02
      ResponseFamily.powerStep, PowerStep.create 1.0 -0.8 2.0 1.5, 0.06
      ResponseFamily.exponentialStep, ExponentialStep.create 0.6 -0.6 4.0 2.0, 0.02
      ResponseFamily.symmetricPower, SymmetricPower.create 0.8 1.7, 0.02
      ResponseFamily.symmetricExponential, SymmetricExponential.create 0.8 1.2, 0.02
      ResponseFamily.ideal, Ideal.create (), 0.02 ]

let private exact =
    known
    |> List.map (fun (family, device, granularity) ->
        testCase $"{family.Name}: pulses without noise give the law's own parameters back"
        <| fun () ->
            let series = measured (PulsedDevice.create granularity device) 0.0 1UL 80 1
            let fit = DeviceFit.fit family series

            // Δw_min is the step at the symmetric point, whatever the law's own normalisation.
            let step = granularity * device.Symmetric(SymmetricPoint.find device)
            Check.close 1e-9 "F(w⋄)" (fit.Device.Symmetric(SymmetricPoint.find fit.Device)) 1.0

            for found, (name, expected) in List.zip fit.Parameters (("Δw_min", step) :: device.Parameters) do
                Check.close (1e-6 * (1.0 + abs expected)) $"{family.Name}, {name}" found.Value expected)

// Additive noise is a third of the step at the symmetric point, whatever the law's convention for Δw_min.
let private noises =
    [ "multiplicative", (fun _ -> CycleNoise.Multiplicative 0.3), 0.0
      "additive, with noise of the readings", (fun share -> CycleNoise.Additive(0.3 * share)), 0.004 ]

// Few enough seeds for seconds; the threshold shares an error of 1e-3 among all comparisons, so that a sound interval fails once in a thousand suites.
let private seeds = 40
let private comparisons = 60

let private coverage =
    [ for family, device, granularity in
          known
          |> List.filter (fun (f, _, _) -> List.contains f.Name [ "asymmetric linear"; "linear step"; "power step"; "exponential step" ]) do
          for kind, noise, reading in noises ->
              testCase $"{family.Name}, {kind}: intervals at 95 %% cover what made the pulses in 95 of 100 cases"
              <| fun () ->
                  let symmetric = SymmetricPoint.find device
                  let noise = noise (device.Symmetric symmetric)
                  let pulsed = PulsedDevice.create granularity device |> PulsedDevice.withCycleNoise noise

                  let size = device.Symmetric symmetric

                  let deviation =
                      match noise with
                      | CycleNoise.Additive deviation -> deviation / size
                      | CycleNoise.Multiplicative deviation -> deviation
                      | CycleNoise.Absent -> 0.0

                  let fits = Array.Parallel.init seeds (fun seed -> DeviceFit.fit family (measured pulsed reading (uint64 seed) 60 2))

                  let truths: (string * (DeviceFit -> FittedQuantity) * float) list =
                      [ for i, (name, value) in List.indexed (("Δw_min", granularity * size) :: device.Parameters) do
                            name, (fun (fit: DeviceFit) -> fit.Parameters[i]), value
                        "w⋄", (fun fit -> fit.SymmetricPoint.Value), symmetric
                        "σ_c2c", _.CycleDeviation, deviation
                        "σ_r", _.ReadingDeviation, reading ]

                  for name, quantity, truth in truths do
                      let covered =
                          fits |> Array.filter (fun fit -> let q = quantity fit in q.Lower <= truth && truth <= q.Upper) |> Array.length

                      let lower = Binomial.CDF(0.95, seeds, float covered)
                      let upper = 1.0 - Binomial.CDF(0.95, seeds, float covered - 1.0)

                      if Math.Min(lower, upper) < 0.5e-3 / float comparisons then
                          failtest $"{name}: expected about {0.95 * float seeds} of {seeds} intervals to cover {truth}, got {covered}" ]

[<Tests>]
let tests =
    testList
        "device fits"
        [ yield! exact
          yield! coverage

          test "the law that made the pulses wins decisively where it bends, and linear laws are not told from a power near 1" {
              let bent =
                  measured
                      (PulsedDevice.create 0.03 (ExponentialStep.create 0.6 -0.6 4.0 2.0)
                       |> PulsedDevice.withCycleNoise (CycleNoise.Multiplicative 0.1))
                      0.0
                      3UL
                      100
                      2

              let comparison = FitComparison.ofSeries bent
              Expect.equal (comparison.Best.Law, comparison.Distinction) ("exponential step", Distinction.Decisive) comparison.Conclusion

              let straight =
                  measured
                      (PulsedDevice.create 0.02 (AsymmetricLinear.create 0.8)
                       |> PulsedDevice.withCycleNoise (CycleNoise.Multiplicative 0.3))
                      0.0
                      3UL
                      100
                      2

              let comparison = FitComparison.ofSeries straight
              Expect.equal comparison.Distinction Distinction.Indistinguishable comparison.Conclusion
              Expect.contains (comparison.Fits |> List.truncate 4 |> List.map _.Law) "asymmetric linear" comparison.Conclusion
          }

          test "where data do not tell laws apart, the one with the fewest parameters stands for them" {
              let pulsed =
                  PulsedDevice.create 0.02 (AsymmetricLinear.create 0.8)
                  |> PulsedDevice.withCycleNoise (CycleNoise.Multiplicative 0.3)

              let comparisons =
                  Array.Parallel.init 30 (fun seed ->
                      FitComparison.ofFamilies
                          0.95
                          [ ResponseFamily.asymmetricLinear; ResponseFamily.linearStep ]
                          (measured pulsed 0.0 (uint64 seed) 60 2))

              for comparison in comparisons do
                  match comparison.Distinction with
                  | Distinction.Indistinguishable ->
                      Expect.equal comparison.Best.Law "asymmetric linear" comparison.Conclusion
                      Expect.equal (comparison.Rivals |> List.map _.Law) [ "linear step" ] comparison.Conclusion
                  | _ -> Expect.isGreaterThanOrEqual (List.max comparison.Differences) 2.0 comparison.Conclusion

              let isImitated (comparison: FitComparison) = comparison.Differences.Head > 0.0 && comparison.Best.Law = "asymmetric linear"

              Expect.exists comparisons isImitated "a case in which the criterion alone would have chosen the law with more parameters"
          }

          test "soft bounds of one's own: 3,600 pulses of 0.002 with 5 % of noise head their answer with the linear step and its size" {
              let pulsed =
                  PulsedDevice.create 0.002 (LinearStep.create 0.9 -0.7)
                  |> PulsedDevice.withCycleNoise (CycleNoise.Multiplicative 0.05)

              let laws = [ ResponseFamily.exponentialStep; ResponseFamily.linearStep ]
              let comparison = FitComparison.ofFamilies 0.95 laws (measured pulsed 0.0 1UL 900 2)
              Expect.equal comparison.Best.Law "linear step" comparison.Conclusion
              // Whichever law is looked at, its step at the symmetric point is what was sent.
              for fit in comparison.Fits do
                  Check.close 2e-5 $"{fit.Law}: Δw_min" fit.Parameters.Head.Value 0.002
          }

          test "a power law and a linear one mean the same by Δw_min" {
              let pulsed = PulsedDevice.create 0.01 (LinearStep.create 0.9 -0.7)
              let laws = [ ResponseFamily.linearStep; ResponseFamily.powerStep; ResponseFamily.symmetricPower ]

              for fit in (FitComparison.ofFamilies 0.95 laws (measured pulsed 0.0 1UL 100 1)).Fits do
                  Check.close 5e-4 $"{fit.Law}: Δw_min" fit.Parameters.Head.Value 0.01
          }

          test "intervals of a law that the data hardly identify cover: a power seen far from its bounds" {
              let device = PowerStep.create 3.0 -3.0 2.0 2.0
              let pulsed = PulsedDevice.create 0.06 device |> PulsedDevice.withCycleNoise (CycleNoise.Multiplicative 0.1)
              let seeds = 40

              let fits =
                  Array.Parallel.init seeds (fun seed -> DeviceFit.fit ResponseFamily.powerStep (measured pulsed 0.0 (uint64 seed) 60 2))

              for i, (name, truth) in List.indexed device.Parameters do
                  let covered =
                      fits
                      |> Array.filter (fun fit -> let q = fit.Parameters[i + 1] in q.Lower <= truth && truth <= q.Upper)
                      |> Array.length

                  // 33 of 40 at 95 % or fewer happen once in a thousand times.
                  if covered < 33 then
                      failtest $"{name}: expected about 38 of {seeds} intervals to cover {truth}, got {covered}"
          }

          test "a response of no law is reported as lacking, and its table describes it" {
              let hump =
                  UserDefined.create "hump" -0.6 0.6 (fun w -> 0.3 + exp (-20.0 * (w - 0.1) * (w - 0.1))) (fun w ->
                      0.3 + exp (-20.0 * (w + 0.1) * (w + 0.1)))

              let series =
                  measured (PulsedDevice.create 0.01 hump |> PulsedDevice.withCycleNoise (CycleNoise.Multiplicative 0.1)) 0.0 4UL 100 2

              let comparison = FitComparison.ofSeries series
              Expect.isTrue comparison.IsLacking comparison.Conclusion
              Expect.isSome comparison.Tabulated "tabulated device"
          }

          test "the fitted device and its pulses are ready for use" {
              let pulsed =
                  PulsedDevice.create 0.02 (LinearStep.createAt 0.6 -0.9 0.1)
                  |> PulsedDevice.withCycleNoise (CycleNoise.Multiplicative 0.3)

              let fit = DeviceFit.fit ResponseFamily.linearStep (measured pulsed 0.0 5UL 100 2)
              Check.close 1e-12 "granularity" fit.Pulsed.Granularity (values fit).Head
              Check.close 1e-12 "w⋄" (SymmetricPoint.find fit.Device) fit.SymmetricPoint.Value.Value

              match fit.Pulsed.CycleNoise with
              | CycleNoise.Multiplicative deviation -> Check.close 0.05 "σ_c2c" deviation 0.3
              | other -> failtestf "expected multiplicative noise, got %A" other

              // A fit prints as a person reads it, not as a record with thousands of residuals.
              let lines = (string fit).Split '\n'
              Expect.equal lines[0] "linear step, 400 steps, intervals at 95 %" "first line"
              Expect.equal lines[1] $"  {fit.Parameters.Head}" "granularity"
              Expect.isLessThan lines.Length 10 "lines"
          }

          test "readings after several pulses each are fitted as such" {
              let whole = measured (PulsedDevice.create 0.02 (LinearStep.createAt 0.6 -0.9 0.1)) 0.0 1UL 90 1
              let trace = whole.Traces.Head

              let keep =
                  [| for i in 0 .. trace.Weights.Length - 1 do
                         if i % 3 = 0 then i |]

              let sparse =
                  { trace with
                      Pulses = keep |> Array.map (fun i -> trace.Pulses[i])
                      Directions = keep |> Array.map (fun i -> trace.Directions[i])
                      Weights = keep |> Array.map (fun i -> trace.Weights[i]) }

              let fit = DeviceFit.fit ResponseFamily.linearStep (PulseSeries.create "every third" [ sparse ])
              List.iter2 (Check.close 1e-6 "parameter") (values fit) [ 0.02; 0.6; -0.9; 0.1 ]
          }

          test "the filter by hand: a pulse up or down shrinks what a reading left uncertain by (1 − Δw_min/τ)², a cycle adds its share" {
              // ALD, τ = 1, Δw_min = .1, σ_r² = ¼, σ_c2c² = .5: from w = 0 the variance goes to .81·¼ + .5·.01 = .2075.
              for direction in [ 1; -1 ] do
                  let gains, innovations, spreads = Array.zeroCreate 2, Array.zeroCreate 2, Array.zeroCreate 2

                  PulseFilter.Run(
                      (AsymmetricLinear.create 1.0).Law,
                      0.1,
                      PulseVariances(0.25, 0.5, 0.0),
                      1e-3,
                      ReadOnlySpan [| 0.0; 0.3 |],
                      ReadOnlySpan [| 0; direction |],
                      Span gains,
                      Span innovations,
                      Span spreads
                  )

                  Check.close 1e-12 "innovation" innovations[1] (0.3 - 0.1 * float direction)
                  Check.close 1e-12 "its variance" spreads[1] 0.4575
                  Check.close 1e-12 "gain" gains[1] (0.2075 / 0.4575)
          } ]
