using System;
using System.Linq;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>What algorithms with a fast array A and a slow array W share: the loop over samples, the schedule, and the weights W + γ·A that the network sees.</summary>
/// <remarks>
/// Counted as AIHWKIT counts: a sample is sent to A first; a transfer follows if the number of samples so far is a multiple of the period. A derived
/// algorithm says what becomes of a line that was read. The visible weights are read through W's periphery, as one array.
/// </remarks>
public abstract class TransferAlgorithm : IArrayAlgorithm
{
    private const int Samples = 0;
    private const int NextLine = 1;

    private readonly ArrayState? _visible;
    private readonly float[] _read;

    private protected TransferAlgorithm(IWeightArray fast, IWeightArray slow, TransferSettings settings)
    {
        ArgumentNullException.ThrowIfNull(fast);
        ArgumentNullException.ThrowIfNull(slow);
        ArgumentNullException.ThrowIfNull(settings);
        if (fast.Outputs != slow.Outputs || fast.Inputs != slow.Inputs)
        {
            throw new ArgumentException(
                $"Expected two arrays of one shape, got {fast.Outputs} × {fast.Inputs} and {slow.Outputs} × {slow.Inputs}.",
                nameof(slow)
            );
        }

        (Fast, Slow, Settings) = (fast, slow, settings);
        Lines = Line.Count(slow, settings.Schedule.ByRows);
        if (settings.Schedule.Reads > Lines)
        {
            throw new ArgumentException($"Expected at most {Lines} lines a transfer, got {settings.Schedule.Reads}.", nameof(settings));
        }

        _visible = settings.Mixing == 0.0 ? null : slow.Init();
        _read = new float[Line.Length(slow, settings.Schedule.ByRows)];
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public int Outputs => Slow.Outputs;

    /// <inheritdoc/>
    public int Inputs => Slow.Inputs;

    /// <inheritdoc/>
    public StateNames Names =>
        new(["A", "W"], [.. Digital.Buffers.Select(buffer => buffer.Name)], Digital.Numbers, ["samples", "next line", .. Digital.Counters]);

    /// <summary>Array that collects the gradient.</summary>
    private protected IWeightArray Fast { get; }

    /// <summary>Array that the network computes with, but for γ·A.</summary>
    private protected IWeightArray Slow { get; }

    /// <summary>Settings.</summary>
    private protected TransferSettings Settings { get; }

    /// <summary>Number of lines of an array.</summary>
    private protected int Lines { get; }

    /// <summary>What the algorithm keeps beside its arrays.</summary>
    private protected virtual DigitalParts Digital => DigitalParts.None;

    /// <summary>Most samples that are sent to A in one call.</summary>
    private protected virtual int LongestStretch => int.MaxValue;

    /// <inheritdoc/>
    public AlgorithmState Init()
    {
        AlgorithmState state = new(
            [Fast.Init(), Slow.Init()],
            [.. Digital.Buffers.Select(buffer => new Grid(buffer.Rows, buffer.Columns))],
            new double[Digital.Numbers.Count],
            new long[2 + Digital.Counters.Count]
        );
        Restart(state);
        return state;
    }

    /// <inheritdoc/>
    public void Set(AlgorithmState state, ulong key, ReadOnlySpan<float> weights)
    {
        Slow.Set(state.Arrays[1], Keys.Fold(key, 0), weights);
        Fast.Set(state.Arrays[0], Keys.Fold(key, 1), new float[Outputs * Inputs]);
        state.Numbers.Clear();
        state.Counters.Clear();
        foreach (Grid buffer in state.Buffers)
        {
            buffer.Values.Clear();
        }

        Restart(state);
    }

    /// <inheritdoc/>
    public void Get(AlgorithmState state, Span<float> weights) => Visible(state).Weights.Store(weights);

    /// <inheritdoc/>
    public void Forward(AlgorithmState state, ulong key, ReadOnlySpan<float> x, Span<float> y) => Slow.Forward(Visible(state), key, x, y);

    /// <inheritdoc/>
    public void Backward(AlgorithmState state, ulong key, ReadOnlySpan<float> d, Span<float> x) => Slow.Backward(Visible(state), key, d, x);

    /// <inheritdoc/>
    public UpdateInfo Update(AlgorithmState state, ulong key, ReadOnlySpan<float> x, ReadOnlySpan<float> d, double learningRate)
    {
        int samples = Shapes.RequireBatch(Inputs, Outputs, x, d, learningRate);
        long period = Settings.Schedule.Period(samples);
        UpdateInfo info = default;
        ref long sent = ref state.Counters[Samples];
        for (int done = 0; done < samples; )
        {
            int stretch = (int)Math.Min(Math.Min(period - (sent % period), LongestStretch), samples - done);
            info += Collect(
                state,
                Keys.Fold(key, 2 * (ulong)done),
                x.Slice(done * Inputs, stretch * Inputs),
                d.Slice(done * Outputs, stretch * Outputs),
                samples,
                learningRate
            );
            sent += stretch;
            done += stretch;
            if (sent % period == 0)
            {
                info += TransferLines(state, Keys.Fold(key, (2 * (ulong)done) - 1), learningRate);
            }
        }

        Fast.Relax(state.Arrays[0], Keys.Fold(key, 2 * (ulong)samples));
        Slow.Relax(state.Arrays[1], Keys.Fold(key, (2 * (ulong)samples) + 1));
        return info;
    }

    /// <summary>Puts the digital parts, which are 0, to their start.</summary>
    private protected virtual void Restart(AlgorithmState state) { }

    /// <summary>Sends a stretch of samples to A.</summary>
    private protected virtual UpdateInfo Collect(
        AlgorithmState state,
        ulong key,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> d,
        int batch,
        double learningRate
    ) => Fast.Update(state.Arrays[0], key, Settings.GradientUpdate, x, d, Settings.FastRate.At(learningRate));

    /// <summary>What happens between the read of a line and its write.</summary>
    private protected virtual void AfterRead(AlgorithmState state, ulong key, int firstLine) { }

    /// <summary>Moves W by what was read from a line of A.</summary>
    private protected abstract UpdateInfo Transfer(AlgorithmState state, ulong key, Line line, Span<float> read, double learningRate);

    /// <summary>W + γ·A into new numbers.</summary>
    private protected virtual void Mix(AlgorithmState state, Grid visible)
    {
        float gamma = (float)Settings.Mixing;
        ReadOnlySpan<float> fast = state.Arrays[0].Weights.Values;
        ReadOnlySpan<float> slow = state.Arrays[1].Weights.Values;
        Span<float> mixed = visible.Values;
        for (int e = 0; e < mixed.Length; e++)
        {
            mixed[e] = MathF.FusedMultiplyAdd(gamma, fast[e], slow[e]);
        }
    }

    private UpdateInfo TransferLines(AlgorithmState state, ulong key, double learningRate)
    {
        TransferSchedule schedule = Settings.Schedule;
        ref long next = ref state.Counters[NextLine];
        if (schedule.StartsAnywhere)
        {
            next = (long)(Lines * Uniform.At(key, Purpose.General, 0, 0));
        }

        int first = (int)next;
        UpdateInfo info = default;
        for (int n = 0; n < schedule.Reads; n++)
        {
            Line line = new(schedule.ByRows, (int)next);
            ulong lineKey = Keys.Fold(key, (ulong)n);
            line.Read(Fast, state.Arrays[0], lineKey, _read);
            AfterRead(state, lineKey, first);
            next = (next + 1) % Lines;
            info += Transfer(state, lineKey, line, _read, learningRate);
        }

        return info;
    }

    private ArrayState Visible(AlgorithmState state)
    {
        if (_visible is null)
        {
            return state.Arrays[1];
        }

        Mix(state, _visible.Weights);
        return _visible;
    }
}
