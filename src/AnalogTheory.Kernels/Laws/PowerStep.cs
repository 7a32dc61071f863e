using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>Power-step device in the paper's normalisation: q₊ = ((τ_max−w)/R)^γ₊, q₋ = ((w−τ_min)/R)^γ₋ with R = τ_max − τ_min.</summary>
/// <remarks>
/// Source: arXiv 2406.12774v1, appendix C. F and G are derived here from q₊ and q₋, because eq. 23 prints one sign differently.
/// Outside [τ_min, τ_max] the response that would be a power of a negative number is 0.
/// </remarks>
/// <param name="upper">τ_max, unit of weight.</param>
/// <param name="lower">τ_min &lt; τ_max, unit of weight.</param>
/// <param name="upExponent">γ₊ &gt; 0, dimensionless.</param>
/// <param name="downExponent">γ₋ &gt; 0, dimensionless.</param>
public readonly struct PowerStep<T>(T upper, T lower, T upExponent, T downExponent) : IResponseLaw<T>
    where T : struct, IAlgebra<T>
{
    private readonly T _scale = T.One / (upper - lower);
    private readonly T _upper = upper;
    private readonly T _lower = lower;
    private readonly T _upExponent = upExponent;
    private readonly T _downExponent = downExponent;

    /// <inheritdoc/>
    public T Up(T w) => Power.Of((_upper - w) * _scale, _upExponent);

    /// <inheritdoc/>
    public T Down(T w) => Power.Of((w - _lower) * _scale, _downExponent);
}

/// <summary>Power device in the sequel's normalisation: q₊ = (1 − w/τ)ᵞ, q₋ = (1 + w/τ)ᵞ; both are 1 at w = 0.</summary>
/// <remarks>Source: arXiv 2502.06309, appendix K.1. Outside [−τ, τ] the response that would be a power of a negative number is 0.</remarks>
/// <param name="radius">τ &gt; 0, unit of weight.</param>
/// <param name="exponent">γ_res &gt; 0, dimensionless; not the mixing γ of residual learning.</param>
public readonly struct SymmetricPower<T>(T radius, T exponent) : IResponseLaw<T>
    where T : struct, IAlgebra<T>
{
    private readonly T _slope = T.One / radius;
    private readonly T _exponent = exponent;

    /// <inheritdoc/>
    public T Up(T w) => Power.Of(T.One - w * _slope, _exponent);

    /// <inheritdoc/>
    public T Down(T w) => Power.Of(T.One + w * _slope, _exponent);
}
