using System;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>Analog SGD on an array: every sample's gradient is sent to the weights that the network computes with.</summary>
/// <remarks>W' = U(W, −α·d·xᵀ), sample after sample (2406.12774v1, eq. 3). On an <see cref="IdealArray"/> it is digital SGD.</remarks>
/// <param name="array">The weights.</param>
/// <param name="update">Update circuit; null for the default.</param>
public sealed class PulsedSgd(IWeightArray array, UpdateSettings? update = null) : IArrayAlgorithm
{
    private readonly UpdateSettings _update = update ?? UpdateSettings.Default;

    /// <inheritdoc/>
    public string Name => "Analog SGD";

    /// <inheritdoc/>
    public int Outputs => array.Outputs;

    /// <inheritdoc/>
    public int Inputs => array.Inputs;

    /// <inheritdoc/>
    public StateNames Names { get; } = new(["W"], [], [], []);

    /// <inheritdoc/>
    public AlgorithmState Init() => new([array.Init()], [], [], []);

    /// <inheritdoc/>
    public void Set(AlgorithmState state, ulong key, ReadOnlySpan<float> weights) => array.Set(state.Arrays[0], key, weights);

    /// <inheritdoc/>
    public void Get(AlgorithmState state, Span<float> weights) => state.Arrays[0].Weights.Store(weights);

    /// <inheritdoc/>
    public void Forward(AlgorithmState state, ulong key, ReadOnlySpan<float> x, Span<float> y) => array.Forward(state.Arrays[0], key, x, y);

    /// <inheritdoc/>
    public void Backward(AlgorithmState state, ulong key, ReadOnlySpan<float> d, Span<float> x) =>
        array.Backward(state.Arrays[0], key, d, x);

    /// <inheritdoc/>
    public UpdateInfo Update(AlgorithmState state, ulong key, ReadOnlySpan<float> x, ReadOnlySpan<float> d, double learningRate)
    {
        UpdateInfo info = array.Update(state.Arrays[0], key, _update, x, d, learningRate);
        array.Relax(state.Arrays[0], key);
        return info;
    }
}
