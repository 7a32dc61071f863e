#r "nuget: AnalogTheory, 0.1.0"
open AnalogTheory
open AnalogTheory.Kernels.Ensembles
let device = AsymmetricLinear.create 1.0 // τ = 1: q₊ = 1 − w, q₋ = 1 + w
let problem = Quadratic.isotropic 1 1.0 0.5 // one dimension, f(w) = (w − ½)²/2
let settings =
    { Ensemble.settings 1000 20_000L (Key.ofSeed 1UL) with
        Measures = [ Measure MeasureKind.GradientNormSquared ]
        AverageFrom = Some 10_000L }
let floor rule =
    Chain.create problem (Noise.gaussian 0.5) rule (Weights.zeros 1) |> Ensemble.run settings |> Ensemble.average 0
printfn $"Analog SGD {(floor (AnalogSgd.create 0.01 device)).Mean:F5}, Tiki-Taka {(floor (TikiTaka.create 0.05 0.01 device)).Mean:F5}"
