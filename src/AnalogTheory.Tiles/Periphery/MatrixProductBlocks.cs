using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Pulses;

namespace AnalogTheory.Tiles.Periphery;

/// <content>Blocks of four and of two samples, so that a weight is loaded once for all of them.</content>
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
}
