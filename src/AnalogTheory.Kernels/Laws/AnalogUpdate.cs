using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>The analog update of one element, U(w, Δ) = w + Δ·F(w) − |Δ|·G(w).</summary>
/// <remarks>Source: arXiv 2406.12774v1, eqs. 6 and 7. Every simulation, enclosure and query of AnalogTheory goes through these lines.</remarks>
public static class AnalogUpdate
{
    /// <summary>Symmetric component F = (q₋ + q₊)/2.</summary>
    /// <param name="law">Device.</param>
    /// <param name="w">Weight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Symmetric<TLaw, T>(TLaw law, T w)
        where TLaw : struct, IResponseLaw<T>
        where T : struct, IAlgebra<T> => (law.Down(w) + law.Up(w)) * T.Constant(0.5);

    /// <summary>Asymmetric component G = (q₋ − q₊)/2; zero at the symmetric point.</summary>
    /// <param name="law">Device.</param>
    /// <param name="w">Weight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Asymmetric<TLaw, T>(TLaw law, T w)
        where TLaw : struct, IResponseLaw<T>
        where T : struct, IAlgebra<T> => (law.Down(w) - law.Up(w)) * T.Constant(0.5);

    /// <summary>New weight w + Δ·F(w) − |Δ|·G(w) (v1 eq. 7).</summary>
    /// <param name="law">Device.</param>
    /// <param name="w">Weight.</param>
    /// <param name="increment">Desired change Δ, unit of w.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<TLaw, T>(TLaw law, T w, T increment)
        where TLaw : struct, IResponseLaw<T>
        where T : struct, IAlgebra<T> => Apply(law, w, increment, T.Abs(increment));

    /// <summary>New weight w + Δ·F(w) − m·G(w), where m is the total of |Δ| over the parts that Δ was sent in.</summary>
    /// <remarks>A mini-batch sent as one update has m = |ΣΔₙ|; sent sample by sample it has m = Σ|Δₙ|, to first order in Δ/τ.</remarks>
    /// <param name="law">Device.</param>
    /// <param name="w">Weight.</param>
    /// <param name="increment">Desired change Δ, unit of w.</param>
    /// <param name="magnitude">m ≥ |Δ|, unit of w.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<TLaw, T>(TLaw law, T w, T increment, T magnitude)
        where TLaw : struct, IResponseLaw<T>
        where T : struct, IAlgebra<T>
    {
        T up = law.Up(w);
        T down = law.Down(w);
        T half = T.Constant(0.5);
        T symmetric = (down + up) * half;
        T asymmetric = (down - up) * half;
        return T.FusedMultiplyAdd(-magnitude, asymmetric, T.FusedMultiplyAdd(increment, symmetric, w));
    }

    /// <summary>The same update by cases: w + Δ·q₊(w) if Δ ≥ 0, else w + Δ·q₋(w) (v1 eq. 6).</summary>
    /// <param name="law">Device.</param>
    /// <param name="w">Weight.</param>
    /// <param name="increment">Desired change Δ, unit of w.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ApplyByCases<TLaw, T>(TLaw law, T w, T increment)
        where TLaw : struct, IResponseLaw<T>
        where T : struct, IAlgebra<T> => T.FusedMultiplyAdd(increment, T.SelectNonNegative(increment, law.Up(w), law.Down(w)), w);
}
