using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AnalogTheory.Benchmarks;

/// <summary>a = b + s·c, hand-written: two arrays read and one written, as by the update of an array, and next to nothing computed.</summary>
internal static class Triad
{
    /// <summary>Runs over whole vectors of the widest kind that the machine has.</summary>
    /// <param name="b">Read.</param>
    /// <param name="c">Read.</param>
    /// <param name="s">Factor.</param>
    /// <param name="a">Written.</param>
    internal static void Run<T>(ReadOnlySpan<T> b, ReadOnlySpan<T> c, T s, Span<T> a)
        where T : unmanaged, IBinaryNumber<T>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run512(b, c, s, a);
        }
        else
        {
            Run256(b, c, s, a);
        }
    }

    private static void Run512<T>(ReadOnlySpan<T> b, ReadOnlySpan<T> c, T s, Span<T> a)
        where T : unmanaged, IBinaryNumber<T>
    {
        ref T x = ref MemoryMarshal.GetReference(a);
        ref T y = ref MemoryMarshal.GetReference(b);
        ref T z = ref MemoryMarshal.GetReference(c);
        Vector512<T> factor = Vector512.Create(s);
        for (nuint i = 0; i + (nuint)Vector512<T>.Count <= (nuint)a.Length; i += (nuint)Vector512<T>.Count)
        {
            (Vector512.LoadUnsafe(ref y, i) + factor * Vector512.LoadUnsafe(ref z, i)).StoreUnsafe(ref x, i);
        }
    }

    private static void Run256<T>(ReadOnlySpan<T> b, ReadOnlySpan<T> c, T s, Span<T> a)
        where T : unmanaged, IBinaryNumber<T>
    {
        ref T x = ref MemoryMarshal.GetReference(a);
        ref T y = ref MemoryMarshal.GetReference(b);
        ref T z = ref MemoryMarshal.GetReference(c);
        Vector256<T> factor = Vector256.Create(s);
        for (nuint i = 0; i + (nuint)Vector256<T>.Count <= (nuint)a.Length; i += (nuint)Vector256<T>.Count)
        {
            (Vector256.LoadUnsafe(ref y, i) + factor * Vector256.LoadUnsafe(ref z, i)).StoreUnsafe(ref x, i);
        }
    }

    /// <summary>One addition after the other, each a clock cycle: a clock that the machine cannot hide.</summary>
    /// <param name="count">Additions, a multiple of 16.</param>
    /// <param name="step">What is added.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long Cycles(int count, long step)
    {
        long x = step;
        for (int i = 0; i < count; i += 16)
        {
            x += step;
            x ^= step;
            x += step;
            x ^= step;
            x += step;
            x ^= step;
            x += step;
            x ^= step;
            x += step;
            x ^= step;
            x += step;
            x ^= step;
            x += step;
            x ^= step;
            x += step;
            x ^= step;
        }

        return x;
    }
}
