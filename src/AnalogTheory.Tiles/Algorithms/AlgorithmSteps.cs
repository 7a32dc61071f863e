using System;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>The changes that an <see cref="IArrayAlgorithm"/> can make, from state to state: the argument stays as it is, the result is new.</summary>
/// <remarks>Each copies the state and makes the change in place, so both forms give the same bits.</remarks>
public static class AlgorithmSteps
{
    /// <summary>The state after <see cref="IArrayAlgorithm.Update"/>, and what was sent.</summary>
    /// <param name="algorithm">Algorithm.</param>
    /// <param name="state">State before.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="x">Inputs numbers a sample.</param>
    /// <param name="d">Outputs numbers a sample.</param>
    /// <param name="learningRate">α.</param>
    /// <returns>State after and info.</returns>
    public static (AlgorithmState State, UpdateInfo Info) Updated(
        this IArrayAlgorithm algorithm,
        AlgorithmState state,
        ulong key,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> d,
        double learningRate
    )
    {
        AlgorithmState next = state.Clone();
        return (next, algorithm.Update(next, key, x, d, learningRate));
    }

    /// <summary>The state after <see cref="IArrayAlgorithm.Set"/>.</summary>
    /// <param name="algorithm">Algorithm.</param>
    /// <param name="state">State before.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="weights">Outputs·Inputs numbers, row after row.</param>
    /// <returns>State after.</returns>
    public static AlgorithmState WithWeights(this IArrayAlgorithm algorithm, AlgorithmState state, ulong key, ReadOnlySpan<float> weights)
    {
        AlgorithmState next = state.Clone();
        algorithm.Set(next, key, weights);
        return next;
    }

    /// <summary>The visible weights, row after row.</summary>
    /// <param name="algorithm">Algorithm.</param>
    /// <param name="state">State.</param>
    /// <returns>Outputs·Inputs numbers; unit of weight.</returns>
    public static float[] Weights(this IArrayAlgorithm algorithm, AlgorithmState state)
    {
        float[] weights = new float[algorithm.Outputs * algorithm.Inputs];
        algorithm.Get(state, weights);
        return weights;
    }
}
