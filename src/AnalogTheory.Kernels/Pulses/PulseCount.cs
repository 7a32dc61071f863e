using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Pulses;

/// <summary>How many pulses a desired change takes.</summary>
public static class PulseCount
{
    /// <summary>BL = ⌈|Δ|/Δw_min⌉ (v1 appendix B), the quotient taken of the two numbers as they are: 3·0.1 is above 0.3 and takes 4 pulses of 0.1.</summary>
    /// <typeparam name="T">Number system.</typeparam>
    /// <param name="size">|Δ| ≥ 0, unit of weight.</param>
    /// <param name="granularity">Δw_min &gt; 0, unit of weight; the quotient is below 2³¹.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T RoundedUp<T>(T size, T granularity)
        where T : struct, ILanes<T>
    {
        // Rounding a quotient does not carry it across an integer, so the nearest one is too small by at most 1; the sign of a fused remainder is exact.
        T nearest = T.RoundToEven(size / granularity);
        return T.SelectNonNegative(T.FusedMultiplyAdd(nearest, granularity, -size), nearest, nearest + T.One);
    }
}
