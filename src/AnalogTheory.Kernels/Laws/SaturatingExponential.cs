using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>Exponential device as fitted to measurements: q± = max(1 − A±·exp(±γ±·z), 0) with z = a·(2w/R) + b and R = τ_max − τ_min.</summary>
/// <remarks>Source: Gong et al., "Signal and noise extraction from analog memory elements for neuromorphic computing", Nat. Commun. 9, 2102 (2018), in the form of
/// AIHWKIT's <c>ExpStepDevice</c>. Where the exponential would turn the step round, the response is 0.</remarks>
/// <param name="inverseHalfRange">2/R, 1/unit of weight.</param>
/// <param name="shape">The six fitted numbers.</param>
public readonly struct SaturatingExponential<T>(T inverseHalfRange, ExponentialShape shape) : IResponseLaw<T>
    where T : struct, IAlgebra<T>
{
    private readonly T _scale = inverseHalfRange * T.Constant(shape.Slope);
    private readonly ExponentialShape _shape = shape;

    /// <inheritdoc/>
    public T Up(T w) =>
        T.Max(T.One - T.Constant(_shape.UpAmplitude) * T.Exp(T.Constant(_shape.UpRate) * (w * _scale + T.Constant(_shape.Offset))), T.Zero);

    /// <inheritdoc/>
    public T Down(T w) =>
        T.Max(
            T.One - T.Constant(_shape.DownAmplitude) * T.Exp(T.Constant(-_shape.DownRate) * (w * _scale + T.Constant(_shape.Offset))),
            T.Zero
        );
}

/// <summary>The fitted numbers of a <see cref="SaturatingExponential{T}"/>, all dimensionless.</summary>
/// <param name="UpAmplitude">A₊.</param>
/// <param name="DownAmplitude">A₋.</param>
/// <param name="UpRate">γ₊.</param>
/// <param name="DownRate">γ₋.</param>
/// <param name="Slope">a.</param>
/// <param name="Offset">b.</param>
public readonly record struct ExponentialShape(
    double UpAmplitude,
    double DownAmplitude,
    double UpRate,
    double DownRate,
    double Slope,
    double Offset
);
