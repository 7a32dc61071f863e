using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Elementary;

namespace AnalogTheory.Kernels.Sampling;

/// <summary>Standard normal numbers as a function of (key, purpose, replica, element).</summary>
/// <remarks>
/// Box–Muller on 52-bit uniforms: block b of the stream (see <see cref="Philox"/>) has words w0 … w3; the radius is √(−2 ln u) with
/// u = (m + ½)·2⁻⁵², m the high 52 bits of w1·2³² + w0, and the angle is 2πv with v = m'·2⁻⁵² from w3·2³² + w2. Element 2b is radius·cos 2πv,
/// element 2b + 1 radius·sin 2πv. Tail: |z| ≤ √(106 ln 2) = 8.572, beyond which a normal number lies with probability 1.0·10⁻¹⁷. Rounding
/// leaves each number within 3 units in the last place of the real formula. All forms give the same bits.
/// </remarks>
public static partial class Gaussian
{
    /// <summary>One element of one stream: the definition.</summary>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag: what the numbers are for.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="element">Position in the stream; below 2⁶⁴.</param>
    /// <returns>A standard normal number.</returns>
    public static double At(ulong key, uint purpose, uint replica, ulong element)
    {
        ulong block = element / 2;
        (uint w0, uint w1, uint w2, uint w3) = Philox.Block((uint)block, (uint)(block >> 32), replica, purpose, (uint)key, (uint)(key >> 32));
        BoxMuller(Scalar.Word(w0), Scalar.Word(w1), Scalar.Word(w2), Scalar.Word(w3), out Scalar even, out Scalar odd);
        return element % 2 == 0 ? even.Value : odd.Value;
    }

    /// <summary>Consecutive elements of one stream, from element 0; bit-equal to <see cref="At"/>.</summary>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="destination">Receives elements 0, 1, 2, …</param>
    public static void Fill(ulong key, uint purpose, uint replica, Span<double> destination)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Fill<Lanes512>(key, purpose, replica, destination);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Fill<Lanes256>(key, purpose, replica, destination);
        }
        else
        {
            Fill<Scalar>(key, purpose, replica, destination);
        }
    }

    /// <summary><see cref="Fill(ulong, uint, uint, Span{double})"/> at a chosen width.</summary>
    /// <typeparam name="T">Lanes: consecutive blocks.</typeparam>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="destination">Receives elements 0, 1, 2, …</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fill<T>(ulong key, uint purpose, uint replica, Span<double> destination)
        where T : struct, ILanes<T>
    {
        RoundKeys<T> room = default;
        Span<T> schedule = room;
        Philox.Schedule(key, schedule);
        int group = 2 * T.Count;
        Span<double> rest = stackalloc double[group];
        for (ulong block = 0; !destination.IsEmpty; block += (ulong)T.Count)
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

    /// <summary>Standard normals for a block of replicas: <c>raw[(e − firstElement)·vectors + v]</c> holds element e of replicas
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
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FillGaussian<T>(
        ulong key, uint purpose, uint firstReplica, ulong firstElement, int elements, int vectors, Span<T> raw)
        where T : struct, ILanes<T>
    {
        ReplicaBlock.Check<T>(firstElement, elements, vectors, raw);
        RoundKeys<T> room = default;
        Span<T> schedule = room;
        Philox.Schedule(key, schedule);
        for (int e = 0; e < elements; e += 2)
        {
            ulong block = (firstElement + (ulong)e) / 2;
            T low = T.Word((uint)block), high = T.Word(block >> 32), tag = T.Word(purpose);
            Span<T> evens = raw.Slice(e * vectors, vectors);
            Span<T> odds = e + 1 < elements ? raw.Slice((e + 1) * vectors, vectors) : default;
            for (int v = 0; v < evens.Length; v++)
            {
                T w0 = low, w1 = high, w2 = ReplicaBlock.Lanes<T>(firstReplica, v), w3 = tag;
                Philox.Block(schedule, ref w0, ref w1, ref w2, ref w3);
                BoxMuller(w0, w1, w2, w3, out T even, out T odd);
                evens[v] = even;
                if (v < odds.Length)
                {
                    odds[v] = odd;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Group<T>(ReadOnlySpan<T> schedule, ulong block, uint purpose, uint replica, Span<double> destination)
        where T : struct, ILanes<T>
    {
        T index = T.AddWords(T.Word(block), T.LaneIndex);
        T w0 = index, w1 = T.ShiftRight(index, 32), w2 = T.Word(replica), w3 = T.Word(purpose);
        Philox.Block(schedule, ref w0, ref w1, ref w2, ref w3);
        BoxMuller(w0, w1, w2, w3, out T even, out T odd);
        Interleave.Store(even, odd, destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BoxMuller<T>(T w0, T w1, T w2, T w3, out T even, out T odd)
        where T : struct, ILanes<T>
    {
        T u = Uniform.FromWords(w0, w1);
        T radius = T.Sqrt(T.Constant(-2.0) * ExpLog.LogOfNormal(u, T.Zero));
        SinCos.OfTurns(Uniform.OneToTwo(w2, w3) - T.One, out T sin, out T cos);
        even = radius * cos;
        odd = radius * sin;
    }
}
