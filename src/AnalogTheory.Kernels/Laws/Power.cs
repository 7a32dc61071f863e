using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>xᵞ for a base that a bounded device never lets become negative: exp(γ·log max(x, 0)).</summary>
internal static class Power
{
    internal static T Of<T>(T x, T exponent)
        where T : struct, IAlgebra<T> => T.Exp(exponent * T.Log(T.Max(x, T.Zero)));
}
