using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Runs;
using AnalogTheory.CSharp;
using AnalogTheory.Sweeps;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;

namespace AnalogTheory.Cli.Cells;

/// <summary>Cells that train least squares on an array of elements: one row, the loss over the last tenth of the steps.</summary>
internal sealed class TileCells(ConfigFile file, SweepDefinition definition, string key, JsonObject common)
    : SweepTarget(file, definition, key, common)
{
    private const int SampledSteps = 50;

    internal override string Unit => "updates of a weight by a sample";

    internal override int RowsOfCell => 1;

    internal override double WorkOf(long cell) => Work(Of(cell));

    internal override void Check(long cell) => _ = Of(cell).Training(Imperfections.All);

    internal override async Task<double> Sample(long cell, CancellationToken cancellation)
    {
        TileExperiment some = Of(cell);
        some = some with { Steps = Math.Min(some.Steps, SampledSteps), Replicas = 2 };
        await Run(some, 1, null, cancellation);
        return Work(some);
    }

    private protected override async Task<ImmutableArray<MeasureRow>> Rows(long cell, CellPlace place, CancellationToken cancellation)
    {
        TileExperiment experiment = Of(cell);
        CSharp.TrainingRun run = await Run(experiment, place.Threads, place.Report, cancellation);
        int diverged = run.AverageByReplica(experiment.AverageFrom).Count(loss => !double.IsFinite(loss));
        return [Row("loss", run.Average(experiment.AverageFrom), 0.95, diverged)];
    }

    private static double Work(TileExperiment experiment) =>
        (double)experiment.Replicas * experiment.Steps * experiment.Weights * experiment.Samples;

    private static Task<CSharp.TrainingRun> Run(
        TileExperiment one,
        int threads,
        Action<double>? progress,
        CancellationToken cancellation
    ) =>
        one.Training(Imperfections.All)
            .RunAsync(
                one.Replicas,
                one.Steps,
                one.Seed,
                one.TraceEvery,
                threads,
                progress is null ? null : new Display.Told<double>(progress),
                cancellation
            );

    private TileExperiment Of(long cell)
    {
        ConfigFile config = ConfigOf(cell, typeof(TileConfig));
        TileConfig tile = config.Root.Deserialize<TileConfig>(ConfigForm.Json)!;
        if (ArrayAlgorithms.All.All(algorithm => algorithm.Name != tile.Algorithm))
        {
            string known = string.Join(", ", ArrayAlgorithms.All.Select(algorithm => algorithm.Name));
            throw config.Complaint("algorithm", $"Expected one of {known}, got '{tile.Algorithm}'.");
        }

        if (tile.Preset is { } preset && DevicePresets.All.All(known => known.Name != preset))
        {
            throw config.Complaint("preset", $"Expected a published device, see 'analog-theory tile list', got '{preset}'.");
        }

        return new TileExperiment(
            tile.Preset ?? "soft bounds with a reference",
            tile.Algorithm,
            tile.DefaultReads,
            tile.LearningRate,
            tile.Weights,
            tile.Samples,
            tile.Target,
            tile.Steps,
            tile.Replicas,
            tile.Seed
        )
        {
            Device = tile.Preset is null ? config.At("granularity", () => DeviceOf(tile)) : null,
            ReadNoise = tile.ReadNoise,
        };
    }

    // The symmetric point of the element is that of its soft bounds, 0; the visible weight is taken from a reference, so that its own is −r.
    private static SoftBoundsReferenceDevice DeviceOf(TileConfig tile) =>
        new()
        {
            Granularity = tile.Granularity,
            UpperBound = tile.Radius,
            LowerBound = -tile.Radius,
            ReferenceMean = -tile.Offset,
            CycleNoise = tile.CycleNoise,
            UpDownSpread = 0.0,
            GranularitySpread = 0.0,
            UpperBoundSpread = 0.0,
            LowerBoundSpread = 0.0,
        };
}
