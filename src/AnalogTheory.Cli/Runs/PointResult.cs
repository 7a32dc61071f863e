using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using AnalogTheory.Cli.Config;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Runs;

/// <summary>One measure at one point of a grid.</summary>
/// <param name="Name">Its name in the config file.</param>
/// <param name="Symbol">Its symbol.</param>
/// <param name="Average">Mean over replicas of the averages over steps; null if no step was averaged.</param>
/// <param name="Trace">Means over replicas at the traced steps.</param>
internal sealed record MeasureResult(string Name, string Symbol, Estimate? Average, ImmutableArray<Estimate> Trace);

/// <summary>What one point of a grid gave.</summary>
/// <param name="Point">The point.</param>
/// <param name="Measures">Its measures.</param>
/// <param name="TracedSteps">Steps of the traces.</param>
/// <param name="Diverged">Replicas that diverged.</param>
internal sealed record PointResult(
    ExperimentPoint Point,
    ImmutableArray<MeasureResult> Measures,
    ImmutableArray<long> TracedSteps,
    int Diverged
)
{
    /// <summary>Puts the parts of every point together.</summary>
    internal static ImmutableArray<PointResult> Of(Experiment experiment, IReadOnlyList<Part> parts)
    {
        ILookup<int, Part> byPoint = parts.ToLookup(part => part.Point);
        return [.. experiment.Points.Select((point, i) => Of(point, [.. byPoint[i]]))];
    }

    /// <summary>Puts the parts of a point together.</summary>
    internal static PointResult Of(ExperimentPoint point, Part[] parts)
    {
        EnsembleSettings settings = point.Settings;
        bool isAveraged = (settings.AverageFrom ?? 0) < settings.Steps;
        long points = settings.TraceEvery == 0 ? 0 : settings.Steps / settings.TraceEvery + 1;
        return new(
            point,
            [
                .. settings.Measures.Select(
                    (measure, m) =>
                        new MeasureResult(
                            point.Config.Measures[m],
                            measure.Name,
                            isAveraged ? Average(parts, m, ReplicaBlocks.AreSummed(settings.Replicas)) : null,
                            Trace(parts, m, (int)points)
                        )
                ),
            ],
            [.. Enumerable.Range(0, (int)points).Select(i => i * settings.TraceEvery)],
            parts.Sum(part => part.Diverged)
        );
    }

    private static Estimate Average(Part[] parts, int measure, bool areSummed) =>
        areSummed
            ? Joined(parts, 1, (part, _) => (part.Averages[measure][0], part.Averages[measure][1]))[0]
            : Estimate.Of(parts.SelectMany(part => part.Averages[measure]).ToArray());

    private static ImmutableArray<Estimate> Trace(Part[] parts, int measure, int points) =>
        Joined(parts, points, (part, i) => (part.Means[measure][i], part.Squares[measure][i]));

    // Means and squared deviations of groups, joined pair by pair (Chan, Golub and LeVeque 1979).
    private static ImmutableArray<Estimate> Joined(Part[] parts, int points, Func<Part, int, (double Mean, double Squares)> of)
    {
        double[] means = new double[points];
        double[] squares = new double[points];
        int count = 0;
        foreach (Part part in parts)
        {
            int total = count + part.Replicas;
            for (int i = 0; i < points; i++)
            {
                (double mean, double square) = of(part, i);
                double apart = mean - means[i];
                means[i] += apart * part.Replicas / total;
                squares[i] += square + apart * apart * ((double)count * part.Replicas / total);
            }

            count = total;
        }

        return
        [
            .. means.Zip(
                squares,
                (mean, square) => new Estimate(mean, count > 1 ? Math.Sqrt(square / (count - 1.0) / count) : double.NaN, count)
            ),
        ];
    }
}
