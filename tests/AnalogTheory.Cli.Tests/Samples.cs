using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text;

namespace AnalogTheory.Cli.Tests;

/// <summary>Files and command lines that are right.</summary>
internal static class Samples
{
    /// <summary>A small experiment: three learning rates, a trace.</summary>
    internal const string Experiment = """
        {
          "title": "small",
          "device": { "kind": "asymmetric-linear", "radius": 1.0 },
          "rule": { "kind": "analog-sgd", "learningRate": 0.1 },
          "problem": { "kind": "quadratic", "minimizer": [0.5] },
          "noise": { "kind": "gaussian", "deviation": 0.5 },
          "steps": 200,
          "replicas": 70,
          "measures": ["gradientNormSquared", "weight[0]"],
          "traceEvery": 50,
          "grid": { "rule.learningRate": [0.2, 0.1, 0.05] }
        }
        """;

    /// <summary>A long table of results: two radii, two noises, two rules, and a bound where there is one.</summary>
    internal const string Floors = """
        algorithm,tau,sigma,measure,mean,standard_error,replicas,bound
        Analog SGD,1,0.1,floor,0.004,0.0001,100,0.005
        Analog SGD,1,0.2,floor,0.016,0.0002,100,0.02
        Analog SGD,2,0.1,floor,0.002,0.0001,100,0.0025
        Analog SGD,2,0.2,floor,0.008,0.0002,100,0.01
        Tiki-Taka,1,0.1,floor,0.001,0.0001,100,
        Tiki-Taka,1,0.2,floor,0.0011,0.0001,100,
        Tiki-Taka,2,0.1,floor,0.0009,0.0001,100,
        Tiki-Taka,2,0.2,floor,0.001,0.0001,100,
        """;

    /// <summary>A sweep of 2 × 3 cells.</summary>
    internal const string Sweep = """
        {
          "title": "little map",
          "axes": [
            {
              "path": "rule",
              "cases": {
                "Analog SGD": { "kind": "analog-sgd", "learningRate": 0.05 },
                "Tiki-Taka": { "kind": "tiki-taka", "transferRate": 0.02, "learningRate": 0.1 }
              }
            },
            { "path": "noise.deviation", "log": { "from": 0.1, "to": 0.4, "count": 3 } }
          ],
          "simulate": {
            "device": { "kind": "asymmetric-linear", "radius": 1.0 },
            "problem": { "kind": "quadratic", "minimizer": [0.3] },
            "noise": { "kind": "gaussian" },
            "steps": 400,
            "replicas": 70,
            "measures": ["excess", "weight[0]"]
          }
        }
        """;

    /// <summary>The folder of a sweep of which nothing has run.</summary>
    internal const string Swept =
        """{ "version": "1", "commit": "abc", "fingerprint": "print", "cells": 2, "name": "swept", "definition": { "axes": [{ "path": "a", "values": [1, 2] }] } }""";

    /// <summary>A command line that works for each command, after its name; files stand in the shell's folder.</summary>
    internal static readonly IReadOnlyDictionary<string, string[]> Right = new Dictionary<string, string[]>
    {
        ["simulate"] = ["experiment.json"],
        ["figure"] = ["2", "--seeds", "2"],
        ["explore"] = ["floors.csv", "--out", "floors.html"],
        ["device describe"] = ["asymmetric-linear"],
        ["device plot"] = ["asymmetric-linear", "--out", "out"],
        ["device list"] = [],
        ["device fit"] = ["pulses.csv", "--out", "fit"],
        ["counterexample"] =
        [
            "--saturation",
            "0.5",
            "--sigma",
            "0.3",
            "--learning-rate",
            "0.2",
            "0.1",
            "--replicas",
            "4",
            "--out",
            "floor",
        ],
        ["assumptions"] = ["experiment.json"],
        ["verify"] = ["S2", "D3", "--solver", "none", "--accept-printed"],
        ["zero-shift"] = ["asymmetric-linear:radius=0.6,symmetricPoint=0.1", "--granularity", "0.03", "--replicas", "50"],
        ["schema"] = [],
        ["tile list"] = [],
        ["tile describe"] = ["ReRamArrayOM", "--elements", "50", "--out", "out"],
        ["tile run"] = ["--weights", "5", "--samples", "10", "--steps", "30", "--replicas", "2", "--out", "costs"],
        ["sweep"] = ["sweep.json", "--out", "map"],
        ["sweep status"] = ["swept"],
        ["sweep merge"] = ["swept", "--partial"],
        ["train"] = ["--rule", "digital-sgd", "--data", "digits", "--samples", "30", "--epochs", "1", "--out", "first-try"],
    };

    /// <summary>A shell with the files that <see cref="Right"/> needs.</summary>
    internal static Shell Shell()
    {
        Shell shell = new();
        shell.Write("experiment.json", Experiment);
        shell.Write("pulses.csv", Pulses());
        shell.Write("floors.csv", Floors);
        shell.Write("sweep.json", Sweep);
        System.IO.Directory.CreateDirectory(System.IO.Path.Combine(shell.Folder, "swept"));
        shell.Write("swept/sweep.json", Swept);
        return shell;
    }

    /// <summary>300 pulses up and 300 down of an asymmetric linear device, τ = 1, Δw = 0.01.</summary>
    internal static string Pulses()
    {
        StringBuilder text = new("pulse,weight,direction\n");
        double w = -0.8;
        text.Append(CultureInfo.InvariantCulture, $"0,{w:R},1\n");
        for (int i = 1; i <= 600; i++)
        {
            int direction = i <= 300 ? 1 : -1;
            w += direction * 0.01 * (direction > 0 ? 1.0 - w : 1.0 + w);
            text.Append(CultureInfo.InvariantCulture, $"{i},{w:R},{direction}\n");
        }

        return text.ToString();
    }

    /// <summary>The commands that run, by their full names.</summary>
    internal static IEnumerable<(string Name, Command Command)> Commands(Command root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return root.Subcommands.SelectMany(command => Below("", command));
    }

    private static IEnumerable<(string Name, Command Command)> Below(string prefix, Command command)
    {
        string name = prefix + command.Name;
        IEnumerable<(string, Command)> own = command.Action is null ? [] : [(name, command)];
        return own.Concat(command.Subcommands.SelectMany(sub => Below(name + " ", sub)));
    }
}
