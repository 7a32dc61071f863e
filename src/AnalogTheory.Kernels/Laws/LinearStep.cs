using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>Linear-step (soft-bounds) device: q₊ = 1 − (w−w⋄)/τ_max, q₋ = 1 − (w−w⋄)/τ_min.</summary>
/// <remarks>Source: arXiv 2406.12774v1, appendix C. With τ_max = τ and τ_min = −τ it is the asymmetric linear device.</remarks>
/// <param name="upper">τ_max &gt; 0, offset of the upper bound from w⋄.</param>
/// <param name="lower">τ_min &lt; 0, offset of the lower bound from w⋄.</param>
/// <param name="symmetricPoint">w⋄, unit of weight.</param>
public readonly struct LinearStep<T>(T upper, T lower, T symmetricPoint) : IResponseLaw<T>
    where T : struct, IAlgebra<T>
{
    private readonly T _upSlope = T.One / upper;
    private readonly T _downSlope = T.One / lower;
    private readonly T _symmetricPoint = symmetricPoint;

    /// <inheritdoc/>
    public T Up(T w) => T.One - (w - _symmetricPoint) * _upSlope;

    /// <inheritdoc/>
    public T Down(T w) => T.One - (w - _symmetricPoint) * _downSlope;
}
