using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>Sweeps from the command line.</summary>
public class SweepTests
{
    internal static async Task<Outcome> Right(Shell shell, string line)
    {
        Outcome outcome = await shell.Run(line.Split(' '));
        Assert.True(outcome is { Code: 0, Error: "" }, outcome.ToString());
        return outcome;
    }

    internal static void Equal(Shell a, string first, Shell b, string second)
    {
        foreach (string name in new[] { "result.csv", "result.parquet" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(a.Folder, first, name)), File.ReadAllBytes(Path.Combine(b.Folder, second, name)));
        }
    }

    // Exit code 2, and a complaint that says what was expected.
    private static async Task Refused(Shell shell, string message, params string[] line)
    {
        Outcome outcome = await shell.Run(line);
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shards_give_the_bytes_of_one_machine()
    {
        using Shell shell = Samples.Shell();
        await Right(shell, "sweep sweep.json --out one --threads 1");
        foreach (string part in new[] { "--shard 2/3 --threads 3", "--cells 0..1 --format csv", "--shard 1/3", "--shard 0/3 --format csv" })
        {
            await Right(shell, $"sweep sweep.json --out three {part}");
        }

        await Right(shell, "sweep merge three");
        Equal(shell, "one", shell, "three");
        // Both forms make the same page but for their names.
        await Right(shell, "explore one/result.csv --out csv.html");
        await Right(shell, "explore three/result.parquet --out parquet.html");
        Assert.Equal(shell.Read("csv.html"), shell.Read("parquet.html"));
        string[] lines = shell.Read("one/result.csv").TrimEnd().Split("\r\n");
        Assert.Equal("cell,rule,noise.deviation,measure,mean,standard_error,lower,upper,replicas,diverged", lines[0]);
        Assert.Equal(1 + 12, lines.Length);
        Assert.StartsWith("5,Tiki-Taka,0.4,weight_0,", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_is_the_simulation_of_its_config()
    {
        using Shell shell = Samples.Shell();
        await Right(shell, "sweep sweep.json --out map");
        JsonObject config = (JsonObject)JsonNode.Parse(Samples.Sweep)!["simulate"]!.DeepClone();
        config["rule"] = JsonNode.Parse("""{ "kind": "analog-sgd", "learningRate": 0.05 }""");
        config["noise"]!["deviation"] = 0.2;
        shell.Write("cell.json", config.ToJsonString());
        await Right(shell, "simulate cell.json --out cell");
        string[] row = shell.Read("map/result.csv").Split("\r\n").First(line => line.StartsWith("1,", StringComparison.Ordinal)).Split(',');
        string[] alone = shell.Read("cell/averages.csv").Split("\r\n")[1].Split(',');
        // Mean, lower and upper end of the excess.
        Assert.Equal([alone[0], alone[1], alone[2]], [row[4], row[6], row[7]]);
    }

    [Fact]
    public async Task Replicas_are_doubled_until_the_interval_is_narrow()
    {
        using Shell shell = Samples.Shell();
        shell.Write(
            "narrow.json",
            Samples.Sweep.Replace(
                "\"simulate\"",
                "\"precision\": { \"measure\": \"excess\", \"relative\": 0.05, \"mostReplicas\": 3000 }, \"simulate\"",
                StringComparison.Ordinal
            )
        );
        await Right(shell, "sweep narrow.json --out one --threads 1");
        await Right(shell, "sweep narrow.json --out two --threads 4");
        Equal(shell, "one", shell, "two");
        double[][] rows =
        [
            .. shell
                .Read("one/result.csv")
                .TrimEnd()
                .Split("\r\n")
                .Where(line => line.Contains(",excess,", StringComparison.Ordinal))
                .Select(line => line.Split(',')[4..9].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()),
        ];
        Assert.All(rows, row => Assert.True(row[4] == 3000.0 || (row[3] - row[2]) / 2.0 <= 0.05 * row[0], string.Join(' ', row)));
        // Blocks of 64: two at first, then twice as many.
        Assert.All(rows, row => Assert.Contains(row[4], new[] { 128.0, 256.0, 512.0, 1024.0, 2048.0, 3000.0 }));
        Assert.True(rows.Select(row => row[4]).Distinct().Count() > 1, "expected cells that need more and less");
    }

    [Fact]
    public async Task Networks_and_arrays_are_cells_too()
    {
        using Shell shell = new();
        shell.Write(
            "train.json",
            """{ "axes": [ { "path": "rule", "values": ["digital-sgd", "tiki-taka"] }, { "path": "seed", "seeds": 2 } ], "epochs": 2, "train": { "data": "digits", "samples": 60, "model": "fcn" } }"""
        );
        await Right(shell, "sweep train.json --out one");
        await Right(shell, "sweep train.json --out two --shard 0/2");
        await Right(shell, "sweep train.json --out two --shard 1/2");
        await Right(shell, "sweep merge two");
        Equal(shell, "one", shell, "two");
        Assert.Contains("0,digital-sgd,1,test_accuracy,", shell.Read("one/result.csv"), StringComparison.Ordinal);
        Assert.True(shell.Has("one/shards/shard-0-of-1/cells/3/metrics.csv"));
        shell.Write(
            "tile.json",
            """{ "axes": [ { "path": "algorithm", "values": ["sgd", "agad"] }, { "path": "granularity", "log": { "from": 0.001, "to": 0.1, "count": 2 } } ], "tile": { "learningRate": 0.1, "steps": 30, "replicas": 2, "weights": 4, "samples": 5 } }"""
        );
        await Right(shell, "sweep tile.json --out arrays");
        Assert.Equal(1 + 4, shell.Read("arrays/result.csv").TrimEnd().Split("\r\n").Length);
    }

    [Fact]
    public async Task An_estimate_runs_nothing_that_stays()
    {
        using Shell shell = Samples.Shell();
        string[] before = shell.Files();
        Outcome outcome = await Right(shell, "sweep sweep.json --estimate --nodes 4 --json");
        Assert.Equal(6, (int)outcome.Document["cells"]!);
        Assert.Equal(6 * 70 * 400.0, (double)outcome.Document["work"]!);
        Assert.True((double)outcome.Document["onNodes"]! <= (double)outcome.Document["here"]!);
        Assert.Contains("replica-steps", (await Right(shell, "sweep sweep.json --estimate")).Out, StringComparison.Ordinal);
        Assert.Equal(before, shell.Files());
    }

    [Theory]
    [InlineData("\"simulate\"", "\"simulat\"", "Unknown key 'simulat'. Did you mean 'simulate'?")]
    [InlineData(
        "\"learningRate\": 0.05",
        "\"learningRate\": -1",
        "simulate at rule = Analog SGD, noise.deviation = 0.1, rule.learningRate: Expected a finite number above 0"
    )]
    [InlineData("\"noise.deviation\"", "\"noise.deviance\"", "noise.deviance: Unknown key 'deviance'. Keys of noise: kind, deviation.")]
    [InlineData("\"count\": 3", "\"count\": 1", "sweep.json, axes[1].log: Expected between 2 and")]
    [InlineData(
        "\"path\": \"rule\"",
        "\"path\": \"rule.a.b\"",
        "axes: Expected a path into the config, such as rule.learningRate, got 'rule.a.b'"
    )]
    [InlineData("\"title\": \"little map\"", "\"epochs\": 3", "epochs: Expected epochs beside train only.")]
    [InlineData("\"title\": \"little map\"", "\"train\": {}", "Expected one of the keys simulate, train, tile, got simulate and train.")]
    [InlineData(
        "\"title\": \"little map\"",
        "\"precision\": { \"measure\": \"excess\", \"mostReplicas\": 100 }",
        "precision: Expected relative or absolute above 0, got neither."
    )]
    [InlineData(
        "\"title\": \"little map\"",
        "\"precision\": { \"measure\": \"speed\", \"relative\": 0.1, \"mostReplicas\": 100 }",
        "measures: Expected speed among the measures"
    )]
    [InlineData("\"steps\": 400", "\"steps\": 400, \"averageFrom\": 400", "averageFrom: Expected a step before the last one")]
    [InlineData("\"steps\": 400", "\"steps\": 400, \"grid\": { \"seed\": [1] }", "grid: Expected axes of the sweep, got a grid inside it.")]
    public async Task What_makes_no_sense_is_said_before_anything_runs(string right, string wrong, string message)
    {
        using Shell shell = Samples.Shell();
        Assert.Contains(right, Samples.Sweep, StringComparison.Ordinal);
        shell.Write("sweep.json", Samples.Sweep.Replace(right, wrong, StringComparison.Ordinal));
        await Refused(shell, message, "sweep", "sweep.json", "--out", "map");
        Assert.False(Directory.Exists(Path.Combine(shell.Folder, "map")));
    }

    [Fact]
    public async Task A_config_of_simulate_is_told_where_a_sweep_has_it()
    {
        using Shell shell = Samples.Shell();
        shell.Write("experiment.json", Samples.Experiment);
        await Refused(
            shell,
            "experiment.json: Expected a sweep, got a config of simulate. A sweep has it under a key of its own",
            "sweep",
            "experiment.json"
        );
    }

    [Theory]
    [InlineData("--shard 3/3", "Expected shard k/n with 0 ≤ k < n, such as 3/16, after --shard, got '3/3'.")]
    [InlineData("--cells 4..2", "Expected cells a..b with 0 ≤ a ≤ b, such as 100..199, after --cells, got '4..2'.")]
    [InlineData("--cells 1..2 --shard 0/2", "Expected one of --cells and --shard, got both.")]
    [InlineData("--submit", "Expected one of --slurm and --kubernetes, and --submit beside --slurm only.")]
    [InlineData("--kubernetes", "Expected --image and --claim beside --kubernetes")]
    public async Task Options_that_make_no_sense_are_refused(string options, string message)
    {
        using Shell shell = Samples.Shell();
        await Refused(shell, message, $"sweep sweep.json --out map {options}".Split(' '));
    }

    [Fact]
    public async Task Another_config_may_not_go_on_in_a_folder_and_missing_cells_are_named()
    {
        using Shell shell = Samples.Shell();
        await Right(shell, "sweep sweep.json --out map --cells 1..2");
        Outcome merge = await shell.Run("sweep", "merge", "map");
        Assert.Equal((2, $"{shell.Folder}/map: 4 of 6 cells are missing: 0, 3..5."), (merge.Code, merge.Error.TrimEnd()));
        JsonObject status = (await Right(shell, "sweep status map --json")).Document;
        Assert.Equal((2, 4, "0, 3..5"), ((int)status["finished"]!, (int)status["missing"]!, (string)status["missingCells"]!));
        shell.Write("sweep.json", Samples.Sweep.Replace("\"steps\": 400", "\"steps\": 401", StringComparison.Ordinal));
        Outcome other = await shell.Run("sweep", "sweep.json", "--out", "map");
        Assert.Equal(2, other.Code);
        Assert.Contains("holds another sweep than this config's", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedulers_are_written_for_and_nothing_runs()
    {
        using Shell shell = Samples.Shell();
        Outcome slurm = await Right(
            shell,
            "sweep sweep.json --out map --slurm --shards 5 --time 01:00:00 --max-array-size 3 --sbatch=--partition=short"
        );
        Assert.Contains("--array=0-2", slurm.Out, StringComparison.Ordinal);
        Assert.Contains("--array=0-1 --export=ALL,SWEEP_FIRST_SHARD=3", slurm.Out, StringComparison.Ordinal);
        string script = shell.Read("map/slurm.sh");
        Assert.Contains("#SBATCH --partition=short", script, StringComparison.Ordinal);
        Assert.Contains(
            $"sweep {shell.Folder}/sweep.json --out {shell.Folder}/map --threads 1 --shard \"$shard/5\"",
            script,
            StringComparison.Ordinal
        );
        await Right(shell, "sweep sweep.json --out map --kubernetes --shards 99 --image tool:1 --claim data");
        JsonNode job = JsonNode.Parse(shell.Read("map/kubernetes.json"))!;
        // At most one shard a cell.
        Assert.Equal(6, (int)job["spec"]!["completions"]!);
        Assert.Equal(
            "analog-theory sweep /sweep/sweep.json --out /sweep/map --threads 1 --shard $(JOB_COMPLETION_INDEX)/6",
            string.Join(' ', job["spec"]!["template"]!["spec"]!["containers"]![0]!["command"]!.AsArray())
        );
        Assert.Contains("0 of 6 cells finished", (await Right(shell, "sweep status map")).Out, StringComparison.Ordinal);
    }
}
