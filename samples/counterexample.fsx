// The counterexample: an instance on which Analog SGD ends at a chosen distance from the minimum, whatever the learning rate.
//
//     dotnet fsi counterexample.fsx
//
// The construction behind Theorem 3 of arXiv 2406.12774v1: a quadratic, the linear device, and noise of two values whose odds lean against
// the weight. The saturation r is where the expected step vanishes; the floor is then s^2 r^2 / (1 - r^2), in closed form.

#r "nuget: AnalogTheory, 0.1.0"

open AnalogTheory
open AnalogTheory.Kernels.Ensembles

let radius, deviation = 1.0, 0.3
let instance = LowerBoundInstance.Of(saturation = 0.5, deviation = deviation, radius = radius)

printfn $"f(w) = (w - {instance.Minimizer:F6})^2 / 2, device of radius {radius}, noise of deviation {deviation}"
printfn $"Analog SGD ends at w = {instance.FixedPoint}, where the gradient squared is {instance.Floor:F6}\n"

/// E|grad f|^2 in the long run, measured from the fixed point on.
let measured (rate: float) : Estimate =
    let steps = int64 (400.0 / rate)
    let settings =
        { Ensemble.settings 128 steps (Key.ofSeed 1UL) with
            Measures = [ Measure MeasureKind.GradientNormSquared ]
            AverageFrom = Some(steps / 2L) }

    instance
    |> LowerBoundInstance.chain (AnalogSgd.create rate (LowerBoundInstance.device instance)) instance.FixedPoint
    |> Ensemble.run settings
    |> Ensemble.average 0

printfn "rate     measured                floor"

for rate in [ 0.1; 0.01; 0.001 ] do
    let estimate = measured rate
    printfn $"{rate, -8} {estimate.Mean:F6} +- {Estimate.halfWidth 0.95 estimate:F6}   {instance.Floor:F6}"

// Prints
//   f(w) = (w - 0.673205)^2 / 2, device of radius 1, noise of deviation 0.3
//   Analog SGD ends at w = 0.5, where the gradient squared is 0.030000
//
//   rate     measured                floor
//   0.1      0.033032 +- 0.000346   0.030000
//   0.01     0.030199 +- 0.000119   0.030000
//   0.001    0.030052 +- 0.000037   0.030000
