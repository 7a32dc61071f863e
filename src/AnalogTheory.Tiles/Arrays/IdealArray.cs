using System;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>An array of exact numbers: no bounds, no response, no noise. On it every algorithm is its digital form.</summary>
/// <param name="outputs">Number of outputs, at least 1.</param>
/// <param name="inputs">Number of inputs, at least 1.</param>
/// <param name="granularity">Δw_min by which algorithms measure thresholds, &gt; 0, unit of weight.</param>
public sealed class IdealArray(int outputs, int inputs, double granularity = 0.001) : WeightArray(outputs, inputs)
{
    /// <inheritdoc/>
    public override double Granularity { get; } =
        granularity > 0.0 && double.IsFinite(granularity)
            ? granularity
            : throw new ArgumentException(
                FormattableString.Invariant($"Expected a finite granularity above 0, got {granularity}."),
                nameof(granularity)
            );

    /// <inheritdoc/>
    public override double States => double.PositiveInfinity;

    /// <inheritdoc/>
    public override bool IsContinuous => true;

    // In blocks: an element sees the samples in their order, so the bits are those of one by one.
    private protected override UpdateInfo SendBatch(
        ArrayState state,
        ulong key,
        UpdateSettings settings,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> d,
        int samples,
        double learningRate
    )
    {
        OuterProduct.AddSamples(state.Weights, x, d, -learningRate);
        return default;
    }

    private protected override UpdateInfo Send(ArrayState state, Draws draws, UpdateSettings settings, Part x, Part d, double learningRate)
    {
        OuterProduct.Add(state.Weights, x, d, learningRate);
        return default;
    }
}
