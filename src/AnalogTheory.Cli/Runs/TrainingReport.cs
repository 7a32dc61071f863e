using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AnalogTheory.Cli.Display;
using AnalogTheory.Training.Runs;
using Spectre.Console;

namespace AnalogTheory.Cli.Runs;

/// <summary>What trainings came to, for people and for programs.</summary>
internal static class TrainingReport
{
    internal static Answer Of(ToolConsole console, string output, IReadOnlyList<CellResult> results, bool isPlan)
    {
        string[] files =
        [
            .. (
                isPlan
                    ? [.. PlanRun.Tables, "manifest.json"]
                    : new[] { "metrics.csv", "metrics.jsonl", "weights.csv", TrainingRun.CheckpointName }
            )
                .Select(name => Path.Combine(output, name))
                .Where(File.Exists),
        ];
        if (results.Any(result => result.IsExploded))
        {
            console.Complain(
                "The loss of a mini-batch passed a million, or a gradient became infinite: that training ended there. A smaller learning rate may help."
            );
        }

        return new(
            Answer.Node(
                new
                {
                    Trainings = results.Select(result => new
                    {
                        result.Cell.Name,
                        result.Cell,
                        Epochs = result.History.Count,
                        result.IsExploded,
                        result.History,
                    }),
                    Files = files,
                }
            ),
            ansi =>
            {
                Table table = Tables
                    .Bare()
                    .AddColumn(Tables.Words("training"))
                    .AddColumn(Tables.Number("epochs"))
                    .AddColumn(Tables.Number("train loss"))
                    .AddColumn(Tables.Number("test accuracy"))
                    .AddColumn(Tables.Number("read exactly"))
                    .AddColumn(Tables.Number("s/epoch"));
                foreach (CellResult result in results)
                {
                    EpochMetrics? last = result.History.Count > 0 ? result.History[^1] : null;
                    table.AddRow(
                        Tables.Cell(result.Cell.Name),
                        Tables.Cell(result.History.Count),
                        last is null ? "" : last.TrainLoss.ToString("F4", CultureInfo.InvariantCulture),
                        result.IsExploded ? "[red]exploded[/]" : Percent(last?.TestAccuracy),
                        Percent(last?.IdealAccuracy),
                        last is null ? "" : last.Seconds.ToString("F1", CultureInfo.InvariantCulture)
                    );
                }

                ansi.Write(table);
                Tables.Paths(ansi, console, files);
            },
            results.Any(result => result.IsExploded) ? Tool.Failed : Tool.Fine
        );
    }

    private static string Percent(double? share) =>
        share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * value:F2} %") : "";
}
