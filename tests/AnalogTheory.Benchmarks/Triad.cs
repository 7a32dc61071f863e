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

    /// <summary>Fused multiply-adds of floats in registers, twelve sums at a time: no memory, the machine's peak.</summary>
    /// <param name="count">Multiply-adds of one float each.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static float MultiplyAdds(long count) =>
        Vector512.IsHardwareAccelerated
            ? MultiplyAdds512(count / (12 * Vector512<float>.Count))
            : MultiplyAdds256(count / (12 * Vector256<float>.Count));

    private static float MultiplyAdds512(long rounds)
    {
        Vector512<float> a = Vector512.Create(0.5f),
            b = Vector512.Create(0.25f);
        Vector512<float> s0 = a,
            s1 = a,
            s2 = a,
            s3 = a,
            s4 = a,
            s5 = a,
            s6 = a,
            s7 = a,
            s8 = a,
            s9 = a,
            s10 = a,
            s11 = a;
        for (long i = 0; i < rounds; i++)
        {
            s0 = Vector512.FusedMultiplyAdd(s0, a, b);
            s1 = Vector512.FusedMultiplyAdd(s1, a, b);
            s2 = Vector512.FusedMultiplyAdd(s2, a, b);
            s3 = Vector512.FusedMultiplyAdd(s3, a, b);
            s4 = Vector512.FusedMultiplyAdd(s4, a, b);
            s5 = Vector512.FusedMultiplyAdd(s5, a, b);
            s6 = Vector512.FusedMultiplyAdd(s6, a, b);
            s7 = Vector512.FusedMultiplyAdd(s7, a, b);
            s8 = Vector512.FusedMultiplyAdd(s8, a, b);
            s9 = Vector512.FusedMultiplyAdd(s9, a, b);
            s10 = Vector512.FusedMultiplyAdd(s10, a, b);
            s11 = Vector512.FusedMultiplyAdd(s11, a, b);
        }

        return (s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11)[0];
    }

    private static float MultiplyAdds256(long rounds)
    {
        Vector256<float> a = Vector256.Create(0.5f),
            b = Vector256.Create(0.25f);
        Vector256<float> s0 = a,
            s1 = a,
            s2 = a,
            s3 = a,
            s4 = a,
            s5 = a,
            s6 = a,
            s7 = a,
            s8 = a,
            s9 = a,
            s10 = a,
            s11 = a;
        for (long i = 0; i < rounds; i++)
        {
            s0 = Vector256.FusedMultiplyAdd(s0, a, b);
            s1 = Vector256.FusedMultiplyAdd(s1, a, b);
            s2 = Vector256.FusedMultiplyAdd(s2, a, b);
            s3 = Vector256.FusedMultiplyAdd(s3, a, b);
            s4 = Vector256.FusedMultiplyAdd(s4, a, b);
            s5 = Vector256.FusedMultiplyAdd(s5, a, b);
            s6 = Vector256.FusedMultiplyAdd(s6, a, b);
            s7 = Vector256.FusedMultiplyAdd(s7, a, b);
            s8 = Vector256.FusedMultiplyAdd(s8, a, b);
            s9 = Vector256.FusedMultiplyAdd(s9, a, b);
            s10 = Vector256.FusedMultiplyAdd(s10, a, b);
            s11 = Vector256.FusedMultiplyAdd(s11, a, b);
        }

        return (s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11)[0];
    }
}
