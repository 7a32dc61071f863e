using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Noises;

/// <summary>The lower bound's two points at a weight, over an algebra: +s√((1−p)/p) with probability p, −s√(p/(1−p)) otherwise, p = ½(1 − w/τ).</summary>
/// <remarks>
/// Source: arXiv 2406.12774v1, Theorem 3. The sampler runs <see cref="At"/>; a solver reads <see cref="Square"/> and <see cref="Value"/>, with a variable for
/// the root between them. p is clamped to [0, 1]; at its ends the noise is 0.
/// </remarks>
/// <param name="deviation">s ≥ 0, loss/weight.</param>
/// <param name="halfSlope">½/τ.</param>
public readonly struct StateDependentTwoPoint<T>(T deviation, T halfSlope)
    where T : struct, IAlgebra<T>
{
    /// <summary>p, the probability of the first point.</summary>
    /// <param name="w">Weight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Probability(T w) => T.Min(T.Max(T.FusedMultiplyAdd(-w, halfSlope, T.Constant(0.5)), T.Zero), T.One);

    /// <summary>(ε/s)²: (1−p)/p of the first point, p/(1−p) of the second.</summary>
    /// <param name="side">Negative for the first point.</param>
    /// <param name="p">Probability of the first point.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Square(T side, T p)
    {
        T q = T.One - p;
        return T.SelectNonNegative(side, p, q) / T.SelectNonNegative(side, q, p);
    }

    /// <summary>ε: +s·root for the first point, −s·root for the second.</summary>
    /// <param name="side">Negative for the first point.</param>
    /// <param name="root">√ of <see cref="Square"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value(T side, T root) => deviation * T.SelectNonNegative(side, -root, root);

    /// <summary>ε at a weight.</summary>
    /// <param name="raw">Uniform in (0, 1): below p it is the first point.</param>
    /// <param name="w">Weight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At(T raw, T w) => Draw(raw, Probability(w));

    /// <summary>ε at a probability of the first point, wherever that comes from.</summary>
    /// <param name="raw">Uniform in (0, 1): below p it is the first point.</param>
    /// <param name="p">Probability of the first point.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Draw(T raw, T p)
    {
        T side = raw - p;
        return Value(side, T.Sqrt(Square(side, p)));
    }
}
