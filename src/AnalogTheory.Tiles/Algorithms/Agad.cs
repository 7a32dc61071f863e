using System;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>Settings of <see cref="Agad"/>.</summary>
public sealed record AgadSettings : ChoppedSettings
{
    /// <summary>AIHWKIT's defaults: regular chopping.</summary>
    public AgadSettings() => ChopsAtRandom = false;

    /// <summary>How fast the running mean follows, in readings of a chopper's half period, above 0 (<c>tail_weightening</c>).</summary>
    public double TailWeight { get; init; } = 5.0;
}

/// <summary>AGAD: chopped Tiki-Taka that measures A's reference itself: the mean of what a line showed before its sign flipped last.</summary>
/// <remarks>
/// H' = H + c·transfer·(a − μ_past)/unit; μ' = (1 − b)·μ + b·a with b = min(tail/n_s, 1), and μ_past takes over μ at the first read after a flip
/// (Nat. Commun. 15:7133, 2024). This is what AIHWKIT's <c>DynamicTransferCompound</c> does; its documentation describes a difference of two half-period means
/// instead. W is written once a whole period has passed; what the buffer fires before is discarded.
/// With γ &gt; 0 the network computes with W + γ·c·(a − μ_past) of each line's last read: E-RIDER as the authors' program for 2602.21321 has it, where μ_past is Q and
/// every line has its own sign c; <see cref="Rider"/> is the rule as the text writes it.
/// </remarks>
public sealed class Agad : ChoppedAlgorithm
{
    private const int Mean = 3;
    private const int PastMean = 4;
    private const int HasFlipped = 5;
    private const int Gain = 6;

    private readonly double _share;
    private readonly float[] _mean;
    private readonly float[] _past;

    /// <summary>The algorithm on two arrays of one shape.</summary>
    /// <param name="fast">A, which collects the gradient.</param>
    /// <param name="slow">W.</param>
    /// <param name="settings">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">The shapes differ, a number is out of its range, or nothing is chopped.</exception>
    public Agad(IWeightArray fast, IWeightArray slow, AgadSettings? settings = null)
        : base(fast, slow, settings ?? new AgadSettings(), Buffers(slow, settings ?? new AgadSettings()))
    {
        AgadSettings own = settings ?? new AgadSettings();
        Ranges.RequirePositive(own.TailWeight, nameof(own.TailWeight));
        if (ChopPeriod == 0)
        {
            throw new ArgumentException("Expected a chop probability above 0: without flips there is no reference.", nameof(settings));
        }

        _share = Math.Min(own.TailWeight / ChopPeriod, 1.0);
        _mean = new float[Line.Length(slow, own.Schedule.ByRows)];
        _past = new float[_mean.Length];
    }

    /// <inheritdoc/>
    public override string Name => Settings.Mixing > 0.0 ? "E-RIDER by lines" : "AGAD";

    private protected override bool RandomIsExtra => true;

    private protected override void TakeReference(AlgorithmState state, Line line, Span<float> read)
    {
        line.Load(state.Buffers[Mean], _mean);
        line.Load(state.Buffers[PastMean], _past);
        ref float flipped = ref state.Buffers[HasFlipped].Row(0)[line.Index];
        if (flipped != 0.0f)
        {
            _mean.CopyTo(_past, 0);
            flipped = 0.0f;
        }

        for (int e = 0; e < read.Length; e++)
        {
            float a = read[e];
            read[e] = a - _past[e];
            _mean[e] = (float)(((1.0 - _share) * _mean[e]) + (_share * a));
        }

        line.Store(state.Buffers[Mean], _mean);
        line.Store(state.Buffers[PastMean], _past);
    }

    private protected override void OnGain(AlgorithmState state, Line line, ReadOnlySpan<float> gain)
    {
        if (Settings.Mixing > 0.0)
        {
            line.Store(state.Buffers[Gain], gain);
        }
    }

    private protected override void Mix(AlgorithmState state, Grid visible)
    {
        float gamma = (float)Settings.Mixing;
        ReadOnlySpan<float> gain = state.Buffers[Gain].Values;
        ReadOnlySpan<float> slow = state.Arrays[1].Weights.Values;
        Span<float> mixed = visible.Values;
        for (int e = 0; e < mixed.Length; e++)
        {
            mixed[e] = MathF.FusedMultiplyAdd(gamma, gain[e], slow[e]);
        }
    }

    private protected override bool Writes(long pass) => pass > ChopPeriod;

    private protected override void OnFlip(AlgorithmState state, int line) => state.Buffers[HasFlipped][0, line] = 1.0f;

    private static (string Name, int Rows, int Columns)[] Buffers(IWeightArray slow, AgadSettings settings) =>
        [
            ("μ", slow.Outputs, slow.Inputs),
            ("μ past", slow.Outputs, slow.Inputs),
            ("has flipped", 1, Line.Count(slow, settings.Schedule.ByRows)),
            .. settings.Mixing > 0.0 ? [("c·(A − μ)", slow.Outputs, slow.Inputs)] : Array.Empty<(string, int, int)>(),
        ];
}
