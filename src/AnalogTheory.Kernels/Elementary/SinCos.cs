using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Elementary;

/// <summary>Sine and cosine of a fraction of a full turn, over any lanes, from IEEE-exact operations only.</summary>
/// <remarks>
/// The angle is given in turns, so the reduction to an eighth of a turn is exact: v = q/4 + t with q = round(4v) and |t| ≤ ⅛. The kernels are
/// sin 2πt = 2πt + t³·S(t²) and cos 2πt = 1 + t²·C(t²); S and C are our own minimax polynomials (Remez exchange at 400 bits, coefficients then
/// rounded to double). The quadrant only exchanges the two results and their signs.
/// </remarks>
public static class SinCos
{
    private const double TwoPi = 6.283185307179586;
    private const double TwoPiTail = 2.4492935982947064e-16;

    // 1.5·2⁵²: adding it leaves the nearest integer in the low bits, ties to even.
    private const double Shifter = 6755399441055744.0;

    /// <summary>sin 2πv and cos 2πv; error of each below 1.1 units in the last place (measured maximum 1.05, at odd eighths).</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="v">Angle in turns, 0 ≤ v &lt; 1 (any |v| below 2⁴⁹ is reduced exactly); dimensionless.</param>
    /// <param name="sin">sin 2πv. Exact multiples of a half turn give a zero, whose sign is unspecified.</param>
    /// <param name="cos">cos 2πv.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OfTurns<T>(T v, out T sin, out T cos)
        where T : struct, ILanes<T>
    {
        T shifted = T.FusedMultiplyAdd(v, T.Constant(4.0), T.Constant(Shifter));
        T t = T.FusedMultiplyAdd(shifted - T.Constant(Shifter), T.Constant(-0.25), v);
        T s = Sine(t);
        T c = Cosine(t);

        // Odd quadrants exchange sine and cosine: ±1 with the quadrant's low bit as its sign is the test.
        T isEven = T.Or(T.ShiftLeft(shifted, 63), T.One);
        T signBit = T.Word(0x8000_0000_0000_0000UL);
        T flipSin = T.And(T.ShiftLeft(shifted, 62), signBit);
        T flipCos = T.And(T.ShiftLeft(T.AddWords(shifted, T.Word(1UL)), 62), signBit);
        sin = T.Xor(T.SelectNonNegative(isEven, s, c), flipSin);
        cos = T.Xor(T.SelectNonNegative(isEven, c, s), flipCos);
    }

    /// <summary>sin 2πt for |t| ≤ ⅛.</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="t">Angle in turns.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Sine<T>(T t)
        where T : struct, ILanes<T>
    {
        T x = t * t;
        T p = T.FusedMultiplyAdd(T.Constant(-0.7124440061133265), x, T.Constant(3.819830741549377));
        p = T.FusedMultiplyAdd(p, x, T.Constant(-15.094641279540955));
        p = T.FusedMultiplyAdd(p, x, T.Constant(42.05869393780542));
        p = T.FusedMultiplyAdd(p, x, T.Constant(-76.70585975304292));
        p = T.FusedMultiplyAdd(p, x, T.Constant(81.60524927607504));
        p = T.FusedMultiplyAdd(p, x, T.Constant(-41.34170224039976));
        T correction = T.FusedMultiplyAdd(p, x, T.Constant(TwoPiTail)) * t;
        return T.FusedMultiplyAdd(t, T.Constant(TwoPi), correction);
    }

    /// <summary>cos 2πt for |t| ≤ ⅛.</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="t">Angle in turns.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Cosine<T>(T t)
        where T : struct, ILanes<T>
    {
        T x = t * t;
        T p = T.FusedMultiplyAdd(T.Constant(-1.6990342411599528), x, T.Constant(7.90320690499916));
        p = T.FusedMultiplyAdd(p, x, T.Constant(-26.42625327574972));
        p = T.FusedMultiplyAdd(p, x, T.Constant(60.244641352701244));
        p = T.FusedMultiplyAdd(p, x, T.Constant(-85.4568172066438));
        p = T.FusedMultiplyAdd(p, x, T.Constant(64.93939402266824));
        p = T.FusedMultiplyAdd(p, x, T.Constant(-19.739208802178716));
        return T.FusedMultiplyAdd(p, x, T.One);
    }
}
