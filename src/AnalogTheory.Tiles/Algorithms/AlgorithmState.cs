using System;
using System.Collections.Generic;
using System.Linq;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>All that changes while an algorithm trains: two states with equal numbers behave alike from then on.</summary>
/// <remarks>One shape for every algorithm, named by <see cref="IArrayAlgorithm.Names"/>, so that copying, comparing and saving are written once.</remarks>
/// <param name="arrays">States of the arrays.</param>
/// <param name="buffers">Digital matrices.</param>
/// <param name="numbers">Digital numbers.</param>
/// <param name="counters">Counters.</param>
public sealed class AlgorithmState(IReadOnlyList<ArrayState> arrays, IReadOnlyList<Grid> buffers, double[] numbers, long[] counters)
{
    /// <summary>States of the arrays.</summary>
    public IReadOnlyList<ArrayState> Arrays { get; } = arrays;

    /// <summary>Digital matrices.</summary>
    public IReadOnlyList<Grid> Buffers { get; } = buffers;

    /// <summary>Digital numbers.</summary>
    public Span<double> Numbers => numbers;

    /// <summary>Counters.</summary>
    public Span<long> Counters => counters;

    /// <summary>A state of equal numbers in new memory.</summary>
    public AlgorithmState Clone() =>
        new(
            [.. Arrays.Select(array => array.Clone())],
            [.. Buffers.Select(buffer => buffer.Clone())],
            (double[])numbers.Clone(),
            (long[])counters.Clone()
        );

    /// <summary>Takes over the numbers of another state of the same algorithm.</summary>
    /// <param name="other">Where the numbers come from.</param>
    /// <exception cref="ArgumentException">The states are made of other parts.</exception>
    public void CopyFrom(AlgorithmState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Arrays.Count != Arrays.Count || other.Buffers.Count != Buffers.Count)
        {
            throw new ArgumentException(
                $"Expected {Arrays.Count} arrays and {Buffers.Count} buffers, got {other.Arrays.Count} and {other.Buffers.Count}.",
                nameof(other)
            );
        }

        for (int n = 0; n < Arrays.Count; n++)
        {
            Arrays[n].CopyFrom(other.Arrays[n]);
        }

        for (int n = 0; n < Buffers.Count; n++)
        {
            Buffers[n].CopyFrom(other.Buffers[n]);
        }

        other.Numbers.CopyTo(numbers);
        other.Counters.CopyTo(counters);
    }
}
