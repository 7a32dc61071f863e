using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>Trains of the columns, slot by slot: a byte for each column, 1 where it fires. So sixty-four columns are counted with one addition.</summary>
internal static class BitPlanes
{
    // Bytes of the widest vector.
    private const int Line = 64;

    /// <summary>Length of a plane: the number of columns, padded to whole vectors of bytes.</summary>
    internal static int Padded(int columns) => (columns + Line - 1) / Line * Line;

    /// <summary>Takes trains apart.</summary>
    /// <param name="words">Word k of column j at k·columns + j.</param>
    /// <param name="columns">Number of columns, a multiple of 16.</param>
    /// <param name="slots">Bits of a train.</param>
    /// <param name="planes">Receives a plane for each slot.</param>
    /// <param name="totals">Receives how many columns fire in each slot.</param>
    internal static void From(ReadOnlySpan<uint> words, int columns, int slots, Span<byte> planes, Span<int> totals)
    {
        int length = Padded(columns);
        planes[..(slots * length)].Clear();
        for (int slot = 0; slot < slots; slot++)
        {
            ReadOnlySpan<uint> word = words.Slice(slot / BitTrains.WordBits * columns, columns);
            totals[slot] = Plane(word, slot % BitTrains.WordBits, planes.Slice(slot * length, length));
        }
    }

    /// <summary>Keeps those columns of planes whose input has a sign, and counts anew.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="negative">Whether to keep the negative ones, or the others.</param>
    /// <param name="planes">Planes.</param>
    /// <param name="totals">Receives how many columns fire in each slot.</param>
    internal static void KeepSign(ReadOnlySpan<float> x, bool negative, Span<byte> planes, Span<int> totals)
    {
        int length = Padded(x.Length);
        for (int slot = 0; slot < totals.Length; slot++)
        {
            Span<byte> plane = planes.Slice(slot * length, length);
            totals[slot] = 0;
            for (int j = 0; j < x.Length; j++)
            {
                plane[j] = x[j] < 0.0f == negative ? plane[j] : (byte)0;
                totals[slot] += plane[j];
            }
        }
    }

    /// <summary>Adds planes up.</summary>
    /// <param name="planes">All planes.</param>
    /// <param name="some">Numbers of those to add, at most 255.</param>
    /// <param name="counts">Receives the sums, or has them added.</param>
    /// <param name="onTop">Whether they are added to what is there.</param>
    /// <returns>How many counts are above 0.</returns>
    internal static int Add(ReadOnlySpan<byte> planes, ReadOnlySpan<int> some, Span<ushort> counts, bool onTop)
    {
        ref byte from = ref MemoryMarshal.GetReference(planes);
        ref ushort to = ref MemoryMarshal.GetReference(counts);
        int length = counts.Length;
        int zeros = 0;
        int c = 0;
        for (; c + (4 * Line) <= length; c += 4 * Line)
        {
            Vector512<byte> s0 = Vector512<byte>.Zero,
                s1 = s0,
                s2 = s0,
                s3 = s0;
            foreach (int plane in some)
            {
                ref byte start = ref Unsafe.Add(ref from, (plane * length) + c);
                s0 += Vector512.LoadUnsafe(ref start);
                s1 += Vector512.LoadUnsafe(ref start, Line);
                s2 += Vector512.LoadUnsafe(ref start, 2 * Line);
                s3 += Vector512.LoadUnsafe(ref start, 3 * Line);
            }

            zeros += Store(s0, ref Unsafe.Add(ref to, c), onTop) + Store(s1, ref Unsafe.Add(ref to, c + Line), onTop);
            zeros += Store(s2, ref Unsafe.Add(ref to, c + (2 * Line)), onTop) + Store(s3, ref Unsafe.Add(ref to, c + (3 * Line)), onTop);
        }

        for (; c < length; c += Line)
        {
            Vector512<byte> sum = Vector512<byte>.Zero;
            foreach (int plane in some)
            {
                sum += Vector512.LoadUnsafe(ref from, (nuint)((plane * length) + c));
            }

            zeros += Store(sum, ref Unsafe.Add(ref to, c), onTop);
        }

        return length - zeros;
    }

    // Tells how many are 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Store(Vector512<byte> sum, ref ushort to, bool onTop)
    {
        Vector512<ushort> low = Vector512.WidenLower(sum);
        Vector512<ushort> high = Vector512.WidenUpper(sum);
        if (onTop)
        {
            low += Vector512.LoadUnsafe(ref to);
            high += Vector512.LoadUnsafe(ref to, Line / 2);
        }

        low.StoreUnsafe(ref to);
        high.StoreUnsafe(ref to, Line / 2);
        return onTop
            ? Zeros(low) + Zeros(high)
            : BitOperations.PopCount(Vector512.Equals(sum, Vector512<byte>.Zero).ExtractMostSignificantBits());
    }

    private static int Zeros(Vector512<ushort> counts) =>
        BitOperations.PopCount(Vector512.Equals(counts, Vector512<ushort>.Zero).ExtractMostSignificantBits());

    private static int Plane(ReadOnlySpan<uint> words, int bit, Span<byte> plane)
    {
        ref uint from = ref MemoryMarshal.GetReference(words);
        ref byte to = ref MemoryMarshal.GetReference(plane);
        int total = 0;
        for (int c = 0; c < words.Length; c += Vector128<byte>.Count)
        {
            Vector128<ushort> low = Vector128.Narrow(Bits(ref from, c, bit), Bits(ref from, c + 4, bit));
            Vector128<ushort> high = Vector128.Narrow(Bits(ref from, c + 8, bit), Bits(ref from, c + 12, bit));
            Vector128<byte> bits = Vector128.Narrow(low, high);
            bits.StoreUnsafe(ref to, (nuint)c);
            total += BitOperations.PopCount(Vector128.Equals(bits, Vector128<byte>.One).ExtractMostSignificantBits());
        }

        return total;
    }

    private static Vector128<uint> Bits(ref uint words, int at, int bit) =>
        Vector128.ShiftRightLogical(Vector128.LoadUnsafe(ref words, (nuint)at), bit) & Vector128<uint>.One;
}
