using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>Exponential-step device in the paper's normalisation: q₊ = 1 − exp(−γ₊(τ_max−w)/R), q₋ = 1 − exp(−γ₋(w−τ_min)/R), R = τ_max − τ_min.</summary>
/// <remarks>Source: arXiv 2406.12774v1, appendix C. Beyond its bound a response is negative: it pulls the weight back.</remarks>
/// <param name="upper">τ_max, unit of weight.</param>
/// <param name="lower">τ_min &lt; τ_max, unit of weight.</param>
/// <param name="upExponent">γ₊ &gt; 0, dimensionless.</param>
/// <param name="downExponent">γ₋ &gt; 0, dimensionless.</param>
public readonly struct ExponentialStep<T>(T upper, T lower, T upExponent, T downExponent) : IResponseLaw<T>
    where T : struct, IAlgebra<T>
{
    private readonly T _upper = upper;
    private readonly T _lower = lower;
    private readonly T _upRate = upExponent / (upper - lower);
    private readonly T _downRate = downExponent / (upper - lower);

    /// <inheritdoc/>
    public T Up(T w) => T.One - T.Exp((w - _upper) * _upRate);

    /// <inheritdoc/>
    public T Down(T w) => T.One - T.Exp((_lower - w) * _downRate);
}

/// <summary>Exponential device in the sequel's normalisation: q± = (exp(γ(1 ∓ w/τ)) − 1)/(exp(γ) − 1); both are 1 at w = 0.</summary>
/// <remarks>Source: arXiv 2502.06309, appendix K.1.</remarks>
/// <param name="radius">τ &gt; 0, unit of weight.</param>
/// <param name="exponent">γ_res &gt; 0, dimensionless; below about 1e-6 the differences from 1 lose half of their digits.</param>
public readonly struct SymmetricExponential<T>(T radius, T exponent) : IResponseLaw<T>
    where T : struct, IAlgebra<T>
{
    private readonly T _slope = T.One / radius;
    private readonly T _exponent = exponent;
    private readonly T _scale = T.One / (T.Exp(exponent) - T.One);

    /// <inheritdoc/>
    public T Up(T w) => (T.Exp(_exponent * (T.One - w * _slope)) - T.One) * _scale;

    /// <inheritdoc/>
    public T Down(T w) => (T.Exp(_exponent * (T.One + w * _slope)) - T.One) * _scale;
}
