// A measured device: laws fitted to readings of pulses, and training on the device that fits best.
//
//     dotnet run measured-device.cs
//
// Put your own readings into measured-device.csv: number of the pulse, weight (or conductance) after it, direction up or down. The readings
// that are there now are simulated, as their first lines say, so the fit can be compared with the truth.

#:package AnalogTheory.CSharp@0.1.0
#:property InvariantGlobalization=true
#:property PublishAot=false

using AnalogTheory.CSharp;

PulseSeries readings = PulseSeries.Load("measured-device.csv");

// Linear, power and exponential steps, the best one first, with intervals and with what the data do not tell.
FitComparison laws = readings.Fit(level: 0.95);
Console.WriteLine(laws);

// Where does training end on this device, for a minimum at w = 0.2? (Tiki-Taka's theory wants the symmetric point at 0; this one is not quite.)
Device device = laws.Best.Device;
foreach (Rule rule in new[] { Rule.AnalogSgd(device, 0.01), Rule.TikiTaka(device, transferRate: 0.00125, learningRate: 0.01) })
{
    Simulation simulation = new(Problem.Quadratic(1.0, [0.2]), Noise.Gaussian(0.3), rule, start: [0.0]);
    Ensemble ensemble = simulation.RunEnsemble(replicas: 200, steps: 20_000, seed: 1, Measure.Weight(0), Measure.GradientNormSquared);
    Console.WriteLine(
        $"{rule.Name}: w ends at {ensemble.Average(Measure.Weight(0))}, gradient squared {ensemble.Average(Measure.GradientNormSquared)}"
    );
}

// Prints
//   These data do not tell apart: exponential step, linear step; the criterion is lowest for exponential step.
//   exponential step, 400 steps, intervals at 95 %
//     Δw_min = 0.048536 [0.019237, 0.12246]
//     τ_max = 1.0654 [0.88031, 1.2848]
//     τ_min = -1.0284 [-1.1363, -0.932]
//     γ₊ = 0.64521 [0.20327, 2.048]
//     γ₋ = 0.91083 [0.29201, 2.8411]
//     w⋄ = -0.16019 [-0.20757, -0.11282]
//     Δw_min·F(w⋄) = 0.015267 [0.014654, 0.015905]
//     σ_c2c = 0.31222 [0.29094, 0.33506]
//     σ_r = 0.00033204 [0, 0.00095878]
//     residual 0.00453, R² 0.545, AICc -3287.9, lack of fit p = 0.27
//   Analog SGD: w ends at 0.14293 ± 0.00037, gradient squared 0.003377 ± 0.000042
//   Tiki-Taka: w ends at 0.22867 ± 0.00045, gradient squared 0.000927 ± 0.000026
