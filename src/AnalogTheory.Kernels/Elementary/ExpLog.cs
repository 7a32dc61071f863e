using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Elementary;

/// <summary>Exponential and natural logarithm over any lanes, branch-free and from IEEE-exact operations only.</summary>
/// <remarks>
/// Every lane runs the same fused multiply-adds in the same order, so one lane and eight give the same bits on every instruction set. Source of
/// the reductions, of the two-part ln 2 and of the logarithm's polynomial: fdlibm (Sun Microsystems, 1993), e_exp.c and e_log.c. The
/// exponential's polynomial is our own (Remez exchange at 300 bits, truncation below 10⁻¹⁸).
/// </remarks>
public static class ExpLog
{
    // ln 2 = Ln2High + Ln2Low; Ln2High has 32 trailing zero bits, so k·Ln2High is exact for every exponent k.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.4426950408889634;

    // 1.5·2⁵²: adding it leaves the nearest integer in the low bits, ties to even.
    private const double Shifter = 6755399441055744.0;

    // e^x is finite up to here and a normal number from there: the doubles next to ln(2¹⁰²⁴) and ln(2⁻¹⁰²²).
    private const double LargestFinite = 709.782712893384;
    private const double LargestFlushed = -708.3964185322642;

    /// <summary>2⁵² + 1023: what an exponent of zero reads as when its field is written into the last places of 2⁵².</summary>
    internal const double ZeroExponent = 4503599627371519.0;

    private const double SmallestNormal = 2.2250738585072014e-308;
    private const ulong SquareRootOfHalf = 0x3FE6_A09E_667F_3BCDUL;
    private const ulong MantissaMask = 0x000F_FFFF_FFFF_FFFFUL;
    private const ulong BitsOfOne = 0x3FF0_0000_0000_0000UL;

    /// <summary>eˣ; error below one unit in the last place (measured maximum 0.66).</summary>
    /// <remarks>x = n·ln 2 + r with |r| ≤ ½ ln 2, then 2ⁿ(1 + r + r²/2 + r³·P(r)) with the first sum's rounding error carried along.</remarks>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="x">Exponent, any double; dimensionless.</param>
    /// <returns>eˣ; 0 below −708.396 (where the result would be subnormal), +∞ above 709.782, NaN for NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, ILanes<T>
    {
        T shifted = T.FusedMultiplyAdd(x, T.Constant(InverseLn2), T.Constant(Shifter));
        T n = shifted - T.Constant(Shifter);
        T high = T.FusedMultiplyAdd(n, T.Constant(-Ln2High), x);
        T r = T.FusedMultiplyAdd(n, T.Constant(-Ln2Low), high);
        T rTail = T.FusedMultiplyAdd(n, T.Constant(-Ln2Low), high - r);

        T p = T.FusedMultiplyAdd(T.Constant(2.0911236630261545e-09), r, T.Constant(2.510038549551032e-08));
        p = T.FusedMultiplyAdd(p, r, T.Constant(2.755728296954995e-07));
        p = T.FusedMultiplyAdd(p, r, T.Constant(2.7557268459997064e-06));
        p = T.FusedMultiplyAdd(p, r, T.Constant(2.4801587317144498e-05));
        p = T.FusedMultiplyAdd(p, r, T.Constant(0.00019841269863053618));
        p = T.FusedMultiplyAdd(p, r, T.Constant(0.0013888888888886552));
        p = T.FusedMultiplyAdd(p, r, T.Constant(0.008333333333330062));
        p = T.FusedMultiplyAdd(p, r, T.Constant(0.041666666666666664));
        p = T.FusedMultiplyAdd(p, r, T.Constant(0.16666666666666669));
        p = T.FusedMultiplyAdd(p, r, T.Constant(0.5));

        // 1 + r loses what (1 − sum) + r recovers exactly, since |r| < 1.
        T sum = T.One + r;
        T small = T.FusedMultiplyAdd(p, r * r, T.One - sum + r + rTail);
        T y = T.AddWords(sum + small, T.ShiftLeft(shifted, 52));

        T above = x * T.Constant(double.PositiveInfinity);
        T finite = T.SelectNonNegative(T.Constant(LargestFinite) - x, y, above);
        return T.SelectNonNegative(T.Constant(LargestFlushed) - x, T.Zero, finite);
    }

    /// <summary>Natural logarithm; error below one unit in the last place over normal and subnormal numbers (measured maximum 0.80).</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="x">Argument, any double; dimensionless.</param>
    /// <returns>ln x; −∞ at either zero, NaN below zero and for NaN, +∞ at +∞.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x)
        where T : struct, ILanes<T>
    {
        T isNormal = x - T.Constant(SmallestNormal);
        T scaled = T.SelectNonNegative(isNormal, x, x * T.Constant(18014398509481984.0)); // 2⁵⁴
        T zeroExponent = T.SelectNonNegative(isNormal, T.Constant(ZeroExponent), T.Constant(ZeroExponent + 54.0));
        T y = LogOfNormal(scaled, zeroExponent);

        T atOrBelowZero = T.SelectNonNegative(x, T.Constant(double.NegativeInfinity), T.Constant(double.NaN));
        T positive = T.SelectNonNegative(x - T.Constant(double.Epsilon), y, atOrBelowZero);
        return T.SelectNonNegative(T.Constant(double.MaxValue) - x, positive, x);
    }

    /// <summary>ln x for a positive normal x: the part of <see cref="Log"/> that samplers need.</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="x">A positive, normal, finite number.</param>
    /// <param name="zeroExponent"><see cref="ZeroExponent"/>, plus s for an x that was scaled by 2ˢ.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T LogOfNormal<T>(T x, T zeroExponent)
        where T : struct, ILanes<T>
    {
        // x = 2ᵏ·m with √½ ≤ m < √2: shift the bits so that the exponent field carries over exactly at √½.
        T shifted = T.AddWords(x, T.Word(BitsOfOne - SquareRootOfHalf));
        T m = T.AddWords(T.And(shifted, T.Word(MantissaMask)), T.Word(SquareRootOfHalf));
        // 2⁵² + e written as bits, minus 2⁵² + 1023, is k as a real.
        T k = T.Or(T.ShiftRight(shifted, 52), T.Constant(4503599627370496.0)) - zeroExponent;

        T f = m - T.One;
        T s = f / (T.Constant(2.0) + f);
        T z = s * s;
        T p = T.FusedMultiplyAdd(T.Constant(1.479819860511658591e-01), z, T.Constant(1.531383769920937332e-01));
        p = T.FusedMultiplyAdd(p, z, T.Constant(1.818357216161805012e-01));
        p = T.FusedMultiplyAdd(p, z, T.Constant(2.222219843214978396e-01));
        p = T.FusedMultiplyAdd(p, z, T.Constant(2.857142874366239149e-01));
        p = T.FusedMultiplyAdd(p, z, T.Constant(3.999999999940941908e-01));
        p = T.FusedMultiplyAdd(p, z, T.Constant(6.666666666666735130e-01));
        T halfSquare = T.Constant(0.5) * f * f;
        T inner = T.FusedMultiplyAdd(s, T.FusedMultiplyAdd(p, z, halfSquare), k * T.Constant(Ln2Low));
        return T.FusedMultiplyAdd(k, T.Constant(Ln2High), f - (halfSquare - inner));
    }
}
