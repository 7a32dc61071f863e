using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using AnalogTheory.CSharp;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Periphery;
using AnalogTheory.Tiles.Problems;

namespace AnalogTheory.Cli.Runs;

/// <summary>One training problem on an array of published elements.</summary>
internal sealed record TileExperiment(
    string Preset,
    string Algorithm,
    bool HasReads,
    double LearningRate,
    int Weights,
    int Samples,
    double Target,
    int Steps,
    int Replicas,
    ulong Seed
)
{
    /// <summary>The elements; null for those of the preset.</summary>
    internal DeviceSettings? Device { get; init; }

    /// <summary>ρ: noise of forward reads that are exact otherwise.</summary>
    internal double ReadNoise { get; init; }

    /// <summary>Deviation of the entries of A.</summary>
    internal const double MatrixScale = 0.5;

    /// <summary>At most some hundred points of a curve are recorded.</summary>
    internal int TraceEvery => System.Math.Max(1, Steps / 200);

    /// <summary>First step of the averages: the last tenth.</summary>
    internal int AverageFrom => Steps / TraceEvery * TraceEvery * 9 / 10;

    internal string Title => $"{Name} on {Preset}";

    internal ArrayModel Model
    {
        get
        {
            PeripherySettings reads = HasReads ? PeripherySettings.Default : PeripherySettings.Perfect;
            ArrayModel model = Device is null ? ArrayModel.Of(DevicePresets.Named(Preset)) : new(Device);
            return model with
            {
                ForwardPeriphery = !HasReads && ReadNoise > 0.0 ? PeripherySettings.NoisyReads(ReadNoise) : reads,
                BackwardPeriphery = reads,
                TransferPeriphery = reads,
            };
        }
    }

    private string Name => ArrayAlgorithms.Named(Algorithm, _ => new IdealArray(1, Weights)).Name;

    /// <summary>Everything that decides the numbers.</summary>
    internal KeyValuePair<string, string>[] Parameters =>
        [
            new("device", Preset),
            new("algorithm", Algorithm),
            new("reads", HasReads ? "AIHWKIT's defaults" : "perfect"),
            new("learning rate", Text(LearningRate)),
            new("weights D", Text(Weights)),
            new("samples N", Text(Samples)),
            new("deviation of A", Text(MatrixScale)),
            new("deviation of the true weights", Text(Target)),
            new("steps", Text(Steps)),
            new("replicas", Text(Replicas)),
        ];

    /// <summary>The training of a case; all cases have the same data.</summary>
    internal LeastSquaresTraining Training(Imperfections kept)
    {
        ArrayModel model = Model with { Kept = kept };
        (double[,] matrix, ImmutableArray<double> target) = LeastSquaresTraining.RandomData(Samples, Weights, MatrixScale, Target, Seed);
        return new(
            matrix,
            target,
            key => ArrayAlgorithms.Named(Algorithm, n => model.Create(1, Weights, unchecked(key + (ulong)n))),
            LearningRate
        );
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>What a case of the table came to.</summary>
/// <param name="Case">The case.</param>
/// <param name="End">Mean loss over the last tenth of the steps.</param>
/// <param name="Run">The run.</param>
internal sealed record TileCaseResult(ImperfectionCase Case, Estimate End, TrainingRun Run);
