module AnalogTheory.Tests.Experiments.StationaryFloorTests

open AnalogTheory
open AnalogTheory.Kernels.Ensembles
open Expecto

let private setting rule radius deviation : StationaryFloors.Setting =
    { Rule = rule
      Device = AsymmetricLinear.create radius
      Curvature = 1.0
      Minimizer = 0.3
      Deviation = deviation }

let private law setting =
    match StationaryFloors.squaredGradient setting with
    | Some law -> law
    | None -> failtest "Expected a stationary law, got none."

// 400 independent replicas, averaged over 30,000 steps after 10,000.
let private settings =
    { Ensemble.settings 400 40_000L (Key.ofSeed 5UL) with
        Measures = [ Measure MeasureKind.GradientNormSquared ]
        AverageFrom = Some 10_000L }

let private start rule =
    Chain.create (Quadratic.isotropic 1 1.0 0.3) (Noise.rademacher 0.3) rule (Weights.zeros 1)

let private device = AsymmetricLinear.create 1.0

[<Tests>]
let stationaryFloors =
    testList
        "stationary floors"
        [ test "a device without asymmetry leaves the autoregression of Digital SGD" {
              let wide = law (setting (StationaryFloors.AnalogSgd 0.05) 1e7 0.2)
              let digital = law (setting (StationaryFloors.DigitalSgd 0.05) 1.0 0.2)
              Expect.floatClose Accuracy.high wide.Value digital.Value "Analog SGD at τ → ∞"
          }

          // Four standard errors at a fixed seed, beyond the law's own error.
          for name, law, sampled in
              [ "Analog SGD",
                law (setting (StationaryFloors.AnalogSgd 0.05) 1.0 0.3),
                (fun () -> start (AnalogSgd.create 0.05 device) |> Ensemble.run settings |> Ensemble.average 0)
                "Tiki-Taka",
                law (setting (StationaryFloors.TikiTaka(0.1, 0.05)) 1.0 0.3),
                (fun () ->
                    start (TikiTaka.Of(transferRate = 0.05, learningRate = 0.1, device = device))
                    |> Ensemble.run settings
                    |> Ensemble.average 0) ] do
              test $"the law of {name} is what an ensemble settles to" {
                  let estimate: Estimate = sampled ()
                  Expect.isLessThan law.Error (0.05 * law.Value) "the law says something"
                  Expect.isLessThan (abs (estimate.Mean - law.Value)) (4.0 * estimate.StandardError + law.Error) $"{estimate} against {law}"
              }

          test "N1's bound is above the law it bounds, and says nothing of other rules" {
              for radius, deviation in [ 0.6, 0.1; 1.0, 0.3; 4.0, 0.3 ] do
                  let analog = setting (StationaryFloors.AnalogSgd 0.05) radius deviation
                  let bound = Expect.wantSome (StationaryFloors.bound analog) "a bound"
                  Expect.isGreaterThan bound (law analog).Value $"τ = {radius}"

              Expect.isNone (StationaryFloors.bound (setting (StationaryFloors.DigitalSgd 0.05) 1.0 0.3)) "Digital SGD"
              // The weights reach ±τ, where M/F is 0; and a rate above 1/(2L F_max).
              Expect.isNone (StationaryFloors.bound (setting (StationaryFloors.AnalogSgd 0.6) 1.0 0.3)) "rate"
          } ]
