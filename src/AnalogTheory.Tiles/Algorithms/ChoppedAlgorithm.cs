using System;
using System.Collections.Generic;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>What the chopped algorithms share: gradients reach A with signs that flip now and then, and what is read is put right by the same signs.</summary>
/// <remarks>What does not flip with the signs, above all A's symmetric point, then averages out of the buffer H. Schedules are AIHWKIT's.</remarks>
public abstract class ChoppedAlgorithm : TransferAlgorithm
{
    private const int Buffer = 0;
    private const int LineSigns = 1;
    private const int CrossSigns = 2;
    private const int MeanInput = 0;
    private const int MeanOutput = 1;
    private const int LinesSent = 2;

    private readonly ChoppedSettings _settings;
    private readonly PulseBuffer _pulses;
    private readonly float[] _held;
    private float[] _x = [];
    private float[] _d = [];

    private protected ChoppedAlgorithm(
        IWeightArray fast,
        IWeightArray slow,
        ChoppedSettings settings,
        IReadOnlyList<(string Name, int Rows, int Columns)> buffers
    )
        : base(fast, slow, settings)
    {
        _settings = settings;
        Ranges.RequireProbability(settings.ChopProbability, nameof(settings.ChopProbability));
        Ranges.RequireProbability(settings.CrossChopProbability, nameof(settings.CrossChopProbability));
        Ranges.RequirePositive(settings.BufferGranularity, nameof(settings.BufferGranularity));
        Ranges.RequireNonNegative(settings.AutoGranularity, nameof(settings.AutoGranularity));
        Ranges.RequirePositive(settings.Step, nameof(settings.Step));
        Ranges.RequireShare(settings.Momentum, nameof(settings.Momentum));
        Ranges.RequireNonNegative(settings.BufferCap, nameof(settings.BufferCap));
        Ranges.RequireShare(settings.AutoMomentum, nameof(settings.AutoMomentum));
        int length = Line.Length(slow, settings.Schedule.ByRows);
        _pulses = new(settings.Momentum, settings.Forgets, Decay: 0.0, settings.BufferCap * settings.TransferUpdate.BitLength);
        _held = new float[length];
        Digital = new(
            [("H", slow.Outputs, slow.Inputs), ("line signs", 1, Lines), ("cross signs", 1, length), .. buffers],
            ["mean largest |x|", "mean largest |d|"],
            ["lines sent"]
        );
    }

    private protected sealed override DigitalParts Digital { get; }

    private protected sealed override int LongestStretch => _settings.AutoScale ? 1 : int.MaxValue;

    /// <summary>Number of passes over the array between two regular flips; 0 without chopping.</summary>
    private protected int ChopPeriod =>
        _settings.ChopProbability > 0.0 ? (int)Math.Min(Math.Max(Math.Ceiling(1.0 / _settings.ChopProbability), 2.0), int.MaxValue) : 0;

    private protected override void Restart(AlgorithmState state)
    {
        state.Buffers[LineSigns].Row(0).Fill(1.0f);
        state.Buffers[CrossSigns].Row(0).Fill(1.0f);
    }

    private protected sealed override UpdateInfo Collect(
        AlgorithmState state,
        ulong key,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> d,
        int batch,
        double learningRate
    )
    {
        bool byRows = _settings.Schedule.ByRows;
        double rate = GradientRate(state, x, d, batch, learningRate);
        return Fast.Update(
            state.Arrays[0],
            key,
            _settings.GradientUpdate,
            Signed(x, state.Buffers[byRows ? CrossSigns : LineSigns].Row(0), ref _x),
            Signed(d, state.Buffers[byRows ? LineSigns : CrossSigns].Row(0), ref _d),
            rate
        );
    }

    private protected sealed override UpdateInfo Transfer(AlgorithmState state, ulong key, Line line, Span<float> read, double learningRate)
    {
        long pass = state.Counters[LinesSent] / Lines;
        float sign = state.Buffers[LineSigns][0, line.Index];
        ReadOnlySpan<float> cross = state.Buffers[CrossSigns].Row(0);
        TakeReference(state, line, read);
        for (int e = 0; e < read.Length; e++)
        {
            read[e] *= sign * cross[e];
        }

        OnGain(state, line, read);

        line.Load(state.Buffers[Buffer], _held);
        double scale = _settings.TransferRate.At(learningRate) / BufferUnit;
        bool fires = _pulses.Take(_held, read, scale, 1.0, _settings.TransferUpdate.BitLength);
        line.Store(state.Buffers[Buffer], _held);
        UpdateInfo info =
            fires && Writes(pass)
                ? line.Send(Slow, state.Arrays[1], key, _settings.TransferUpdate, read, _settings.Step * Slow.Granularity)
                : default;
        Flip(state, key, line.Index, pass);
        state.Counters[LinesSent]++;
        return info;
    }

    private protected override void Mix(AlgorithmState state, Grid visible)
    {
        bool byRows = _settings.Schedule.ByRows;
        ReadOnlySpan<float> inputs = state.Buffers[byRows ? CrossSigns : LineSigns].Row(0);
        ReadOnlySpan<float> outputs = state.Buffers[byRows ? LineSigns : CrossSigns].Row(0);
        for (int i = 0; i < Outputs; i++)
        {
            float factor = (float)_settings.Mixing * outputs[i];
            ReadOnlySpan<float> fast = state.Arrays[0].Weights.Row(i);
            ReadOnlySpan<float> slow = state.Arrays[1].Weights.Row(i);
            Span<float> mixed = visible.Row(i);
            for (int j = 0; j < mixed.Length; j++)
            {
                mixed[j] = MathF.FusedMultiplyAdd(factor * inputs[j], fast[j], slow[j]);
            }
        }
    }

    /// <summary>Subtracts from a line that was read what does not belong to the gradient; the read has the sign that A has.</summary>
    private protected virtual void TakeReference(AlgorithmState state, Line line, Span<float> read) { }

    /// <summary>Called with what a line has gained over its reference, in the sign that W has.</summary>
    private protected virtual void OnGain(AlgorithmState state, Line line, ReadOnlySpan<float> gain) { }

    /// <summary>Whether a transfer in a pass over the array reaches W.</summary>
    private protected virtual bool Writes(long pass) => true;

    /// <summary>Called when the sign of a line has flipped.</summary>
    private protected virtual void OnFlip(AlgorithmState state, int line) { }

    /// <summary>Whether random flips come on top of the regular ones; else instead of them.</summary>
    private protected virtual bool RandomIsExtra => false;

    // What one pulse of W weighs in the buffer, unit of weight.
    private double BufferUnit =>
        _settings.BufferGranularity
        * Fast.Granularity
        * (_settings.AutoGranularity > 0.0 ? _settings.AutoGranularity / (Lines * _settings.Schedule.Every) : 1.0);

    private double GradientRate(AlgorithmState state, ReadOnlySpan<float> x, ReadOnlySpan<float> d, int batch, double learningRate)
    {
        double rate = _settings.FastRate.At(learningRate);
        if (!_settings.AutoScale)
        {
            return rate;
        }

        double share = (1.0 - _settings.AutoMomentum) / batch;
        double meanInput = Follow(ref state.Numbers[MeanInput], x, share);
        double meanOutput = Follow(ref state.Numbers[MeanOutput], d, share);
        double product = meanInput * meanOutput;
        return product > 0.0 ? rate * _settings.GradientUpdate.BitLength * Fast.Granularity / product : 0.0;
    }

    // A running mean of max|v|, which starts at its first value and passes over zeros.
    private static double Follow(ref double mean, ReadOnlySpan<float> values, double share)
    {
        float largest = 0.0f;
        foreach (float value in values)
        {
            largest = MathF.Max(largest, MathF.Abs(value));
        }

        if (largest > 0.0f)
        {
            mean = mean == 0.0 ? largest : ((1.0 - share) * mean) + (share * largest);
        }

        return mean;
    }

    private void Flip(AlgorithmState state, ulong key, int line, long pass)
    {
        int period = ChopPeriod;
        if (period > 0)
        {
            bool regular = (pass % period) + 1 == period;
            bool random = _settings.ChopsAtRandom && Uniform.At(key, Purpose.Choppers, 0, 0) < _settings.ChopProbability;
            if (_settings.ChopsAtRandom && !RandomIsExtra ? random : regular || random)
            {
                ref float sign = ref state.Buffers[LineSigns].Row(0)[line];
                sign = -sign;
                OnFlip(state, line);
            }
        }

        bool lastOfPass = (state.Counters[LinesSent] + 1) % Lines == 0;
        Span<float> cross = state.Buffers[CrossSigns].Row(0);
        for (int e = 0; lastOfPass && _settings.CrossChopProbability > 0.0 && e < cross.Length; e++)
        {
            if (Uniform.At(key, Purpose.Choppers, 0, 1 + (ulong)e) < _settings.CrossChopProbability)
            {
                cross[e] = -cross[e];
            }
        }
    }

    // Samples with signs, in a buffer that grows as needed.
    private static ReadOnlySpan<float> Signed(ReadOnlySpan<float> values, ReadOnlySpan<float> signs, ref float[] room)
    {
        if (room.Length < values.Length)
        {
            room = new float[values.Length];
        }

        for (int first = 0; first < values.Length; first += signs.Length)
        {
            for (int e = 0; e < signs.Length; e++)
            {
                room[first + e] = values[first + e] * signs[e];
            }
        }

        return room.AsSpan(0, values.Length);
    }
}
