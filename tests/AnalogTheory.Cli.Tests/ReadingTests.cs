using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>What people read on the screen, and what the tool reads from long files.</summary>
public class ReadingTests
{
    [Fact]
    public async Task A_grid_is_named_as_a_grid_and_not_by_its_first_point()
    {
        using Shell shell = Samples.Shell();
        string shown = (await shell.Run("simulate", "experiment.json", "--replicas", "2", "--steps", "10")).Out;
        Assert.Contains("grid of 3 points: rule.learningRate = 0.2, 0.1, 0.05", shown, StringComparison.Ordinal);
        Assert.Contains("Analog SGD on ", shown.Split('\n')[0], StringComparison.Ordinal);
        Assert.DoesNotContain("0.2", shown.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_there_already_was_not_written()
    {
        using Shell shell = new();
        string[] line = ["figure", "2", "--seeds", "2", "--out", "out"];
        Assert.Contains("Written to", (await shell.Run(line)).Out, StringComparison.Ordinal);
        Outcome again = await shell.Run(line);
        Assert.Equal((0, ""), (again.Code, again.Error));
        Assert.DoesNotContain("Written to", again.Out, StringComparison.Ordinal);
        Assert.Contains("out", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assumptions_of_a_grid_are_one_table()
    {
        using Shell shell = Samples.Shell();
        string shown = (await shell.Run("assumptions", "experiment.json")).Out;
        Assert.Single(Regex.Matches(shown, "vacuous, for"));
        foreach (string rate in new[] { "0.2", "0.1", "0.05" })
        {
            Assert.Contains($"rule.learningRate = {rate}", shown, StringComparison.Ordinal);
        }

        // One device, told once.
        Assert.Single(Regex.Matches(shown, "from linear"));
    }

    [Fact]
    public async Task A_minimiser_of_a_million_numbers_is_read()
    {
        using Shell shell = new();
        StringBuilder numbers = new();
        for (int i = 0; i < 1_000_000; i++)
        {
            numbers.Append(i == 0 ? "" : ",\n").Append((i % 997 / 1000.0).ToString(CultureInfo.InvariantCulture));
        }

        string config = $$"""
            {
              "rule": { "kind": "digital-sgd", "learningRate": 0.01 },
              "problem": { "kind": "quadratic", "minimizer": [{{numbers}}] },
              "measures": ["excess"],
              "steps": 1,
              "replicas": 1
            }
            """;
        shell.Write("config.json", config);
        Outcome outcome = await shell.Run("simulate", "config.json", "--json");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        // W₀ = 0 is the only state that is averaged: half of the sum of the minimiser's squares.
        double excess = 0.5 * Enumerable.Range(0, 1_000_000).Sum(i => Math.Pow(i % 997 / 1000.0, 2));
        Assert.Equal(excess, (double)outcome.Document["points"]![0]!["measures"]!["excess"]!["mean"]!, 1e-6);
    }

    [Fact]
    public async Task Ten_megabytes_of_mistakes_are_told_from_their_lines()
    {
        using Shell shell = new();
        StringBuilder config = new("{\n  \"rule\": { \"kind\": \"digital-sgd\", \"learningRate\": 0.01 },\n");
        for (int i = 0; i < 400_000; i++)
        {
            config.Append(CultureInfo.InvariantCulture, $"  \"unknown{i}\": {i},\n");
        }

        config.Append("  \"steps\": 1, \"problem\": { \"kind\": \"quadratic\", \"minimizer\": [0.5] }\n}\n");
        Assert.InRange(config.Length, 9_000_000, 11_000_000);
        shell.Write("config.json", config.ToString());
        Outcome outcome = await shell.Run("simulate", "config.json");
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains("line 3", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(21, outcome.Error.TrimEnd().Split('\n').Length);
    }
}
