using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Sampling;

namespace AnalogTheory.Kernels.Noises;

/// <summary>ε_d uniform on [−h, h].</summary>
/// <param name="halfWidth">h = s√3 ≥ 0, loss/weight.</param>
public sealed class UniformNoise(double halfWidth) : NoiseModel
{
    /// <inheritdoc/>
    public override RawKind Raw => RawKind.Uniform;

    /// <inheritdoc/>
    public override int RawPerStep(int dimension) => dimension;

    /// <inheritdoc/>
    public override NoiseKernel<T> In<T>() =>
        new CoordinateNoiseKernel<T, Shape<T>>(new Shape<T>(T.Constant(2.0 * halfWidth)), shared: false);

    private readonly struct Shape<T>(T width) : INoiseShape<T>
        where T : struct, ILanes<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T At(T raw, T w) => width * (raw - T.Constant(0.5));
    }
}

/// <summary>Two points, independent over coordinates: ε_d = a with probability p, b otherwise; Rademacher is p = ½, a = s, b = −s.</summary>
/// <remarks>The uniform has 32 bits, so the probability actually realised differs from p by at most 2⁻³³.</remarks>
/// <param name="probability">p in [0, 1].</param>
/// <param name="first">a, loss/weight.</param>
/// <param name="second">b, loss/weight.</param>
public sealed class TwoPointNoise(double probability, double first, double second) : NoiseModel
{
    /// <inheritdoc/>
    public override RawKind Raw => RawKind.Uniform;

    /// <inheritdoc/>
    public override int RawPerStep(int dimension) => dimension;

    /// <inheritdoc/>
    public override NoiseKernel<T> In<T>() =>
        new CoordinateNoiseKernel<T, Shape<T>>(new Shape<T>(T.Constant(probability), T.Constant(first), T.Constant(second)), shared: false);

    private readonly struct Shape<T>(T probability, T first, T second) : INoiseShape<T>
        where T : struct, ILanes<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T At(T raw, T w) => FromRaw.TwoPoint(raw, probability, first, second);
    }
}

/// <summary>The lower bound's noise, ε = ξ·1: +s√((1−p)/p) with probability p, −s√(p/(1−p)) otherwise, p = ½(1 − w/τ) at the current weight.</summary>
/// <remarks>
/// Source: arXiv 2406.12774v1, Theorem 3; mean 0 and variance s² per coordinate in every state. One draw serves all coordinates.
/// The law is <see cref="StateDependentTwoPoint{T}"/>. p is clamped to [0, 1]; at p = 0 or 1 the noise is 0. The realised probability differs from p by
/// at most 2⁻³³.
/// </remarks>
/// <param name="deviation">s = σ/√D ≥ 0, per coordinate, loss/weight.</param>
/// <param name="radius">τ &gt; 0.</param>
public sealed class StateDependentTwoPointNoise(double deviation, double radius) : NoiseModel
{
    /// <inheritdoc/>
    public override RawKind Raw => RawKind.Uniform;

    /// <inheritdoc/>
    public override int RawPerStep(int dimension) => 1;

    /// <inheritdoc/>
    public override NoiseKernel<T> In<T>() =>
        new CoordinateNoiseKernel<T, Shape<T>>(new Shape<T>(T.Constant(deviation), T.Constant(0.5 / radius)), shared: true);

    private readonly struct Shape<T>(T deviation, T halfSlope) : INoiseShape<T>
        where T : struct, ILanes<T>
    {
        private readonly StateDependentTwoPoint<T> _law = new(deviation, halfSlope);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T At(T raw, T w) => _law.At(raw, w);
    }
}
