using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Sampling;

/// <summary>Uniform numbers in the open unit interval as a function of (key, purpose, replica, element).</summary>
/// <remarks>
/// u = (word + ½)·2⁻³², exact in double and never 0 or 1. The lattice makes P(u &lt; p) differ from p by at most 2⁻³³, and the mean exactly ½.
/// Element i is word i mod 4 of block ⌊i/4⌋ of the stream (see <see cref="Philox"/>). All forms give the same bits.
/// </remarks>
public static class Uniform
{
    private const ulong LowWord = 0xFFFF_FFFFUL;
    private const ulong BitsOfOne = 0x3FF0_0000_0000_0000UL;

    // The double 2²⁰ has 2⁻³² as its last place: a word written there is 2²⁰ + word·2⁻³², and 2²⁰ − 2⁻³³ is a double too.
    private const double WordAnchor = 1048576.0;
    private const double WordOffset = 1048575.9999999998835846781730651855468750;

    /// <summary>One element of one stream: the definition.</summary>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag: what the numbers are for.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="element">Position in the stream; below 2⁶⁴.</param>
    /// <returns>(word + ½)·2⁻³², in [2⁻³³, 1 − 2⁻³³].</returns>
    public static double At(ulong key, uint purpose, uint replica, ulong element)
    {
        DrawLog.Note(key, purpose, replica, 1, element, 1, 1);
        ulong block = element / 4;
        (uint w0, uint w1, uint w2, uint w3) = Philox.Block(
            (uint)block,
            (uint)(block >> 32),
            replica,
            purpose,
            (uint)key,
            (uint)(key >> 32)
        );
        uint word = (element % 4) switch
        {
            0 => w0,
            1 => w1,
            2 => w2,
            _ => w3,
        };
        return FromWord(Scalar.Word(word)).Value;
    }

    /// <summary>Consecutive elements of one stream, from element 0; bit-equal to <see cref="At"/>.</summary>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="destination">Receives elements 0, 1, 2, …</param>
    public static void Fill(ulong key, uint purpose, uint replica, Span<double> destination) => Fill(key, purpose, replica, 0, destination);

    /// <summary>Consecutive elements of one stream; bit-equal to <see cref="At"/>.</summary>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="firstElement">First element; a multiple of 4.</param>
    /// <param name="destination">Receives elements firstElement, firstElement + 1, …</param>
    /// <exception cref="ArgumentException">firstElement is no multiple of 4.</exception>
    public static void Fill(ulong key, uint purpose, uint replica, ulong firstElement, Span<double> destination)
    {
        if (firstElement % 4 != 0)
        {
            throw new ArgumentException($"Expected a multiple of 4, got {firstElement}.", nameof(firstElement));
        }

        if (Vector512.IsHardwareAccelerated)
        {
            Fill<Lanes512>(key, purpose, replica, firstElement, destination);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Fill<Lanes256>(key, purpose, replica, firstElement, destination);
        }
        else
        {
            Fill<Scalar>(key, purpose, replica, firstElement, destination);
        }
    }

    /// <summary><see cref="Fill(ulong, uint, uint, ulong, Span{double})"/> at a chosen width.</summary>
    /// <typeparam name="T">Lanes: consecutive blocks.</typeparam>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="firstElement">First element; a multiple of 4.</param>
    /// <param name="destination">Receives elements firstElement, firstElement + 1, …</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    public static void Fill<T>(ulong key, uint purpose, uint replica, ulong firstElement, Span<double> destination)
        where T : struct, ILanes<T>
    {
        DrawLog.Note(key, purpose, replica, 1, firstElement, destination.Length, 1);
        RoundKeys<T> room = default;
        Span<T> schedule = StackRoom.Align<T>(room);
        Philox.Schedule(key, schedule);
        int group = 4 * T.Count;
        Span<double> rest = stackalloc double[group];
        for (ulong block = firstElement / 4; !destination.IsEmpty; block += (ulong)T.Count)
        {
            int used = Math.Min(group, destination.Length);
            Group(schedule, block, purpose, replica, used == group ? destination : rest);
            if (used < group)
            {
                rest[..used].CopyTo(destination);
            }

            destination = destination[used..];
        }
    }

    /// <summary>Uniforms for a block of replicas: <c>raw[(e − firstElement)·vectors + v]</c> holds element e of replicas
    /// firstReplica + v·Count + lane.</summary>
    /// <typeparam name="T">Lanes: consecutive replicas.</typeparam>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="firstReplica">Replica in lane 0 of vector 0; replica numbers wrap at 2³².</param>
    /// <param name="firstElement">First element; a multiple of 4.</param>
    /// <param name="elements">Number of elements, any number ≥ 0.</param>
    /// <param name="vectors">Lanes vectors side by side.</param>
    /// <param name="raw">Receives elements·vectors lanes vectors.</param>
    /// <exception cref="ArgumentException">firstElement is no multiple of 4, or raw is too short.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    public static void FillUniform<T>(
        ulong key,
        uint purpose,
        uint firstReplica,
        ulong firstElement,
        int elements,
        int vectors,
        Span<T> raw
    )
        where T : struct, ILanes<T>
    {
        ReplicaBlock.Check<T>(firstElement, elements, vectors, raw);
        DrawLog.Note(key, purpose, firstReplica, vectors * T.Count, firstElement, elements, 1);
        RoundKeys<T> room = default;
        Span<T> schedule = StackRoom.Align<T>(room);
        Philox.Schedule(key, schedule);
        for (int e = 0; e < elements; e += 4)
        {
            ulong block = (firstElement + (ulong)e) / 4;
            T low = T.Word((uint)block),
                high = T.Word(block >> 32),
                tag = T.Word(purpose);
            int used = Math.Min(4, elements - e);
            Span<T> row = raw.Slice(e * vectors, used * vectors);
            for (int v = 0; v < vectors; v++)
            {
                T w0 = low,
                    w1 = high,
                    w2 = ReplicaBlock.Lanes<T>(firstReplica, v),
                    w3 = tag;
                Philox.Block(schedule, ref w0, ref w1, ref w2, ref w3);
                row[v] = FromWord(w0);
                if (used > 1)
                {
                    row[vectors + v] = FromWord(w1);
                }

                if (used > 2)
                {
                    row[(2 * vectors) + v] = FromWord(w2);
                }

                if (used > 3)
                {
                    row[(3 * vectors) + v] = FromWord(w3);
                }
            }
        }
    }

    /// <summary>(word + ½)·2⁻³² from the low half of each lane; the high half is ignored.</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="word">Lanes whose low 32 bits are a random word.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FromWord<T>(T word)
        where T : struct, ILanes<T> => T.Or(T.And(word, T.Word(LowWord)), T.Constant(WordAnchor)) - T.Constant(WordOffset);

    /// <summary>The word high·2³² + low in each lane.</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="low">Lanes whose low 32 bits are a random word.</param>
    /// <param name="high">Lanes whose low 32 bits are a random word.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Join<T>(T low, T high)
        where T : struct, ILanes<T> => T.Or(T.ShiftLeft(high, 32), T.And(low, T.Word(LowWord)));

    /// <summary>1 + m·2⁻⁵², where m is the high 52 bits of each lane.</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="joined">Lanes of 64 random bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T OneToTwo<T>(T joined)
        where T : struct, ILanes<T> => T.Or(T.ShiftRight(joined, 12), T.Word(BitsOfOne));

    /// <summary>(m + ½)·2⁻⁵², where m is the high 52 bits of high·2³² + low: a uniform in [2⁻⁵³, 1 − 2⁻⁵³].</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="low">Lanes whose low 32 bits are a random word.</param>
    /// <param name="high">Lanes whose low 32 bits are a random word.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T FromWords<T>(T low, T high)
        where T : struct, ILanes<T> => OneToTwo(Join(low, high)) - T.Constant(0.99999999999999988897769753748434595763683319091796875);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Group<T>(ReadOnlySpan<T> schedule, ulong block, uint purpose, uint replica, Span<double> destination)
        where T : struct, ILanes<T>
    {
        T index = T.AddWords(T.Word(block), T.LaneIndex);
        T w0 = index,
            w1 = T.ShiftRight(index, 32),
            w2 = T.Word(replica),
            w3 = T.Word(purpose);
        Philox.Block(schedule, ref w0, ref w1, ref w2, ref w3);
        Interleave.Store(FromWord(w0), FromWord(w1), FromWord(w2), FromWord(w3), destination);
    }
}
