using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Models;

namespace AnalogTheory.Training.Runs;

/// <summary>How a run ended.</summary>
public enum RunEnd
{
    /// <summary>All epochs are finished.</summary>
    Finished,

    /// <summary>Test accuracy has not risen for as many epochs as the patience says.</summary>
    OutOfPatience,

    /// <summary>It was asked to stop; the checkpoint knows where to go on.</summary>
    Stopped,

    /// <summary>The loss of a mini-batch passed a million, or a gradient is no finite number; metrics up to there are kept.</summary>
    Exploded,
}

/// <summary>A cell trained in a folder of its own, in any number of sittings.</summary>
/// <remarks>
/// After every epoch the folder holds checkpoint.bin, metrics.csv, metrics.jsonl, TensorBoard's events and weights.csv, each whole. A kill loses at most the epoch
/// in progress, and a stop nothing.
/// </remarks>
public sealed class TrainingRun
{
    /// <summary>Name of the checkpoint in a run's folder.</summary>
    public const string CheckpointName = "checkpoint.bin";

    private const string CellName = "cell.json";
    private const int Bins = 120;

    private readonly Trainer _trainer;
    private readonly string _folder;

    /// <summary>Opens a folder, and goes on where it was left.</summary>
    /// <param name="cell">What to train.</param>
    /// <param name="data">Its data.</param>
    /// <param name="folder">The folder; made if absent.</param>
    /// <param name="threads">Threads of an update.</param>
    /// <exception cref="InvalidDataException">The folder's checkpoint is of another training, or damaged.</exception>
    public TrainingRun(Cell cell, DataPair data, string folder, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(cell);
        (Cell, _folder) = (cell, folder);
        _trainer = cell.Trainer(data, threads);
        State = _trainer.Start();
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, CheckpointName);
        if (File.Exists(path))
        {
            TrainingCheckpoint.Load(path, cell.ToString(), State);
        }
        else
        {
            MetricFiles.Whole(Path.Combine(folder, CellName), MetricFiles.Text([cell.ToString()]));
        }
    }

    /// <summary>What is trained.</summary>
    public Cell Cell { get; }

    /// <summary>The training.</summary>
    public TrainingState State { get; }

    /// <summary>The cell of a run's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The cell.</returns>
    /// <exception cref="InvalidDataException">The folder holds no run.</exception>
    public static Cell CellOf(string folder)
    {
        string path = Path.Combine(folder, CellName);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            return Cell.Parse(document.RootElement);
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"{folder} holds no training: expected {CellName} in it.", none);
        }
        catch (Exception bad) when (bad is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: {bad.Message}", bad);
        }
    }

    /// <summary>Trains until as many epochs are finished.</summary>
    /// <param name="epochs">Epochs in all, those of earlier sittings included.</param>
    /// <param name="progress">Told how an epoch goes; null for nobody.</param>
    /// <param name="finished">Told each finished epoch; null for nobody.</param>
    /// <param name="cancellation">Stops after the mini-batch at hand.</param>
    /// <returns>How it ended.</returns>
    public RunEnd Run(int epochs, IProgress<TrainingProgress>? progress, IProgress<EpochMetrics>? finished, CancellationToken cancellation)
    {
        if (State.Epoch == 0 && State.Batch == 0)
        {
            WriteWeights("weights-start.csv");
        }

        while (State.Epoch < epochs)
        {
            if (IsOutOfPatience)
            {
                return RunEnd.OutOfPatience;
            }

            EpochEnd end = _trainer.RunEpoch(State, progress, cancellation);
            if (end == EpochEnd.Exploded)
            {
                MetricFiles.Write(_folder, State.History);
                return RunEnd.Exploded;
            }

            if (end == EpochEnd.Finished)
            {
                MetricFiles.Write(_folder, State.History);
                WriteWeights("weights.csv");
                finished?.Report(State.History[^1]);
            }

            // The checkpoint comes last: a run that is killed before it repeats the epoch and writes the same files again.
            TrainingCheckpoint.Save(Path.Combine(_folder, CheckpointName), Cell.ToString(), State);
            if (end == EpochEnd.Stopped)
            {
                return RunEnd.Stopped;
            }
        }

        return RunEnd.Finished;
    }

    private bool IsOutOfPatience =>
        Cell.Patience > 0
        && State.Epoch > Cell.Patience
        && State.History.SkipLast(Cell.Patience).Max(row => row.TestAccuracy)
            >= State.History.TakeLast(Cell.Patience).Max(row => row.TestAccuracy);

    private void WriteWeights(string name)
    {
        double largest = 1.5 * Cell.Tau;
        long[] counts = _trainer.Histogram(State.Network, largest, Bins);
        double width = 2.0 * largest / Bins;
        MetricFiles.Whole(
            Path.Combine(_folder, name),
            MetricFiles.Text(
                counts
                    .Select(
                        (count, bin) =>
                            string.Create(CultureInfo.InvariantCulture, $"{Math.Round(((bin + 0.5) * width) - largest, 9)},{count}")
                    )
                    .Prepend("weight,count")
            )
        );
    }
}
