// The floor: how far from the minimum training ends, against the learning rate.
//
//     dotnet run floor.cs
//
// A smaller learning rate brings digital SGD and Tiki-Taka closer to the minimum. Analog SGD keeps an error that no learning rate removes
// (arXiv 2406.12774v1, Theorem 3), because on the device a step of noise up is not undone by the same step down.

#:package AnalogTheory.CSharp@0.1.0
#:property InvariantGlobalization=true
#:property PublishAot=false

using AnalogTheory.CSharp;

Device device = Device.AsymmetricLinear(radius: 1.0); // q+ = 1 - w, q- = 1 + w
Problem problem = Problem.Quadratic(curvature: 1.0, minimizer: [0.6]); // f(w) = (w - 0.6)^2 / 2
Noise noise = Noise.Gaussian(deviation: 0.3); // of each gradient

Console.WriteLine("Mean square of the gradient in the long run, with 95 % confidence\n");
Console.WriteLine($"{"rate", -8}{"Digital SGD", -25}{"Analog SGD", -25}Tiki-Taka");

foreach (double rate in new[] { 0.1, 0.02, 0.004 })
{
    Rule[] rules = [Rule.DigitalSgd(rate), Rule.AnalogSgd(device, rate), Rule.TikiTaka(device, transferRate: rate / 8, learningRate: rate)];

    // The chains forget their start in about 1/rate steps (Tiki-Taka in 8/rate): average over what comes long after that.
    EnsembleSettings settings = new(replicas: 128, steps: (long)(600 / rate), seed: 1)
    {
        Measures = [Measure.GradientNormSquared],
        AverageFrom = (long)(200 / rate),
    };
    IEnumerable<Estimate> floors = Simulation
        .RunGrid(rules.Select(rule => new Simulation(problem, noise, rule, start: [0.6])), settings)
        .Select(ensemble => ensemble.Average(Measure.GradientNormSquared));
    Console.WriteLine($"{rate, -8}{string.Join("", floors.Select(floor => $"{floor, -25}"))}".TrimEnd());
}

// Prints
//   Mean square of the gradient in the long run, with 95 % confidence
//
//   rate    Digital SGD              Analog SGD               Tiki-Taka
//   0.1     0.004735 ± 0.000060      0.01883 ± 0.00020        0.002027 ± 0.000071
//   0.02    0.000899 ± 0.000010      0.015937 ± 0.000077      0.000402 ± 0.000014
//   0.004   0.0001799 ± 0.0000022    0.015432 ± 0.000033      0.0000864 ± 0.0000028
