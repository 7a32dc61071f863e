using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Sampling;

/// <summary>Lanes written to memory with the lane index slowest: a₀, b₀, a₁, b₁, … It moves numbers and computes none.</summary>
/// <remarks>The width is a constant for the JIT, so each branch below costs nothing; without a shuffle instruction the lanes go one by one.</remarks>
internal static class Interleave
{
    /// <summary>Writes a₀, b₀, a₁, b₁, …: 2·Count numbers.</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="a">First of each pair.</param>
    /// <param name="b">Second of each pair.</param>
    /// <param name="destination">At least 2·Count long.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store<T>(T a, T b, Span<double> destination)
        where T : struct, ILanes<T>
    {
        ref double at = ref MemoryMarshal.GetReference(destination[..(2 * T.Count)]);
        if (typeof(T) == typeof(Lanes512) && Avx512F.IsSupported)
        {
            Vector512<double> x = Unsafe.BitCast<T, Lanes512>(a).Value,
                y = Unsafe.BitCast<T, Lanes512>(b).Value;
            Avx512F.PermuteVar8x64x2(x, Vector512.Create(0L, 8, 1, 9, 2, 10, 3, 11), y).StoreUnsafe(ref at);
            Avx512F.PermuteVar8x64x2(x, Vector512.Create(4L, 12, 5, 13, 6, 14, 7, 15), y).StoreUnsafe(ref at, 8);
        }
        else if (typeof(T) == typeof(Lanes256) && Avx.IsSupported)
        {
            Vector256<double> x = Unsafe.BitCast<T, Lanes256>(a).Value,
                y = Unsafe.BitCast<T, Lanes256>(b).Value;
            Vector256<double> low = Avx.UnpackLow(x, y),
                high = Avx.UnpackHigh(x, y);
            Avx.Permute2x128(low, high, 0x20).StoreUnsafe(ref at);
            Avx.Permute2x128(low, high, 0x31).StoreUnsafe(ref at, 4);
        }
        else
        {
            for (int lane = 0; lane < T.Count; lane++)
            {
                Unsafe.Add(ref at, 2 * lane) = Unsafe.Add(ref Unsafe.As<T, double>(ref a), lane);
                Unsafe.Add(ref at, (2 * lane) + 1) = Unsafe.Add(ref Unsafe.As<T, double>(ref b), lane);
            }
        }
    }

    /// <summary>Writes a₀, b₀, c₀, d₀, a₁, …: 4·Count numbers.</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="a">First of each four.</param>
    /// <param name="b">Second of each four.</param>
    /// <param name="c">Third of each four.</param>
    /// <param name="d">Fourth of each four.</param>
    /// <param name="destination">At least 4·Count long.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store<T>(T a, T b, T c, T d, Span<double> destination)
        where T : struct, ILanes<T>
    {
        ref double at = ref MemoryMarshal.GetReference(destination[..(4 * T.Count)]);
        if (typeof(T) == typeof(Lanes512) && Avx512F.IsSupported)
        {
            Vector512<double> x = Unsafe.BitCast<T, Lanes512>(a).Value,
                y = Unsafe.BitCast<T, Lanes512>(b).Value;
            Vector512<double> z = Unsafe.BitCast<T, Lanes512>(c).Value,
                w = Unsafe.BitCast<T, Lanes512>(d).Value;
            Vector512<double> evenXY = Avx512F.UnpackLow(x, y),
                oddXY = Avx512F.UnpackHigh(x, y);
            Vector512<double> evenZW = Avx512F.UnpackLow(z, w),
                oddZW = Avx512F.UnpackHigh(z, w);
            // 256 bits a block: the even ones from evenXY and evenZW, the odd ones from oddXY and oddZW.
            Vector512<long> first = Vector512.Create(0L, 1, 8, 9, 2, 3, 10, 11),
                second = Vector512.Create(4L, 5, 12, 13, 6, 7, 14, 15);
            Vector512<double> even02 = Avx512F.PermuteVar8x64x2(evenXY, first, evenZW),
                even46 = Avx512F.PermuteVar8x64x2(evenXY, second, evenZW);
            Vector512<double> odd13 = Avx512F.PermuteVar8x64x2(oddXY, first, oddZW),
                odd57 = Avx512F.PermuteVar8x64x2(oddXY, second, oddZW);
            even02.GetLower().StoreUnsafe(ref at);
            odd13.GetLower().StoreUnsafe(ref at, 4);
            even02.GetUpper().StoreUnsafe(ref at, 8);
            odd13.GetUpper().StoreUnsafe(ref at, 12);
            even46.GetLower().StoreUnsafe(ref at, 16);
            odd57.GetLower().StoreUnsafe(ref at, 20);
            even46.GetUpper().StoreUnsafe(ref at, 24);
            odd57.GetUpper().StoreUnsafe(ref at, 28);
        }
        else if (typeof(T) == typeof(Lanes256) && Avx.IsSupported)
        {
            Vector256<double> x = Unsafe.BitCast<T, Lanes256>(a).Value,
                y = Unsafe.BitCast<T, Lanes256>(b).Value;
            Vector256<double> z = Unsafe.BitCast<T, Lanes256>(c).Value,
                w = Unsafe.BitCast<T, Lanes256>(d).Value;
            Vector256<double> evenXY = Avx.UnpackLow(x, y),
                oddXY = Avx.UnpackHigh(x, y);
            Vector256<double> evenZW = Avx.UnpackLow(z, w),
                oddZW = Avx.UnpackHigh(z, w);
            Avx.Permute2x128(evenXY, evenZW, 0x20).StoreUnsafe(ref at);
            Avx.Permute2x128(oddXY, oddZW, 0x20).StoreUnsafe(ref at, 4);
            Avx.Permute2x128(evenXY, evenZW, 0x31).StoreUnsafe(ref at, 8);
            Avx.Permute2x128(oddXY, oddZW, 0x31).StoreUnsafe(ref at, 12);
        }
        else
        {
            for (int lane = 0; lane < T.Count; lane++)
            {
                Unsafe.Add(ref at, 4 * lane) = Unsafe.Add(ref Unsafe.As<T, double>(ref a), lane);
                Unsafe.Add(ref at, (4 * lane) + 1) = Unsafe.Add(ref Unsafe.As<T, double>(ref b), lane);
                Unsafe.Add(ref at, (4 * lane) + 2) = Unsafe.Add(ref Unsafe.As<T, double>(ref c), lane);
                Unsafe.Add(ref at, (4 * lane) + 3) = Unsafe.Add(ref Unsafe.As<T, double>(ref d), lane);
            }
        }
    }
}
