using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

// One line of glue per device: parameters as doubles, lifted into whatever number system is asked for.

/// <summary>Ideal device with its number system open.</summary>
public sealed class IdealLaw : DeviceLaw
{
    /// <inheritdoc/>
    public override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) => visitor.Visit(default(Ideal<T>));
}

/// <summary>Asymmetric linear device with its number system open.</summary>
/// <param name="radius">τ.</param>
/// <param name="symmetricPoint">w⋄.</param>
public sealed class AsymmetricLinearLaw(double radius, double symmetricPoint) : DeviceLaw
{
    /// <inheritdoc/>
    public override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) =>
        visitor.Visit(new AsymmetricLinear<T>(T.Constant(radius), T.Constant(symmetricPoint)));
}

/// <summary>Generic linear device with its number system open.</summary>
/// <param name="radius">τ.</param>
/// <param name="asymmetry">c.</param>
public sealed class GenericLinearLaw(double radius, double asymmetry) : DeviceLaw
{
    /// <inheritdoc/>
    public override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) =>
        visitor.Visit(new GenericLinear<T>(T.Constant(radius), T.Constant(asymmetry)));
}

/// <summary>Linear-step device with its number system open.</summary>
/// <param name="upper">τ_max.</param>
/// <param name="lower">τ_min.</param>
/// <param name="symmetricPoint">w⋄.</param>
public sealed class LinearStepLaw(double upper, double lower, double symmetricPoint) : DeviceLaw
{
    /// <inheritdoc/>
    public override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) =>
        visitor.Visit(new LinearStep<T>(T.Constant(upper), T.Constant(lower), T.Constant(symmetricPoint)));
}

/// <summary>Power-step device (paper's normalisation) with its number system open.</summary>
/// <param name="upper">τ_max.</param>
/// <param name="lower">τ_min.</param>
/// <param name="upExponent">γ₊.</param>
/// <param name="downExponent">γ₋.</param>
public sealed class PowerStepLaw(double upper, double lower, double upExponent, double downExponent) : DeviceLaw
{
    /// <inheritdoc/>
    public override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) =>
        visitor.Visit(new PowerStep<T>(T.Constant(upper), T.Constant(lower), T.Constant(upExponent), T.Constant(downExponent)));
}

/// <summary>Power device (sequel's normalisation) with its number system open.</summary>
/// <param name="radius">τ.</param>
/// <param name="exponent">γ_res.</param>
public sealed class SymmetricPowerLaw(double radius, double exponent) : DeviceLaw
{
    /// <inheritdoc/>
    public override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) =>
        visitor.Visit(new SymmetricPower<T>(T.Constant(radius), T.Constant(exponent)));
}

/// <summary>Exponential-step device (paper's normalisation) with its number system open.</summary>
/// <param name="upper">τ_max.</param>
/// <param name="lower">τ_min.</param>
/// <param name="upExponent">γ₊.</param>
/// <param name="downExponent">γ₋.</param>
public sealed class ExponentialStepLaw(double upper, double lower, double upExponent, double downExponent) : DeviceLaw
{
    /// <inheritdoc/>
    public override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) =>
        visitor.Visit(new ExponentialStep<T>(T.Constant(upper), T.Constant(lower), T.Constant(upExponent), T.Constant(downExponent)));
}

/// <summary>Exponential device (sequel's normalisation) with its number system open.</summary>
/// <param name="radius">τ.</param>
/// <param name="exponent">γ_res.</param>
public sealed class SymmetricExponentialLaw(double radius, double exponent) : DeviceLaw
{
    /// <inheritdoc/>
    public override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) =>
        visitor.Visit(new SymmetricExponential<T>(T.Constant(radius), T.Constant(exponent)));
}

/// <summary>Device given by two scalar functions.</summary>
/// <param name="up">q₊.</param>
/// <param name="down">q₋.</param>
public sealed class SuppliedLaw(ScalarFunction up, ScalarFunction down) : DeviceLaw
{
    /// <summary>q₊.</summary>
    internal ScalarFunction Up => up;

    /// <summary>q₋.</summary>
    internal ScalarFunction Down => down;

    /// <inheritdoc/>
    public override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) => visitor.Visit(new Supplied<T>(up, down));
}
