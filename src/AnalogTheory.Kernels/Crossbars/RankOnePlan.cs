using System;
using System.Collections.Immutable;
using System.Globalization;
using AnalogTheory.Kernels.Laws;

namespace AnalogTheory.Kernels.Crossbars;

/// <summary>How an increment reaches the elements of a crossbar column.</summary>
public enum PulseMode
{
    /// <summary>No pulses: every element moves by U(w, Δ).</summary>
    Continuous,

    /// <summary>Stochastic trains, drawn independently for every element.</summary>
    PerElement,

    /// <summary>Stochastic trains of a crossbar: an element fires where its column's bit meets the bit of the row, which all columns share.</summary>
    SharedRow,
}

/// <summary>Least squares trained as hardware does it: one rank-1 update per sample, one after the other, from residuals that are read once per step.</summary>
/// <remarks>
/// Per step: rₙ = aₙ·(W+γP) + bias − bₙ + ρ‖aₙ‖ξₙ for all samples, then for n = 0, 1, … the increments −α·rₙ·aₙ/N, in order, on W; or on P, from
/// which W then moves by +β·P (residual learning; γ = 0 is Tiki-Taka up to a sign). Half the mean squared error is what is minimised.
/// </remarks>
public sealed record RankOnePlan
{
    /// <summary>A, N×D, row-major.</summary>
    public required ImmutableArray<double> Matrix { get; init; }

    /// <summary>b, length N.</summary>
    public required ImmutableArray<double> Target { get; init; }

    /// <summary>Device of every element of both arrays.</summary>
    public required DeviceLaw Device { get; init; }

    /// <summary>α: rate of the array that receives the gradient, weight²/loss.</summary>
    public required double LearningRate { get; init; }

    /// <summary>How increments become pulses.</summary>
    public required PulseMode Pulses { get; init; }

    /// <summary>Δw_min, unit of weight; unused without pulses.</summary>
    public double Granularity { get; init; } = 1.0;

    /// <summary>Longest train of a gradient update, in pulses.</summary>
    public int BitLength { get; init; } = 31;

    /// <summary>ρ: deviation of the read noise per unit of ‖aₙ‖, unit of weight.</summary>
    public double ReadNoise { get; init; }

    /// <summary>Whether a digital bias is trained by plain SGD at rate α.</summary>
    public bool TrainsBias { get; init; }

    /// <summary>β: rate of W from P, dimensionless; null trains W directly.</summary>
    public double? TransferRate { get; init; }

    /// <summary>Longest train of a transfer update, in pulses.</summary>
    public int TransferBitLength { get; init; } = 31;

    /// <summary>γ: the network sees W + γP.</summary>
    public double Mixing { get; init; }

    /// <summary>W₀, the same for all elements and replicas.</summary>
    public double Start { get; init; }

    /// <summary>K ≥ 0.</summary>
    public required int Steps { get; init; }

    /// <summary>R ≥ 1.</summary>
    public required int Replicas { get; init; }

    /// <summary>Key of the random stream.</summary>
    public required ulong Key { get; init; }

    /// <summary>Record the loss at steps 0, t, 2t, … ≤ K.</summary>
    public int TraceEvery { get; init; } = 1;

    /// <summary>N.</summary>
    public int Samples => Target.Length;

    /// <summary>D.</summary>
    public int Dimension => Matrix.Length / Target.Length;

    /// <summary>Number of recorded points.</summary>
    public int TracePoints => Steps / TraceEvery + 1;

    /// <summary>Checks that the parts fit together.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which.</exception>
    public void Validate()
    {
        if (Target.IsDefaultOrEmpty || Matrix.IsDefaultOrEmpty || Matrix.Length % Target.Length != 0)
        {
            throw new ArgumentException(
                "Expected a matrix with one row of equal length per element of a non-empty target.",
                nameof(Matrix)
            );
        }

        Positive(LearningRate, nameof(LearningRate));
        Positive(Granularity, nameof(Granularity));
        Positive(BitLength, nameof(BitLength));
        Positive(TransferBitLength, nameof(TransferBitLength));
        Positive(Replicas, nameof(Replicas));
        Positive(TraceEvery, nameof(TraceEvery));
        Positive(TransferRate ?? 1.0, nameof(TransferRate));
        if (Steps < 0 || !(ReadNoise >= 0.0))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected steps ≥ 0 and read noise ≥ 0, got steps={Steps}, read noise={ReadNoise}."
                ),
                nameof(Steps)
            );
        }
    }

    private static void Positive(double value, string name)
    {
        if (!(value > 0.0) || double.IsInfinity(value))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected a finite {name} above 0, got {value}."),
                name
            );
        }
    }
}
