using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;

namespace AnalogTheory.Kernels.Pulses;

/// <summary>One pulse on an element whose law is in units of weight: the step of its direction, noise, bounds. In any number system.</summary>
public static class Pulse
{
    /// <summary>Signed step +q₊ or −q₋ at a weight.</summary>
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
        where T : struct, IAlgebra<T> => T.Max(lower, T.Min(upper, T.FusedMultiplyAdd(deviation, xi, w + step)));
}
