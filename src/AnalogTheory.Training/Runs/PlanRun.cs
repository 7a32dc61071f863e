using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using AnalogTheory.Kernels.Ensembles;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Models;

namespace AnalogTheory.Training.Runs;

/// <summary>What is known of a cell.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="History">Metrics of its finished epochs.</param>
/// <param name="IsExploded">Whether its loss exploded.</param>
public sealed record CellResult(Cell Cell, IReadOnlyList<EpochMetrics> History, bool IsExploded);

/// <summary>A plan in a folder: each cell in a folder of its own, and tables of all.</summary>
/// <param name="plan">The plan.</param>
/// <param name="folder">The folder.</param>
public sealed class PlanRun(Plan plan, string folder)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CellResult> _results = [];

    /// <summary>Names of the tables that a plan's folder has: one row a cell, one a cell and epoch, and the weights' histograms.</summary>
    public static IReadOnlyList<string> Tables { get; } = ["cells.csv", "epochs.csv", "weights.csv"];

    /// <summary>What was reached so far, in the plan's order.</summary>
    public IReadOnlyList<CellResult> Results
    {
        get
        {
            lock (_gate)
            {
                return [.. plan.Cells.Where(cell => _results.ContainsKey(cell.Name)).Select(cell => _results[cell.Name])];
            }
        }
    }

    /// <summary>Runs what is missing.</summary>
    /// <param name="data">Gives the data of a name.</param>
    /// <param name="workers">Cells that are trained at a time, at least 1; each on one thread.</param>
    /// <param name="progress">Told how an epoch of a cell goes.</param>
    /// <param name="finished">Told each finished epoch of a cell.</param>
    /// <param name="cancellation">Stops after the mini-batches at hand; nothing is lost.</param>
    /// <returns>How it ended: exploded if a cell did, stopped if it was asked to.</returns>
    public RunEnd Run(
        Func<string, DataPair> data,
        int workers,
        Action<Cell, TrainingProgress>? progress,
        Action<Cell, EpochMetrics>? finished,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(data);
        Dictionary<string, DataPair> sets = plan.Cells.Select(cell => cell.Data).Distinct().ToDictionary(name => name, data);
        foreach (int epochs in plan.Rounds)
        {
            BlockWork.Run(
                workers,
                plan.Cells.Count,
                index => RunCell(plan.Cells[index], sets[plan.Cells[index].Data], epochs, progress, finished, cancellation),
                CancellationToken.None
            );
            if (cancellation.IsCancellationRequested)
            {
                return RunEnd.Stopped;
            }
        }

        return Results.Any(result => result.IsExploded) ? RunEnd.Exploded : RunEnd.Finished;
    }

    private void RunCell(
        Cell cell,
        DataPair data,
        int epochs,
        Action<Cell, TrainingProgress>? progress,
        Action<Cell, EpochMetrics>? finished,
        CancellationToken cancellation
    )
    {
        lock (_gate)
        {
            if (_results.TryGetValue(cell.Name, out CellResult? known) && (known.IsExploded || known.History.Count >= epochs))
            {
                return;
            }
        }

        if (cancellation.IsCancellationRequested)
        {
            return;
        }

        TrainingRun run = new(cell, data, Path.Combine(folder, cell.Name));
        Keep(new(cell, [.. run.State.History], false));
        RunEnd end = run.Run(
            epochs,
            progress is null ? null : new Told<TrainingProgress>(value => progress(cell, value)),
            new Told<EpochMetrics>(value =>
            {
                Keep(new(cell, [.. run.State.History], false));
                finished?.Invoke(cell, value);
            }),
            cancellation
        );
        Keep(new(cell, [.. run.State.History], end == RunEnd.Exploded));
    }

    private void Keep(CellResult result)
    {
        lock (_gate)
        {
            _results[result.Cell.Name] = result;
            WriteTables();
        }
    }

    private void WriteTables()
    {
        CellResult[] all = [.. plan.Cells.Where(cell => _results.ContainsKey(cell.Name)).Select(cell => _results[cell.Name])];
        MetricFiles.Whole(Path.Combine(folder, "cells.csv"), MetricFiles.Text(all.Select(Line).Prepend(Head)));
        MetricFiles.Whole(
            Path.Combine(folder, "epochs.csv"),
            MetricFiles.Text(
                all.SelectMany(result => result.History.Select(row => Line(result.Cell, row)))
                    .Prepend(
                        "model,rule,device,exponent,tau,seed,cell,epoch,learning_rate,train_loss,train_accuracy,test_loss,test_accuracy,ideal_loss,ideal_accuracy,saturated,pulses"
                    )
            )
        );
        WriteWeights(all);
    }

    private void WriteWeights(CellResult[] all) =>
        MetricFiles.Whole(
            Path.Combine(folder, "weights.csv"),
            MetricFiles.Text(
                all.SelectMany(result =>
                        File.Exists(Path.Combine(folder, result.Cell.Name, "weights.csv"))
                            ? File.ReadLines(Path.Combine(folder, result.Cell.Name, "weights.csv"))
                                .Skip(1)
                                .Select(line => $"{Names(result.Cell)},{line}")
                            : []
                    )
                    .Prepend("model,rule,device,exponent,tau,seed,cell,weight,count")
            )
        );

    private const string Head =
        "model,rule,device,exponent,tau,seed,cell,epochs,test_accuracy,ideal_accuracy,best_test_accuracy,saturated,exploded";

    private static string Line(CellResult result)
    {
        EpochMetrics? last = result.History.Count > 0 ? result.History[^1] : null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Names(result.Cell)},{result.History.Count},{last?.TestAccuracy ?? double.NaN:R},{last?.IdealAccuracy ?? double.NaN:R},{result.History.Select(row => row.TestAccuracy).DefaultIfEmpty(double.NaN).Max():R},{last?.Saturated ?? double.NaN:R},{(result.IsExploded ? 1 : 0)}"
        );
    }

    private static string Line(Cell cell, EpochMetrics row) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Names(cell)},{row.Epoch},{row.LearningRate:R},{row.TrainLoss:R},{row.TrainAccuracy:R},{row.TestLoss:R},{row.TestAccuracy:R},{row.IdealLoss:R},{row.IdealAccuracy:R},{row.Saturated:R},{row.Pulses}"
        );

    private static string Names(Cell cell) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{cell.Model},{cell.Rule},{cell.Device},{cell.Exponent:R},{cell.Tau:R},{cell.Seed},{cell.Name}"
        );

    private sealed class Told<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
