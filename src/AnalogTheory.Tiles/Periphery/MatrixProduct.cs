using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Pulses;

namespace AnalogTheory.Tiles.Periphery;

/// <summary>Products of an array's weights with mini-batches, in single precision, with the same bits at every vector width and for every batch.</summary>
/// <remarks>
/// Forward, output i is the sum of sixteen partial sums, of the columns that are equal modulo 16, each added up in order of the columns by fused
/// multiply-adds; the partial sums are added in pairs 8, 4, 2 and 1 apart. Transposed, a sum runs over the rows in order.
/// </remarks>
internal static partial class MatrixProduct
{
    /// <summary>W·x of each sample, or Wᵀ·x.</summary>
    internal static void Of(Grid weights, bool transposed, ReadOnlySpan<float> inputs, Span<float> outputs, int samples)
    {
        if (transposed)
        {
            Backward(weights, inputs, outputs, samples);
        }
        else
        {
            Forward(weights, inputs, outputs, samples);
        }
    }

    internal static void Forward(Grid weights, ReadOnlySpan<float> x, Span<float> y, int samples)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Forward<Lanes512Single>(weights, x, y, samples);
        }
        else
        {
            Forward<Lanes256Single>(weights, x, y, samples);
        }
    }

    internal static void Backward(Grid weights, ReadOnlySpan<float> d, Span<float> x, int samples)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Backward<Lanes512Single>(weights, d, x, samples);
        }
        else
        {
            Backward<Lanes256Single>(weights, d, x, samples);
        }
    }

    internal static void Forward<T>(Grid weights, ReadOnlySpan<float> x, Span<float> y, int samples)
        where T : struct, ILanesSingle<T>
    {
        if (IsWorthOrdering(weights, T.Count, samples))
        {
            int blocks = SideBySide<T>(weights, x, y, samples);
            x = x[(blocks * weights.Columns)..];
            y = y[(blocks * weights.Rows)..];
            samples -= blocks;
        }

        int stride = weights.Stride;
        ref float w = ref MemoryMarshal.GetReference(weights.Values);
        ref float v = ref MemoryMarshal.GetReference(Grid.Samples(x, weights.Columns, Workspace.OfThread));
        int done = 0;
        for (; done + 4 <= samples; done += 4)
        {
            FourSamples<T>(weights, ref w, ref Unsafe.Add(ref v, done * stride), y[(done * weights.Rows)..]);
        }

        for (; done + 2 <= samples; done += 2)
        {
            TwoSamples<T>(weights, ref w, ref Unsafe.Add(ref v, done * stride), y[(done * weights.Rows)..]);
        }

        for (; done < samples; done++)
        {
            OneSample<T>(weights, ref w, ref Unsafe.Add(ref v, done * stride), y.Slice(done * weights.Rows, weights.Rows));
        }
    }

    private static void OneSample<T>(Grid weights, ref float w, ref float x, Span<float> y)
        where T : struct, ILanesSingle<T>
    {
        int stride = weights.Stride;
        int i = 0;
        for (; i + 8 <= y.Length; i += 8)
        {
            EightRows<T>(ref Unsafe.Add(ref w, i * stride), stride, ref x, y.Slice(i, 8));
        }

        for (; i < y.Length; i++)
        {
            y[i] = OneRow<T>(ref Unsafe.Add(ref w, i * stride), stride, ref x);
        }
    }

    private static float OneRow<T>(ref float w, int length, ref float x)
        where T : struct, ILanesSingle<T>
    {
        Span<float> sums = stackalloc float[Grid.Line];
        ref float to = ref MemoryMarshal.GetReference(sums);
        for (int part = 0; part < Grid.Line; part += T.Count)
        {
            T sum = T.Zero;
            for (int c = part; c < length; c += Grid.Line)
            {
                sum = T.FusedMultiplyAdd(Lane.Load<T>(ref w, c), Lane.Load<T>(ref x, c), sum);
            }

            Lane.Store(sum, ref to, part);
        }

        return Total(ref to);
    }

    private static void EightRows<T>(ref float w, int stride, ref float x, Span<float> y)
        where T : struct, ILanesSingle<T>
    {
        Span<float> sums = stackalloc float[8 * Grid.Line];
        ref float to = ref MemoryMarshal.GetReference(sums);
        for (int part = 0; part < Grid.Line; part += T.Count)
        {
            T s0 = T.Zero,
                s1 = T.Zero,
                s2 = T.Zero,
                s3 = T.Zero,
                s4 = T.Zero,
                s5 = T.Zero,
                s6 = T.Zero,
                s7 = T.Zero;
            for (int c = part; c < stride; c += Grid.Line)
            {
                T v = Lane.Load<T>(ref x, c);
                s0 = T.FusedMultiplyAdd(Lane.Load<T>(ref w, c), v, s0);
                s1 = T.FusedMultiplyAdd(Lane.Load<T>(ref w, stride + c), v, s1);
                s2 = T.FusedMultiplyAdd(Lane.Load<T>(ref w, (2 * stride) + c), v, s2);
                s3 = T.FusedMultiplyAdd(Lane.Load<T>(ref w, (3 * stride) + c), v, s3);
                s4 = T.FusedMultiplyAdd(Lane.Load<T>(ref w, (4 * stride) + c), v, s4);
                s5 = T.FusedMultiplyAdd(Lane.Load<T>(ref w, (5 * stride) + c), v, s5);
                s6 = T.FusedMultiplyAdd(Lane.Load<T>(ref w, (6 * stride) + c), v, s6);
                s7 = T.FusedMultiplyAdd(Lane.Load<T>(ref w, (7 * stride) + c), v, s7);
            }

            Lane.Store(s0, ref to, part);
            Lane.Store(s1, ref to, Grid.Line + part);
            Lane.Store(s2, ref to, (2 * Grid.Line) + part);
            Lane.Store(s3, ref to, (3 * Grid.Line) + part);
            Lane.Store(s4, ref to, (4 * Grid.Line) + part);
            Lane.Store(s5, ref to, (5 * Grid.Line) + part);
            Lane.Store(s6, ref to, (6 * Grid.Line) + part);
            Lane.Store(s7, ref to, (7 * Grid.Line) + part);
        }

        Totals(ref to, 8, ref MemoryMarshal.GetReference(y));
    }

    // Sixteen numbers, added in pairs 8, 4, 2 and 1 apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Total(ref float sums)
    {
        Vector256<float> eight = Vector256.LoadUnsafe(ref sums) + Vector256.LoadUnsafe(ref sums, 8);
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return four[0] + four[2] + (four[1] + four[3]);
    }

    // The totals of 8 or 16 times sixteen numbers; several at a time where the machine can, by the same additions.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Totals(ref float sums, int count, ref float totals)
    {
        for (int k = 0; k < count; k += 8)
        {
            ref float eight = ref Unsafe.Add(ref sums, k * Grid.Line);
            if (Sse.IsSupported)
            {
                Vector128<float> low = FourTotals(Fourth(ref eight, 0), Fourth(ref eight, 1), Fourth(ref eight, 2), Fourth(ref eight, 3));
                Vector128<float> high = FourTotals(Fourth(ref eight, 4), Fourth(ref eight, 5), Fourth(ref eight, 6), Fourth(ref eight, 7));
                low.StoreUnsafe(ref totals, (nuint)k);
                high.StoreUnsafe(ref totals, (nuint)k + 4);
            }
            else
            {
                for (int l = 0; l < 8; l++)
                {
                    Unsafe.Add(ref totals, k + l) = Total(ref Unsafe.Add(ref eight, l * Grid.Line));
                }
            }
        }
    }

    // Sums of numbers 8 apart, then of those 4 apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Fourth(ref float sums, int number)
    {
        ref float start = ref Unsafe.Add(ref sums, number * Grid.Line);
        Vector256<float> eight = Vector256.LoadUnsafe(ref start) + Vector256.LoadUnsafe(ref start, 8);
        return eight.GetLower() + eight.GetUpper();
    }

    // Of each of four: (0 + 2) + (1 + 3).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FourTotals(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        Vector128<float> ab = Sse.MoveLowToHigh(a, b) + Sse.MoveHighToLow(b, a);
        Vector128<float> cd = Sse.MoveLowToHigh(c, d) + Sse.MoveHighToLow(d, c);
        return Sse.Shuffle(ab, cd, 0b10_00_10_00) + Sse.Shuffle(ab, cd, 0b11_01_11_01);
    }
}
