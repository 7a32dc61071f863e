using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnalogTheory.Training.Runs;

/// <summary>Metrics as files: CSV, JSON lines, and TensorBoard's event files. They are written whole, from the history that a checkpoint keeps.</summary>
internal static class MetricFiles
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly (string Name, Func<EpochMetrics, double> Value)[] s_columns =
    [
        ("epoch", row => row.Epoch),
        ("learning_rate", row => row.LearningRate),
        ("train_loss", row => row.TrainLoss),
        ("train_accuracy", row => row.TrainAccuracy),
        ("test_loss", row => row.TestLoss),
        ("test_accuracy", row => row.TestAccuracy),
        ("ideal_loss", row => row.IdealLoss),
        ("ideal_accuracy", row => row.IdealAccuracy),
        ("saturated", row => row.Saturated),
        ("pulses", row => row.Pulses),
        ("seconds", row => row.Seconds),
    ];

    internal static void Write(string folder, IReadOnlyList<EpochMetrics> history)
    {
        string[] lines =
        [
            string.Join(',', s_columns.Select(column => column.Name)),
            .. history.Select(row =>
                string.Join(',', s_columns.Select(column => column.Value(row).ToString("R", CultureInfo.InvariantCulture)))
            ),
        ];
        Whole(Path.Combine(folder, "metrics.csv"), Text(lines));
        Whole(Path.Combine(folder, "metrics.jsonl"), Text(history.Select(row => JsonSerializer.Serialize(row, Json))));
        Whole(
            Path.Combine(folder, "events.out.tfevents.0.analog-theory"),
            EventFile.Bytes(
                history.Select(row => new Event(
                    row.Epoch,
                    [.. s_columns.Skip(1).Select(column => (column.Name, (float)column.Value(row)))]
                ))
            )
        );
    }

    /// <summary>Writes a file in one step.</summary>
    internal static void Whole(string path, byte[] bytes)
    {
        File.WriteAllBytes(path + ".part", bytes);
        File.Move(path + ".part", path, overwrite: true);
    }

    internal static byte[] Text(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
}
