using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Elementary;

namespace AnalogTheory.Training.Layers;

/// <summary>Functions over many numbers, the same bits at every vector width.</summary>
internal static class Elementwise
{
    // Numbers at a time, in double precision on the stack.
    private const int Chunk = 64;

    /// <summary>to ← factors·from + addends, rounded once.</summary>
    /// <param name="factors">One for each number of a vector.</param>
    /// <param name="from">Vectors, one after the other.</param>
    /// <param name="addends">As many vectors, or one for all of them.</param>
    /// <param name="to">Receives as many vectors; may be the addends.</param>
    internal static void MultiplyAdd(ReadOnlySpan<float> factors, ReadOnlySpan<float> from, ReadOnlySpan<float> addends, Span<float> to)
    {
        int length = factors.Length,
            step = addends.Length == length ? 0 : length;
        ref float f = ref MemoryMarshal.GetReference(factors);
        ref float x = ref MemoryMarshal.GetReference(from[..to.Length]);
        ref float a = ref MemoryMarshal.GetReference(addends[..(step == 0 ? length : to.Length)]);
        ref float y = ref MemoryMarshal.GetReference(to);
        for (int at = 0, added = 0; at + length <= to.Length; at += length, added += step)
        {
            int i = 0;
            for (; i + Vector512<float>.Count <= length; i += Vector512<float>.Count)
            {
                Vector512
                    .FusedMultiplyAdd(
                        Vector512.LoadUnsafe(ref f, (nuint)i),
                        Vector512.LoadUnsafe(ref x, (nuint)(at + i)),
                        Vector512.LoadUnsafe(ref a, (nuint)(added + i))
                    )
                    .StoreUnsafe(ref y, (nuint)(at + i));
            }

            for (; i < length; i++)
            {
                to[at + i] = MathF.FusedMultiplyAdd(factors[i], from[at + i], addends[added + i]);
            }
        }
    }

    /// <summary>to ← factors·from, and 0 where a magnitude of <paramref name="raw"/> is at the bound or above.</summary>
    /// <param name="factors">One for each number of a vector.</param>
    /// <param name="from">Vectors, one after the other.</param>
    /// <param name="raw">As many vectors.</param>
    /// <param name="bound">The bound.</param>
    /// <param name="to">Receives as many vectors.</param>
    internal static void MultiplyWithin(
        ReadOnlySpan<float> factors,
        ReadOnlySpan<float> from,
        ReadOnlySpan<float> raw,
        float bound,
        Span<float> to
    )
    {
        int length = factors.Length;
        ref float f = ref MemoryMarshal.GetReference(factors);
        ref float x = ref MemoryMarshal.GetReference(from[..to.Length]);
        ref float r = ref MemoryMarshal.GetReference(raw[..to.Length]);
        ref float y = ref MemoryMarshal.GetReference(to);
        Vector512<float> bounds = Vector512.Create(bound);
        for (int at = 0; at + length <= to.Length; at += length)
        {
            int i = 0;
            for (; i + Vector512<float>.Count <= length; i += Vector512<float>.Count)
            {
                Vector512<float> product = Vector512.LoadUnsafe(ref f, (nuint)i) * Vector512.LoadUnsafe(ref x, (nuint)(at + i));
                Vector512<float> magnitude = Vector512.Abs(Vector512.LoadUnsafe(ref r, (nuint)(at + i)));
                Vector512
                    .ConditionalSelect(Vector512.GreaterThanOrEqual(magnitude, bounds), Vector512<float>.Zero, product)
                    .StoreUnsafe(ref y, (nuint)(at + i));
            }

            for (; i < length; i++)
            {
                to[at + i] = MathF.Abs(raw[at + i]) >= bound ? 0.0f : factors[i] * from[at + i];
            }
        }
    }

    /// <summary>to ← to + from.</summary>
    internal static void Add(ReadOnlySpan<float> from, Span<float> to)
    {
        ref float x = ref MemoryMarshal.GetReference(from[..to.Length]);
        ref float y = ref MemoryMarshal.GetReference(to);
        int i = 0;
        for (; i + Vector512<float>.Count <= to.Length; i += Vector512<float>.Count)
        {
            (Vector512.LoadUnsafe(ref y, (nuint)i) + Vector512.LoadUnsafe(ref x, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
        }

        for (; i < to.Length; i++)
        {
            to[i] += from[i];
        }
    }

    /// <summary>sums ← sums + Σ from, or Σ from·by, over vectors in their order, in double precision, where a product of two floats is exact.</summary>
    /// <param name="from">Vectors of as many numbers as there are sums, one after the other.</param>
    /// <param name="by">As many vectors; none for factors of 1.</param>
    /// <param name="sums">Added to.</param>
    internal static void AddUp(ReadOnlySpan<float> from, ReadOnlySpan<float> by, Span<double> sums)
    {
        ref float x = ref MemoryMarshal.GetReference(from);
        ref float z = ref MemoryMarshal.GetReference(by.IsEmpty ? by : by[..from.Length]);
        ref double s = ref MemoryMarshal.GetReference(sums);
        int length = sums.Length;
        for (int at = 0; at + length <= from.Length; at += length)
        {
            int i = 0;
            for (; i + Vector512<double>.Count <= length; i += Vector512<double>.Count)
            {
                Vector512<double> wide = Widened(ref x, at + i);
                wide = by.IsEmpty ? wide : wide * Widened(ref z, at + i);
                (Vector512.LoadUnsafe(ref s, (nuint)i) + wide).StoreUnsafe(ref s, (nuint)i);
            }

            for (; i < length; i++)
            {
                sums[i] += (double)from[at + i] * (by.IsEmpty ? 1.0 : by[at + i]);
            }
        }
    }

    /// <summary>The columns of a matrix as rows.</summary>
    /// <param name="from">The matrix, row after row.</param>
    /// <param name="columns">Numbers of a row.</param>
    /// <param name="to">Receives the columns, one after the other.</param>
    internal static void Transpose(ReadOnlySpan<float> from, int columns, Span<float> to)
    {
        int rows = from.Length / columns;
        (int blockRows, int blockColumns) = Sse.IsSupported ? (rows & ~3, columns & ~3) : (0, 0);
        ref float a = ref MemoryMarshal.GetReference(from);
        ref float b = ref MemoryMarshal.GetReference(to[..from.Length]);
        for (int i = 0; i < rows; i++)
        {
            int j = 0;
            if (i % 4 == 0 && i < blockRows)
            {
                for (; j < blockColumns; j += 4)
                {
                    TransposeFourByFour(ref Unsafe.Add(ref a, (i * columns) + j), columns, ref Unsafe.Add(ref b, (j * rows) + i), rows);
                }
            }

            for (j = i < blockRows ? blockColumns : 0; j < columns; j++)
            {
                to[(j * rows) + i] = from[(i * columns) + j];
            }
        }
    }

    /// <summary>1/(1 + e⁻ˣ), or tanh x = 2/(1 + e⁻²ˣ) − 1, in double precision and rounded once.</summary>
    internal static void Logistic(ReadOnlySpan<float> x, Span<float> y, bool isTanh)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Logistic<Lanes512>(x, y, isTanh);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Logistic<Lanes256>(x, y, isTanh);
        }
        else
        {
            Logistic<Scalar>(x, y, isTanh);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    internal static void Logistic<T>(ReadOnlySpan<float> x, Span<float> y, bool isTanh)
        where T : struct, ILanes<T>
    {
        Span<double> room = stackalloc double[Chunk];
        double slope = isTanh ? -2.0 : -1.0;
        for (int first = 0; first < x.Length; first += Chunk)
        {
            int count = Math.Min(Chunk, x.Length - first);
            for (int i = 0; i < count; i++)
            {
                room[i] = slope * x[first + i];
            }

            Span<T> lanes = MemoryMarshal.Cast<double, T>(room);
            for (int v = 0; v < (count + T.Count - 1) / T.Count; v++)
            {
                lanes[v] = T.One / (T.One + ExpLog.Exp(lanes[v]));
            }

            for (int i = 0; i < count; i++)
            {
                y[first + i] = (float)(isTanh ? (2.0 * room[i]) - 1.0 : room[i]);
            }
        }
    }

    /// <summary>dy·y·(1 − y), or for tanh dy·(1 − y²): the gradient before the function, from what it gave and the gradient after it.</summary>
    internal static void LogisticGradient(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, bool isTanh)
    {
        ref float from = ref MemoryMarshal.GetReference(y[..dx.Length]);
        ref float gradient = ref MemoryMarshal.GetReference(dy[..dx.Length]);
        ref float to = ref MemoryMarshal.GetReference(dx);
        int i = 0;
        for (; i + Vector512<float>.Count <= dx.Length; i += Vector512<float>.Count)
        {
            Vector512<float> v = Vector512.LoadUnsafe(ref from, (nuint)i);
            Vector512<float> slope = isTanh ? Vector512<float>.One - (v * v) : v * (Vector512<float>.One - v);
            (Vector512.LoadUnsafe(ref gradient, (nuint)i) * slope).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < dx.Length; i++)
        {
            dx[i] = dy[i] * (isTanh ? 1.0f - (y[i] * y[i]) : y[i] * (1.0f - y[i]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Widened(ref float start, int at)
    {
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(Vector256.LoadUnsafe(ref start, (nuint)at));
        return Vector512.Create(lower, upper);
    }

    private static void TransposeFourByFour(ref float from, int columns, ref float to, int rows)
    {
        Vector128<float> a = Vector128.LoadUnsafe(ref from),
            b = Vector128.LoadUnsafe(ref from, (nuint)columns),
            c = Vector128.LoadUnsafe(ref from, (nuint)(2 * columns)),
            d = Vector128.LoadUnsafe(ref from, (nuint)(3 * columns));
        Vector128<float> lowAb = Sse.UnpackLow(a, b),
            highAb = Sse.UnpackHigh(a, b),
            lowCd = Sse.UnpackLow(c, d),
            highCd = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(lowAb, lowCd).StoreUnsafe(ref to);
        Sse.MoveHighToLow(lowCd, lowAb).StoreUnsafe(ref to, (nuint)rows);
        Sse.MoveLowToHigh(highAb, highCd).StoreUnsafe(ref to, (nuint)(2 * rows));
        Sse.MoveHighToLow(highCd, highAb).StoreUnsafe(ref to, (nuint)(3 * rows));
    }
}
