using System;
using System.Collections.Generic;
using System.Linq;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>All that changes in an array of weights: two states with equal numbers behave alike from then on.</summary>
/// <remarks>Devices, periphery and shape belong to the <see cref="IWeightArray"/>; randomness comes in as a key. So a state can be copied, saved and compared.</remarks>
/// <param name="weights">Visible weights.</param>
/// <param name="hidden">Weights that pulses act on, where those differ from the visible ones; else null.</param>
/// <param name="parts">States of the arrays that this one is made of; null where it is one.</param>
public sealed class ArrayState(Grid weights, Grid? hidden = null, IReadOnlyList<ArrayState>? parts = null)
{
    /// <summary>Visible weights, outputs × inputs: what a read sees before the periphery adds to it. Unit of weight.</summary>
    public Grid Weights { get; } = weights;

    /// <summary>Weights that pulses act on, with write noise; null where those are the visible ones.</summary>
    public Grid? Hidden { get; } = hidden;

    /// <summary>States of the arrays that this one is made of, such as the two of a <see cref="OneSidedArray"/>; none where it is one.</summary>
    public IReadOnlyList<ArrayState> Parts { get; } = parts ?? [];

    /// <summary>Updates so far, where an array counts them: samples sent, since its weights were set.</summary>
    public long Updates { get; set; }

    /// <summary>A state of equal numbers in new memory.</summary>
    public ArrayState Clone() => new(Weights.Clone(), Hidden?.Clone(), [.. Parts.Select(part => part.Clone())]) { Updates = Updates };

    /// <summary>Takes over the numbers of another state of the same array.</summary>
    /// <param name="other">Where the numbers come from.</param>
    /// <exception cref="ArgumentException">The shapes differ, or the states are made of other parts.</exception>
    public void CopyFrom(ArrayState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Parts.Count != Parts.Count)
        {
            throw new ArgumentException($"Expected a state of {Parts.Count} parts, got one of {other.Parts.Count}.", nameof(other));
        }

        Weights.CopyFrom(other.Weights);
        if (Hidden is not null && other.Hidden is not null)
        {
            Hidden.CopyFrom(other.Hidden);
        }

        for (int n = 0; n < Parts.Count; n++)
        {
            Parts[n].CopyFrom(other.Parts[n]);
        }

        Updates = other.Updates;
    }
}
