using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;
using AnalogTheory.CSharp;
using AnalogTheory.Runs;
using AnalogTheory.Sweeps;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Training.Data;

namespace AnalogTheory.Cli.Cells;

/// <summary>A sweep's config file, read: its axes, what computes a cell, and the version that does.</summary>
/// <param name="Definition">Axes and cells.</param>
/// <param name="Target">Computes a cell.</param>
/// <param name="Program">Version, and hash of all that decides the numbers.</param>
internal sealed record SweepFile(SweepDefinition Definition, SweepTarget Target, SweepProgram Program)
{
    private const int CheckedCells = 200;

    /// <summary>Reads a file, and makes some of its cells, the first and the last among them, so that most of what is wrong is known before anything runs.</summary>
    /// <exception cref="BadInputException">It makes no sense; the message says where.</exception>
    internal static async Task<SweepFile> Read(string name, string? dataFolder, ToolConsole console, CancellationToken cancellation)
    {
        ConfigFile file = ReadSweep(name, console);
        SweepConfig config = file.Root.Deserialize<SweepConfig>(ConfigForm.Json)!;
        (string Key, JsonObject Common)[] targets =
        [
            .. new[] { ("simulate", config.Simulate), ("train", config.Train), ("tile", config.Tile) }
                .Where(one => one.Item2 is not null)
                .Select(one => (one.Item1, one.Item2!)),
        ];
        if (targets.Length != 1)
        {
            string got = targets.Length == 0 ? "none" : string.Join(" and ", targets.Select(one => one.Key));
            throw file.Complaint("", $"Expected one of the keys simulate, train, tile, got {got}.");
        }

        (string key, JsonObject common) = targets[0];
        SweepDefinition definition = DefinitionOf(file);
        Require(file, key, config);
        SweepTarget target = key switch
        {
            "simulate" => new SimulationCells(file, definition, key, common, config.Precision),
            "tile" => new TileCells(file, definition, key, common),
            _ => new TrainingCells(
                file,
                definition,
                key,
                common,
                config.Epochs!.Value,
                await Data(definition, common, dataFolder, console, cancellation)
            ),
        };
        long step = Math.Max(1, definition.Grid.Count / CheckedCells);
        for (long cell = 0; cell < definition.Grid.Count; cell += step)
        {
            target.Check(cell);
        }

        target.Check(definition.Grid.Count - 1);
        return new(definition, target, new(ToolVersion.Number, ToolVersion.Commit, Fingerprint(file)));
    }

    // Whoever has a config of simulate and wants a map tries it here first.
    private static ConfigFile ReadSweep(string name, ToolConsole console)
    {
        try
        {
            return ConfigFile.Read(name, console, typeof(SweepConfig));
        }
        catch (BadInputException) when (IsExperiment(name, console))
        {
            throw new BadInputException(
                $"{name}: Expected a sweep, got a config of simulate. A sweep has it under a key of its own, beside its axes: "
                    + """{ "axes": [{ "path": "rule.learningRate", "values": [0.1, 0.01] }], "simulate": { "device": … } }."""
            );
        }
    }

    private static bool IsExperiment(string name, ToolConsole console)
    {
        try
        {
            using JsonDocument text = JsonDocument.Parse(
                InputFile.Text(name, console.Resolve(name), InputFile.LargestConfig),
                ConfigFile.Lenient
            );
            JsonElement root = text.RootElement;
            return root.ValueKind == JsonValueKind.Object && Has(root, "device") && Has(root, "rule") && !Has(root, "axes");
        }
        catch (Exception unread) when (unread is JsonException or BadInputException or IOException or UnauthorizedAccessException)
        {
            return false;
        }

        static bool Has(JsonElement root, string key) => root.TryGetProperty(key, out _);
    }

    private static SweepDefinition DefinitionOf(ConfigFile file)
    {
        try
        {
            return SweepDefinition.Parse(Path.GetFileNameWithoutExtension(file.Name), file.Root.ToJsonString());
        }
        catch (FormatException wrong)
        {
            throw new BadInputException($"{file.Name}, {wrong.Message}", wrong);
        }
    }

    private static void Require(ConfigFile file, string key, SweepConfig config)
    {
        if (config.Epochs is null == (key == "train"))
        {
            throw file.Complaint(
                "epochs",
                key == "train" ? "Expected the key 'epochs' beside train; it is missing." : "Expected epochs beside train only."
            );
        }

        if (config.Precision is not { } precision)
        {
            return;
        }

        if (key != "simulate")
        {
            throw file.Complaint("precision", "Expected precision beside simulate only.");
        }

        if (precision.Relative == 0.0 && precision.Absolute == 0.0)
        {
            throw file.Complaint("precision", "Expected relative or absolute above 0, got neither.");
        }

        if (precision.MostReplicas > 1_048_576)
        {
            throw file.Complaint(
                "precision.mostReplicas",
                string.Create(CultureInfo.InvariantCulture, $"Expected at most 1048576, got {precision.MostReplicas}.")
            );
        }
    }

    // All data that a cell may name; the cells that name anything else fail.
    private static async Task<IReadOnlyDictionary<string, DataPair>> Data(
        SweepDefinition definition,
        JsonObject common,
        string? folder,
        ToolConsole console,
        CancellationToken cancellation
    )
    {
        int column = definition.Grid.Columns.IndexOf("data");
        IEnumerable<string> names =
            column >= 0
                ? Enumerable.Range(0, (int)Math.Min(definition.Grid.Count, 100_000)).Select(cell => definition.Grid[cell][column].Label)
                : [common["data"]?.GetValue<string>() ?? "mnist"];
        Dictionary<string, DataPair> data = [];
        foreach (string name in names.Distinct().Where(name => DataSource.Names.Contains(name)))
        {
            data[name] = await TrainingFiles.Data(console, name, folder, cancellation);
        }

        return data;
    }

    private static string Fingerprint(ConfigFile file)
    {
        JsonObject content = (JsonObject)file.Root.DeepClone();
        content.Remove("$schema");
        return ResultFolder.Fingerprint(
            "sweep",
            [KeyValuePair.Create("config", content.ToJsonString()), .. MeasuredFiles.Hashes(content, file.Folder)],
            [
                typeof(SweepFile).Assembly,
                typeof(SweepDefinition).Assembly,
                typeof(Simulation).Assembly,
                typeof(ArrayModel).Assembly,
                typeof(DataPair).Assembly,
                .. Commands.SimulateCommand.CodeOf(typeof(Simulation)),
            ]
        );
    }
}
