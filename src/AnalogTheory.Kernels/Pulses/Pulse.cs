using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;

namespace AnalogTheory.Kernels.Pulses;

/// <summary>
/// One pulse on one element, in any number system: the step of its direction, its noise, the bounds. Trains, lanes, the filter of measured pulses
/// and arrays all send their pulses by these lines.
/// </summary>
public static class Pulse
{
    /// <summary>The weight after a pulse without noise or bounds, U(w, ±Δw_min) (v1 appendix B).</summary>
    /// <typeparam name="TLaw">Response factors, dimensionless.</typeparam>
    /// <typeparam name="T">Number system.</typeparam>
    /// <param name="law">Device.</param>
    /// <param name="w">Weight.</param>
    /// <param name="step">+Δw_min for a pulse up, −Δw_min for one down, 0 for none; unit of weight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Send<TLaw, T>(TLaw law, T w, T step)
        where TLaw : struct, IResponseLaw<T>
        where T : struct, IAlgebra<T> => AnalogUpdate.Apply(law, w, step);

    /// <summary>The weight after a pulse with cycle-to-cycle noise: w + s·Δw_min·((1 + σ_c2c·ξ)·q_s(w) + σ_add·ξ).</summary>
    /// <typeparam name="TLaw">Response factors, dimensionless.</typeparam>
    /// <typeparam name="T">Number system.</typeparam>
    /// <param name="law">Device.</param>
    /// <param name="w">Weight.</param>
    /// <param name="sign">s, +1 for a pulse up, −1 for one down.</param>
    /// <param name="granularity">Δw_min &gt; 0, unit of weight.</param>
    /// <param name="multiplicative">σ_c2c ≥ 0, dimensionless.</param>
    /// <param name="additive">σ_add ≥ 0, dimensionless.</param>
    /// <param name="xi">ξ, a standard normal number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Send<TLaw, T>(TLaw law, T w, T sign, T granularity, T multiplicative, T additive, T xi)
        where TLaw : struct, IResponseLaw<T>
        where T : struct, IAlgebra<T>
    {
        // A negative magnitude keeps the response of the pulse's direction: w + s·m·F − m·G = w + s·m·q_s.
        T magnitude = granularity * T.FusedMultiplyAdd(multiplicative, xi, T.One);
        T next = AnalogUpdate.Apply(law, w, sign * magnitude, magnitude);
        return T.FusedMultiplyAdd(sign * granularity * additive, xi, next);
    }

    /// <summary>The weight within its bounds.</summary>
    /// <typeparam name="T">Number system.</typeparam>
    /// <param name="w">Weight.</param>
    /// <param name="lower">Least weight.</param>
    /// <param name="upper">Largest weight, above the least.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Clip<T>(T w, T lower, T upper)
        where T : struct, IAlgebra<T> => T.Max(lower, T.Min(upper, w));

    /// <summary>Signed step +q₊ or −q₋ at a weight, of a law in units of weight.</summary>
    /// <typeparam name="TLaw">Law in units of weight, see <see cref="Stepped{TLaw, T}"/>.</typeparam>
    /// <typeparam name="T">Number system.</typeparam>
    /// <param name="law">Device.</param>
    /// <param name="w">Weight.</param>
    /// <param name="direction">≥ 0 for a pulse up, below for one down.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Step<TLaw, T>(TLaw law, T w, T direction)
        where TLaw : struct, IResponseLaw<T>
        where T : struct, IAlgebra<T> => T.SelectNonNegative(direction, law.Up(w), -law.Down(w));

    /// <summary>The weight after a step, its noise and the bounds: clip(w + step + deviation·ξ).</summary>
    /// <typeparam name="T">Number system.</typeparam>
    /// <param name="w">Weight.</param>
    /// <param name="step">Signed step.</param>
    /// <param name="deviation">Standard deviation of the noise, unit of weight.</param>
    /// <param name="xi">ξ, a standard normal number.</param>
    /// <param name="lower">Least weight.</param>
    /// <param name="upper">Largest weight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Land<T>(T w, T step, T deviation, T xi, T lower, T upper)
        where T : struct, IAlgebra<T> => Clip(T.FusedMultiplyAdd(deviation, xi, w + step), lower, upper);
}
