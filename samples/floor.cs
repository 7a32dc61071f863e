#:package AnalogTheory.CSharp@0.1.0
#:property PublishAot=false

using AnalogTheory.CSharp;

Device device = Device.AsymmetricLinear(radius: 1.0);
Problem problem = Problem.Quadratic(curvature: 1.0, minimizer: [0.5]);
EnsembleSettings settings = new(replicas: 1000, steps: 20_000, seed: 1) { Measures = [Measure.GradientNormSquared], AverageFrom = 10_000 };

foreach (Rule rule in new[] { Rule.AnalogSgd(device, 0.01), Rule.TikiTaka(device, transferRate: 0.05, learningRate: 0.01) })
{
    Simulation simulation = new(problem, Noise.Gaussian(0.5), rule, start: [0.0]);
    Console.WriteLine($"{rule.Name}: {simulation.RunEnsemble(settings).Average(Measure.GradientNormSquared)}");
}
