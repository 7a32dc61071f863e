using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Sampling;

/// <content>Single precision, elements that do not follow each other.</content>
public static partial class Gaussian
{
    /// <summary>Elements of one stream of floats in any order, several at a time; bit-equal to <see cref="AtSingle"/> for each.</summary>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="elements">Positions in the stream.</param>
    /// <param name="destination">Receives a number for each element.</param>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    public static void FillAt(ulong key, uint purpose, uint replica, ReadOnlySpan<ulong> elements, Span<float> destination)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            FillAt<Lanes512, Lanes512Single>(key, purpose, replica, elements, destination);
        }
        else
        {
            FillAt<Lanes256, Lanes256Single>(key, purpose, replica, elements, destination);
        }
    }

    /// <summary><see cref="FillAt(ulong, uint, uint, ReadOnlySpan{ulong}, Span{float})"/> at a chosen width.</summary>
    /// <typeparam name="T">Lanes for the words.</typeparam>
    /// <typeparam name="TSingle">Lanes of the same size for the floats: 8 or 16.</typeparam>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="elements">Positions in the stream.</param>
    /// <param name="destination">Receives a number for each element.</param>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    public static void FillAt<T, TSingle>(ulong key, uint purpose, uint replica, ReadOnlySpan<ulong> elements, Span<float> destination)
        where T : struct, ILanes<T>
        where TSingle : struct, ILanesSingle<TSingle>
    {
        RequireOneEach(elements, destination);
        NoteEach(key, purpose, replica, elements);
        RoundKeys<T> keyRoom = default;
        Span<T> keys = StackRoom.Align<T>(keyRoom);
        Philox.Schedule(key, keys);
        Span<T> blocks = [T.Zero, T.Zero];
        Span<TSingle> numbers = [TSingle.Zero, TSingle.Zero, TSingle.Zero];
        for (int done = 0; done < elements.Length; done += TSingle.Count)
        {
            int count = Math.Min(TSingle.Count, elements.Length - done);
            Places(elements.Slice(done, count), blocks, numbers);
            NumbersOfBlocks(keys, purpose, replica, blocks, numbers);
            MemoryMarshal.Cast<TSingle, float>(numbers)[..count].CopyTo(destination[done..]);
        }
    }

    // Blocks of the elements, of even ones and of odd ones; and below 0 where the second pair of a block is asked for, and where the second number of a pair is.
    private static void Places<T, TSingle>(ReadOnlySpan<ulong> elements, Span<T> blocks, Span<TSingle> numbers)
        where T : struct, ILanes<T>
        where TSingle : struct, ILanesSingle<TSingle>
    {
        Span<ulong> block = MemoryMarshal.Cast<T, ulong>(blocks);
        Span<float> sign = MemoryMarshal.Cast<TSingle, float>(numbers);
        for (int k = 0; k < elements.Length; k++)
        {
            ulong place = elements[k] % SingleGroup;
            ulong number = place / SingleBlocks;
            block[(k % 2 * T.Count) + (k / 2)] = (elements[k] / SingleGroup * SingleBlocks) + (place % SingleBlocks);
            sign[TSingle.Count + k] = number < 2 ? 1.0f : -1.0f;
            sign[(2 * TSingle.Count) + k] = number % 2 == 0 ? 1.0f : -1.0f;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void NumbersOfBlocks<T, TSingle>(
        ReadOnlySpan<T> keys,
        uint purpose,
        uint replica,
        ReadOnlySpan<T> blocks,
        Span<TSingle> numbers
    )
        where T : struct, ILanes<T>
        where TSingle : struct, ILanesSingle<TSingle>
    {
        T a0 = blocks[0],
            a1 = T.ShiftRight(blocks[0], 32),
            a2 = T.Word(replica),
            a3 = T.Word(purpose);
        T b0 = blocks[1],
            b1 = T.ShiftRight(blocks[1], 32),
            b2 = a2,
            b3 = a3;
        Philox.TwoBlocks(keys, ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3);
        TSingle a = TSingle.SelectNonNegative(
            numbers[1],
            Unsafe.BitCast<T, TSingle>(Uniform.Join(a0, b0)),
            Unsafe.BitCast<T, TSingle>(Uniform.Join(a2, b2))
        );
        TSingle b = TSingle.SelectNonNegative(
            numbers[1],
            Unsafe.BitCast<T, TSingle>(Uniform.Join(a1, b1)),
            Unsafe.BitCast<T, TSingle>(Uniform.Join(a3, b3))
        );
        BoxMullerSingle(a, b, out TSingle first, out TSingle second);
        numbers[0] = TSingle.SelectNonNegative(numbers[2], first, second);
    }

    // Not inlined: its message would use up the temporaries that the caller's loop needs (ILanes).
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RequireOneEach(ReadOnlySpan<ulong> elements, Span<float> destination)
    {
        if (elements.Length != destination.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Expected room for {elements.Length} numbers, got {destination.Length}."),
                nameof(destination)
            );
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void NoteEach(ulong key, uint purpose, uint replica, ReadOnlySpan<ulong> elements)
    {
        if (!DrawLog.IsOn)
        {
            return;
        }

        foreach (ulong element in elements)
        {
            DrawLog.Note(key, purpose, replica, 1, element, 1, 1);
        }
    }
}
