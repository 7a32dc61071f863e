using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Elementary;

namespace AnalogTheory.Kernels.Sampling;

/// <summary>Standard normal numbers as a function of (key, purpose, replica, element).</summary>
/// <remarks>
/// Box–Muller on 52-bit uniforms. Block b of the stream (see <see cref="Philox"/>) has words w0 … w3. The radius is √(−2 ln u) with
/// u = (m + ½)·2⁻⁵², m the high 52 bits of w1·2³² + w0. The direction comes from w3·2³² + w2: its high 52 bits n give t = n·2⁻⁵⁴ − ⅛, a place in
/// the first quadrant as the angle 2π(⅛ + t), and its bits 0 and 1 mirror the two coordinates. Element 2b is the first coordinate, radius·cos,
/// element 2b + 1 the second, radius·sin; they are computed as √(−ln u)·(cos 2πt ∓ sin 2πt), which needs no exchange of quadrants.
/// <para>Tail: |z| ≤ √(106 ln 2) = 8.572, beyond which a normal number lies with probability 1.0·10⁻¹⁷. Rounding moves a number by less than
/// 4·10⁻¹⁶ times the radius. All forms give the same bits, at every vector width.</para>
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
        DrawLog.Note(key, purpose, replica, 1, element, 1, 2);
        ulong block = element / 2;
        (uint w0, uint w1, uint w2, uint w3) = Philox.Block(
            (uint)block,
            (uint)(block >> 32),
            replica,
            purpose,
            (uint)key,
            (uint)(key >> 32)
        );
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
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    public static void Fill<T>(ulong key, uint purpose, uint replica, Span<double> destination)
        where T : struct, ILanes<T>
    {
        DrawLog.Note(key, purpose, replica, 1, 0, destination.Length, 2);
        RoundKeys<T> keyRoom = default;
        Span<T> keys = StackRoom.Align<T>(keyRoom);
        Philox.Schedule(key, keys);
        WordBlocks<T> wordRoom = default;
        Span<T> words = StackRoom.Align<T>(wordRoom);
        int group = 2 * T.Count;
        Span<double> rest = stackalloc double[group];
        for (ulong block = 0; !destination.IsEmpty; block += (ulong)(WordBlocks.Chunk * T.Count))
        {
            for (int i = 0; i < WordBlocks.Chunk; i++)
            {
                T index = T.AddWords(T.Word(block + (ulong)(i * T.Count)), T.LaneIndex);
                words[i] = index;
                words[WordBlocks.Chunk + i] = T.ShiftRight(index, 32);
                words[(2 * WordBlocks.Chunk) + i] = T.Word(replica);
                words[(3 * WordBlocks.Chunk) + i] = T.Word(purpose);
            }

            WordBlocks.Randomize<T>(keys, words);
            BoxMuller(words);
            for (int i = 0; i < WordBlocks.Chunk && !destination.IsEmpty; i++)
            {
                int used = Math.Min(group, destination.Length);
                Interleave.Store(words[i], words[WordBlocks.Chunk + i], used == group ? destination : rest);
                if (used < group)
                {
                    rest[..used].CopyTo(destination);
                }

                destination = destination[used..];
            }
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
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    public static void FillGaussian<T>(
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
        DrawLog.Note(key, purpose, firstReplica, vectors * T.Count, firstElement, elements, 2);
        RoundKeys<T> keyRoom = default;
        Span<T> keys = StackRoom.Align<T>(keyRoom);
        Philox.Schedule(key, keys);
        WordBlocks<T> wordRoom = default;
        Span<T> words = StackRoom.Align<T>(wordRoom);
        // Pairs of rows, each row of `vectors` entries, run through in order; (pair, v) is where the next entry goes.
        int pairs = (elements + 1) / 2;
        long left = (long)pairs * vectors;
        ReplicaBlock.Cursor counters = default,
            results = default;
        for (; left > 0; left -= WordBlocks.Chunk)
        {
            int used = (int)Math.Min(left, WordBlocks.Chunk);
            for (int i = 0; i < used; i++)
            {
                ulong block = (firstElement / 2) + (ulong)counters.Row;
                words[i] = T.Word((uint)block);
                words[WordBlocks.Chunk + i] = T.Word(block >> 32);
                words[(2 * WordBlocks.Chunk) + i] = ReplicaBlock.Lanes<T>(firstReplica, counters.Vector);
                words[(3 * WordBlocks.Chunk) + i] = T.Word(purpose);
                counters.Advance(vectors);
            }

            WordBlocks.Randomize<T>(keys, words);
            BoxMuller(words);
            for (int i = 0; i < used; i++)
            {
                int even = (2 * results.Row * vectors) + results.Vector;
                raw[even] = words[i];
                if ((2 * results.Row) + 1 < elements)
                {
                    raw[even + vectors] = words[WordBlocks.Chunk + i];
                }

                results.Advance(vectors);
            }
        }
    }

    /// <summary>Words to normals, in place: even elements replace word 0, odd elements word 1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    private static void BoxMuller<T>(Span<T> words)
        where T : struct, ILanes<T>
    {
        ref T at = ref MemoryMarshal.GetReference(words[..(4 * WordBlocks.Chunk)]);
        for (int i = 0; i < WordBlocks.Chunk; i++)
        {
            BoxMuller(
                Unsafe.Add(ref at, i),
                Unsafe.Add(ref at, WordBlocks.Chunk + i),
                Unsafe.Add(ref at, (2 * WordBlocks.Chunk) + i),
                Unsafe.Add(ref at, (3 * WordBlocks.Chunk) + i),
                out Unsafe.Add(ref at, i),
                out Unsafe.Add(ref at, WordBlocks.Chunk + i)
            );
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BoxMuller<T>(T w0, T w1, T w2, T w3, out T even, out T odd)
        where T : struct, ILanes<T>
    {
        T u = Uniform.FromWords(w0, w1);
        T radius = T.Sqrt(-ExpLog.LogOfNormal(u, T.Constant(ExpLog.ZeroExponent)));
        T joined = Uniform.Join(w2, w3);
        T t = T.FusedMultiplyAdd(Uniform.OneToTwo(joined), T.Constant(0.25), T.Constant(-0.375));
        T cos = SinCos.Cosine(t),
            sin = SinCos.Sine(t);
        even = T.Xor(radius * (cos - sin), T.ShiftLeft(joined, 63));
        odd = T.Xor(radius * (cos + sin), T.And(T.ShiftLeft(joined, 62), T.Word(0x8000_0000_0000_0000UL)));
    }
}
