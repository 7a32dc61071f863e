using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Sampling;

/// <summary>Random bits with given probabilities, many to a word: which slots of a pulse train fire.</summary>
/// <remarks>Words are compared as they come, with ⌈p·2³² − ½⌉: the same as u &lt; p for the uniform numbers of <see cref="Uniform"/>, without making them.</remarks>
public static class Bernoulli
{
    /// <summary>Bits of a word.</summary>
    public const int WordBits = 32;

    private const double TwoTo32 = 4294967296.0;

    /// <summary>Bit k of word j is set where number first + k·stride + j of a stream of uniform numbers is below p_j.</summary>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="firstElement">first; a multiple of 4.</param>
    /// <param name="stride">stride; a multiple of 4.</param>
    /// <param name="bits">Bits that are drawn, 0 … 32; those above are 0.</param>
    /// <param name="probabilities">p, dimensionless; at or below 0 sets no bit, at or above 1 every bit.</param>
    /// <param name="words">Receives as many words.</param>
    /// <exception cref="ArgumentException">first or stride is no multiple of 4, or lengths or bits do not fit.</exception>
    public static void Fill(
        ulong key,
        uint purpose,
        uint replica,
        ulong firstElement,
        ulong stride,
        int bits,
        ReadOnlySpan<double> probabilities,
        Span<uint> words
    )
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Fill<Lanes512>(key, purpose, replica, firstElement, stride, bits, probabilities, words);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Fill<Lanes256>(key, purpose, replica, firstElement, stride, bits, probabilities, words);
        }
        else
        {
            Fill<Scalar>(key, purpose, replica, firstElement, stride, bits, probabilities, words);
        }
    }

    /// <summary><see cref="Fill(ulong, uint, uint, ulong, ulong, int, ReadOnlySpan{double}, Span{uint})"/> at a chosen width.</summary>
    /// <typeparam name="T">Lanes: consecutive blocks.</typeparam>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="firstElement">first; a multiple of 4.</param>
    /// <param name="stride">stride; a multiple of 4.</param>
    /// <param name="bits">Bits that are drawn, 0 … 32; those above are 0.</param>
    /// <param name="probabilities">p.</param>
    /// <param name="words">Receives as many words.</param>
    /// <exception cref="ArgumentException">first or stride is no multiple of 4, or lengths or bits do not fit.</exception>
    public static void Fill<T>(
        ulong key,
        uint purpose,
        uint replica,
        ulong firstElement,
        ulong stride,
        int bits,
        ReadOnlySpan<double> probabilities,
        Span<uint> words
    )
        where T : struct, ILanes<T>
    {
        Check(firstElement, stride, bits, probabilities.Length, words.Length);
        for (int k = 0; k < bits; k++)
        {
            DrawLog.Note(key, purpose, replica, 1, firstElement + ((ulong)k * stride), probabilities.Length, 1);
        }

        RoundKeys<T> room = default;
        Span<T> schedule = StackRoom.Align<T>(room);
        Philox.Schedule(key, schedule);
        int group = 4 * T.Count;
        Span<ulong> limits = stackalloc ulong[group];
        Span<double> marks = stackalloc double[group];
        for (int first = 0; first < probabilities.Length; first += group)
        {
            int used = Math.Min(group, probabilities.Length - first);
            Limits(probabilities.Slice(first, used), limits, T.Count);
            Group(
                schedule,
                (firstElement + (ulong)first) / 4,
                stride / 4,
                purpose,
                replica,
                bits,
                MemoryMarshal.Cast<ulong, T>(limits),
                marks
            );
            for (int j = 0; j < used; j++)
            {
                words[first + j] = (uint)BitConverter.DoubleToUInt64Bits(marks[j]);
            }
        }
    }

    // In the order of the lanes: word w of block v belongs to number 4v + w. Negative, so that an addition compares.
    private static void Limits(ReadOnlySpan<double> probabilities, Span<ulong> limits, int count)
    {
        limits.Clear();
        for (int j = 0; j < probabilities.Length; j++)
        {
            double limit = Math.Ceiling((probabilities[j] * TwoTo32) - 0.5);
            limits[(j % 4 * count) + (j / 4)] = unchecked(0UL - (ulong)Math.Min(Math.Max(limit, 0.0), TwoTo32));
        }
    }

    // The last bit first: each further one shifts those before it up.
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    private static void Group<T>(
        ReadOnlySpan<T> schedule,
        ulong block,
        ulong stride,
        uint purpose,
        uint replica,
        int bits,
        ReadOnlySpan<T> limits,
        Span<double> marks
    )
        where T : struct, ILanes<T>
    {
        T l0 = limits[0],
            l1 = limits[1],
            l2 = limits[2],
            l3 = limits[3];
        T m0 = T.Zero,
            m1 = T.Zero,
            m2 = T.Zero,
            m3 = T.Zero;
        for (int k = bits - 1; k >= 0; k--)
        {
            T index = T.AddWords(T.Word(block + ((ulong)k * stride)), T.LaneIndex);
            T w0 = index,
                w1 = T.ShiftRight(index, 32),
                w2 = T.Word(replica),
                w3 = T.Word(purpose);
            Philox.Block(schedule, ref w0, ref w1, ref w2, ref w3);
            m0 = Next(m0, w0, l0);
            m1 = Next(m1, w1, l1);
            m2 = Next(m2, w2, l2);
            m3 = Next(m3, w3, l3);
        }

        Interleave.Store(m0, m1, m2, m3, marks);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Next<T>(T marks, T word, T limit)
        where T : struct, ILanes<T>
    {
        T isBelow = T.ShiftRight(T.AddWords(T.And(word, T.Word(uint.MaxValue)), limit), 63);
        return T.AddWords(T.AddWords(marks, marks), isBelow);
    }

    private static void Check(ulong firstElement, ulong stride, int bits, int probabilities, int words)
    {
        if (firstElement % 4 != 0 || stride % 4 != 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Expected multiples of 4, got {firstElement} and {stride}."),
                nameof(firstElement)
            );
        }

        if (bits is < 0 or > WordBits || words < probabilities)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"Expected at most {WordBits} bits and a word for each of {probabilities} numbers, got {bits} and {words}."
                ),
                nameof(bits)
            );
        }
    }
}
