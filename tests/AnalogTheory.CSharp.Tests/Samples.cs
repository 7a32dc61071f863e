using System.Collections.Immutable;

namespace AnalogTheory.CSharp.Tests;

/// <summary>Settings that several tests share.</summary>
internal static class Samples
{
    internal static Problem Problem { get; } = Problem.Quadratic(curvatures: [1.0, 2.0], minimizer: [0.5, -0.25]);

    internal static Device Device { get; } = Device.AsymmetricLinear(1.0);

    internal static EnsembleSettings Settings { get; } =
        new(replicas: 37, steps: 200, seed: 7)
        {
            Measures = [Measure.Excess, Measure.GradientNormSquared, Measure.Weight(1)],
            TraceEvery = 20,
        };

    internal static ImmutableArray<(string Name, Rule Rule)> Rules { get; } =
    [
        ("digital", Rule.DigitalSgd(0.1)),
        ("analog", Rule.AnalogSgd(Device, 0.1)),
        ("Tiki-Taka", Rule.TikiTaka(Device, transferRate: 0.05, learningRate: 0.1)),
        ("residual", Rule.ResidualLearning(Device.SymmetricPower(1.0, 1.5), Device, learningRate: 0.1, transferRate: 0.05, mixing: 0.5)),
    ];

    internal static Simulation Of(Rule rule) => new(Problem, Noise.Gaussian(0.3), rule, start: [0.1, 0.2]);

    internal static Simulation Analog { get; } = Of(Rule.AnalogSgd(Device, 0.1));
}
