using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>The <c>tile</c> commands: what they say of devices, and what they measure.</summary>
public class TileTests
{
    private static readonly string[] s_small = ["tile", "run", "--weights", "5", "--samples", "10", "--steps", "60", "--replicas", "3"];

    [Fact]
    public async Task Every_published_device_is_listed_and_described()
    {
        using Shell shell = new();
        JsonArray presets = (await shell.Run("tile", "list", "--json")).Document["presets"]!.AsArray();
        Assert.True(presets.Count >= 10);
        foreach (string name in presets.Select(preset => (string)preset!["name"]!))
        {
            Outcome outcome = await shell.Run("tile", "describe", name, "--elements", "100", "--json");
            Assert.Equal((0, ""), (outcome.Code, outcome.Error));
            Assert.Equal(name, (string)outcome.Document["name"]!);
            Assert.True((double)outcome.Document["granularity"]! > 0.0);
        }
    }

    [Fact]
    public async Task The_mean_element_of_a_linear_device_has_the_symmetric_point_of_its_slopes()
    {
        using Shell shell = new();
        JsonObject device = (await shell.Run("tile", "describe", "EcRam", "--json")).Document;
        // 1 − w·.1153/1.1724 = 1 + w·.5085/−.8276: the lines cross at 0, which is why the device was shifted so.
        Assert.Equal(0.0, (double)device["symmetricPoint"]!, 1e-9);
        Assert.Equal(1000.0, (double)device["states"]!, 1e-6);
    }

    [Fact]
    public async Task A_run_says_what_each_imperfection_costs_and_writes_it_with_a_manifest()
    {
        using Shell shell = new();
        Outcome outcome = await shell.Run([.. s_small, "--json"]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        string[] cases = [.. outcome.Document["cases"]!.AsArray().Select(one => (string)one!["name"]!)];
        Assert.Equal(
            [
                "everything",
                "without response",
                "without pulses",
                "without noise of pulses",
                "without spread of elements",
                "without noise of reads",
                "nothing",
            ],
            cases.TakeWhile(name => !name.StartsWith("only", StringComparison.Ordinal))
        );
        Assert.Equal(
            ["only response", "only pulses", "only pulses with their noise", "only spread of elements", "only noise of reads"],
            cases[7..]
        );
        Assert.Equal(
            ["costs.csv", "manifest.json", "traces.csv", "traces.png", "traces.svg"],
            Directory.GetFiles(Path.Combine(shell.Folder, "tile-run")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
        );

        // The table holds the numbers of the document.
        string[] row = shell.Read(Path.Combine("tile-run", "costs.csv")).Split('\n')[1].Split(',');
        Assert.Equal("everything", row[0]);
        Assert.Equal((double)outcome.Document["cases"]![0]!["loss"]!, double.Parse(row[1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Elements_that_only_go_up_are_trained_in_pairs()
    {
        using Shell shell = new();
        Outcome outcome = await shell.Run([
            "tile",
            "run",
            "--weights",
            "5",
            "--samples",
            "10",
            "--replicas",
            "3",
            "--steps",
            "400",
            "--learning-rate",
            "0.2",
            "--preset",
            "PCM",
            "--reads",
            "perfect",
            "--json",
        ]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        double[] losses = [.. outcome.Document["cases"]!.AsArray().Select(one => (double)one!["loss"]!)];
        string[] start = shell.Read(Path.Combine("tile-run", "traces.csv")).Split('\n')[1].Split(',');

        // A single element of this kind cannot be below 0: half of the weights would stay where they are, and half of the loss with them.
        Assert.InRange(losses.Min(), 0.0, 0.25 * double.Parse(start[2], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Threads_change_nothing_and_seeds_do()
    {
        using Shell shell = new();
        string one = (await shell.Run([.. s_small, "--threads", "1", "--json"])).Document["cases"]!.ToJsonString();
        string two = (await shell.Run([.. s_small, "--threads", "2", "--json"])).Document["cases"]!.ToJsonString();
        string other = (await shell.Run([.. s_small, "--seed", "2", "--json"])).Document["cases"]!.ToJsonString();
        Assert.Equal(one, two);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public async Task Without_imperfections_the_loss_is_that_of_exact_gradient_descent_and_with_them_it_is_not()
    {
        using Shell shell = new();
        string[] run =
        [
            "tile",
            "run",
            "--weights",
            "4",
            "--samples",
            "12",
            "--steps",
            "1500",
            "--replicas",
            "2",
            "--learning-rate",
            "0.3",
            "--json",
        ];
        JsonArray cases = (await shell.Run(run)).Document["cases"]!.AsArray();
        double Loss(string name) => (double)cases.Single(one => (string)one!["name"]! == name)!["loss"]!;
        Assert.InRange(Loss("nothing"), 0.0, 1e-12);
        Assert.True(Loss("everything") > 1e-6, $"{Loss("everything")}");
        Assert.True(Loss("only pulses") > 1e-9, $"{Loss("only pulses")}");
    }

    [Fact]
    public async Task A_run_that_is_stopped_leaves_nothing_and_says_so()
    {
        using CancellationTokenSource stop = new();
        using Shell shell = new() { Watch = new StopAt(0.1, stop) };
        Outcome outcome = await shell.RunUntil(stop.Token, "tile", "run", "--weights", "5", "--samples", "10", "--steps", "20000");
        Assert.Equal((130, ""), (outcome.Code, outcome.Out));
        Assert.Contains("Nothing was finished", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(shell.Files(), file => file.EndsWith(".csv", StringComparison.Ordinal));
    }
}
