using System.Collections.Immutable;
using System.Globalization;

namespace AnalogTheory.CSharp;

/// <summary>The state of one replica before step k. Immutable.</summary>
public sealed class Snapshot
{
    internal Snapshot(long step, ImmutableArray<double> weights, ImmutableArray<double> auxiliary, double largestChange, bool isFinite)
    {
        Step = step;
        Weights = weights;
        Auxiliary = auxiliary;
        LargestChange = largestChange;
        IsFinite = isFinite;
    }

    /// <summary>k, the number of steps done.</summary>
    public long Step { get; }

    /// <summary>W; length D.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>P; length D, or empty for rules without an auxiliary array.</summary>
    public ImmutableArray<double> Auxiliary { get; }

    /// <summary>‖W_k − W_{k−1}‖∞, how far step k − 1 moved the weights; 0 at the start.</summary>
    public double LargestChange { get; }

    /// <summary>Whether every element is finite; a diverged run is data.</summary>
    public bool IsFinite { get; }

    /// <summary>Step and weights, such as <c>step 10: [0.25]</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"step {Step}: {AnalogTheory.Weights.Create(Weights, [Weights.Length])}");
}
