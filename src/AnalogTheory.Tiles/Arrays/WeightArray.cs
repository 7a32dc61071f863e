using System;
using AnalogTheory.Tiles.Periphery;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>What arrays have in common: shape, checks, and reads through a periphery. Kinds of arrays differ in what an update does.</summary>
public abstract class WeightArray : IWeightArray
{
    // Bound management is for forward reads; one-hot reads have no management at all.
    private readonly PeripherySettings _backward = PeripherySettings.Perfect;
    private readonly PeripherySettings _transfer = PeripherySettings.Perfect;

    private protected WeightArray(int outputs, int inputs)
    {
        Shapes.RequireCount(outputs, nameof(outputs));
        Shapes.RequireCount(inputs, nameof(inputs));
        Outputs = outputs;
        Inputs = inputs;
    }

    /// <inheritdoc/>
    public int Outputs { get; }

    /// <inheritdoc/>
    public int Inputs { get; }

    /// <summary>Periphery of forward reads; perfect unless given.</summary>
    public PeripherySettings ForwardPeriphery { get; init; } = PeripherySettings.Perfect;

    /// <summary>Periphery of transposed reads; perfect unless given. Its bound management is ignored, as in the kit.</summary>
    public PeripherySettings BackwardPeriphery
    {
        get;
        init
        {
            field = value;
            _backward = value with { BoundManagement = false };
        }
    } = PeripherySettings.Perfect;

    /// <summary>Periphery of one-hot reads of columns and rows; perfect unless given. Its managements are ignored, as in the kit.</summary>
    public PeripherySettings TransferPeriphery
    {
        get;
        init
        {
            field = value;
            _transfer = value.Unmanaged;
        }
    } = PeripherySettings.Perfect;

    /// <inheritdoc/>
    public abstract double Granularity { get; }

    /// <inheritdoc/>
    public abstract double States { get; }

    /// <inheritdoc/>
    public abstract bool IsContinuous { get; }

    /// <inheritdoc/>
    public virtual ArrayState Init() => new(new Grid(Outputs, Inputs));

    /// <inheritdoc/>
    public virtual void Set(ArrayState state, ulong key, ReadOnlySpan<float> weights)
    {
        Shapes.RequireState(this, state);
        Shapes.RequireLength(weights.Length, Outputs * Inputs, nameof(weights));
        Shapes.RequireFinite(weights, nameof(weights));
        state.Weights.Load(weights);
    }

    /// <inheritdoc/>
    public void Forward(ArrayState state, ulong key, ReadOnlySpan<float> x, Span<float> y)
    {
        Shapes.RequireState(this, state);
        int samples = Shapes.Samples(x.Length, Inputs, nameof(x));
        Shapes.RequireLength(y.Length, samples * Outputs, nameof(y));
        NoisyRead.Read(ForwardPeriphery, state.Weights, false, key, x, y, samples);
    }

    /// <inheritdoc/>
    public void Backward(ArrayState state, ulong key, ReadOnlySpan<float> d, Span<float> x)
    {
        Shapes.RequireState(this, state);
        int samples = Shapes.Samples(d.Length, Outputs, nameof(d));
        Shapes.RequireLength(x.Length, samples * Inputs, nameof(x));
        NoisyRead.Read(_backward, state.Weights, true, key, d, x, samples);
    }

    /// <inheritdoc/>
    public void ReadColumn(ArrayState state, ulong key, int column, Span<float> values)
    {
        Shapes.RequireState(this, state);
        Shapes.RequireIndex(column, Inputs, nameof(column));
        Shapes.RequireLength(values.Length, Outputs, nameof(values));
        NoisyRead.ReadOneHot(_transfer, state.Weights, false, key, column, values);
    }

    /// <inheritdoc/>
    public void ReadRow(ArrayState state, ulong key, int row, Span<float> values)
    {
        Shapes.RequireState(this, state);
        Shapes.RequireIndex(row, Outputs, nameof(row));
        Shapes.RequireLength(values.Length, Inputs, nameof(values));
        NoisyRead.ReadOneHot(_transfer, state.Weights, true, key, row, values);
    }

    /// <inheritdoc/>
    public UpdateInfo Update(
        ArrayState state,
        ulong key,
        UpdateSettings settings,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> d,
        double learningRate
    )
    {
        Shapes.RequireState(this, state);
        Shapes.RequireFinite(learningRate, nameof(learningRate));
        int samples = Shapes.Samples(x.Length, Inputs, nameof(x));
        Shapes.RequireLength(d.Length, samples * Outputs, nameof(d));
        Shapes.RequireFinite(x, nameof(x));
        Shapes.RequireFinite(d, nameof(d));
        return learningRate == 0.0 ? default : SendBatch(state, key, settings, x, d, samples, learningRate);
    }

    /// <inheritdoc/>
    public UpdateInfo UpdateColumn(
        ArrayState state,
        ulong key,
        UpdateSettings settings,
        int column,
        ReadOnlySpan<float> d,
        double learningRate
    )
    {
        Shapes.RequireState(this, state);
        Shapes.RequireFinite(learningRate, nameof(learningRate));
        Shapes.RequireIndex(column, Inputs, nameof(column));
        Shapes.RequireLength(d.Length, Outputs, nameof(d));
        Shapes.RequireFinite(d, nameof(d));
        return learningRate == 0.0 ? default : Send(state, new(key, 0), settings, new([1.0f], column), new(d, 0), learningRate);
    }

    /// <inheritdoc/>
    public UpdateInfo UpdateRow(ArrayState state, ulong key, UpdateSettings settings, int row, ReadOnlySpan<float> x, double learningRate)
    {
        Shapes.RequireState(this, state);
        Shapes.RequireFinite(learningRate, nameof(learningRate));
        Shapes.RequireIndex(row, Outputs, nameof(row));
        Shapes.RequireLength(x.Length, Inputs, nameof(x));
        Shapes.RequireFinite(x, nameof(x));
        return learningRate == 0.0 ? default : Send(state, new(key, 0), settings, new(x, 0), new([1.0f], row), learningRate);
    }

    /// <inheritdoc/>
    public virtual void ResetColumns(ArrayState state, ulong key, int first, int count)
    {
        Shapes.RequireState(this, state);
        Shapes.RequireIndex(first, Inputs, nameof(first));
        Shapes.RequireIndex(count - 1, Inputs, nameof(count));
        for (int i = 0; i < Outputs; i++)
        {
            for (int n = 0; n < count; n++)
            {
                state.Weights[i, (first + n) % Inputs] = 0.0f;
            }
        }
    }

    /// <inheritdoc/>
    public virtual void Relax(ArrayState state, ulong key) => Shapes.RequireState(this, state);

    /// <summary>One rank-1 update that is part of another array's, its arguments checked.</summary>
    internal UpdateInfo SendPart(ArrayState state, Draws draws, UpdateSettings settings, Part x, Part d, double learningRate) =>
        Send(state, draws, settings, x, d, learningRate);

    /// <summary>The updates of a mini-batch, their arguments checked: sample by sample.</summary>
    private protected virtual UpdateInfo SendBatch(
        ArrayState state,
        ulong key,
        UpdateSettings settings,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> d,
        int samples,
        double learningRate
    )
    {
        UpdateInfo info = default;
        for (int n = 0; n < samples; n++)
        {
            Part inputs = new(x.Slice(n * Inputs, Inputs), 0);
            Part outputs = new(d.Slice(n * Outputs, Outputs), 0);
            info += Send(state, new(key, (uint)n), settings, inputs, outputs, learningRate);
        }

        return info;
    }

    /// <summary>One rank-1 update, its arguments checked.</summary>
    private protected abstract UpdateInfo Send(ArrayState state, Draws draws, UpdateSettings settings, Part x, Part d, double learningRate);
}
