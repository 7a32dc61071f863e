using System.Collections.Generic;
using System.Linq;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Commands;

/// <summary>Measured steps of single pulses, in units of the granularity, for pictures.</summary>
/// <param name="UpWeights">Weights in the middle of steps up.</param>
/// <param name="Up">These steps.</param>
/// <param name="DownWeights">Weights in the middle of steps down.</param>
/// <param name="Down">These steps, positive.</param>
internal sealed record MeasuredSteps(double[] UpWeights, double[] Up, double[] DownWeights, double[] Down)
{
    /// <summary>Nothing measured.</summary>
    internal static MeasuredSteps None { get; } = new([], [], [], []);

    /// <summary>The steps of a series.</summary>
    internal static MeasuredSteps Of(PulseSeries series, double granularity)
    {
        (double Weight, double Step, int Direction)[] steps = [.. series.Traces.SelectMany(Steps)];
        return new(
            [.. steps.Where(step => step.Direction > 0).Select(step => step.Weight)],
            [.. steps.Where(step => step.Direction > 0).Select(step => step.Step / granularity)],
            [.. steps.Where(step => step.Direction < 0).Select(step => step.Weight)],
            [.. steps.Where(step => step.Direction < 0).Select(step => -step.Step / granularity)]
        );
    }

    // Change of the weight per pulse between one reading and the next, at the weight in the middle.
    private static IEnumerable<(double Weight, double Step, int Direction)> Steps(PulseTrace trace) =>
        Enumerable
            .Range(1, trace.Weights.Length - 1)
            .Where(i => trace.Pulses[i] > trace.Pulses[i - 1])
            .Select(i =>
                (
                    0.5 * (trace.Weights[i] + trace.Weights[i - 1]),
                    (trace.Weights[i] - trace.Weights[i - 1]) / (trace.Pulses[i] - trace.Pulses[i - 1]),
                    trace.Directions[i]
                )
            );
}
