using System;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>Settings of <see cref="Rider"/>.</summary>
public sealed record RiderSettings : TransferSettings
{
    /// <summary>The papers' defaults: γ = .1.</summary>
    public RiderSettings() => Mixing = 0.1;

    /// <summary>η in (0, 1]: how fast the digital reference Q follows P, a read.</summary>
    public double FollowRate { get; init; } = 0.1;

    /// <summary>Probability that the sign c flips after a step, 0 … 1: above 0 it is E-RIDER.</summary>
    public double ChopProbability { get; init; }
}

/// <summary>RIDER and E-RIDER (2602.21321): residual learning on P − Q, where the digital matrix Q follows P's symmetric point while training goes on.</summary>
/// <remarks>
/// The network computes with W + γ·c·(P − Q). P' = U(P, −α·c·∇f); Q' = (1 − η)·Q + η·P'; W' = U(W, β·c·(P' − Q')). The paper's text leaves open whether W moves
/// by P' − Q or P' − Q'; the two differ by the factor 1 − η. RIDER has c = 1; in E-RIDER c flips with a probability after each step, that is after what is
/// sent to P between two transfers. A flip turns γ·c·(P − Q) around for the whole array at once, and the pulses that W receives are right in the mean only: where
/// a pulse is not small against the weights, they add more noise than they teach. There <see cref="Agad"/> with γ &gt; 0 trains, which saves pulses up and flips each
/// line after so many reads of its own.
/// </remarks>
public sealed class Rider : TransferAlgorithm
{
    private const int Reference = 0;
    private const int Sign = 0;

    private readonly RiderSettings _settings;
    private readonly float[] _reference;
    private float[] _signed = [];

    /// <summary>The algorithm on two arrays of one shape.</summary>
    /// <param name="residual">P.</param>
    /// <param name="main">W.</param>
    /// <param name="settings">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a number is out of its range.</exception>
    public Rider(IWeightArray residual, IWeightArray main, RiderSettings? settings = null)
        : base(residual, main, settings ?? new RiderSettings())
    {
        _settings = settings ?? new RiderSettings();
        Ranges.RequireProbability(_settings.ChopProbability, nameof(_settings.ChopProbability));
        Ranges.RequirePositive(_settings.FollowRate, nameof(_settings.FollowRate));
        Ranges.RequireProbability(_settings.FollowRate, nameof(_settings.FollowRate));
        _reference = new float[Line.Length(main, _settings.Schedule.ByRows)];
        Digital = new([("Q", main.Outputs, main.Inputs)], ["c"], []);
    }

    /// <inheritdoc/>
    public override string Name => _settings.ChopProbability > 0.0 ? "E-RIDER" : "RIDER";

    private protected override DigitalParts Digital { get; }

    private protected override void Restart(AlgorithmState state) => state.Numbers[Sign] = 1.0;

    private protected override UpdateInfo Collect(
        AlgorithmState state,
        ulong key,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> d,
        int batch,
        double learningRate
    )
    {
        ref double sign = ref state.Numbers[Sign];
        if (_settings.ChopProbability > 0.0 && Uniform.At(key, Purpose.Choppers, 0, 0) < _settings.ChopProbability)
        {
            sign = -sign;
        }

        if (_signed.Length < d.Length)
        {
            _signed = new float[d.Length];
        }

        Span<float> signed = _signed.AsSpan(0, d.Length);
        for (int e = 0; e < d.Length; e++)
        {
            signed[e] = (float)sign * d[e];
        }

        return base.Collect(state, key, x, signed, batch, learningRate);
    }

    private protected override UpdateInfo Transfer(AlgorithmState state, ulong key, Line line, Span<float> read, double learningRate)
    {
        float sign = (float)state.Numbers[Sign];
        line.Load(state.Buffers[Reference], _reference);
        for (int e = 0; e < read.Length; e++)
        {
            _reference[e] = (float)(((1.0 - _settings.FollowRate) * _reference[e]) + (_settings.FollowRate * read[e]));
            read[e] = -sign * (read[e] - _reference[e]);
        }

        line.Store(state.Buffers[Reference], _reference);
        return line.Send(Slow, state.Arrays[1], key, _settings.TransferUpdate, read, _settings.TransferRate.At(learningRate));
    }

    private protected override void Mix(AlgorithmState state, Grid visible)
    {
        float factor = (float)(_settings.Mixing * state.Numbers[Sign]);
        ReadOnlySpan<float> residual = state.Arrays[0].Weights.Values;
        ReadOnlySpan<float> reference = state.Buffers[Reference].Values;
        ReadOnlySpan<float> main = state.Arrays[1].Weights.Values;
        Span<float> mixed = visible.Values;
        for (int e = 0; e < mixed.Length; e++)
        {
            mixed[e] = MathF.FusedMultiplyAdd(factor, residual[e] - reference[e], main[e]);
        }
    }
}
