using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>Linear-step (soft-bounds) device: q₊ = 1 − (w−w⋄)/τ_max, q₋ = 1 − (w−w⋄)/τ_min.</summary>
/// <remarks>Source: arXiv 2406.12774v1, appendix C. With τ_max = τ and τ_min = −τ it is the asymmetric linear device.</remarks>
/// <typeparam name="T">Number system.</typeparam>
public readonly struct LinearStep<T> : IResponseLaw<T>
    where T : struct, IAlgebra<T>
{
    private readonly T _upSlope;
    private readonly T _downSlope;
    private readonly T _symmetricPoint;

    /// <summary>The device with given bounds.</summary>
    /// <param name="upper">τ_max &gt; 0, offset of the upper bound from w⋄.</param>
    /// <param name="lower">τ_min &lt; 0, offset of the lower bound from w⋄.</param>
    /// <param name="symmetricPoint">w⋄, unit of weight.</param>
    public LinearStep(T upper, T lower, T symmetricPoint)
    {
        _upSlope = T.One / upper;
        _downSlope = T.One / lower;
        _symmetricPoint = symmetricPoint;
    }

    private LinearStep(in (T Up, T Down) slopes, T symmetricPoint)
    {
        (_upSlope, _downSlope) = slopes;
        _symmetricPoint = symmetricPoint;
    }

    /// <summary>1/τ_max.</summary>
    public T UpSlope => _upSlope;

    /// <summary>1/τ_min.</summary>
    public T DownSlope => _downSlope;

    /// <summary>The device with given slopes: no division, and 0 stands for a bound at infinity.</summary>
    /// <param name="upSlope">1/τ_max.</param>
    /// <param name="downSlope">1/τ_min.</param>
    /// <param name="symmetricPoint">w⋄, unit of weight.</param>
    public static LinearStep<T> WithSlopes(T upSlope, T downSlope, T symmetricPoint) => new((upSlope, downSlope), symmetricPoint);

    /// <inheritdoc/>
    public T Up(T w) => T.One - (w - _symmetricPoint) * _upSlope;

    /// <inheritdoc/>
    public T Down(T w) => T.One - (w - _symmetricPoint) * _downSlope;
}
