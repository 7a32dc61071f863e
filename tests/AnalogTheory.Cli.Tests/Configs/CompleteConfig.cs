using System.Collections.Generic;
using System.Text.Json.Nodes;
using Xunit;

namespace AnalogTheory.Cli.Tests.Configs;

/// <summary>Configs that are right, with a part of every kind.</summary>
internal static class CompleteConfig
{
    // A right part of every kind; required keys that the schema cannot know values for.
    private static readonly Dictionary<string, string> s_parts = new()
    {
        ["device ideal"] = "{}",
        ["device asymmetric-linear"] = "{}",
        ["device generic-linear"] = "{}",
        ["device linear-step"] = "{}",
        ["device power-step"] = "{}",
        ["device symmetric-power"] = "{}",
        ["device exponential-step"] = "{}",
        ["device symmetric-exponential"] = "{}",
        ["device measured"] = """{ "file": "pulses.csv" }""",
        ["rule digital-sgd"] = """{ "learningRate": 0.1 }""",
        ["rule analog-sgd"] = """{ "learningRate": 0.1 }""",
        ["rule tiki-taka"] = """{ "transferRate": 0.1, "learningRate": 0.1 }""",
        ["rule residual-learning"] = """{ "learningRate": 0.1, "transferRate": 0.1, "mixing": 0.2 }""",
        ["problem quadratic"] = """{ "minimizer": [0.5] }""",
        ["problem diagonal-quadratic"] = """{ "curvatures": [1.0], "minimizer": [0.5] }""",
        ["problem least-squares"] = """{ "matrix": [[1.0], [0.5]], "target": [0.3, 0.2] }""",
        ["problem double-well"] = """{ "well": 0.5, "domain": 2.0 }""",
        ["problem saturating"] = """{ "minimizer": [0.5] }""",
        ["noise none"] = "{}",
        ["noise gaussian"] = """{ "deviation": 0.1 }""",
        ["noise clipped-gaussian"] = """{ "deviation": 0.1, "clip": 3.0 }""",
        ["noise rademacher"] = """{ "deviation": 0.1 }""",
        ["noise uniform"] = """{ "deviation": 0.1 }""",
        ["noise two-point"] = """{ "deviation": 0.1, "probability": 0.3 }""",
        ["noise state-dependent-two-point"] = """{ "deviation": 0.1, "radius": 1.0 }""",
        ["noise mini-batch"] = """{ "batch": 1 }""",
    };

    /// <summary>A right config with a part of this kind.</summary>
    internal static JsonObject With(string kind)
    {
        JsonObject config = (JsonObject)
            JsonNode.Parse(
                """
                {
                  "device": { "kind": "asymmetric-linear" },
                  "rule": { "kind": "analog-sgd", "learningRate": 0.01 },
                  "problem": { "kind": "quadratic", "minimizer": [0.5] },
                  "noise": { "kind": "none" },
                  "steps": 4,
                  "replicas": 2
                }
                """
            )!;
        string[] words = kind.Split(' ');
        if (kind.Length > 0)
        {
            Assert.True(s_parts.TryGetValue(kind, out string? text), $"{kind} has no sample here: add one.");
            JsonObject part = (JsonObject)JsonNode.Parse(text)!;
            part["kind"] = words[1];
            config[words[0]] = part;
        }

        if (kind == "noise mini-batch")
        {
            config["problem"] = JsonNode.Parse("""{ "kind": "least-squares", "matrix": [[1.0], [0.5]], "target": [0.3, 0.2] }""");
        }

        return config;
    }
}
