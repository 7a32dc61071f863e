using System;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>A vector that is zero outside of a stretch: a whole input, or a one-hot one.</summary>
/// <param name="values">The numbers of the stretch.</param>
/// <param name="first">Where the stretch starts.</param>
internal readonly ref struct Part(ReadOnlySpan<float> values, int first)
{
    internal readonly ReadOnlySpan<float> Values = values;
    internal readonly int First = first;
}

/// <summary>Names the random streams of one sample of an update.</summary>
/// <param name="Key">64-bit key.</param>
/// <param name="Sample">Number of the sample: the replica of its streams.</param>
internal readonly record struct Draws(ulong Key, uint Sample);
