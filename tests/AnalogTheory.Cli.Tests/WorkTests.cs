using System;
using System.IO;
using System.Threading.Tasks;
using AnalogTheory.Cli.Runs;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>Work that cannot be done is said before it starts.</summary>
public class WorkTests
{
    [Theory]
    [InlineData("--steps 10000000000000000", "This experiment takes about")]
    [InlineData("--steps 9223372036854775807", "years on this machine")]
    public async Task What_takes_long_has_to_be_asked_for(string options, string expected)
    {
        using Shell shell = Samples.Shell();
        string[] before = shell.Files();
        shell.Write("untraced.json", Samples.Experiment.Replace("\"traceEvery\": 50,", "", StringComparison.Ordinal));
        Outcome outcome = await shell.Run(["simulate", "untraced.json", .. options.Split(' ')]);
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--yes", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(before.Length + 1, shell.Files().Length);
    }

    [Theory]
    [InlineData("\"traceEvery\": 50", "\"traceEvery\": 1", "--steps 9000000000000000")]
    [InlineData("\"minimizer\": [0.5]", "\"well\": 0.5, \"domain\": 2.0, \"dimension\": 2000000000", "--steps 1")]
    public async Task What_does_not_fit_the_memory_is_refused_whatever_one_says(string old, string changed, string options)
    {
        using Shell shell = new();
        shell.Write(
            "config.json",
            Samples
                .Experiment.Replace(old, changed, StringComparison.Ordinal)
                .Replace(
                    changed.Contains("well", StringComparison.Ordinal) ? "\"quadratic\"" : "\t",
                    "\"double-well\"",
                    StringComparison.Ordinal
                )
        );
        Outcome outcome = await shell.Run(["simulate", "config.json", "--yes", .. options.Split(' ')]);
        Assert.True(outcome is { Code: 2, Out: "" }, outcome.ToString());
        Assert.Matches("needs about .* of memory, .* are there", outcome.Error);
        Assert.Equal(["config.json"], shell.Files());
    }

    [Theory]
    [InlineData("counterexample --saturation 0.5 --sigma 0.3 --dimension 2000000000")]
    [InlineData("counterexample --saturation 0.5 --sigma 0.3 --replicas 2147483647 --dimension 100")]
    public async Task A_counterexample_too_large_for_the_memory_is_refused(string line)
    {
        using Shell shell = new();
        Outcome outcome = await shell.Run(line.Split(' '));
        Assert.True(outcome is { Code: 2, Out: "" }, outcome.ToString());
        Assert.Contains("of memory", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(shell.Files());
    }

    [Theory]
    [InlineData("counterexample --saturation 0.5 --sigma 0.3 --learning-rate 1e-60")]
    [InlineData("zero-shift symmetric-power --pulses 2000000000 --replicas 1000000")]
    public async Task Other_long_work_has_to_be_asked_for_too(string line)
    {
        using Shell shell = new();
        Outcome outcome = await shell.Run(line.Split(' '));
        Assert.True(outcome is { Code: 2, Out: "" }, outcome.ToString());
        Assert.Contains("--yes", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(shell.Files());
    }

    [Theory]
    [InlineData(2_147_483_647, 4096, true)]
    [InlineData(1_048_576, 4096, false)]
    [InlineData(1_048_577, 4096, true)]
    [InlineData(100, 64, false)]
    [InlineData(20_000, 128, false)]
    public void Parts_stay_small_however_many_replicas_there_are(int replicas, int size, bool areSummed)
    {
        Assert.Equal((size, areSummed), (ReplicaBlocks.Size(replicas), ReplicaBlocks.AreSummed(replicas)));
    }

    [Fact]
    public async Task Very_many_replicas_keep_their_mean_and_spread()
    {
        using Shell shell = new();
        shell.Write(
            "config.json",
            """
            {
              "rule": { "kind": "digital-sgd", "learningRate": 0.1 },
              "problem": { "kind": "quadratic", "minimizer": [0.5] },
              "noise": { "kind": "rademacher", "deviation": 0.5 },
              "steps": 2,
              "measures": ["weight[0]"]
            }
            """
        );
        System.Text.Json.Nodes.JsonNode measure = (await shell.Run("simulate", "config.json", "--replicas", "1100000", "--json")).Document[
            "points"
        ]![0]!["measures"]!["weight[0]"]!;
        // Averaged is W₁ = 0.05 ± 0.05, each with probability one half.
        Assert.Equal(0.05 / Math.Sqrt(1_100_000.0), (double)measure["standardError"]!, 1e-9);
        Assert.Equal(0.05, (double)measure["mean"]!, 6.0 * (double)measure["standardError"]!);
    }

    [Fact]
    public void A_checkpoint_drops_what_was_half_written_and_keeps_the_rest()
    {
        using Shell shell = new();
        Part[] parts =
        [
            new(
                0,
                0,
                64,
                1,
                [
                    [1.0, 2.0],
                ],
                [
                    [3.0],
                    [4.0],
                ],
                [
                    [5.0],
                    [double.NaN],
                ]
            ),
            new(
                0,
                64,
                6,
                0,
                [
                    [6.0],
                ],
                [
                    [],
                    [],
                ],
                [
                    [],
                    [],
                ]
            ),
        ];
        using (Checkpoint checkpoint = new(shell.Folder, "abc"))
        {
            Array.ForEach(parts, checkpoint.Add);
        }

        string path = Path.Combine(shell.Folder, "unfinished.parts");
        byte[] whole = File.ReadAllBytes(path);
        Display.ToolConsole console = new(TextWriter.Null, TextWriter.Null, shell.Folder);
        for (int length = whole.Length; length >= 0; length -= 7)
        {
            File.WriteAllBytes(path, whole[..length]);
            using Checkpoint checkpoint = new(shell.Folder, "abc");
            int kept = checkpoint.Load(console).Count;
            Assert.InRange(kept, 0, 2);
            Assert.Equal(length == whole.Length, kept == 2);
            foreach (Part part in parts[kept..])
            {
                checkpoint.Add(part);
            }

            checkpoint.Dispose();
            Assert.Equal(whole, File.ReadAllBytes(path));
        }

        Assert.Throws<Display.BadInputException>(() => new Checkpoint(shell.Folder, "abd").Load(console));
        whole[^1] ^= 1;
        File.WriteAllBytes(path, whole);
        using Checkpoint damaged = new(shell.Folder, "abc");
        Assert.Single(damaged.Load(console));
    }
}
