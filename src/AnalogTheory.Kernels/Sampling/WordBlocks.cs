using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Sampling;

/// <summary>Sixteen lanes vectors of each of the four Philox words, on the stack: word w of block i stands at 16·w + i.</summary>
/// <remarks>
/// Samplers run in passes over such a chunk (counters, rounds, transform) instead of one long loop body: each pass keeps enough independent
/// chains in flight to hide their latency, and stays small enough for the JIT to inline and to keep in registers.
/// </remarks>
/// <typeparam name="T">Lanes.</typeparam>
[InlineArray((4 * WordBlocks.Chunk) + 1)]
internal struct WordBlocks<T>
{
    private T _first;
}

/// <summary>The pass that turns counters into random words.</summary>
internal static class WordBlocks
{
    /// <summary>Lanes vectors of each word in a chunk.</summary>
    internal const int Chunk = 16;

    /// <summary>Replaces counter words by random words, block by block; high halves of the lanes are leftovers.</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="schedule">Round keys from <see cref="Philox.Schedule"/>.</param>
    /// <param name="words">4·Chunk vectors, laid out as in <see cref="WordBlocks{T}"/>.</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    internal static void Randomize<T>(ReadOnlySpan<T> schedule, Span<T> words)
        where T : struct, ILanes<T>
    {
        ref T at = ref MemoryMarshal.GetReference(words[..(4 * Chunk)]);
        for (int i = 0; i < Chunk; i += 2)
        {
            T a0 = Unsafe.Add(ref at, i),
                a1 = Unsafe.Add(ref at, Chunk + i);
            T a2 = Unsafe.Add(ref at, (2 * Chunk) + i),
                a3 = Unsafe.Add(ref at, (3 * Chunk) + i);
            T b0 = Unsafe.Add(ref at, i + 1),
                b1 = Unsafe.Add(ref at, Chunk + i + 1);
            T b2 = Unsafe.Add(ref at, (2 * Chunk) + i + 1),
                b3 = Unsafe.Add(ref at, (3 * Chunk) + i + 1);
            Philox.TwoBlocks(schedule, ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3);
            Unsafe.Add(ref at, i) = a0;
            Unsafe.Add(ref at, Chunk + i) = a1;
            Unsafe.Add(ref at, (2 * Chunk) + i) = a2;
            Unsafe.Add(ref at, (3 * Chunk) + i) = a3;
            Unsafe.Add(ref at, i + 1) = b0;
            Unsafe.Add(ref at, Chunk + i + 1) = b1;
            Unsafe.Add(ref at, (2 * Chunk) + i + 1) = b2;
            Unsafe.Add(ref at, (3 * Chunk) + i + 1) = b3;
        }
    }
}
