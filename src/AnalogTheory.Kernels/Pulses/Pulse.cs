using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;

namespace AnalogTheory.Kernels.Pulses;

/// <summary>
/// One pulse on one element, in any number system: the step of its direction, its noise, the bounds. Trains, the filter of measured pulses
/// and arrays all send their pulses by these lines.
/// </summary>
/// <remarks>
/// Laws are in units of weight, see <see cref="Stepped{TLaw, T}"/>: q± there is what a pulse moves. Without noise and bounds a pulse is
/// <see cref="AnalogUpdate.ApplyByCases"/> at Δ = ±1 pulse (arXiv 2406.12774v1, eq. 6 and appendix B), bit for bit.
/// </remarks>
public static class Pulse
{
    /// <summary>Signed step +q₊ or −q₋ at a weight.</summary>
    /// <typeparam name="TLaw">Law in units of weight.</typeparam>
    /// <typeparam name="T">Number system.</typeparam>
    /// <param name="law">Device.</param>
    /// <param name="w">Weight.</param>
    /// <param name="direction">≥ 0 for a pulse up, below for one down.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Step<TLaw, T>(TLaw law, T w, T direction)
        where TLaw : struct, IResponseLaw<T>
        where T : struct, IAlgebra<T> => T.SelectNonNegative(direction, law.Up(w), -law.Down(w));

    /// <summary>Standard deviation of noise that scales the step by 1 + σ·ξ: σ·|step|, unit of weight.</summary>
    /// <typeparam name="T">Number system.</typeparam>
    /// <param name="sigma">σ ≥ 0, dimensionless.</param>
    /// <param name="step">Signed step at the element's weight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NoiseOfStep<T>(T sigma, T step)
        where T : struct, IAlgebra<T> => sigma * T.Abs(step);

    /// <summary>Standard deviation of noise that does not depend on the weight: σ·s, unit of weight.</summary>
    /// <typeparam name="T">Number system.</typeparam>
    /// <param name="sigma">σ ≥ 0, dimensionless.</param>
    /// <param name="unit">s ≥ 0, the step at unit response.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NoiseOfUnitStep<T>(T sigma, T unit)
        where T : struct, IAlgebra<T> => sigma * unit;

    /// <summary>The weight after a step without noise, within the bounds.</summary>
    /// <typeparam name="T">Number system.</typeparam>
    /// <param name="w">Weight.</param>
    /// <param name="step">Signed step.</param>
    /// <param name="lower">Least weight.</param>
    /// <param name="upper">Largest weight, not below the least.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Land<T>(T w, T step, T lower, T upper)
        where T : struct, IAlgebra<T> => Clip(w + step, lower, upper);

    /// <summary>The weight after a step, its noise and the bounds: clip(w + step + deviation·ξ).</summary>
    /// <typeparam name="T">Number system.</typeparam>
    /// <param name="w">Weight.</param>
    /// <param name="step">Signed step.</param>
    /// <param name="deviation">Standard deviation of the noise, unit of weight.</param>
    /// <param name="xi">ξ, a standard normal number.</param>
    /// <param name="lower">Least weight.</param>
    /// <param name="upper">Largest weight, not below the least.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Land<T>(T w, T step, T deviation, T xi, T lower, T upper)
        where T : struct, IAlgebra<T> => Clip(T.FusedMultiplyAdd(deviation, xi, w + step), lower, upper);

    /// <summary>The weight within its bounds.</summary>
    /// <typeparam name="T">Number system.</typeparam>
    /// <param name="w">Weight.</param>
    /// <param name="lower">Least weight.</param>
    /// <param name="upper">Largest weight, not below the least.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Clip<T>(T w, T lower, T upper)
        where T : struct, IAlgebra<T> => T.Max(lower, T.Min(upper, w));
}
