using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AnalogTheory.Kernels.Elementary;

/// <summary>Whether numbers are finite, many at a time.</summary>
public static class Finite
{
    /// <summary>Whether none of the numbers is infinite or NaN.</summary>
    /// <remarks>Zero times a number is zero, but NaN for one that is infinite or NaN.</remarks>
    /// <param name="values">Any number of numbers, none included.</param>
    /// <returns>True if all are finite.</returns>
    public static bool All(ReadOnlySpan<float> values)
    {
        ref float start = ref MemoryMarshal.GetReference(values);
        Vector512<float> even = Vector512<float>.Zero,
            odd = Vector512<float>.Zero;
        int i = 0;
        for (; i + (2 * Vector512<float>.Count) <= values.Length; i += 2 * Vector512<float>.Count)
        {
            even = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref start, (nuint)i), Vector512<float>.Zero, even);
            odd = Vector512.FusedMultiplyAdd(
                Vector512.LoadUnsafe(ref start, (nuint)(i + Vector512<float>.Count)),
                Vector512<float>.Zero,
                odd
            );
        }

        float sum = Vector512.Sum(even + odd);
        for (; i < values.Length; i++)
        {
            sum += values[i] * 0.0f;
        }

        return sum == 0.0f;
    }
}
