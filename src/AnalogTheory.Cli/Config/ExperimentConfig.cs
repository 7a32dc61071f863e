using System.Collections.Generic;
using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Serialization;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Config;

/// <summary>A config file: what is trained, how, and what is looked at. Its JSON schema is printed by <c>analog-theory schema</c>.</summary>
[Description("An experiment of analog-theory: a rule on a device and a problem under noise, and what to measure.")]
internal sealed record ExperimentConfig
{
    [JsonPropertyName("$schema")]
    [Description("Place of this schema, for editors; not read.")]
    public string? Schema { get; init; }

    [Description("Title of tables and pictures.")]
    public string? Title { get; init; }

    [Description("Device of W, and of P unless auxiliaryDevice is given; analog rules need one.")]
    public DeviceConfig? Device { get; init; }

    [Description("Device of P, for rules with an auxiliary array.")]
    public DeviceConfig? AuxiliaryDevice { get; init; }

    [Description("Training rule.")]
    public required RuleConfig Rule { get; init; }

    [Description("Objective f.")]
    public required ProblemConfig Problem { get; init; }

    [Description("Noise of the gradient; none by default.")]
    public NoiseConfig Noise { get; init; } = new NoNoiseConfig();

    [Finite]
    [Description("W₀, unit of weight; length D; zeros by default.")]
    public ImmutableArray<double>? Start { get; init; }

    [Description("fullBatch: one update a step, which sees the sum of the samples; perSample: one update a sample.")]
    public BatchMode Batch { get; init; }

    [AtLeast(1)]
    [Description("K, steps of every replica.")]
    public required long Steps { get; init; }

    [AtLeast(1)]
    [Description("R, independent replicas.")]
    public int Replicas { get; init; } = 100;

    [AtLeast(0)]
    [Description("Seed of all randomness.")]
    public ulong Seed { get; init; } = 1;

    [Description(
        "What to measure: excess, gradientNormSquared, largestWeight, largestAuxiliary, weight[d], weightSquared[d], auxiliary[d], "
            + "auxiliarySquared[d]; and on an asymmetric-linear device saturation, amplification, unsaturatedGradient."
    )]
    public ImmutableArray<string> Measures { get; init; } = ["excess", "gradientNormSquared"];

    [AtLeast(0)]
    [Description("Records the measures every so many steps; 0 records none.")]
    public long TraceEvery { get; init; }

    [AtLeast(0)]
    [Description("First step of the averages; half of the steps by default.")]
    public long? AverageFrom { get; init; }

    [Finite]
    [Description("Values for numbers of this file by their paths, such as \"rule.learningRate\"; every combination is run.")]
    public IReadOnlyDictionary<string, ImmutableArray<double>>? Grid { get; init; }
}
