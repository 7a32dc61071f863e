using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>Generic linear device: q₊ = (1+c)(1 − w/τ), q₋ = (1−c)(1 + w/τ), with symmetric point w⋄ = cτ.</summary>
/// <remarks>Source: arXiv 2502.06309, the response of its Figure 2. Here F = 1 − cw/τ and G = w/τ − c.</remarks>
/// <param name="radius">τ &gt; 0, unit of weight.</param>
/// <param name="asymmetry">c, dimensionless, |c| &lt; 1.</param>
public readonly struct GenericLinear<T>(T radius, T asymmetry) : IResponseLaw<T>
    where T : struct, IAlgebra<T>
{
    private readonly T _slope = T.One / radius;
    private readonly T _up = T.One + asymmetry;
    private readonly T _down = T.One - asymmetry;

    /// <inheritdoc/>
    public T Up(T w) => _up * (T.One - w * _slope);

    /// <inheritdoc/>
    public T Down(T w) => _down * (T.One + w * _slope);
}
