using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Sampling;

/// <summary>Philox 4×32-10: a counter of 128 bits and a key of 64 bits in, four random 32-bit words out, no state in between.</summary>
/// <remarks>
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11, section 3.3; checked against the known-answer vectors
/// of Random123.
/// <para>The counter convention of this library. Key: a 64-bit key, its low word first. Words c0 and c1 of the counter: low and high half of a
/// 64-bit block index within a stream. c2: replica. c3: purpose. A stream is therefore named by (key, purpose, replica), and element i of it
/// depends on nothing else: 32-bit uniforms take word i mod 4 of block ⌊i/4⌋, Gaussians take half i mod 2 of block ⌊i/2⌋.</para>
/// <para>In lanes, a word is the low half of a 64-bit lane. Inside the rounds the high halves hold leftovers, which the multiplication ignores;
/// whoever reads the result masks it.</para>
/// </remarks>
public static class Philox
{
    /// <summary>Number of lanes vectors in a key schedule: two for each of the ten rounds.</summary>
    public const int ScheduleLength = 20;

    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>One block, the definition: four words from a counter and a key.</summary>
    /// <param name="c0">Counter word 0: low half of the block index.</param>
    /// <param name="c1">Counter word 1: high half of the block index.</param>
    /// <param name="c2">Counter word 2: replica.</param>
    /// <param name="c3">Counter word 3: purpose.</param>
    /// <param name="k0">Key word 0.</param>
    /// <param name="k1">Key word 1.</param>
    /// <returns>The four words, each uniform over 0 … 2³² − 1.</returns>
    public static (uint Word0, uint Word1, uint Word2, uint Word3) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        // In whole numbers: lanes of one double would carry every word between two kinds of registers.
        unchecked
        {
            for (int round = 0; round < ScheduleLength / 2; round++)
            {
                ulong p0 = (ulong)c0 * Multiplier0,
                    p1 = (ulong)c2 * Multiplier1;
                (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
                k0 += Weyl0;
                k1 += Weyl1;
            }
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>The round keys of a key, in every lane: words k0, k1 of round 0, then of round 1, and so on.</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="key">The 64-bit key.</param>
    /// <param name="schedule">Receives <see cref="ScheduleLength"/> lanes vectors.</param>
    public static void Schedule<T>(ulong key, Span<T> schedule)
        where T : struct, ILanes<T>
    {
        uint k0 = (uint)key,
            k1 = (uint)(key >> 32);
        for (int round = 0; round < ScheduleLength / 2; round++)
        {
            schedule[2 * round] = T.Word(k0);
            schedule[(2 * round) + 1] = T.Word(k1);
            unchecked
            {
                k0 += Weyl0;
                k1 += Weyl1;
            }
        }
    }

    /// <summary>One block in every lane. The low 32 bits of each result lane are the word; the high 32 bits have to be masked off.</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="schedule">Round keys from <see cref="Schedule"/>; <see cref="ScheduleLength"/> lanes vectors.</param>
    /// <param name="c0">In: counter word 0. Out: random word 0.</param>
    /// <param name="c1">In: counter word 1. Out: random word 1.</param>
    /// <param name="c2">In: counter word 2. Out: random word 2.</param>
    /// <param name="c3">In: counter word 3. Out: random word 3.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block<T>(ReadOnlySpan<T> schedule, ref T c0, ref T c1, ref T c2, ref T c3)
        where T : struct, ILanes<T>
    {
        // One length check for the twenty reads below.
        ref T keys = ref MemoryMarshal.GetReference(schedule[..ScheduleLength]);
        T w0 = c0,
            w1 = c1,
            w2 = c2,
            w3 = c3;
        Round(ref keys, 0, ref w0, ref w1, ref w2, ref w3);
        Round(ref keys, 2, ref w0, ref w1, ref w2, ref w3);
        Round(ref keys, 4, ref w0, ref w1, ref w2, ref w3);
        Round(ref keys, 6, ref w0, ref w1, ref w2, ref w3);
        Round(ref keys, 8, ref w0, ref w1, ref w2, ref w3);
        Round(ref keys, 10, ref w0, ref w1, ref w2, ref w3);
        Round(ref keys, 12, ref w0, ref w1, ref w2, ref w3);
        Round(ref keys, 14, ref w0, ref w1, ref w2, ref w3);
        Round(ref keys, 16, ref w0, ref w1, ref w2, ref w3);
        Round(ref keys, 18, ref w0, ref w1, ref w2, ref w3);
        c0 = w0;
        c1 = w1;
        c2 = w2;
        c3 = w3;
    }

    /// <summary>Two independent blocks at once, their rounds alternating: one block alone waits for its own multiplications.</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="schedule">Round keys from <see cref="Schedule"/>; <see cref="ScheduleLength"/> lanes vectors.</param>
    /// <param name="a0">Counter word 0 of the first block, then its random word 0.</param>
    /// <param name="a1">Counter word 1 of the first block, then its random word 1.</param>
    /// <param name="a2">Counter word 2 of the first block, then its random word 2.</param>
    /// <param name="a3">Counter word 3 of the first block, then its random word 3.</param>
    /// <param name="b0">Counter word 0 of the second block, then its random word 0.</param>
    /// <param name="b1">Counter word 1 of the second block, then its random word 1.</param>
    /// <param name="b2">Counter word 2 of the second block, then its random word 2.</param>
    /// <param name="b3">Counter word 3 of the second block, then its random word 3.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void TwoBlocks<T>(
        ReadOnlySpan<T> schedule,
        ref T a0,
        ref T a1,
        ref T a2,
        ref T a3,
        ref T b0,
        ref T b1,
        ref T b2,
        ref T b3
    )
        where T : struct, ILanes<T>
    {
        ref T keys = ref MemoryMarshal.GetReference(schedule[..ScheduleLength]);
        Round(ref keys, 0, ref a0, ref a1, ref a2, ref a3);
        Round(ref keys, 0, ref b0, ref b1, ref b2, ref b3);
        Round(ref keys, 2, ref a0, ref a1, ref a2, ref a3);
        Round(ref keys, 2, ref b0, ref b1, ref b2, ref b3);
        Round(ref keys, 4, ref a0, ref a1, ref a2, ref a3);
        Round(ref keys, 4, ref b0, ref b1, ref b2, ref b3);
        Round(ref keys, 6, ref a0, ref a1, ref a2, ref a3);
        Round(ref keys, 6, ref b0, ref b1, ref b2, ref b3);
        Round(ref keys, 8, ref a0, ref a1, ref a2, ref a3);
        Round(ref keys, 8, ref b0, ref b1, ref b2, ref b3);
        Round(ref keys, 10, ref a0, ref a1, ref a2, ref a3);
        Round(ref keys, 10, ref b0, ref b1, ref b2, ref b3);
        Round(ref keys, 12, ref a0, ref a1, ref a2, ref a3);
        Round(ref keys, 12, ref b0, ref b1, ref b2, ref b3);
        Round(ref keys, 14, ref a0, ref a1, ref a2, ref a3);
        Round(ref keys, 14, ref b0, ref b1, ref b2, ref b3);
        Round(ref keys, 16, ref a0, ref a1, ref a2, ref a3);
        Round(ref keys, 16, ref b0, ref b1, ref b2, ref b3);
        Round(ref keys, 18, ref a0, ref a1, ref a2, ref a3);
        Round(ref keys, 18, ref b0, ref b1, ref b2, ref b3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round<T>(ref T keys, int at, ref T w0, ref T w1, ref T w2, ref T w3)
        where T : struct, ILanes<T>
    {
        T p0 = T.MultiplyLow(w0, T.Word(Multiplier0));
        T p1 = T.MultiplyLow(w2, T.Word(Multiplier1));
        w0 = T.Xor(T.ShiftRight(p1, 32), w1, Unsafe.Add(ref keys, at));
        w1 = p1;
        w2 = T.Xor(T.ShiftRight(p0, 32), w3, Unsafe.Add(ref keys, at + 1));
        w3 = p0;
    }
}
