using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Config;

/// <summary>One point of an experiment's grid, ready to run.</summary>
/// <param name="Values">The grid's parameters at this point; empty without a grid.</param>
/// <param name="Config">The config with these values.</param>
/// <param name="Simulation">What runs.</param>
/// <param name="Settings">How, and what is looked at.</param>
internal sealed record ExperimentPoint(
    IReadOnlyList<KeyValuePair<string, double>> Values,
    ExperimentConfig Config,
    Simulation Simulation,
    EnsembleSettings Settings
);

/// <summary>What <c>simulate</c> changes of a config file.</summary>
/// <param name="Replicas">R, or the file's.</param>
/// <param name="Steps">K, or the file's.</param>
/// <param name="Seed">Seed, or the file's.</param>
/// <param name="IsContinuous">Whether updates are not sent as pulses, whatever the file's devices say.</param>
internal sealed record ExperimentChanges(long? Replicas = null, long? Steps = null, ulong? Seed = null, bool IsContinuous = false);

/// <summary>An experiment: every point of the grid of a config file, or its one point.</summary>
/// <param name="Title">Title of tables and pictures.</param>
/// <param name="File">The config file.</param>
/// <param name="Parameters">Paths of the grid's parameters.</param>
/// <param name="Measures">Names of the measures.</param>
/// <param name="Points">All combinations of the grid.</param>
internal sealed record Experiment(
    string Title,
    ConfigFile File,
    IReadOnlyList<string> Parameters,
    IReadOnlyList<string> Measures,
    IReadOnlyList<ExperimentPoint> Points
)
{
    private const int MostPoints = 100_000;

    private static readonly Element s_ideal = new(Device.Ideal, null, PulseRounding.Stochastic);

    /// <summary>Reads a file and builds all of its points, so that nothing is wrong that could be known before running.</summary>
    /// <exception cref="BadInputException">The file is wrong; the message says where.</exception>
    internal static Experiment Load(string name, ToolConsole console, ExperimentChanges changes) =>
        Build(ConfigFile.Read(name, console, typeof(ExperimentConfig)), changes);

    /// <summary>Builds all points of a config file.</summary>
    internal static Experiment Build(ConfigFile file, ExperimentChanges changes)
    {
        JsonObject root = (JsonObject)file.Root.DeepClone();
        Change(root, "replicas", changes.Replicas);
        Change(root, "steps", changes.Steps);
        if (changes.Seed is { } seed)
        {
            root["seed"] = seed;
        }

        if (changes.IsContinuous)
        {
            foreach (JsonObject device in new[] { root["device"], root["auxiliaryDevice"] }.OfType<JsonObject>())
            {
                _ = DeviceConfig.KeysOfPulses.Count(device.Remove);
            }
        }

        JsonObject? grid = root["grid"] as JsonObject;
        root.Remove("grid");
        string[] parameters = [.. grid?.Select(entry => entry.Key) ?? []];
        double[][] values = [.. grid?.Select(entry => entry.Value!.AsArray().Select(number => number!.GetValue<double>()).ToArray()) ?? []];
        long count = values.Aggregate(1L, (product, list) => Math.Min(product * list.Length, MostPoints + 1L));
        if (count is 0 or > MostPoints)
        {
            string got = count == 0 ? "an empty list" : "more";
            throw file.Complaint(
                "grid",
                $"Expected between 1 and {MostPoints.ToString(CultureInfo.InvariantCulture)} combinations, got {got}."
            );
        }

        // Every point holds a config of its own.
        if (parameters.Length > 0)
        {
            new WorkEstimate(12.0 * count * file.Length, 0.0).Require("This grid", isAccepted: true);
        }

        ExperimentPoint[] points = [.. Combinations(values).Select(combination => Point(file, root, parameters, combination))];
        return new(
            points[0].Config.Title ?? System.IO.Path.GetFileNameWithoutExtension(file.Name),
            file,
            parameters,
            points[0].Config.Measures,
            points
        );
    }

    private static void Change(JsonObject root, string key, long? value)
    {
        if (value is not null)
        {
            root[key] = value;
        }
    }

    private static IEnumerable<double[]> Combinations(double[][] values) =>
        values.Aggregate<double[], IEnumerable<double[]>>(
            [
                [],
            ],
            (all, list) => all.SelectMany(_ => list, (done, next) => (double[])[.. done, next])
        );

    private static ExperimentPoint Point(ConfigFile file, JsonObject root, string[] parameters, double[] values)
    {
        if (parameters.Length == 0)
        {
            return Point(file, root.Deserialize<ExperimentConfig>(ConfigForm.Json)!, []);
        }

        JsonObject point = (JsonObject)root.DeepClone();
        for (int i = 0; i < parameters.Length; i++)
        {
            Set(file, point, parameters[i], values[i]);
        }

        KeyValuePair<string, double>[] at = [.. parameters.Zip(values, KeyValuePair.Create)];
        string where = string.Join(", ", at.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} = {pair.Value:R}")));
        ConfigComplaints complaints = ConfigChecker.Check(new(Encoding.UTF8.GetBytes(point.ToJsonString())), typeof(ExperimentConfig));
        if (complaints.All.Count > 0)
        {
            (string path, _, string message) = complaints.All[0];
            throw file.Complaint("grid", $"At {where}: {path}: {message}");
        }

        return Point(file, point.Deserialize<ExperimentConfig>(ConfigForm.Json)!, at);
    }

    private static void Set(ConfigFile file, JsonObject point, string path, double value)
    {
        string[] keys = path.Split('.');
        JsonObject? parent = point;
        foreach (string key in keys[..^1])
        {
            parent = parent?[key] as JsonObject;
        }

        if (parent is null || parent[keys[^1]] is JsonObject or JsonArray)
        {
            throw file.Complaint("grid", $"Expected paths to numbers of this file, such as rule.learningRate, got '{path}'.");
        }

        parent[keys[^1]] = value;
    }

    private static ExperimentPoint Point(ConfigFile file, ExperimentConfig config, IReadOnlyList<KeyValuePair<string, double>> values)
    {
        Element? main = config.Device is null ? null : file.At("device", () => config.Device.BuildElement(file.Folder));
        Element? auxiliary = config.AuxiliaryDevice is null
            ? main
            : file.At("auxiliaryDevice", () => config.AuxiliaryDevice.BuildElement(file.Folder));
        if (main is null && config.Rule is not DigitalSgdConfig)
        {
            throw file.Complaint("rule", "Expected the key 'device' for an analog rule; it is missing.");
        }

        // The one problem whose dimension is a number and not the length of a list.
        if (config.Problem is DoubleWellConfig { Dimension: var dimension })
        {
            new WorkEstimate(8.0 * dimension * (8.0 + Math.Min(config.Replicas, 64)), 0.0).Require("This problem", isAccepted: true);
        }

        Rule rule = file.At("rule", () => config.Rule.Build(main ?? s_ideal, auxiliary ?? s_ideal));
        Problem problem = file.At("problem", config.Problem.Build);
        Noise noise = file.At("noise", () => config.Noise.Build(problem));
        if (config.Measures.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw file.Complaint("measures", $"Expected each measure once, got '{twice.Key}' twice.");
        }

        ImmutableArray<double> start = config.Start ?? [.. Enumerable.Repeat(0.0, problem.Dimension)];
        Simulation simulation = file.At("start", () => new Simulation(problem, noise, rule, start, config.Batch));
        EnsembleSettings settings = new(config.Replicas, config.Steps, config.Seed)
        {
            TraceEvery = config.TraceEvery,
            AverageFrom = config.AverageFrom,
            Measures =
            [
                .. config.Measures.Select((name, i) => MeasureNames.Read(file, config, name, i, problem.Dimension, rule.HasAuxiliary)),
            ],
        };
        return new(values, config, simulation, settings);
    }
}
