using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using AnalogTheory.Training.Models;
using AnalogTheory.Training.Runs;
using Spectre.Console;

namespace AnalogTheory.Cli.Display;

/// <summary>Loss and accuracy of trainings while they run, on a terminal; silent elsewhere.</summary>
internal sealed class TrainingView(ToolConsole console)
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    private readonly ConcurrentDictionary<string, Line> _lines = new();

    /// <summary>How an epoch goes.</summary>
    internal void Show(Cell cell, TrainingProgress progress, int epochs)
    {
        Line line = _lines.GetOrAdd(cell.Name, _ => new());
        (line.Progress, line.Epochs) = (progress, epochs);
        console.Watch?.Report(((progress.Epoch * (double)progress.OfImages) + progress.Images) / ((double)epochs * progress.OfImages));
    }

    /// <summary>How an epoch ended.</summary>
    internal void Show(Cell cell, EpochMetrics row)
    {
        Line line = _lines.GetOrAdd(cell.Name, _ => new());
        line.Accuracies.Enqueue(row.TestAccuracy);
        line.Last = row;
    }

    /// <summary>Does the work, and shows it four times a second.</summary>
    internal async Task<T> While<T>(Func<T> work)
    {
        Task<T> task = Task.Run(work);
        if (!console.IsErrorTerminal)
        {
            return await task;
        }

        await console
            .Messages()
            .Live(Table())
            .AutoClear(true)
            .StartAsync(async live =>
            {
                while (await Task.WhenAny(task, Task.Delay(250)) != task)
                {
                    live.UpdateTarget(Table());
                }
            });
        return await task;
    }

    private Table Table()
    {
        Table table = Tables
            .Bare()
            .AddColumn(Tables.Words("training"))
            .AddColumn(Tables.Number("epoch"))
            .AddColumn(Tables.Number("loss"))
            .AddColumn(Tables.Number("test accuracy"))
            .AddColumn(Tables.Words("epoch by epoch"))
            .AddColumn(Tables.Number("images/s"))
            .AddColumn(Tables.Number("left"));
        foreach ((string name, Line line) in _lines.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            TrainingProgress at = line.Progress;
            double done = at.OfImages > 0 ? at.Epoch + ((double)at.Images / at.OfImages) : 0.0;
            double left = at.ImagesPerSecond > 0.0 ? (line.Epochs - done) * at.OfImages / at.ImagesPerSecond : double.NaN;
            table.AddRow(
                Tables.Cell(name),
                string.Create(CultureInfo.InvariantCulture, $"{done:F2} of {line.Epochs}"),
                string.Create(CultureInfo.InvariantCulture, $"{at.Loss:F4}"),
                line.Last is { } last ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * last.TestAccuracy:F2} %") : "",
                Sparks(line.Accuracies),
                string.Create(CultureInfo.InvariantCulture, $"{at.ImagesPerSecond:F0}"),
                double.IsFinite(left)
                    ? TimeSpan.FromSeconds(Math.Min(left, 1e8)).ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture)
                    : ""
            );
        }

        return table;
    }

    // Accuracies from 0 to 1, the last thirty.
    private static string Sparks(IEnumerable<double> accuracies) =>
        string.Concat(accuracies.TakeLast(30).Select(value => Bars[(int)Math.Clamp(value * Bars.Length, 0.0, Bars.Length - 1.0)]));

    private sealed class Line
    {
        internal TrainingProgress Progress { get; set; }

        internal int Epochs { get; set; }

        internal EpochMetrics? Last { get; set; }

        internal ConcurrentQueue<double> Accuracies { get; } = new();
    }
}
