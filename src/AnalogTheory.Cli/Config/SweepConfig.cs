using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AnalogTheory.Cli.Config;

/// <summary>A sweep in a config file: axes, and what all cells share.</summary>
[Description("A sweep of analog-theory: axes, and one of simulate, train and tile, with what all cells share.")]
internal sealed record SweepConfig
{
    [JsonPropertyName("$schema")]
    [Description("Place of this schema, for editors; not read.")]
    public string? Schema { get; init; }

    [Description("Title of tables.")]
    public string? Title { get; init; }

    [Description("Axes, the last fastest: a path, and values, linear, log, seeds or cases; or zip, axes that step together.")]
    public JsonArray Axes { get; init; } = [];

    [Description("What all cells share, as in a config of simulate: ensembles of single runs.")]
    public JsonObject? Simulate { get; init; }

    [Description("What all cells share, as a cell of a plan of train: networks.")]
    public JsonObject? Train { get; init; }

    [Description("What all cells share: least squares on arrays of elements.")]
    public JsonObject? Tile { get; init; }

    [AtLeast(1)]
    [Description("Epochs of every training; train only.")]
    public int? Epochs { get; init; }

    [Description("How narrow the interval of a measure must be: replicas are doubled until it is; simulate only.")]
    public PrecisionConfig? Precision { get; init; }
}

/// <summary>How narrow an interval must be.</summary>
internal sealed record PrecisionConfig
{
    [Description("The measure, one of the config's.")]
    public required string Measure { get; init; }

    [NonNegative]
    [Description("Half width of the 95 % interval as a share of the mean.")]
    public double Relative { get; init; }

    [NonNegative]
    [Description("Half width of the 95 % interval, unit of the measure; the wider one of the two will do.")]
    public double Absolute { get; init; }

    [AtLeast(2)]
    [Description("The most replicas of a cell, at most 1048576.")]
    public required int MostReplicas { get; init; }
}

/// <summary>Least squares on an array of elements, as a cell of a sweep.</summary>
internal sealed record TileConfig
{
    [Description(
        "A published device, one of 'analog-theory tile list'; left out, a soft-bounds device with a reference, of the keys below."
    )]
    public string? Preset { get; init; }

    [Positive]
    [Description("τ: bounds are ±τ, unit of weight.")]
    public double Radius { get; init; } = 1.0;

    [Positive]
    [Description("Δw_min, unit of weight.")]
    public double Granularity { get; init; } = 1e-3;

    [Finite]
    [Description("Offset of the symmetric point from 0, unit of weight.")]
    public double Offset { get; init; }

    [NonNegative]
    [Description("Deviation of the noise from pulse to pulse, in steps.")]
    public double CycleNoise { get; init; } = 0.3;

    [Description("Training algorithm, as of 'tile run'.")]
    public required string Algorithm { get; init; }

    [Description("Reads with AIHWKIT's defaults; else exact but for readNoise.")]
    public bool DefaultReads { get; init; }

    [NonNegative]
    [Description("ρ: noise of forward reads.")]
    public double ReadNoise { get; init; }

    [Positive]
    [Description("α, weight²/loss.")]
    public required double LearningRate { get; init; }

    [AtLeast(1)]
    [Description("D, weights: one row of elements.")]
    public int Weights { get; init; } = 10;

    [AtLeast(1)]
    [Description("N, samples of a mini-batch.")]
    public int Samples { get; init; } = 20;

    [Positive]
    [Description("Deviation of the true weights.")]
    public double Target { get; init; } = 0.3;

    [AtLeast(10)]
    [Description("K, mini-batches.")]
    public int Steps { get; init; } = 2000;

    [AtLeast(2)]
    [Description("Independent runs.")]
    public int Replicas { get; init; } = 8;

    [AtLeast(0)]
    [Description("Seed of all randomness.")]
    public ulong Seed { get; init; } = 1;
}
