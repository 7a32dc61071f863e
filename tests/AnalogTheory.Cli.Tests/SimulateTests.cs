using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.CSharp;
using Xunit;

namespace AnalogTheory.Cli.Tests;

public class SimulateTests
{
    private static readonly string[] s_files =
    [
        "averages.csv",
        "averages.png",
        "averages.svg",
        "manifest.json",
        "traces.csv",
        "traces.png",
        "traces.svg",
    ];

    [Fact]
    public async Task Averages_are_those_of_the_library_bit_for_bit()
    {
        using Shell shell = Samples.Shell();
        JsonArray points = (JsonArray)(await shell.Run("simulate", "experiment.json", "--json")).Document["points"]!;
        double[] rates = [0.2, 0.1, 0.05];
        Assert.Equal(rates.Length, points.Count);
        for (int i = 0; i < rates.Length; i++)
        {
            Simulation simulation = new(
                Problem.Quadratic(1.0, [0.5]),
                Noise.Gaussian(0.5),
                Rule.AnalogSgd(Device.AsymmetricLinear(1.0), rates[i]),
                [0.0]
            );
            Estimate expected = simulation.RunEnsemble(70, 200, 1, [Measure.GradientNormSquared]).Average(Measure.GradientNormSquared);
            JsonNode measure = points[i]!["measures"]!["gradientNormSquared"]!;
            Assert.Equal(rates[i], (double)points[i]!["grid"]!["rule.learningRate"]!);
            Assert.Equal(expected.Mean, (double)measure["mean"]!);
            Assert.Equal(expected.StandardError, (double)measure["standardError"]!);
        }
    }

    [Fact]
    public async Task Traces_are_those_of_the_library()
    {
        using Shell shell = Samples.Shell();
        await shell.Run("simulate", "experiment.json");
        Simulation simulation = new(
            Problem.Quadratic(1.0, [0.5]),
            Noise.Gaussian(0.5),
            Rule.AnalogSgd(Device.AsymmetricLinear(1.0), 0.2),
            [0.0]
        );
        EnsembleSettings settings = new(70, 200, 1) { Measures = [Measure.GradientNormSquared], TraceEvery = 50 };
        Estimate[] expected = [.. simulation.RunEnsemble(settings).Trace(Measure.GradientNormSquared)];
        string[][] rows = [.. shell.Read("experiment/traces.csv").Split("\r\n").Skip(1).Take(5).Select(line => line.Split(','))];
        Assert.Equal(["0", "50", "100", "150", "200"], rows.Select(row => row[1]));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Mean, Number(rows[i][2]), 1e-12);
            Assert.Equal(expected[i].Mean - expected[i].HalfWidth(), Number(rows[i][3]), 1e-12);
        }
    }

    [Fact]
    public async Task The_folder_holds_tables_pictures_and_a_manifest_that_tells_how_they_were_made()
    {
        using Shell shell = Samples.Shell();
        Outcome outcome = await shell.Run("simulate", "experiment.json", "--out", "here", "--seed", "7");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Equal(s_files, shell.Files().Where(name => name.StartsWith("here", StringComparison.Ordinal)).Select(name => name[5..]));
        JsonNode manifest = JsonNode.Parse(shell.Read("here/manifest.json"))!;
        Assert.Equal(7, (int)manifest["seed"]!);
        Assert.Contains("\"deviation\": 0.5", (string)manifest["parameters"]!["config"]!, StringComparison.Ordinal);
        Assert.Equal("0.2, 0.1, 0.05", (string)manifest["parameters"]!["grid rule.learningRate"]!);
        Assert.Equal(6, manifest["files"]!.AsObject().Count);
    }

    [Fact]
    public async Task Options_change_the_file_s_replicas_and_steps()
    {
        using Shell shell = Samples.Shell();
        JsonNode point = (await shell.Run("simulate", "experiment.json", "--replicas", "3", "--steps", "10", "--json")).Document["points"]![
            0
        ]!;
        Assert.Equal((3, 10), ((int)point["replicas"]!, (int)point["steps"]!));
    }

    [Fact]
    public async Task Threads_do_not_matter()
    {
        using Shell shell = Samples.Shell();
        await shell.Run("simulate", "experiment.json", "--threads", "1", "--out", "one");
        await shell.Run("simulate", "experiment.json", "--threads", "3", "--out", "three");
        Assert.Equal(shell.Read("one/averages.csv"), shell.Read("three/averages.csv"));
        Assert.Equal(shell.Read("one/traces.csv"), shell.Read("three/traces.csv"));
    }

    [Fact]
    public async Task A_stopped_run_keeps_what_is_finished_and_continues_to_the_same_bits()
    {
        using CancellationTokenSource stop = new();
        using Shell shell = new() { Watch = new StopAt(0.4, stop) };
        shell.Write("experiment.json", Samples.Experiment);
        Outcome stopped = await shell.RunUntil(stop.Token, "simulate", "experiment.json", "--threads", "1");
        Assert.Equal((130, ""), (stopped.Code, stopped.Out));
        Assert.Contains("to continue: analog-theory simulate experiment.json --threads 1", stopped.Error, StringComparison.Ordinal);
        Assert.Equal(["experiment.json", "experiment/unfinished.parts"], shell.Files().Select(name => name.Replace('\\', '/')));

        Outcome continued = await shell.Run("simulate", "experiment.json", "--threads", "1");
        Assert.Equal(0, continued.Code);
        Assert.StartsWith("Continuing: ", continued.Error, StringComparison.Ordinal);
        Assert.False(shell.Has("experiment/unfinished.parts"));
        using Shell fresh = Samples.Shell();
        await fresh.Run("simulate", "experiment.json");
        Assert.Equal(fresh.Read("experiment/averages.csv"), shell.Read("experiment/averages.csv"));
        Assert.Equal(fresh.Read("experiment/traces.csv"), shell.Read("experiment/traces.csv"));
    }

    [Fact]
    public async Task What_another_experiment_has_finished_is_not_overwritten()
    {
        using CancellationTokenSource stop = new();
        using Shell shell = new() { Watch = new StopAt(0.4, stop) };
        shell.Write("experiment.json", Samples.Experiment);
        await shell.RunUntil(stop.Token, "simulate", "experiment.json", "--threads", "1");
        string kept = shell.Read("experiment/unfinished.parts");
        Outcome other = await shell.Run("simulate", "experiment.json", "--seed", "2");
        Assert.Equal((2, ""), (other.Code, other.Out));
        Assert.Contains("unfinished.parts", other.Error, StringComparison.Ordinal);
        Assert.Equal(kept, shell.Read("experiment/unfinished.parts"));
    }

    [Fact]
    public async Task A_run_that_is_stopped_at_once_leaves_no_file()
    {
        using Shell shell = Samples.Shell();
        string[] before = shell.Files();
        Outcome stopped = await shell.RunUntil(new CancellationToken(canceled: true), "simulate", "experiment.json");
        Assert.Equal((130, ""), (stopped.Code, stopped.Out));
        Assert.Equal(before, shell.Files());
    }

    [Fact]
    public async Task Divergence_is_data()
    {
        using Shell shell = new();
        shell.Write(
            "config.json",
            """{ "rule": { "kind": "digital-sgd", "learningRate": 30 }, "problem": { "kind": "quadratic", "minimizer": [0.5] }, "steps": 2000, "replicas": 3 }"""
        );
        Outcome outcome = await shell.Run("simulate", "config.json", "--json");
        Assert.Equal(0, outcome.Code);
        Assert.Equal(3, (int)outcome.Document["points"]![0]!["diverged"]!);
        Assert.Equal("NaN", (string)outcome.Document["points"]![0]!["measures"]!["excess"]!["mean"]!);
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
