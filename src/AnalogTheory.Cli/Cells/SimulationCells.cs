using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;
using AnalogTheory.CSharp;
using AnalogTheory.Sweeps;

namespace AnalogTheory.Cli.Cells;

/// <summary>Cells that are ensembles, as of <c>simulate</c>: a row a measure, its average over steps and replicas. Traces are not kept.</summary>
/// <remarks>
/// With a precision, replicas are doubled until the interval of one measure is as narrow as asked, or there are as many as allowed. Replica r is the same run
/// in every stage, so that a cell's rows do not depend on where it was stopped. Stopping where an interval is narrow makes it cover less often; with S
/// stages possible each has level 1 − .05/S, so that all of them hold together at 95 %.
/// </remarks>
internal sealed class SimulationCells(
    ConfigFile file,
    SweepDefinition definition,
    string key,
    JsonObject common,
    PrecisionConfig? precision
) : SweepTarget(file, definition, key, common)
{
    private const double SampledSeconds = 0.2;

    internal override string Unit => "replica-steps";

    internal override int RowsOfCell => Of(0).Settings.Measures.Length;

    internal override double WorkOf(long cell) => Of(cell) is var point ? (double)point.Settings.Replicas * point.Settings.Steps : 0.0;

    internal override void Check(long cell) => _ = Of(cell);

    internal override async Task<double> Sample(long cell, CancellationToken cancellation)
    {
        ExperimentPoint point = Of(cell);
        int replicas = Math.Min(point.Settings.Replicas, 64);
        double perStep = WorkEstimate.SecondsOf(replicas, 1.0, point.Simulation.Problem.Dimension, point.Settings.Measures.Length, 1);
        long steps = (long)Math.Clamp(SampledSeconds / perStep, 1.0, point.Settings.Steps);
        await point.Simulation.RunEnsembleAsync(
            point.Settings with
            {
                Replicas = replicas,
                Steps = steps,
                AverageFrom = Math.Min(steps, point.Settings.AverageFrom ?? steps / 2),
                Threads = 1,
            },
            null,
            cancellation
        );
        return (double)replicas * steps;
    }

    private protected override async Task<ImmutableArray<MeasureRow>> Rows(long cell, CellPlace place, CancellationToken cancellation)
    {
        ExperimentPoint point = Of(cell);
        int[] stages = [.. Stages(point.Settings.Replicas)];
        double level = 1.0 - (0.05 / stages.Length);
        ConcurrentDictionary<int, Part> parts = new(place.Kept.Select(Part.OfBytes).Select(part => KeyValuePair.Create(part.First, part)));
        PointResult result;
        int stage = 0;
        do
        {
            result = await Run(point, stages[stage], stages[^1], parts, place, cancellation);
        } while (!IsNarrow(result, level) && ++stage < stages.Length);
        return
        [
            .. result.Measures.Select(
                (measure, m) => Row(MeasureNames.Column(point.Config.Measures[m]), measure.Average!.Value, level, result.Diverged)
            ),
        ];
    }

    private static async Task<PointResult> Run(
        ExperimentPoint point,
        int replicas,
        int most,
        ConcurrentDictionary<int, Part> parts,
        CellPlace place,
        CancellationToken cancellation
    )
    {
        // The blocks are those of the first stage: a longer one begins with the same.
        (int First, int Replicas)[] blocks = [.. ReplicaBlocks.Of(replicas, ReplicaBlocks.Size(point.Settings.Replicas))];
        await Parallel.ForEachAsync(
            blocks.Where(block => !parts.ContainsKey(block.First)),
            new ParallelOptions { MaxDegreeOfParallelism = place.Threads, CancellationToken = cancellation },
            async (block, stop) =>
            {
                Part part = await Part.RunAsync(point, 0, block.First, block.Replicas, null, stop);
                parts[block.First] = part;
                place.Keep(part.ToBytes());
                place.Report(Math.Min(1.0, (double)parts.Values.Sum(done => done.Replicas) / most));
            }
        );
        return PointResult.Of(
            point with
            {
                Settings = point.Settings with { Replicas = replicas },
            },
            [.. blocks.Select(block => parts[block.First])]
        );
    }

    // Every stage but the last is of whole blocks.
    private IEnumerable<int> Stages(int replicas)
    {
        if (precision is null)
        {
            yield return replicas;
            yield break;
        }

        int size = ReplicaBlocks.Size(replicas);
        for (long stage = (replicas + size - 1) / size * (long)size; stage < precision.MostReplicas; stage *= 2)
        {
            yield return (int)stage;
        }

        yield return precision.MostReplicas;
    }

    private bool IsNarrow(PointResult result, double level)
    {
        if (precision is null)
        {
            return true;
        }

        Estimate estimate = result.Measures[result.Point.Config.Measures.IndexOf(precision.Measure)].Average!.Value;
        double wanted = Math.Max(precision.Absolute, precision.Relative * Math.Abs(estimate.Mean));
        // A mean that is no number stays one, however many replicas there are.
        return double.IsNaN(estimate.Mean) || estimate.HalfWidth(level) <= wanted;
    }

    private ExperimentPoint Of(long cell)
    {
        ConfigFile config = ConfigOf(cell, typeof(ExperimentConfig));
        if (config.Root.ContainsKey("grid"))
        {
            throw config.Complaint("grid", "Expected axes of the sweep, got a grid inside it.");
        }

        Experiment experiment = Experiment.Build(config, new ExperimentChanges());
        ExperimentPoint point = experiment.Points[0];
        if ((point.Settings.AverageFrom ?? 0) >= point.Settings.Steps)
        {
            throw config.Complaint("averageFrom", "Expected a step before the last one: a sweep keeps averages, got none to keep.");
        }

        if (precision is not null && point.Settings.Replicas > precision.MostReplicas)
        {
            throw config.Complaint("replicas", "Expected at most as many as precision.mostReplicas, got more.");
        }

        if (precision is not null && !point.Config.Measures.Contains(precision.Measure))
        {
            throw config.Complaint("measures", $"Expected {precision.Measure} among the measures, whose precision is asked for.");
        }

        return point with
        {
            Settings = point.Settings with { TraceEvery = 0 },
        };
    }
}
