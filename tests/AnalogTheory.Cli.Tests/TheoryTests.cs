using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

public class TheoryTests
{
    [Fact]
    public async Task The_counterexample_keeps_its_floor_and_its_file_runs()
    {
        using Shell shell = new();
        Outcome outcome = await shell.Run(
            "counterexample",
            "--saturation",
            "0.5",
            "--sigma",
            "0.3",
            "--learning-rate",
            "0.05",
            "0.02",
            "--replicas",
            "64",
            "--out",
            "floor",
            "--json"
        );
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        JsonObject document = outcome.Document;
        Assert.Equal(0.3 * 0.3 / 3.0, (double)document["floor"]!, 1e-12);
        Assert.Equal(0.5, (double)document["fixedPoint"]!, 1e-12);
        foreach (JsonNode? rung in document["learningRates"]!.AsArray())
        {
            // Six standard errors about the value by Ulam's method.
            Assert.Equal(
                (double)rung!["computed"]!,
                (double)rung["ratio"]!,
                6.0 * (double)rung["standardError"]! + (double)rung["computedError"]!
            );
            Assert.False((bool)rung["isInPrintedRegion"]!);
        }

        Assert.Equal(["floor.csv", "floor.png", "floor.svg", "instance.json"], shell.Files().Select(name => name.Replace('\\', '/')[6..]));
        Outcome run = await shell.Run("simulate", "floor/instance.json", "--replicas", "2", "--steps", "20", "--json");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(2, run.Document["points"]!.AsArray().Count);
    }

    [Fact]
    public async Task Assumptions_say_which_theorem_is_vacuous_and_by_how_much()
    {
        using Shell shell = new();
        shell.Write("config.json", Samples.Experiment.Replace("[0.2, 0.1, 0.05]", "[0.6, 0.1]", StringComparison.Ordinal));
        JsonArray points = (await shell.Run("assumptions", "config.json", "--json")).Document["points"]!.AsArray();
        Assert.Equal("rule.learningRate = 0.6", (string)points[0]!["grid"]!);
        // Theorem 2 asks for α ≤ 1/(2L) = 0.5.
        double[] margins =
        [
            .. points[0]!["report"]!["checks"]!
                .AsArray()
                .Select(check =>
                    check!["margin"]!.GetValueKind() == System.Text.Json.JsonValueKind.Number ? (double)check["margin"]! : double.NaN
                ),
        ];
        Assert.Contains(margins, margin => Math.Abs(margin + 0.1) < 1e-12);
        Assert.NotEqual(points[0]!["report"]!.ToJsonString(), points[1]!["report"]!.ToJsonString());
    }

    [Fact]
    public async Task Assumptions_of_another_rule_are_refused()
    {
        using Shell shell = new();
        shell.Write(
            "config.json",
            """{ "rule": { "kind": "digital-sgd", "learningRate": 0.1 }, "problem": { "kind": "quadratic", "minimizer": [0.5] }, "steps": 1 }"""
        );
        Outcome outcome = await shell.Run("assumptions", "config.json");
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains("Expected Analog SGD or Tiki-Taka", outcome.Error, StringComparison.Ordinal);
    }
}
