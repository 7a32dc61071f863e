/// Rules whose updates are sent as pulses.
module AnalogTheory.Tests.PulsedRuleTests

open System
open Expecto
open AnalogTheory
open AnalogTheory.Kernels.Ensembles
open AnalogTheory.Tests.Entries

let private device = LinearStep.createAt 0.9 -0.7 0.1

let private noisy = PulsedDevice.create 0.01 device |> PulsedDevice.withCycleNoise (CycleNoise.Multiplicative 0.3)

let private rules (pulsed: PulsedDevice) (rounding: PulseRounding) : (string * IRule) list =
    [ "Analog SGD", Rule.pack (PulsedRule.analogSgd 0.1 rounding pulsed)
      "Tiki-Taka", Rule.pack (PulsedRule.tikiTaka 0.05 0.2 rounding pulsed pulsed)
      "residual learning", Rule.pack (PulsedRule.residualLearning 0.2 0.05 0.7 rounding pulsed pulsed) ]

let private problems: (Problem * Noise * Batch) list =
    let struct (matrix, target) = ProblemTests.data 2
    let least = LeastSquares.create HalfMean matrix target

    [ Quadratic.isotropic 2 1.0 0.3, Noise.gaussian 0.5, FullBatch
      least, Noise.none, FullBatch
      least, Noise.none, PerSample ]

[<Tests>]
let tests =
    testList
        "rules by pulses"
        [ for rounding in [ PulseRounding.Stochastic; PulseRounding.Up; PulseRounding.Nearest ] do
              for name, rule in rules noisy rounding do
                  test $"{name}, {rounding}: pure steps and ensembles of any width have the same bits" {
                      for problem, noise, batch in problems do
                          let entry = entry name rule problem noise batch

                          let settings =
                              { Ensemble.settings 11 9L (Key.ofSeed 5UL) with
                                  Measures = measures problem.Dimension entry.HasAuxiliary
                                  TraceEvery = 3L
                                  AverageFrom = Some 2L }

                          same entry.Name (run 1 LaneWidth.Scalar settings entry) (entry.Pure settings)
                          same $"{entry.Name}, wide" (run 2 LaneWidth.Widest settings entry) (run 1 LaneWidth.Scalar settings entry)
                  }

          test "with ever smaller pulses the rules become those of the papers" {
              let chain (rule: Rule<'State>) = Chain.create (Quadratic.isotropic 1 1.0 0.5) Noise.none rule (Weights.ofArray [| 0.0 |])
              let last (rule: Rule<'State>) = let m = Chain.run (Key.ofSeed 1UL) 0u 300L (chain rule) in (rule.Weights m.State)[0]
              let fine = PulsedDevice.create 1e-5 device
              let rounding = PulseRounding.Nearest
              // Rates are small, too: many pulses in a row follow the response, of which U is the tangent.
              Check.close 2e-3 "Analog SGD" (last (PulsedRule.analogSgd 0.005 rounding fine)) (last (AnalogSgd.create 0.005 device))

              Check.close
                  2e-3
                  "Tiki-Taka"
                  (last (PulsedRule.tikiTaka 0.01 0.01 rounding fine fine))
                  (last (TikiTaka.create 0.01 0.01 device))

              Check.close
                  2e-3
                  "residual learning"
                  (last (PulsedRule.residualLearning 0.01 0.01 0.7 rounding fine fine))
                  (last (ResidualLearning.create 0.01 0.01 0.7 device))
          }

          test "by hand: −αg = 0.025 up at Δw_min = 0.01 is three pulses rounded up, and two to the nearest; per sample, up goes first" {
              // ALD, τ = 1: a pulse up from w gives w + .01(1 − w), one down w − .01(1 + w).
              let pulsed = PulsedDevice.create 0.01 (AsymmetricLinear.create 1.0)
              let up w = w + 0.01 * (1.0 - w)
              let down w = w - 0.01 * (1.0 + w)

              let after rounding magnitude =
                  let rule = PulsedRule.analogSgd 0.1 rounding pulsed

                  let struct (w, _) =
                      rule.Step
                          (Key.ofSeed 1UL)
                          { Mean = Weights.ofArray [| -0.25 |]
                            Magnitude = magnitude |> Option.map (fun m -> Weights.ofArray [| m |]) }
                          (Weights.ofArray [| 0.2 |])

                  w[0]

              Check.close 1e-15 "up" (after PulseRounding.Up None) (0.2 |> up |> up |> up)
              Check.close 1e-15 "nearest" (after PulseRounding.Nearest None) (0.2 |> up |> up)
              // Σ|gₙ| = .43: .034 up and .009 down.
              Check.close 1e-15 "per sample" (after PulseRounding.Up (Some 0.43)) (0.2 |> up |> up |> up |> up |> down)
          }

          test "granularity leaves a floor where the continuous rule has none" {
              // No noise, f = (w − .5)²/2, symmetric device: continuous Analog SGD goes to the minimum, pulses rounded up step about it.
              let chain rule = Chain.create (Quadratic.isotropic 1 1.0 0.5) Noise.none rule (Weights.ofArray [| 0.0 |])

              let settings =
                  { Ensemble.settings 8 4000L (Key.ofSeed 2UL) with
                      Measures = [ Measure MeasureKind.Excess ]
                      AverageFrom = Some 2000L }

              let excess rule = (chain rule |> Ensemble.run settings |> Ensemble.average 0).Mean
              let ideal = Ideal.create ()
              Check.atMost "continuous" (excess (AnalogSgd.create 0.05 ideal)) 1e-20
              let stepping = excess (PulsedRule.analogSgd 0.05 PulseRounding.Up (PulsedDevice.create 0.02 ideal))
              Expect.isGreaterThan stepping 1e-5 "pulses"
          }

          test "rules and the lower bound's instance take their numbers by name" {
              let device = AsymmetricLinear.create 1.0
              let byName: Rule<TwoArrayState> = TikiTaka.Of(learningRate = 0.01, transferRate = 0.05, device = device)
              Expect.equal byName.Parameters (TikiTaka.create 0.05 0.01 device).Parameters "Tiki-Taka"
              let residual = ResidualLearning.Of(mixing = 0.5, transferRate = 0.05, learningRate = 0.1, device = device)
              Expect.equal residual.Parameters (ResidualLearning.create 0.1 0.05 0.5 device).Parameters "residual learning"
              let instance = LowerBoundInstance.Of(deviation = 0.3, saturation = 0.5)
              Expect.equal instance.Floor (LowerBoundInstance.ofSaturation 1.0 1.0 0.3 1 0.5).Floor "floor"
              Expect.equal (instance.Deviation, instance.Saturation, instance.Radius) (0.3, 0.5, 1.0) "places"
          }

          test "an update that no number of pulses makes is NaN, as data" {
              let rule = PulsedRule.analogSgd 0.1 PulseRounding.Up noisy

              for g in [ nan; infinity; 1e300 ] do
                  let struct (w, info) =
                      rule.Step (Key.ofSeed 1UL) { Mean = Weights.ofArray [| g |]; Magnitude = None } (Weights.ofArray [| 0.2 |])

                  Expect.isTrue (Double.IsNaN w[0]) $"g = {g}"
                  Expect.isFalse info.IsFinite $"g = {g}"
          } ]
