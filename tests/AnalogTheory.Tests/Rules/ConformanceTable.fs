/// The one table of rules × devices × problems × noises × batch modes.
module AnalogTheory.Tests.ConformanceTable

open AnalogTheory
open AnalogTheory.Tests.Entries

/// Every device of the library at an ordinary setting; the range of each holds the starts.
let devices: (string * Device) list =
    [ "ideal", Ideal.create ()
      "ALD", AsymmetricLinear.create 1.3
      "ALD, w⋄ = 0.2", AsymmetricLinear.createAt 1.3 0.2
      "generic linear", GenericLinear.create 1.4 0.25
      "linear step", LinearStep.createAt 1.5 -1.1 0.1
      "power step", PowerStep.create 1.3 -1.6 1.5 0.7
      "symmetric power", SymmetricPower.create 1.5 2.5
      "exponential step", ExponentialStep.create 1.3 -1.6 2.0 1.2
      "symmetric exponential", SymmetricExponential.create 1.5 1.1
      "tabulated", Tabulated.create "staircase" [| -2.0, 1.8; 0.0, 1.1; 2.0, 0.2 |] [| -2.0, 0.1; 0.5, 0.9; 2.0, 1.6 |]
      "user-defined", UserDefined.create "soft" -2.0 2.0 (fun w -> 1.0 - 0.4 * w) (fun w -> 1.0 + 0.3 * w * w) ]

/// The rules that sit on a device.
let onDevice (device: Device) : (string * IRule) list =
    [ "Analog SGD", Rule.pack (AnalogSgd.create 0.1 device)
      "Tiki-Taka", Rule.pack (TikiTaka.create 0.05 0.2 device)
      "residual learning, γ = 0", Rule.pack (ResidualLearning.create 0.2 0.05 0.0 device)
      "residual learning, γ = 0.7", Rule.pack (ResidualLearning.create 0.2 0.05 0.7 device) ]

/// Every rule on every device, and two rules whose arrays have different devices.
let rules: (string * IRule) list =
    [ yield "Digital SGD", Rule.pack (DigitalSgd.create 0.1)
      for name, device in devices do
          for rule, packed in onDevice device do
              yield $"{rule} on {name}", packed
      let auxiliary, main = AsymmetricLinear.createAt 0.9 -0.1, GenericLinear.create 1.4 0.25

      yield "Tiki-Taka on two devices", Rule.pack (TikiTaka.createWith 0.05 0.2 auxiliary main)
      yield "residual learning on two devices", Rule.pack (ResidualLearning.createWith 0.2 0.05 0.7 auxiliary main) ]

/// Problem, noise and batch mode wherever they go together.
let settings (dimension: int) : (Problem * Noise * Batch) list =
    [ for problem in ProblemTests.all dimension do
          let hasSamples = problem.Objective.HasSamples

          let batches = if hasSamples then [ Noise.miniBatch 1 problem; Noise.miniBatch 3 problem ] else []

          for noise in NoiseTests.all @ batches do
              yield problem, noise, FullBatch

              if hasSamples then yield problem, noise, PerSample ]

/// The whole table for one rule. Analog GD is Analog SGD fed with exact gradients, so it joins where the noise is none.
let entries (dimension: int) (name: string) (rule: IRule) : Entry list =
    [ for problem, noise, batch in settings dimension -> entry name rule problem noise batch ]

/// Analog GD on every device, without noise.
let gradientDescent (dimension: int) : Entry list =
    [ for name, device in devices do
          for problem, noise, batch in settings dimension do
              if noise.Name = "none" then
                  yield entry $"Analog GD on {name}" (Rule.pack (AnalogGd.create 0.1 device)) problem noise batch ]
