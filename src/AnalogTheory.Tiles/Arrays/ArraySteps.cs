using System;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>The changes that a <see cref="IWeightArray"/> can make, from state to state: the argument stays as it is, the result is new.</summary>
/// <remarks>Each copies the state and makes the change in place, so both forms give the same bits. For looking; long runs work in place.</remarks>
public static class ArraySteps
{
    /// <summary>The state after <see cref="IWeightArray.Set"/>.</summary>
    /// <param name="array">Array.</param>
    /// <param name="state">State before.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="weights">Outputs·Inputs numbers, row after row.</param>
    public static ArrayState WithWeights(this IWeightArray array, ArrayState state, ulong key, ReadOnlySpan<float> weights)
    {
        ArrayState next = state.Clone();
        array.Set(next, key, weights);
        return next;
    }

    /// <summary>The state after <see cref="IWeightArray.Update"/>, and what the update did.</summary>
    /// <param name="array">Array.</param>
    /// <param name="state">State before.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="settings">Update circuit.</param>
    /// <param name="x">Inputs numbers a sample.</param>
    /// <param name="d">Outputs numbers a sample.</param>
    /// <param name="learningRate">Finite.</param>
    public static (ArrayState State, UpdateInfo Info) Updated(
        this IWeightArray array,
        ArrayState state,
        ulong key,
        UpdateSettings settings,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> d,
        double learningRate
    )
    {
        ArrayState next = state.Clone();
        return (next, array.Update(next, key, settings, x, d, learningRate));
    }

    /// <summary>The state after <see cref="IWeightArray.UpdateColumn"/>, and what the update did.</summary>
    /// <param name="array">Array.</param>
    /// <param name="state">State before.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="settings">Update circuit.</param>
    /// <param name="column">j.</param>
    /// <param name="d">Outputs numbers.</param>
    /// <param name="learningRate">Finite.</param>
    public static (ArrayState State, UpdateInfo Info) ColumnUpdated(
        this IWeightArray array,
        ArrayState state,
        ulong key,
        UpdateSettings settings,
        int column,
        ReadOnlySpan<float> d,
        double learningRate
    )
    {
        ArrayState next = state.Clone();
        return (next, array.UpdateColumn(next, key, settings, column, d, learningRate));
    }

    /// <summary>The state after <see cref="IWeightArray.UpdateRow"/>, and what the update did.</summary>
    /// <param name="array">Array.</param>
    /// <param name="state">State before.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="settings">Update circuit.</param>
    /// <param name="row">i.</param>
    /// <param name="x">Inputs numbers.</param>
    /// <param name="learningRate">Finite.</param>
    public static (ArrayState State, UpdateInfo Info) RowUpdated(
        this IWeightArray array,
        ArrayState state,
        ulong key,
        UpdateSettings settings,
        int row,
        ReadOnlySpan<float> x,
        double learningRate
    )
    {
        ArrayState next = state.Clone();
        return (next, array.UpdateRow(next, key, settings, row, x, learningRate));
    }

    /// <summary>The state after <see cref="IWeightArray.ResetColumns"/>.</summary>
    /// <param name="array">Array.</param>
    /// <param name="state">State before.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="first">First column.</param>
    /// <param name="count">Number of columns.</param>
    public static ArrayState ColumnsReset(this IWeightArray array, ArrayState state, ulong key, int first, int count)
    {
        ArrayState next = state.Clone();
        array.ResetColumns(next, key, first, count);
        return next;
    }

    /// <summary>The state after <see cref="IWeightArray.Relax"/>.</summary>
    /// <param name="array">Array.</param>
    /// <param name="state">State before.</param>
    /// <param name="key">64-bit key.</param>
    public static ArrayState Relaxed(this IWeightArray array, ArrayState state, ulong key)
    {
        ArrayState next = state.Clone();
        array.Relax(next, key);
        return next;
    }

    /// <summary>The visible weights, row after row without padding.</summary>
    /// <param name="state">State.</param>
    public static float[] ToArray(this ArrayState state)
    {
        float[] weights = new float[state.Weights.Rows * state.Weights.Columns];
        state.Weights.Store(weights);
        return weights;
    }
}
