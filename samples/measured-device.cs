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
//   These data do not tell apart: linear step, exponential step; linear step has the fewest parameters.
//   linear step, 400 steps, intervals at 95 %
//     Δw_min = 0.015029 [0.014489, 0.01559]
//     τ_max = 1.3844 [1.2244, 1.5653]
//     τ_min = -0.96819 [-1.0637, -0.88122]
//     w⋄ = -0.15464 [-0.19649, -0.11278]
//     σ_c2c = 0.31567 [0.2861, 0.34151]
//     σ_r = 0.00030472 [0, 0.0010114]
//     residual 0.00456, R² 0.537, AICc -3286.3, lack of fit p = 0.27
//   Analog SGD: w ends at 0.13973 ± 0.00037, gradient squared 0.004015 ± 0.000044
//   Tiki-Taka: w ends at 0.22970 ± 0.00045, gradient squared 0.001148 ± 0.000029
