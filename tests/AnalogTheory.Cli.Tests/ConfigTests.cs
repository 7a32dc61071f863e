using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AnalogTheory.Cli.Tests.Configs;
using Xunit;

namespace AnalogTheory.Cli.Tests;

public class ConfigTests
{
    public static TheoryData<string, string> Fields => ConfigSchema.Fields;

    public static TheoryData<string> AllKinds => ConfigSchema.AllKinds;

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task Every_kind_runs(string kind)
    {
        using Shell shell = Samples.Shell();
        shell.Write("config.json", CompleteConfig.With(kind).ToJsonString());
        Outcome outcome = await shell.Run("simulate", "config.json", "--json");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_wrong_value_of_a_field_is_named_with_its_path_and_line(string kind, string field)
    {
        JsonObject schema = ConfigSchema.Of(kind);
        foreach (JsonNode? wrong in WrongValues.Of((JsonObject)schema["properties"]![field]!))
        {
            JsonObject config = CompleteConfig.With(kind);
            string part = kind.Split(' ')[0];
            JsonObject owner = part.Length == 0 ? config : (JsonObject)config[part]!;
            owner[field] = wrong?.DeepClone();
            string path = part.Length == 0 ? field : $"{part}.{field}";
            await Refuses(config, path);
        }
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task An_unknown_key_is_named_with_the_nearest_known_one(string kind)
    {
        JsonObject config = CompleteConfig.With(kind);
        string part = kind.Split(' ')[0];
        ((JsonObject)config[part]!)["knd"] = 1;
        string error = await Refuses(config, $"{part}.knd");
        Assert.Contains("Did you mean 'kind'?", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("device")]
    [InlineData("rule")]
    [InlineData("problem")]
    [InlineData("noise")]
    public async Task An_unknown_kind_is_named(string part)
    {
        JsonObject config = CompleteConfig.With("");
        ((JsonObject)config[part]!)["kind"] = "nothing";
        Assert.Contains("got 'nothing'", await Refuses(config, $"{part}.kind"), StringComparison.Ordinal);
        ((JsonObject)config[part]!).Remove("kind");
        Assert.Contains("got none", await Refuses(config, $"{part}.kind"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_missing_required_key_is_named(string kind, string field)
    {
        JsonObject config = CompleteConfig.With(kind);
        string part = kind.Split(' ')[0];
        JsonObject owner = part.Length == 0 ? config : (JsonObject)config[part]!;
        JsonObject schema = ConfigSchema.Of(kind);
        bool isRequired = schema["required"] is JsonArray names && names.Any(name => (string)name! == field);
        owner.Remove(field);
        if (isRequired)
        {
            await Refuses(config, part.Length == 0 ? field : $"{part}.{field}");
        }
        else
        {
            using Shell shell = Samples.Shell();
            shell.Write("config.json", config.ToJsonString());
            // The device may be left out by digital rules only.
            Assert.Equal(field == "device" ? 2 : 0, (await shell.Run("simulate", "config.json", "--json")).Code);
        }
    }

    [Theory]
    [InlineData("device", """{ "kind": "power-step", "upper": -2 }""", "device")]
    [InlineData("device", """{ "kind": "symmetric-exponential", "exponent": 400 }""", "device")]
    [InlineData("device", """{ "kind": "measured", "file": "none.csv" }""", "device")]
    [InlineData("problem", """{ "kind": "least-squares", "matrix": [[1, 2], [1]], "target": [1, 2] }""", "problem")]
    [InlineData("problem", """{ "kind": "double-well", "well": 0.5, "tilt": 5, "domain": 2 }""", "problem")]
    [InlineData("problem", """{ "kind": "diagonal-quadratic", "curvatures": [1, 2], "minimizer": [1] }""", "problem")]
    [InlineData("noise", """{ "kind": "mini-batch", "batch": 2 }""", "noise")]
    [InlineData("start", "[0.0, 1.0]", "start")]
    [InlineData("batch", "\"perSample\"", "start")]
    [InlineData("measures", """["excess", "loss"]""", "measures[1]")]
    [InlineData("measures", """["weight[3]"]""", "measures[0]")]
    [InlineData("measures", """["largestAuxiliary"]""", "measures[0]")]
    [InlineData("grid", """{ "rule.learningRate": [0.1, -0.1] }""", "grid")]
    [InlineData("grid", """{ "rule.learningrate": [0.1] }""", "grid")]
    [InlineData("grid", """{ "rule.nothing.at.all": [0.1] }""", "grid")]
    [InlineData("grid", """{ "rule": [0.1] }""", "grid")]
    [InlineData("grid", """{ "steps": [] }""", "grid")]
    public async Task What_fits_no_other_part_is_named(string key, string value, string path)
    {
        JsonObject config = CompleteConfig.With("");
        config[key] = JsonNode.Parse(value);
        await Refuses(config, path);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once_each_with_its_line()
    {
        using Shell shell = new();
        shell.Write(
            "config.json",
            """
            {
              "device": { "kind": "asymmetric-linear", "raduis": 1.0 },
              "rule": { "kind": "analog-sdg", "learningRate": 0.01 },
              "problem": { "kind": "quadratic" },
              // a comment
              "nosie": 3,
              "steps": 2.5,
            }
            """
        );
        Outcome outcome = await shell.Run("simulate", "config.json");
        Assert.Equal(2, outcome.Code);
        Assert.Equal(
            [
                "config.json, line 2, device.raduis: Unknown key 'raduis'. Did you mean 'radius'? Keys of device: kind, radius, symmetricPoint, granularity, multiplicativeNoise, additiveNoise, rounding.",
                "config.json, line 3, rule.kind: Expected one of the kinds digital-sgd, analog-sgd, tiki-taka, residual-learning, got 'analog-sdg'. Did you mean 'analog-sgd'?",
                "config.json, line 4, problem.minimizer: Expected the key 'minimizer'; it is missing.",
            ],
            outcome.Error.Split(Environment.NewLine)[..3]
        );
        Assert.Contains("config.json, line 6, nosie: Unknown key 'nosie'. Did you mean 'noise'?", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("config.json, line 7, steps: Expected a whole number from 1", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1, 2]")]
    [InlineData("{ \"steps\": 1e }")]
    [InlineData("{} {}")]
    [InlineData("{ \"steps\": 1, \"steps\": 2 }")]
    public async Task What_is_no_config_is_refused(string text)
    {
        using Shell shell = new();
        shell.Write("config.json", text);
        Outcome outcome = await shell.Run("simulate", "config.json");
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith("config.json, line 1", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["config.json"], shell.Files());
    }

    private static async Task<string> Refuses(JsonObject config, string path)
    {
        using Shell shell = Samples.Shell();
        shell.Write("config.json", config.ToJsonString());
        string[] before = shell.Files();
        Outcome outcome = await shell.Run("simulate", "config.json");
        string shown = $"{path} of {config.ToJsonString()}: {outcome}";
        Assert.True(outcome is { Code: 2, Out: "" }, shown);
        Assert.True(outcome.Error.Contains($"config.json, line 1, {path}", StringComparison.Ordinal), shown);
        Assert.True(before.SequenceEqual(shell.Files()), shown);
        return outcome.Error;
    }
}
