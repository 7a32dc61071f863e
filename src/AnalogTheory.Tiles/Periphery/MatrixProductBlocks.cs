using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Pulses;

namespace AnalogTheory.Tiles.Periphery;

/// <content>Blocks of four samples, so that a weight is loaded once for four products; and the transposed product.</content>
internal static partial class MatrixProduct
{
    private static void FourSamples<T>(Grid weights, ref float w, ref float x, Span<float> y)
        where T : struct, ILanesSingle<T>
    {
        int stride = weights.Stride;
        int rows = weights.Rows;
        int i = 0;
        for (; i + 4 <= rows; i += 4)
        {
            FourByFour<T>(ref Unsafe.Add(ref w, i * stride), stride, ref x, y[i..], rows);
        }

        for (; i < rows; i++)
        {
            for (int n = 0; n < 4; n++)
            {
                y[(n * rows) + i] = OneRow<T>(ref Unsafe.Add(ref w, i * stride), stride, ref Unsafe.Add(ref x, n * stride));
            }
        }
    }

    private static void FourByFour<T>(ref float w, int stride, ref float x, Span<float> y, int rows)
        where T : struct, ILanesSingle<T>
    {
        Span<float> sums = stackalloc float[16 * Grid.Line];
        ref float to = ref MemoryMarshal.GetReference(sums);
        for (int part = 0; part < Grid.Line; part += T.Count)
        {
            T s00 = T.Zero,
                s01 = T.Zero,
                s02 = T.Zero,
                s03 = T.Zero,
                s10 = T.Zero,
                s11 = T.Zero,
                s12 = T.Zero,
                s13 = T.Zero;
            T s20 = T.Zero,
                s21 = T.Zero,
                s22 = T.Zero,
                s23 = T.Zero,
                s30 = T.Zero,
                s31 = T.Zero,
                s32 = T.Zero,
                s33 = T.Zero;
            for (int c = part; c < stride; c += Grid.Line)
            {
                T v0 = Lane.Load<T>(ref x, c),
                    v1 = Lane.Load<T>(ref x, stride + c);
                T v2 = Lane.Load<T>(ref x, (2 * stride) + c),
                    v3 = Lane.Load<T>(ref x, (3 * stride) + c);
                T u = Lane.Load<T>(ref w, c);
                s00 = T.FusedMultiplyAdd(u, v0, s00);
                s01 = T.FusedMultiplyAdd(u, v1, s01);
                s02 = T.FusedMultiplyAdd(u, v2, s02);
                s03 = T.FusedMultiplyAdd(u, v3, s03);
                u = Lane.Load<T>(ref w, stride + c);
                s10 = T.FusedMultiplyAdd(u, v0, s10);
                s11 = T.FusedMultiplyAdd(u, v1, s11);
                s12 = T.FusedMultiplyAdd(u, v2, s12);
                s13 = T.FusedMultiplyAdd(u, v3, s13);
                u = Lane.Load<T>(ref w, (2 * stride) + c);
                s20 = T.FusedMultiplyAdd(u, v0, s20);
                s21 = T.FusedMultiplyAdd(u, v1, s21);
                s22 = T.FusedMultiplyAdd(u, v2, s22);
                s23 = T.FusedMultiplyAdd(u, v3, s23);
                u = Lane.Load<T>(ref w, (3 * stride) + c);
                s30 = T.FusedMultiplyAdd(u, v0, s30);
                s31 = T.FusedMultiplyAdd(u, v1, s31);
                s32 = T.FusedMultiplyAdd(u, v2, s32);
                s33 = T.FusedMultiplyAdd(u, v3, s33);
            }

            Lane.Store(s00, ref to, (0 * Grid.Line) + part);
            Lane.Store(s01, ref to, (1 * Grid.Line) + part);
            Lane.Store(s02, ref to, (2 * Grid.Line) + part);
            Lane.Store(s03, ref to, (3 * Grid.Line) + part);
            Lane.Store(s10, ref to, (4 * Grid.Line) + part);
            Lane.Store(s11, ref to, (5 * Grid.Line) + part);
            Lane.Store(s12, ref to, (6 * Grid.Line) + part);
            Lane.Store(s13, ref to, (7 * Grid.Line) + part);
            Lane.Store(s20, ref to, (8 * Grid.Line) + part);
            Lane.Store(s21, ref to, (9 * Grid.Line) + part);
            Lane.Store(s22, ref to, (10 * Grid.Line) + part);
            Lane.Store(s23, ref to, (11 * Grid.Line) + part);
            Lane.Store(s30, ref to, (12 * Grid.Line) + part);
            Lane.Store(s31, ref to, (13 * Grid.Line) + part);
            Lane.Store(s32, ref to, (14 * Grid.Line) + part);
            Lane.Store(s33, ref to, (15 * Grid.Line) + part);
        }

        Totals(ref to, 16, ref to);
        for (int number = 0; number < 16; number++)
        {
            y[(number % 4 * rows) + (number / 4)] = Unsafe.Add(ref to, number);
        }
    }

    private static void TwoSamples<T>(Grid weights, ref float w, ref float x, Span<float> y)
        where T : struct, ILanesSingle<T>
    {
        int stride = weights.Stride;
        int rows = weights.Rows;
        int i = 0;
        for (; i + 8 <= rows; i += 8)
        {
            EightByTwo<T>(ref Unsafe.Add(ref w, i * stride), stride, ref x, y[i..], rows);
        }

        for (; i < rows; i++)
        {
            for (int n = 0; n < 2; n++)
            {
                y[(n * rows) + i] = OneRow<T>(ref Unsafe.Add(ref w, i * stride), stride, ref Unsafe.Add(ref x, n * stride));
            }
        }
    }

    private static void EightByTwo<T>(ref float w, int stride, ref float x, Span<float> y, int rows)
        where T : struct, ILanesSingle<T>
    {
        Span<float> sums = stackalloc float[16 * Grid.Line];
        ref float to = ref MemoryMarshal.GetReference(sums);
        for (int part = 0; part < Grid.Line; part += T.Count)
        {
            T a0 = T.Zero,
                a1 = T.Zero,
                a2 = T.Zero,
                a3 = T.Zero,
                a4 = T.Zero,
                a5 = T.Zero,
                a6 = T.Zero,
                a7 = T.Zero;
            T b0 = T.Zero,
                b1 = T.Zero,
                b2 = T.Zero,
                b3 = T.Zero,
                b4 = T.Zero,
                b5 = T.Zero,
                b6 = T.Zero,
                b7 = T.Zero;
            for (int c = part; c < stride; c += Grid.Line)
            {
                T a = Lane.Load<T>(ref x, c),
                    b = Lane.Load<T>(ref x, stride + c);
                T u = Lane.Load<T>(ref w, c);
                a0 = T.FusedMultiplyAdd(u, a, a0);
                b0 = T.FusedMultiplyAdd(u, b, b0);
                u = Lane.Load<T>(ref w, stride + c);
                a1 = T.FusedMultiplyAdd(u, a, a1);
                b1 = T.FusedMultiplyAdd(u, b, b1);
                u = Lane.Load<T>(ref w, (2 * stride) + c);
                a2 = T.FusedMultiplyAdd(u, a, a2);
                b2 = T.FusedMultiplyAdd(u, b, b2);
                u = Lane.Load<T>(ref w, (3 * stride) + c);
                a3 = T.FusedMultiplyAdd(u, a, a3);
                b3 = T.FusedMultiplyAdd(u, b, b3);
                u = Lane.Load<T>(ref w, (4 * stride) + c);
                a4 = T.FusedMultiplyAdd(u, a, a4);
                b4 = T.FusedMultiplyAdd(u, b, b4);
                u = Lane.Load<T>(ref w, (5 * stride) + c);
                a5 = T.FusedMultiplyAdd(u, a, a5);
                b5 = T.FusedMultiplyAdd(u, b, b5);
                u = Lane.Load<T>(ref w, (6 * stride) + c);
                a6 = T.FusedMultiplyAdd(u, a, a6);
                b6 = T.FusedMultiplyAdd(u, b, b6);
                u = Lane.Load<T>(ref w, (7 * stride) + c);
                a7 = T.FusedMultiplyAdd(u, a, a7);
                b7 = T.FusedMultiplyAdd(u, b, b7);
            }

            Lane.Store(a0, ref to, (0 * Grid.Line) + part);
            Lane.Store(a1, ref to, (1 * Grid.Line) + part);
            Lane.Store(a2, ref to, (2 * Grid.Line) + part);
            Lane.Store(a3, ref to, (3 * Grid.Line) + part);
            Lane.Store(a4, ref to, (4 * Grid.Line) + part);
            Lane.Store(a5, ref to, (5 * Grid.Line) + part);
            Lane.Store(a6, ref to, (6 * Grid.Line) + part);
            Lane.Store(a7, ref to, (7 * Grid.Line) + part);
            Lane.Store(b0, ref to, (8 * Grid.Line) + part);
            Lane.Store(b1, ref to, (9 * Grid.Line) + part);
            Lane.Store(b2, ref to, (10 * Grid.Line) + part);
            Lane.Store(b3, ref to, (11 * Grid.Line) + part);
            Lane.Store(b4, ref to, (12 * Grid.Line) + part);
            Lane.Store(b5, ref to, (13 * Grid.Line) + part);
            Lane.Store(b6, ref to, (14 * Grid.Line) + part);
            Lane.Store(b7, ref to, (15 * Grid.Line) + part);
        }

        Totals(ref to, 16, ref to);
        sums[..8].CopyTo(y);
        sums[8..16].CopyTo(y[rows..]);
    }

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
                for (; c < stride; c += T.Count)
                {
                    // Sixteen sums for whole groups of four vectors, four for what is left.
                    if (c + (4 * T.Count) <= stride)
                    {
                        FourVectorsOfFour<T>(ref Unsafe.Add(ref w, c), stride, ref from, rows, ref Unsafe.Add(ref to, c));
                        c += 3 * T.Count;
                    }
                    else
                    {
                        OneVectorOfFour<T>(ref Unsafe.Add(ref w, c), stride, ref from, rows, ref Unsafe.Add(ref to, c));
                    }
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
