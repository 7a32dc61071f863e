namespace AnalogTheory.Tiles.Arrays;

/// <summary>All that changes in an array of weights: two states with equal numbers behave alike from then on.</summary>
/// <remarks>Devices, periphery and shape belong to the <see cref="IWeightArray"/>; randomness comes in as a key. So a state can be copied, saved and compared.</remarks>
/// <param name="weights">Visible weights.</param>
/// <param name="hidden">Weights that pulses act on, where those differ from the visible ones; else null.</param>
public sealed class ArrayState(Grid weights, Grid? hidden = null)
{
    /// <summary>Visible weights, outputs × inputs: what a read sees before the periphery adds to it. Unit of weight.</summary>
    public Grid Weights { get; } = weights;

    /// <summary>Weights that pulses act on, with write noise; null where those are the visible ones.</summary>
    public Grid? Hidden { get; } = hidden;

    /// <summary>A state of equal numbers in new memory.</summary>
    public ArrayState Clone() => new(Weights.Clone(), Hidden?.Clone());

    /// <summary>Takes over the numbers of another state of the same array.</summary>
    /// <param name="other">Where the numbers come from.</param>
    /// <exception cref="System.ArgumentException">The shapes differ.</exception>
    public void CopyFrom(ArrayState other)
    {
        Weights.CopyFrom(other.Weights);
        if (Hidden is not null && other.Hidden is not null)
        {
            Hidden.CopyFrom(other.Hidden);
        }
    }
}
