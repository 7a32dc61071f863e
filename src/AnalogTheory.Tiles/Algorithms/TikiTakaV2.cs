using System;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>Settings of <see cref="TikiTakaV2"/>.</summary>
public record TikiTakaV2Settings : TransferSettings
{
    /// <summary>AIHWKIT's defaults: transfers of one pulse at most, a tenth of the buffer stays.</summary>
    public TikiTakaV2Settings() => TransferUpdate = OnePulse;

    /// <summary>Pulses of W that the buffer has to hold before it fires, above 0 (<c>thres_scale</c>).</summary>
    public double Threshold { get; init; } = 1.0;

    /// <summary>Nominal size of what is fired, in pulses of W, above 0 (<c>step</c>).</summary>
    public double Step { get; init; } = 1.0;

    /// <summary>Share of the buffer that stays when it fires, in [0, 1) (<c>momentum</c>).</summary>
    public double Momentum { get; init; } = 0.1;

    /// <summary>Whether the rest below a whole pulse is forgotten when the buffer fires (<c>forget_buffer</c>).</summary>
    public bool Forgets { get; init; } = true;

    /// <summary>Share of the buffer that is lost before every read, in [0, 1): 0 for TTv2, β for residual learning v2 (2502.06309).</summary>
    public double Decay { get; init; }
}

/// <summary>Tiki-Taka with a digital buffer (TTv2): what is read from A adds up, and W receives whole pulses when a threshold is passed.</summary>
/// <remarks>
/// H' = (1 − decay)·H + transfer·a; where |H'| ≥ threshold·Δw_min, W receives trunc(H'/(threshold·Δw_min)) pulses, at most the bit length. AIHWKIT calls it
/// <c>BufferedTransferCompound</c>. With γ &gt; 0 and a decay it is residual learning v2 (2502.06309).
/// </remarks>
public sealed class TikiTakaV2 : TransferAlgorithm
{
    private readonly TikiTakaV2Settings _settings;
    private readonly PulseBuffer _pulses;
    private readonly float[] _held;

    /// <summary>The algorithm on two arrays of one shape.</summary>
    /// <param name="fast">A, which collects the gradient.</param>
    /// <param name="slow">W.</param>
    /// <param name="settings">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">The shapes differ, more lines than there are, or a number out of its range.</exception>
    public TikiTakaV2(IWeightArray fast, IWeightArray slow, TikiTakaV2Settings? settings = null)
        : base(fast, slow, settings ?? new TikiTakaV2Settings())
    {
        _settings = settings ?? new TikiTakaV2Settings();
        Ranges.RequirePositive(_settings.Threshold, nameof(_settings.Threshold));
        Ranges.RequirePositive(_settings.Step, nameof(_settings.Step));
        Ranges.RequireShare(_settings.Momentum, nameof(_settings.Momentum));
        Ranges.RequireShare(_settings.Decay, nameof(_settings.Decay));
        _pulses = new(_settings.Momentum, _settings.Forgets, _settings.Decay, Cap: 0.0);
        _held = new float[Line.Length(slow, _settings.Schedule.ByRows)];
        Digital = new([("H", slow.Outputs, slow.Inputs)], [], []);
    }

    /// <inheritdoc/>
    public override string Name => _settings.Decay > 0.0 || _settings.Mixing > 0.0 ? "Residual learning v2" : "TTv2";

    private protected override DigitalParts Digital { get; }

    private protected override UpdateInfo Transfer(AlgorithmState state, ulong key, Line line, Span<float> read, double learningRate)
    {
        double threshold = _settings.Threshold * Slow.Granularity;
        double rate = _settings.TransferRate.At(learningRate);
        line.Load(state.Buffers[0], _held);
        bool fires = _pulses.Take(_held, read, rate, threshold, _settings.TransferUpdate.BitLength);
        line.Store(state.Buffers[0], _held);
        return fires ? line.Send(Slow, state.Arrays[1], key, _settings.TransferUpdate, read, _settings.Step * Slow.Granularity) : default;
    }
}
