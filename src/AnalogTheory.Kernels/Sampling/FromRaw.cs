using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Sampling;

/// <summary>Other laws from raw uniforms and normals: one comparison or two a number, exact.</summary>
public static class FromRaw
{
    /// <summary>−1 where u &lt; ½, +1 elsewhere: each with probability exactly ½.</summary>
    /// <typeparam name="T">Number system.</typeparam>
    /// <param name="u">Uniform in (0, 1), see <see cref="Uniform"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Rademacher<T>(T u)
        where T : struct, IAlgebra<T> => T.SelectNonNegative(u - T.Constant(0.5), T.Constant(1.0), T.Constant(-1.0));

    /// <summary><paramref name="first"/> where u &lt; p, <paramref name="second"/> elsewhere; P(first) differs from p by at most 2⁻³³.</summary>
    /// <typeparam name="T">Number system.</typeparam>
    /// <param name="u">Uniform in (0, 1), see <see cref="Uniform"/>.</param>
    /// <param name="p">Probability of the first value, in [0, 1].</param>
    /// <param name="first">Value taken with probability p.</param>
    /// <param name="second">Value taken otherwise.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T TwoPoint<T>(T u, T p, T first, T second)
        where T : struct, IAlgebra<T> => T.SelectNonNegative(u - p, second, first);

    /// <summary>z moved to the nearest number in [−bound, bound]: a normal number without its tails.</summary>
    /// <typeparam name="T">Number system.</typeparam>
    /// <param name="z">Any number but NaN, in units of a standard deviation.</param>
    /// <param name="bound">Largest magnitude, ≥ 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Clip<T>(T z, T bound)
        where T : struct, IAlgebra<T> => T.Max(-bound, T.Min(z, bound));
}
