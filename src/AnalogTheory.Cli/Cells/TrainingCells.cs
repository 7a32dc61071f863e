using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;
using AnalogTheory.Sweeps;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Models;
using AnalogTheory.Training.Runs;

namespace AnalogTheory.Cli.Cells;

/// <summary>Cells that are trainings of networks, as of <c>train</c>. A training's own folder keeps its checkpoint and its metrics.</summary>
internal sealed class TrainingCells(
    ConfigFile file,
    SweepDefinition definition,
    string key,
    JsonObject common,
    int epochs,
    IReadOnlyDictionary<string, DataPair> data
) : SweepTarget(file, definition, key, common)
{
    private const int SampledImages = 200;

    internal override string Unit => "images";

    internal override int RowsOfCell => 7;

    internal override double WorkOf(long cell) => Of(cell) is var training ? (double)epochs * ImagesOf(training) : 0.0;

    internal override void Check(long cell) => _ = Of(cell);

    internal override Task<double> Sample(long cell, CancellationToken cancellation)
    {
        Cell training = Of(cell);
        DataPair some = data[training.Data] with { Test = data[training.Data].Test.First(SampledImages) };
        Trainer trainer = (training with { Samples = SampledImages }).Trainer(some);
        trainer.RunEpoch(trainer.Start(), null, cancellation);
        return Task.FromResult(2.0 * SampledImages);
    }

    private protected override Task<ImmutableArray<MeasureRow>> Rows(long cell, CellPlace place, CancellationToken cancellation)
    {
        Cell training = Of(cell);
        TrainingRun run = TrainingFiles.Opened(() => new TrainingRun(training, data[training.Data], place.Folder, place.Threads));
        RunEnd end = run.Run(epochs, null, new Told<EpochMetrics>(row => place.Report((double)row.Epoch / epochs)), cancellation);
        return end == RunEnd.Stopped
            ? throw new OperationCanceledException(cancellation)
            : Task.FromResult(RowsOf(run, end == RunEnd.Exploded ? 1 : 0));
    }

    // One training is one replica: its spread is that over an axis of seeds.
    private static ImmutableArray<MeasureRow> RowsOf(TrainingRun run, int diverged)
    {
        EpochMetrics? last = run.State.History.Count > 0 ? run.State.History[^1] : null;
        double best = run.State.History.Select(row => row.TestAccuracy).DefaultIfEmpty(double.NaN).Max();
        return
        [
            One("test_accuracy", last?.TestAccuracy),
            One("best_test_accuracy", best),
            One("ideal_accuracy", last?.IdealAccuracy),
            One("train_loss", last?.TrainLoss),
            One("test_loss", last?.TestLoss),
            One("saturated", last?.Saturated),
            One("epochs", run.State.History.Count),
        ];

        MeasureRow One(string measure, double? value) => new(measure, value ?? double.NaN, double.NaN, double.NaN, double.NaN, 1, diverged);
    }

    private double ImagesOf(Cell training) => (training.Samples ?? data[training.Data].Train.Count) + data[training.Data].Test.Count;

    private Cell Of(long cell)
    {
        ConfigFile config = ConfigOf(cell, typeof(JsonObject));
        try
        {
            using JsonDocument document = JsonDocument.Parse(config.Root.ToJsonString());
            Cell training = Cell.Parse(document.RootElement);
            return data.ContainsKey(training.Data)
                ? training
                : throw new BadInputException($"{config.Name}: Expected data that an axis or the config names, got '{training.Data}'.");
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidDataException)
        {
            throw config.Complaint("", wrong.Message.Split(" (Parameter ", 2)[0], wrong);
        }
    }
}
