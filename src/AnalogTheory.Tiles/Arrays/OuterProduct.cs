using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Tiles.Pulses;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>The exact rank-1 update.</summary>
internal static class OuterProduct
{
    // Rows, and lanes vectors of columns, whose sums stay in registers while the samples pass.
    private const int Rows = 4;

    /// <summary>W ← W − α·d·xᵀ.</summary>
    internal static void Add(Grid weights, Part x, Part d, double learningRate)
    {
        for (int i = 0; i < d.Values.Length; i++)
        {
            AddRow(weights.Row(d.First + i).Slice(x.First, x.Values.Length), x.Values, (float)(-learningRate * d.Values[i]));
        }
    }

    /// <summary>W ← W + scale·Σ dₙ·xₙᵀ: an element sees all samples in their order, one fused multiply-add each, so that the bits are those of one by one.</summary>
    /// <param name="weights">W.</param>
    /// <param name="x">x of all samples, one after the other.</param>
    /// <param name="d">d of all samples, one after the other.</param>
    /// <param name="scale">Factor of all samples.</param>
    internal static void AddSamples(Grid weights, ReadOnlySpan<float> x, ReadOnlySpan<float> d, double scale)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            AddSamples<Lanes512Single>(weights, x, d, scale);
        }
        else
        {
            AddSamples<Lanes256Single>(weights, x, d, scale);
        }
    }

    /// <summary><see cref="AddSamples(Grid, ReadOnlySpan{float}, ReadOnlySpan{float}, double)"/> at a chosen width.</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="weights">W.</param>
    /// <param name="x">x of all samples, one after the other.</param>
    /// <param name="d">d of all samples, one after the other.</param>
    /// <param name="scale">Factor of all samples.</param>
    internal static void AddSamples<T>(Grid weights, ReadOnlySpan<float> x, ReadOnlySpan<float> d, double scale)
        where T : struct, ILanesSingle<T>
    {
        Workspace work = Workspace.OfThread;
        int samples = d.Length / weights.Rows;
        ReadOnlySpan<float> padded = Grid.Samples(x, weights.Columns, work);
        Span<float> factors = work.Factors.Room(samples * Rows);
        for (int i = 0; i < weights.Rows; i += Rows)
        {
            int rows = Math.Min(Rows, weights.Rows - i);
            Factors(d[i..], weights.Rows, rows, scale, factors);

            if (rows == Rows)
            {
                FourRows<T>(weights, i, padded, factors, samples);
            }
            else
            {
                for (int r = 0; r < rows; r++)
                {
                    OneRow<T>(weights, i + r, padded, factors[r..], samples);
                }
            }

            // Padding is 0, also where a factor is infinite.
            for (int r = 0; r < rows; r++)
            {
                weights.Values.Slice((i + r) * weights.Stride, weights.Stride)[weights.Columns..].Clear();
            }
        }
    }

    /// <summary>A row of W ← W + scale·Σ dₙ·xₙᵀ: a row stays in the nearest cache for all samples, and sees them in their order.</summary>
    /// <param name="row">Row <paramref name="output"/>, one number an input.</param>
    /// <param name="output">Number of the row.</param>
    /// <param name="outputs">Numbers of d a sample.</param>
    /// <param name="x">x of all samples, one after the other.</param>
    /// <param name="d">d of all samples, one after the other.</param>
    /// <param name="scale">Factor of all samples.</param>
    internal static void AddSamples(Span<float> row, int output, int outputs, ReadOnlySpan<float> x, ReadOnlySpan<float> d, double scale)
    {
        for (int n = 0; n < d.Length / outputs; n++)
        {
            AddRow(row, x.Slice(n * row.Length, row.Length), (float)(scale * d[(n * outputs) + output]));
        }
    }

    /// <summary>row ← row + factor·x, each element by one fused multiply-add, so that its bits depend on no vector width.</summary>
    internal static void AddRow(Span<float> row, ReadOnlySpan<float> x, float factor)
    {
        ref float w = ref MemoryMarshal.GetReference(row);
        ref float v = ref MemoryMarshal.GetReference(x);
        int j = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> factors = Vector512.Create(factor);
            for (; j + Vector512<float>.Count <= row.Length; j += Vector512<float>.Count)
            {
                Vector512
                    .FusedMultiplyAdd(factors, Vector512.LoadUnsafe(ref v, (nuint)j), Vector512.LoadUnsafe(ref w, (nuint)j))
                    .StoreUnsafe(ref w, (nuint)j);
            }
        }

        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> factors = Vector256.Create(factor);
            for (; j + Vector256<float>.Count <= row.Length; j += Vector256<float>.Count)
            {
                Vector256
                    .FusedMultiplyAdd(factors, Vector256.LoadUnsafe(ref v, (nuint)j), Vector256.LoadUnsafe(ref w, (nuint)j))
                    .StoreUnsafe(ref w, (nuint)j);
            }
        }

        for (; j < row.Length; j++)
        {
            ref float at = ref Unsafe.Add(ref w, j);
            at = MathF.FusedMultiplyAdd(factor, Unsafe.Add(ref v, j), at);
        }
    }

    // scale·d of some rows, sample after sample, as products in double precision that are rounded once.
    private static void Factors(ReadOnlySpan<float> d, int outputs, int rows, double scale, Span<float> factors)
    {
        for (int n = 0; n * Rows < factors.Length; n++)
        {
            if (rows == Rows)
            {
                (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(Vector128.Create(d.Slice(n * outputs, Rows)));
                Vector128.Narrow(scale * lower, scale * upper).CopyTo(factors[(n * Rows)..]);
                continue;
            }

            for (int r = 0; r < rows; r++)
            {
                factors[(n * Rows) + r] = (float)(scale * d[(n * outputs) + r]);
            }
        }
    }

    private static void FourRows<T>(Grid weights, int row, ReadOnlySpan<float> x, ReadOnlySpan<float> factors, int samples)
        where T : struct, ILanesSingle<T>
    {
        int stride = weights.Stride;
        ref float w = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights.Values), row * stride);
        ref float v = ref MemoryMarshal.GetReference(x);
        ref float f = ref MemoryMarshal.GetReference(factors);
        int c = 0;
        for (; c + (2 * T.Count) <= stride; c += 2 * T.Count)
        {
            int next = c + T.Count;
            T s0 = Lane.Load<T>(ref w, c),
                s1 = Lane.Load<T>(ref w, stride + c),
                s2 = Lane.Load<T>(ref w, (2 * stride) + c),
                s3 = Lane.Load<T>(ref w, (3 * stride) + c);
            T t0 = Lane.Load<T>(ref w, next),
                t1 = Lane.Load<T>(ref w, stride + next),
                t2 = Lane.Load<T>(ref w, (2 * stride) + next),
                t3 = Lane.Load<T>(ref w, (3 * stride) + next);
            for (int n = 0; n < samples; n++)
            {
                T a = Lane.Load<T>(ref v, (n * stride) + c),
                    b = Lane.Load<T>(ref v, (n * stride) + next);
                T factor = Lane.Broadcast<T>(ref f, n * Rows);
                s0 = T.FusedMultiplyAdd(factor, a, s0);
                t0 = T.FusedMultiplyAdd(factor, b, t0);
                factor = Lane.Broadcast<T>(ref f, (n * Rows) + 1);
                s1 = T.FusedMultiplyAdd(factor, a, s1);
                t1 = T.FusedMultiplyAdd(factor, b, t1);
                factor = Lane.Broadcast<T>(ref f, (n * Rows) + 2);
                s2 = T.FusedMultiplyAdd(factor, a, s2);
                t2 = T.FusedMultiplyAdd(factor, b, t2);
                factor = Lane.Broadcast<T>(ref f, (n * Rows) + 3);
                s3 = T.FusedMultiplyAdd(factor, a, s3);
                t3 = T.FusedMultiplyAdd(factor, b, t3);
            }

            Lane.Store(s0, ref w, c);
            Lane.Store(s1, ref w, stride + c);
            Lane.Store(s2, ref w, (2 * stride) + c);
            Lane.Store(s3, ref w, (3 * stride) + c);
            Lane.Store(t0, ref w, next);
            Lane.Store(t1, ref w, stride + next);
            Lane.Store(t2, ref w, (2 * stride) + next);
            Lane.Store(t3, ref w, (3 * stride) + next);
        }

        for (; c < stride; c += T.Count)
        {
            T s0 = Lane.Load<T>(ref w, c),
                s1 = Lane.Load<T>(ref w, stride + c),
                s2 = Lane.Load<T>(ref w, (2 * stride) + c),
                s3 = Lane.Load<T>(ref w, (3 * stride) + c);
            for (int n = 0; n < samples; n++)
            {
                T a = Lane.Load<T>(ref v, (n * stride) + c);
                s0 = T.FusedMultiplyAdd(Lane.Broadcast<T>(ref f, n * Rows), a, s0);
                s1 = T.FusedMultiplyAdd(Lane.Broadcast<T>(ref f, (n * Rows) + 1), a, s1);
                s2 = T.FusedMultiplyAdd(Lane.Broadcast<T>(ref f, (n * Rows) + 2), a, s2);
                s3 = T.FusedMultiplyAdd(Lane.Broadcast<T>(ref f, (n * Rows) + 3), a, s3);
            }

            Lane.Store(s0, ref w, c);
            Lane.Store(s1, ref w, stride + c);
            Lane.Store(s2, ref w, (2 * stride) + c);
            Lane.Store(s3, ref w, (3 * stride) + c);
        }
    }

    private static void OneRow<T>(Grid weights, int row, ReadOnlySpan<float> x, ReadOnlySpan<float> factors, int samples)
        where T : struct, ILanesSingle<T>
    {
        int stride = weights.Stride;
        ref float w = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights.Values), row * stride);
        ref float v = ref MemoryMarshal.GetReference(x);
        ref float f = ref MemoryMarshal.GetReference(factors);
        for (int c = 0; c < stride; c += T.Count)
        {
            T sum = Lane.Load<T>(ref w, c);
            for (int n = 0; n < samples; n++)
            {
                sum = T.FusedMultiplyAdd(Lane.Broadcast<T>(ref f, n * Rows), Lane.Load<T>(ref v, (n * stride) + c), sum);
            }

            Lane.Store(sum, ref w, c);
        }
    }
}
