using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Sampling;

/// <content>Numbers of a stream of floats that stand at equal distances: those of one element, pulse after pulse.</content>
public static partial class Gaussian
{
    /// <summary>Elements first, first + stride, first + 2·stride, … of one stream of floats; bit-equal to <see cref="AtSingle"/>.</summary>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="firstElement">first.</param>
    /// <param name="stride">stride; a multiple of 64, below 2³³.</param>
    /// <param name="destination">Receives the numbers.</param>
    /// <exception cref="ArgumentException">stride is no multiple of 64, or too large.</exception>
    public static void FillEvery(ulong key, uint purpose, uint replica, ulong firstElement, ulong stride, Span<float> destination)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            FillEvery<Lanes512, Lanes512Single>(key, purpose, replica, firstElement, stride, destination);
        }
        else
        {
            // Without 256-bit hardware this is slower but the same.
            FillEvery<Lanes256, Lanes256Single>(key, purpose, replica, firstElement, stride, destination);
        }
    }

    /// <summary><see cref="FillEvery(ulong, uint, uint, ulong, ulong, Span{float})"/> at a chosen width.</summary>
    /// <typeparam name="T">Lanes for the words.</typeparam>
    /// <typeparam name="TSingle">Lanes of the same size for the floats: 8 or 16.</typeparam>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="firstElement">first.</param>
    /// <param name="stride">stride; a multiple of 64, below 2³³.</param>
    /// <param name="destination">Receives the numbers.</param>
    /// <exception cref="ArgumentException">stride is no multiple of 64, or too large.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    public static void FillEvery<T, TSingle>(
        ulong key,
        uint purpose,
        uint replica,
        ulong firstElement,
        ulong stride,
        Span<float> destination
    )
        where T : struct, ILanes<T>
        where TSingle : struct, ILanesSingle<TSingle>
    {
        RequireMultiple(stride, SingleGroup);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(stride, 1UL << 33);
        RoundKeys<T> keyRoom = default;
        Span<T> keys = StackRoom.Align<T>(keyRoom);
        Philox.Schedule(key, keys);
        Span<float> made = stackalloc float[TSingle.Count];
        ulong place = firstElement % SingleGroup;
        ulong block = (firstElement / SingleGroup * SingleBlocks) + (place % SingleBlocks);
        ulong step = stride / 4;
        for (int done = 0; done < destination.Length; done += TSingle.Count)
        {
            Every<T, TSingle>(keys, block + ((ulong)done * step), step, replica, purpose, (int)place / SingleBlocks, made);
            made[..Math.Min(TSingle.Count, destination.Length - done)].CopyTo(destination[done..]);
        }
    }

    // One vector of floats: the even ones of its blocks in one vector of words, the odd ones in another.
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    private static void Every<T, TSingle>(
        ReadOnlySpan<T> keys,
        ulong block,
        ulong step,
        uint replica,
        uint purpose,
        int number,
        Span<float> destination
    )
        where T : struct, ILanes<T>
        where TSingle : struct, ILanesSingle<TSingle>
    {
        T a0 = T.AddWords(T.Word(block), T.MultiplyLow(T.LaneIndex, T.Word(2 * step)));
        T b0 = T.AddWords(a0, T.Word(step));
        T a1 = T.ShiftRight(a0, 32),
            a2 = T.Word(replica),
            a3 = T.Word(purpose);
        T b1 = T.ShiftRight(b0, 32),
            b2 = a2,
            b3 = a3;
        Philox.TwoBlocks(keys, ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3);
        bool isFirstPair = number < 2;
        BoxMullerSingle(
            Unsafe.BitCast<T, TSingle>(Uniform.Join(isFirstPair ? a0 : a2, isFirstPair ? b0 : b2)),
            Unsafe.BitCast<T, TSingle>(Uniform.Join(isFirstPair ? a1 : a3, isFirstPair ? b1 : b3)),
            out TSingle first,
            out TSingle second
        );
        Unsafe.WriteUnaligned(ref MemoryMarshal.AsBytes(destination)[0], number % 2 == 0 ? first : second);
    }
}
