using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

/// <summary>The ten lines of the README, as they stand there but for the writer.</summary>
public class TenLines
{
    [Fact]
    public void The_floor_of_Analog_SGD_does_not_fall_with_the_learning_rate()
    {
        using StringWriter Console = new(CultureInfo.InvariantCulture);

        Device device = Device.AsymmetricLinear(radius: 1.0);
        Problem problem = Problem.Quadratic(curvature: 1.0, minimizer: [0.5]);
        Noise noise = Noise.Gaussian(deviation: 0.3);
        foreach (double rate in new[] { 0.1, 0.01, 0.001 })
        {
            Simulation simulation = new(problem, noise, Rule.AnalogSgd(device, rate), start: [0.0]);
            Ensemble run = simulation.RunEnsemble(replicas: 256, steps: 20_000, seed: 1, Measure.GradientNormSquared);
            Console.WriteLine($"α = {rate}: E‖∇f‖² = {run.Average(Measure.GradientNormSquared)}");
        }

        string[] lines = Console.ToString().TrimEnd().Split(Console.NewLine);
        double[] floors = [.. lines.Select(line => double.Parse(line.Split(" = ")[2].Split(" ± ")[0], CultureInfo.InvariantCulture))];
        Assert.Equal(3, floors.Length);

        // As α falls, w settles where the drift vanishes: (w − ½) + w·E|g + ε| = 0.
        Assert.InRange(floors[2], 0.9 * Drifting(), 1.2 * Drifting());
        Assert.True(floors[1] < 2.0 * floors[2], $"A hundredth of the rate left {floors[2]} of {floors[0]}.");
    }

    [Fact]
    public void The_floor_of_Digital_SGD_does()
    {
        double[] floors =
        [
            .. new[] { 0.1, 0.001 }.Select(rate =>
                new Simulation(Problem.Quadratic(1.0, [0.5]), Noise.Gaussian(0.3), Rule.DigitalSgd(rate), [0.0])
                    .RunEnsemble(256, 20_000, 1, Measure.GradientNormSquared)
                    .Average(Measure.GradientNormSquared)
                    .Mean
            ),
        ];

        // α s²/(2 − α)
        Assert.InRange(floors[0], 0.98 * 0.1 * 0.09 / 1.9, 1.02 * 0.1 * 0.09 / 1.9);
        Assert.True(floors[1] < floors[0] / 50.0);
    }

    // ‖∇f‖² where the mean step of Analog SGD is zero, by bisection; E|g + ε| of a normal from its density and an integral of it.
    private static double Drifting()
    {
        double lower = 0.0;
        double upper = 0.5;
        for (int i = 0; i < 60; i++)
        {
            double w = 0.5 * (lower + upper);
            double drift = w - 0.5 + w * MeanAbsolute(w - 0.5, 0.3);
            (lower, upper) = drift < 0.0 ? (w, upper) : (lower, w);
        }

        return (lower - 0.5) * (lower - 0.5);
    }

    private static double MeanAbsolute(double mean, double deviation) =>
        Enumerable
            .Range(-8000, 16001)
            .Sum(i =>
            {
                double x = i / 1000.0;
                return Math.Abs(mean + deviation * x) * Math.Exp(-0.5 * x * x) / Math.Sqrt(2.0 * Math.PI) / 1000.0;
            });
}
