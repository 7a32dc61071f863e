using System;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>Settings of <see cref="TikiTaka"/>.</summary>
public sealed record TikiTakaSettings : TransferSettings
{
    /// <summary>Probability that a transfer resets the columns it reads, right after a read; 0 … 1 (<c>with_reset_prob</c>). Only for columns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a probability.</exception>
    public double ResetProbability
    {
        get;
        init =>
            field = value is >= 0.0 and <= 1.0
                ? value
                : throw new ArgumentOutOfRangeException(
                    nameof(ResetProbability),
                    FormattableString.Invariant($"Expected a probability, got {value}.")
                );
    }
}

/// <summary>Tiki-Taka (TTv1): gradients go to A, and W moves by what is read from A.</summary>
/// <remarks>
/// A' = U(A, −fast·d·xᵀ); every transfer reads lines a of A and moves the same lines of W by U(W, transfer·a). With whole arrays transferred it is the
/// dynamic of 2406.12774v1 (TT-P, TT-W) with P = −A; with γ &gt; 0 it is residual learning (2502.06309). AIHWKIT calls it <c>TransferCompound</c>.
/// </remarks>
public sealed class TikiTaka : TransferAlgorithm
{
    private readonly TikiTakaSettings _settings;
    private readonly float[] _opposite;

    /// <summary>The algorithm on two arrays of one shape.</summary>
    /// <param name="fast">A, which collects the gradient.</param>
    /// <param name="slow">W.</param>
    /// <param name="settings">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">The shapes differ, more lines than there are, or a reset of columns where rows are read.</exception>
    public TikiTaka(IWeightArray fast, IWeightArray slow, TikiTakaSettings? settings = null)
        : base(fast, slow, settings ?? new TikiTakaSettings())
    {
        _settings = settings ?? new TikiTakaSettings();
        if (_settings.ResetProbability > 0.0 && _settings.Schedule.ByRows)
        {
            throw new ArgumentException("Expected a transfer by columns: only columns can be reset.", nameof(settings));
        }

        _opposite = new float[Line.Length(slow, _settings.Schedule.ByRows)];
    }

    /// <inheritdoc/>
    public override string Name => _settings.Mixing > 0.0 ? "Residual learning" : "Tiki-Taka";

    private protected override void AfterRead(AlgorithmState state, ulong key, int firstLine)
    {
        if (_settings.ResetProbability > 0.0 && Uniform.At(key, Purpose.Choppers, 0, 0) < _settings.ResetProbability)
        {
            Fast.ResetColumns(state.Arrays[0], key, firstLine, _settings.Schedule.Reads);
        }
    }

    private protected override UpdateInfo Transfer(AlgorithmState state, ulong key, Line line, Span<float> read, double learningRate)
    {
        for (int e = 0; e < read.Length; e++)
        {
            _opposite[e] = -read[e];
        }

        return line.Send(Slow, state.Arrays[1], key, _settings.TransferUpdate, _opposite, _settings.TransferRate.At(learningRate));
    }
}
