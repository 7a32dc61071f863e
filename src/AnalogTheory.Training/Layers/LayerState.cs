using System;
using System.Collections.Generic;
using System.Linq;
using AnalogTheory.Tiles.Algorithms;

namespace AnalogTheory.Training.Layers;

/// <summary>All that changes in a layer while it trains: its tiles, and its digital numbers such as bias and scales.</summary>
/// <param name="tiles">States of the tiles' algorithms.</param>
/// <param name="numbers">Digital numbers.</param>
public sealed class LayerState(IReadOnlyList<AlgorithmState> tiles, float[] numbers)
{
    /// <summary>States of the tiles' algorithms.</summary>
    public IReadOnlyList<AlgorithmState> Tiles { get; } = tiles;

    /// <summary>Digital numbers.</summary>
    public Span<float> Numbers => numbers;

    /// <summary>A state of equal numbers in new memory.</summary>
    public LayerState Clone() => new([.. Tiles.Select(tile => tile.Clone())], (float[])numbers.Clone());

    /// <summary>Takes over the numbers of another state of the same layer.</summary>
    /// <param name="other">Where the numbers come from.</param>
    /// <exception cref="ArgumentException">The states are made of other parts.</exception>
    public void CopyFrom(LayerState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Tiles.Count != Tiles.Count || other.Numbers.Length != numbers.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"Expected {Tiles.Count} tiles and {numbers.Length} numbers, got {other.Tiles.Count} and {other.Numbers.Length}."
                ),
                nameof(other)
            );
        }

        for (int t = 0; t < Tiles.Count; t++)
        {
            Tiles[t].CopyFrom(other.Tiles[t]);
        }

        other.Numbers.CopyTo(numbers);
    }
}
