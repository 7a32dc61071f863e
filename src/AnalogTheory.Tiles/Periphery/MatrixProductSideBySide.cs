using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Pulses;

namespace AnalogTheory.Tiles.Periphery;

/// <content>
/// Products of many samples with few columns, such as the patches of a convolution: outputs stand side by side in a vector, so that the partial sums of
/// an output are added without a shuffle, and columns need no padding.
/// </content>
internal static partial class MatrixProduct
{
    // Samples of a block: times two partial sums, eight sums that stay in registers.
    private const int Block = 4;

    private const int Half = Grid.Line / 2;

    // Measured at 4 to 40 rows and 9 to 800 columns: a vector of outputs costs a product for each column and as much as twenty more, an output by itself one for each
    // line of columns and thirteen. To put the weights in order once is paid for by as many samples as there are columns.
    private static bool IsWorthOrdering(Grid weights, int lanes, int samples)
    {
        int vectors = (weights.Rows + lanes - 1) / lanes;
        return samples >= Math.Max(Grid.Line, weights.Columns)
            && vectors * (weights.Columns + 20) <= weights.Rows * ((weights.Stride / lanes) + 13);
    }

    /// <summary>W·x of whole blocks of samples, by the same additions as <see cref="Forward{T}"/>.</summary>
    /// <returns>How many samples are done.</returns>
    private static int SideBySide<T>(Grid weights, ReadOnlySpan<float> x, Span<float> y, int samples)
        where T : struct, ILanesSingle<T>
    {
        int rows = weights.Rows,
            columns = weights.Columns,
            whole = samples / Block * Block;
        Workspace work = Workspace.OfThread;
        Span<float> ordered = work.Ordered.Room(weights.Stride * T.Count);
        Span<float> sums = work.Line.Room(Half * Block * T.Count);
        ref float w = ref MemoryMarshal.GetReference(ordered);
        ref float v = ref MemoryMarshal.GetReference(x);
        ref float to = ref MemoryMarshal.GetReference(sums);
        ref float outputs = ref MemoryMarshal.GetReference(y[..(whole * rows)]);
        for (int first = 0; first < rows; first += T.Count)
        {
            int some = Math.Min(T.Count, rows - first);
            Order(weights, first, some, T.Count, ordered);
            for (int n = 0; n < whole; n += Block)
            {
                PairsOfPartialSums<T>(ref w, ref Unsafe.Add(ref v, n * columns), columns, ref to);
                for (int sample = 0; sample < Block; sample++)
                {
                    // A total is −0 if all partial sums are; in padded rows the last one is a product of zeros.
                    T total = TotalOfPairs<T>(ref Unsafe.Add(ref to, sample * T.Count));
                    total = columns == weights.Stride ? total : total + T.Zero;
                    int at = ((n + sample) * rows) + first;
                    if (some == T.Count)
                    {
                        Lane.Store(total, ref outputs, at);
                    }
                    else
                    {
                        Lane.Store(total, ref to, sample * T.Count);
                        sums.Slice(sample * T.Count, some).CopyTo(y[at..]);
                    }
                }
            }
        }

        return whole;
    }

    // Weights of some rows, row beside row, by partial sums: those of k and of k + 8 in turns, in order of their columns.
    private static void Order(Grid weights, int first, int rows, int lanes, Span<float> ordered)
    {
        int stride = weights.Stride,
            at = 0;
        ReadOnlySpan<float> values = weights.Values[(first * stride)..];
        for (int k = 0; k < Half; k++)
        {
            for (int c = k; c < stride; c += Half, at += lanes)
            {
                Span<float> to = ordered.Slice(at, lanes);
                to[rows..].Clear();
                for (int row = 0; row < rows; row++)
                {
                    to[row] = values[(row * stride) + c];
                }
            }
        }
    }

    // For four samples, the eight sums of partial sums k and k + 8.
    private static void PairsOfPartialSums<T>(ref float w, ref float x, nint columns, ref float sums)
        where T : struct, ILanesSingle<T>
    {
        ref float x1 = ref Unsafe.Add(ref x, columns);
        ref float x2 = ref Unsafe.Add(ref x1, columns);
        ref float x3 = ref Unsafe.Add(ref x2, columns);
        int pairs = Grid.Padded((int)columns) / Half * T.Count;
        for (nint k = 0; k < Half; k++)
        {
            T a0 = T.Zero,
                a1 = T.Zero,
                a2 = T.Zero,
                a3 = T.Zero,
                b0 = T.Zero,
                b1 = T.Zero,
                b2 = T.Zero,
                b3 = T.Zero;
            ref float u = ref w;
            nint c = k;
            for (; c < columns - Half; c += Grid.Line)
            {
                T weight = Lane.Load<T>(ref u, 0);
                a0 = T.FusedMultiplyAdd(weight, Lane.Broadcast<T>(ref Unsafe.Add(ref x, c), 0), a0);
                a1 = T.FusedMultiplyAdd(weight, Lane.Broadcast<T>(ref Unsafe.Add(ref x1, c), 0), a1);
                a2 = T.FusedMultiplyAdd(weight, Lane.Broadcast<T>(ref Unsafe.Add(ref x2, c), 0), a2);
                a3 = T.FusedMultiplyAdd(weight, Lane.Broadcast<T>(ref Unsafe.Add(ref x3, c), 0), a3);
                weight = Lane.Load<T>(ref u, T.Count);
                b0 = T.FusedMultiplyAdd(weight, Lane.Broadcast<T>(ref Unsafe.Add(ref x, c), Half), b0);
                b1 = T.FusedMultiplyAdd(weight, Lane.Broadcast<T>(ref Unsafe.Add(ref x1, c), Half), b1);
                b2 = T.FusedMultiplyAdd(weight, Lane.Broadcast<T>(ref Unsafe.Add(ref x2, c), Half), b2);
                b3 = T.FusedMultiplyAdd(weight, Lane.Broadcast<T>(ref Unsafe.Add(ref x3, c), Half), b3);
                u = ref Unsafe.Add(ref u, 2 * T.Count);
            }

            if (c < columns)
            {
                T weight = Lane.Load<T>(ref u, 0);
                a0 = T.FusedMultiplyAdd(weight, Lane.Broadcast<T>(ref Unsafe.Add(ref x, c), 0), a0);
                a1 = T.FusedMultiplyAdd(weight, Lane.Broadcast<T>(ref Unsafe.Add(ref x1, c), 0), a1);
                a2 = T.FusedMultiplyAdd(weight, Lane.Broadcast<T>(ref Unsafe.Add(ref x2, c), 0), a2);
                a3 = T.FusedMultiplyAdd(weight, Lane.Broadcast<T>(ref Unsafe.Add(ref x3, c), 0), a3);
            }

            Lane.Store(a0 + b0, ref sums, 0);
            Lane.Store(a1 + b1, ref sums, T.Count);
            Lane.Store(a2 + b2, ref sums, 2 * T.Count);
            Lane.Store(a3 + b3, ref sums, 3 * T.Count);
            sums = ref Unsafe.Add(ref sums, Block * T.Count);
            w = ref Unsafe.Add(ref w, pairs);
        }
    }

    // Sums 4 apart, then 2, then 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T TotalOfPairs<T>(ref float sums)
        where T : struct, ILanesSingle<T>
    {
        return Four(ref sums, 0) + Four(ref sums, 2) + (Four(ref sums, 1) + Four(ref sums, 3));

        static T Four(ref float sums, int k) =>
            Lane.Load<T>(ref sums, k * Block * T.Count) + Lane.Load<T>(ref sums, (k + 4) * Block * T.Count);
    }
}
