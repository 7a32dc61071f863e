using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AnalogTheory.Cli.Tests.Malformed;

/// <summary>Config files with something broken in them.</summary>
internal static class BrokenConfig
{
    private static readonly JsonSerializerOptions s_form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private static readonly string[] s_devices =
    [
        """{ "kind": "ideal" }""",
        """{ "kind": "asymmetric-linear", "radius": 1.0, "symmetricPoint": 0.1 }""",
        """{ "kind": "generic-linear", "radius": 1.0, "asymmetry": 0.3 }""",
        """{ "kind": "linear-step", "upper": 0.8, "lower": -1.2, "symmetricPoint": 0.0 }""",
        """{ "kind": "power-step", "upper": 1, "lower": -1, "upExponent": 2, "downExponent": 3 }""",
        """{ "kind": "exponential-step", "upper": 1, "lower": -1, "upExponent": 2, "downExponent": 3 }""",
        """{ "kind": "symmetric-exponential", "radius": 1, "exponent": 2 }""",
        """{ "kind": "measured", "file": "pulses.csv", "bins": 5 }""",
    ];

    private static readonly string[] s_rules =
    [
        """{ "kind": "digital-sgd", "learningRate": 0.1 }""",
        """{ "kind": "analog-sgd", "learningRate": 0.1 }""",
        """{ "kind": "tiki-taka", "transferRate": 0.1, "learningRate": 0.1 }""",
        """{ "kind": "residual-learning", "learningRate": 0.1, "transferRate": 0.1, "mixing": 0.2 }""",
    ];

    private static readonly string[] s_problems =
    [
        """{ "kind": "quadratic", "curvature": 1.0, "minimizer": [0.5] }""",
        """{ "kind": "diagonal-quadratic", "curvatures": [1.0, 2.0], "minimizer": [0.5, 0.1] }""",
        """{ "kind": "least-squares", "matrix": [[1.0], [0.5]], "target": [0.3, 0.2], "loss": "halfMean" }""",
        """{ "kind": "double-well", "dimension": 2, "well": 0.5, "tilt": 0.01, "domain": 2.0 }""",
        """{ "kind": "saturating", "smoothness": 1.0, "minimizer": [0.5] }""",
    ];

    private static readonly string[] s_noises =
    [
        """{ "kind": "none" }""",
        """{ "kind": "gaussian", "deviation": 0.1 }""",
        """{ "kind": "two-point", "deviation": 0.1, "probability": 0.3 }""",
        """{ "kind": "state-dependent-two-point", "deviation": 0.1, "radius": 1.0 }""",
        """{ "kind": "mini-batch", "batch": 1 }""",
    ];

    private static readonly string[] s_measures =
    [
        "excess",
        "gradientNormSquared",
        "largestWeight",
        "largestAuxiliary",
        "weight[0]",
        "weight[1]",
        "weight[99999999999]",
        "auxiliary[0]",
        "saturation",
        "amplification",
        "k",
        "replicas",
        "excess lower",
    ];

    private static readonly string[] s_parameters =
    [
        "rule.learningRate",
        "replicas",
        "steps",
        "averageFrom",
        "traceEvery",
        "seed",
        "device.radius",
        "noise.deviation",
        "problem.curvature",
        "measures",
        "title",
        "device",
        "",
        ".",
        "rule..learningRate",
        "rule.kind",
    ];

    /// <summary>One of them.</summary>
    internal static byte[] Of(Random random)
    {
        JsonObject config = Right(random);
        int changes = random.Is(0.6) ? random.Next(2) : random.Next(4);
        for (int i = 0; i < changes; i++)
        {
            Break(random, config);
        }

        string text = config.ToJsonString(s_form);
        if (random.Is(0.15))
        {
            text = BreakText(random, text);
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (random.Is(0.1) && bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static JsonObject Right(Random random)
    {
        JsonObject config = new()
        {
            ["device"] = JsonNode.Parse(random.Any(s_devices)),
            ["rule"] = JsonNode.Parse(random.Any(s_rules)),
            ["problem"] = JsonNode.Parse(random.Any(s_problems)),
            ["noise"] = JsonNode.Parse(random.Any(s_noises)),
            ["steps"] = 1 + random.Next(12),
            ["replicas"] = 1 + random.Next(5),
        };
        if (random.Is(0.3))
        {
            config["traceEvery"] = random.Next(5);
        }

        if (random.Is(0.3))
        {
            config["averageFrom"] = random.Next(12);
        }

        if (random.Is(0.4))
        {
            config["measures"] = new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => (JsonNode)random.Any(s_measures))]);
        }

        if (random.Is(0.3))
        {
            config["title"] = random.Any(Nasty.Words);
        }

        if (random.Is(0.4))
        {
            JsonObject grid = [];
            for (int i = random.Next(3); i >= 0; i--)
            {
                grid[random.Any(s_parameters)] = new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Number(random, 0.2))]);
            }

            config["grid"] = grid;
        }

        return config;
    }

    // A number of a grid: mostly a small one, sometimes one that nobody means.
    private static JsonNode Number(Random random, double nasty) =>
        random.Is(nasty) ? JsonNode.Parse(random.Any(Nasty.Numbers))!
        : random.Is(0.5) ? random.Next(1, 9)
        : random.Next(1, 40) / 40.0;

    private static void Break(Random random, JsonObject config)
    {
        JsonObject owner = config;
        while (
            random.Is(0.5)
            && owner.Where(pair => pair.Value is JsonObject).Select(pair => (JsonObject)pair.Value!).ToArray() is { Length: > 0 } inner
        )
        {
            owner = random.Any(inner);
        }

        string[] keys = [.. owner.Select(pair => pair.Key)];
        if (keys.Length == 0)
        {
            return;
        }

        string key = random.Any(keys);
        switch (random.Next(6))
        {
            case 0:
                owner.Remove(key);
                break;
            case 1:
                owner[random.Any(Nasty.Words)] = 1;
                break;
            case 2:
                owner[key] = random.Any(Nasty.Words);
                break;
            case 3:
                owner[key] = new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Number(random, 0.5))]);
                break;
            default:
                owner[key] = JsonNode.Parse(random.Any(Nasty.Numbers));
                break;
        }
    }

    private static string BreakText(Random random, string text)
    {
        int at = random.Next(text.Length);
        int end = text.IndexOf('\n', at);
        return random.Next(8) switch
        {
            0 => text[..at],
            1 => text.Remove(at, 1),
            2 => text.Insert(at, random.Any(["{", "}", "[", "]", ",", ":", "\"", "\\", "\0", "//", "/*", "1e", "\uFEFF"])),
            3 => text.Insert(at, random.Any(["\"\\ud800\"", "\\ud800", "\"\\udc00x\"", "\\u0000", "\\q"])),
            // A key twice.
            4 => text.Insert(1, "\"steps\": 3, "),
            5 when end > 0 => text + text[at..end],
            6 => new string('[', random.Next(1, 300)),
            _ => text.Replace("\"steps\"", "\"st\\u0065ps\"", StringComparison.Ordinal),
        };
    }
}
