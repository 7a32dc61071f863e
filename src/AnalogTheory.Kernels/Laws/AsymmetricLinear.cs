using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>Asymmetric linear device (ALD): q₊ = 1 − (w−w⋄)/τ, q₋ = 1 + (w−w⋄)/τ, hence F = 1, G = (w−w⋄)/τ.</summary>
/// <remarks>Source: arXiv 2406.12774v1, eq. 8, there with w⋄ = 0.</remarks>
/// <param name="radius">τ &gt; 0, radius of the dynamic range, unit of weight.</param>
/// <param name="symmetricPoint">w⋄, unit of weight.</param>
public readonly struct AsymmetricLinear<T>(T radius, T symmetricPoint) : IResponseLaw<T>
    where T : struct, IAlgebra<T>
{
    private readonly T _slope = T.One / radius;
    private readonly T _symmetricPoint = symmetricPoint;

    /// <inheritdoc/>
    public T Up(T w) => T.One - (w - _symmetricPoint) * _slope;

    /// <inheritdoc/>
    public T Down(T w) => T.One + (w - _symmetricPoint) * _slope;
}
