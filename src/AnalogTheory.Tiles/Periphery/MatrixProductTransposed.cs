using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Pulses;

namespace AnalogTheory.Tiles.Periphery;

/// <content>The transposed product, four samples at a time, so that a weight is loaded once for four of them.</content>
internal static partial class MatrixProduct
{
    internal static void Backward<T>(Grid weights, ReadOnlySpan<float> d, Span<float> x, int samples)
        where T : struct, ILanesSingle<T>
    {
        int stride = weights.Stride;
        int rows = weights.Rows;
        Span<float> lines = Workspace.OfThread.Line.Room(4 * stride);
        ref float w = ref MemoryMarshal.GetReference(weights.Values);
        ref float v = ref MemoryMarshal.GetReference(d);
        ref float to = ref MemoryMarshal.GetReference(lines);
        for (int n = 0; n < samples; )
        {
            int some = samples - n >= 4 ? 4 : 1;
            ref float from = ref Unsafe.Add(ref v, n * rows);
            int c = 0;
            if (some == 4)
            {
                // Sixteen sums for whole groups of four vectors, four for what is left.
                for (; c + (4 * T.Count) <= stride; c += 4 * T.Count)
                {
                    FourVectorsOfFour<T>(ref Unsafe.Add(ref w, c), stride, ref from, rows, ref Unsafe.Add(ref to, c));
                }

                for (; c < stride; c += T.Count)
                {
                    OneVectorOfFour<T>(ref Unsafe.Add(ref w, c), stride, ref from, rows, ref Unsafe.Add(ref to, c));
                }
            }
            else
            {
                for (; c + (8 * T.Count) <= stride; c += 8 * T.Count)
                {
                    EightVectors<T>(ref Unsafe.Add(ref w, c), stride, ref from, rows, ref Unsafe.Add(ref to, c));
                }

                for (; c < stride; c += T.Count)
                {
                    OneVector<T>(ref Unsafe.Add(ref w, c), stride, ref from, rows, ref Unsafe.Add(ref to, c));
                }
            }

            for (int k = 0; k < some; k++, n++)
            {
                lines.Slice(k * stride, weights.Columns).CopyTo(x[(n * weights.Columns)..]);
            }
        }
    }

    // Four neighbouring vectors of columns for four samples: every weight is loaded once.
    private static void FourVectorsOfFour<T>(ref float w, int stride, ref float d, int rows, ref float to)
        where T : struct, ILanesSingle<T>
    {
        T a0 = T.Zero,
            a1 = T.Zero,
            a2 = T.Zero,
            a3 = T.Zero,
            b0 = T.Zero,
            b1 = T.Zero,
            b2 = T.Zero,
            b3 = T.Zero;
        T c0 = T.Zero,
            c1 = T.Zero,
            c2 = T.Zero,
            c3 = T.Zero,
            d0 = T.Zero,
            d1 = T.Zero,
            d2 = T.Zero,
            d3 = T.Zero;
        for (int i = 0; i < rows; i++)
        {
            ref float row = ref Unsafe.Add(ref w, i * stride);
            T w0 = Lane.Load<T>(ref row, 0),
                w1 = Lane.Load<T>(ref row, T.Count),
                w2 = Lane.Load<T>(ref row, 2 * T.Count),
                w3 = Lane.Load<T>(ref row, 3 * T.Count);
            T v = Lane.Broadcast<T>(ref d, i);
            a0 = T.FusedMultiplyAdd(w0, v, a0);
            a1 = T.FusedMultiplyAdd(w1, v, a1);
            a2 = T.FusedMultiplyAdd(w2, v, a2);
            a3 = T.FusedMultiplyAdd(w3, v, a3);
            v = Lane.Broadcast<T>(ref d, rows + i);
            b0 = T.FusedMultiplyAdd(w0, v, b0);
            b1 = T.FusedMultiplyAdd(w1, v, b1);
            b2 = T.FusedMultiplyAdd(w2, v, b2);
            b3 = T.FusedMultiplyAdd(w3, v, b3);
            v = Lane.Broadcast<T>(ref d, (2 * rows) + i);
            c0 = T.FusedMultiplyAdd(w0, v, c0);
            c1 = T.FusedMultiplyAdd(w1, v, c1);
            c2 = T.FusedMultiplyAdd(w2, v, c2);
            c3 = T.FusedMultiplyAdd(w3, v, c3);
            v = Lane.Broadcast<T>(ref d, (3 * rows) + i);
            d0 = T.FusedMultiplyAdd(w0, v, d0);
            d1 = T.FusedMultiplyAdd(w1, v, d1);
            d2 = T.FusedMultiplyAdd(w2, v, d2);
            d3 = T.FusedMultiplyAdd(w3, v, d3);
        }

        Lane.Store(a0, ref to, 0);
        Lane.Store(a1, ref to, T.Count);
        Lane.Store(a2, ref to, 2 * T.Count);
        Lane.Store(a3, ref to, 3 * T.Count);
        Lane.Store(b0, ref to, stride);
        Lane.Store(b1, ref to, stride + T.Count);
        Lane.Store(b2, ref to, stride + (2 * T.Count));
        Lane.Store(b3, ref to, stride + (3 * T.Count));
        Lane.Store(c0, ref to, 2 * stride);
        Lane.Store(c1, ref to, (2 * stride) + T.Count);
        Lane.Store(c2, ref to, (2 * stride) + (2 * T.Count));
        Lane.Store(c3, ref to, (2 * stride) + (3 * T.Count));
        Lane.Store(d0, ref to, 3 * stride);
        Lane.Store(d1, ref to, (3 * stride) + T.Count);
        Lane.Store(d2, ref to, (3 * stride) + (2 * T.Count));
        Lane.Store(d3, ref to, (3 * stride) + (3 * T.Count));
    }

    private static void OneVectorOfFour<T>(ref float w, int stride, ref float d, int rows, ref float to)
        where T : struct, ILanesSingle<T>
    {
        T a = T.Zero,
            b = T.Zero,
            c = T.Zero,
            e = T.Zero;
        for (int i = 0; i < rows; i++)
        {
            T u = Lane.Load<T>(ref w, i * stride);
            a = T.FusedMultiplyAdd(u, Lane.Broadcast<T>(ref d, i), a);
            b = T.FusedMultiplyAdd(u, Lane.Broadcast<T>(ref d, rows + i), b);
            c = T.FusedMultiplyAdd(u, Lane.Broadcast<T>(ref d, (2 * rows) + i), c);
            e = T.FusedMultiplyAdd(u, Lane.Broadcast<T>(ref d, (3 * rows) + i), e);
        }

        Lane.Store(a, ref to, 0);
        Lane.Store(b, ref to, stride);
        Lane.Store(c, ref to, 2 * stride);
        Lane.Store(e, ref to, 3 * stride);
    }

    private static void OneVector<T>(ref float w, int stride, ref float d, int rows, ref float to)
        where T : struct, ILanesSingle<T>
    {
        T sum = T.Zero;
        for (int i = 0; i < rows; i++)
        {
            sum = T.FusedMultiplyAdd(Lane.Load<T>(ref w, i * stride), Lane.Broadcast<T>(ref d, i), sum);
        }

        Lane.Store(sum, ref to, 0);
    }

    private static void EightVectors<T>(ref float w, int stride, ref float d, int rows, ref float to)
        where T : struct, ILanesSingle<T>
    {
        T s0 = T.Zero,
            s1 = T.Zero,
            s2 = T.Zero,
            s3 = T.Zero,
            s4 = T.Zero,
            s5 = T.Zero,
            s6 = T.Zero,
            s7 = T.Zero;
        for (int i = 0; i < rows; i++)
        {
            ref float row = ref Unsafe.Add(ref w, i * stride);
            T v = Lane.Broadcast<T>(ref d, i);
            s0 = T.FusedMultiplyAdd(Lane.Load<T>(ref row, 0), v, s0);
            s1 = T.FusedMultiplyAdd(Lane.Load<T>(ref row, T.Count), v, s1);
            s2 = T.FusedMultiplyAdd(Lane.Load<T>(ref row, 2 * T.Count), v, s2);
            s3 = T.FusedMultiplyAdd(Lane.Load<T>(ref row, 3 * T.Count), v, s3);
            s4 = T.FusedMultiplyAdd(Lane.Load<T>(ref row, 4 * T.Count), v, s4);
            s5 = T.FusedMultiplyAdd(Lane.Load<T>(ref row, 5 * T.Count), v, s5);
            s6 = T.FusedMultiplyAdd(Lane.Load<T>(ref row, 6 * T.Count), v, s6);
            s7 = T.FusedMultiplyAdd(Lane.Load<T>(ref row, 7 * T.Count), v, s7);
        }

        Lane.Store(s0, ref to, 0);
        Lane.Store(s1, ref to, T.Count);
        Lane.Store(s2, ref to, 2 * T.Count);
        Lane.Store(s3, ref to, 3 * T.Count);
        Lane.Store(s4, ref to, 4 * T.Count);
        Lane.Store(s5, ref to, 5 * T.Count);
        Lane.Store(s6, ref to, 6 * T.Count);
        Lane.Store(s7, ref to, 7 * T.Count);
    }
}
