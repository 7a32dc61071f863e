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

        for (int number = 0; number < 16; number++)
        {
            y[(number % 4 * rows) + (number / 4)] = Total(ref Unsafe.Add(ref to, number * Grid.Line));
        }
    }

    internal static void Backward<T>(Grid weights, ReadOnlySpan<float> d, Span<float> x, int samples)
        where T : struct, ILanesSingle<T>
    {
        int stride = weights.Stride;
        Span<float> line = Workspace.OfThread.Padded.Room(stride);
        ref float w = ref MemoryMarshal.GetReference(weights.Values);
        ref float to = ref MemoryMarshal.GetReference(line);
        for (int n = 0; n < samples; n++)
        {
            ReadOnlySpan<float> sample = d.Slice(n * weights.Rows, weights.Rows);
            int c = 0;
            for (; c + (8 * T.Count) <= stride; c += 8 * T.Count)
            {
                EightVectors<T>(ref Unsafe.Add(ref w, c), stride, sample, ref Unsafe.Add(ref to, c));
            }

            for (; c < stride; c += T.Count)
            {
                T sum = T.Zero;
                for (int i = 0; i < sample.Length; i++)
                {
                    sum = T.FusedMultiplyAdd(Lane.Load<T>(ref w, (i * stride) + c), T.Constant(sample[i]), sum);
                }

                Lane.Store(sum, ref to, c);
            }

            line[..weights.Columns].CopyTo(x[(n * weights.Columns)..]);
        }
    }

    private static void EightVectors<T>(ref float w, int stride, ReadOnlySpan<float> d, ref float to)
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
        for (int i = 0; i < d.Length; i++)
        {
            ref float row = ref Unsafe.Add(ref w, i * stride);
            T v = T.Constant(d[i]);
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
