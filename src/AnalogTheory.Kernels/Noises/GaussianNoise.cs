using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Sampling;

namespace AnalogTheory.Kernels.Noises;

/// <summary>ε_d = s·ξ, ξ standard normal, independent over coordinates and steps.</summary>
/// <param name="deviation">s ≥ 0, per coordinate, loss/weight.</param>
public sealed class GaussianNoise(double deviation) : NoiseModel
{
    /// <inheritdoc/>
    public override RawKind Raw => RawKind.Gaussian;

    /// <inheritdoc/>
    public override int RawPerStep(int dimension) => dimension;

    /// <inheritdoc/>
    public override NoiseKernel<T> In<T>() => new CoordinateNoiseKernel<T, Shape<T>>(new Shape<T>(T.Constant(deviation)), shared: false);

    private readonly struct Shape<T>(T deviation) : INoiseShape<T>
        where T : struct, ILanes<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T At(T raw, T w) => deviation * raw;
    }
}

/// <summary>ε_d = s·clip(ξ, −c, c): a Gaussian whose range is known, so that D2 bounds the weights.</summary>
/// <param name="deviation">s ≥ 0, deviation before clipping, loss/weight.</param>
/// <param name="clip">c &gt; 0, in deviations.</param>
public sealed class ClippedGaussianNoise(double deviation, double clip) : NoiseModel
{
    /// <inheritdoc/>
    public override RawKind Raw => RawKind.Gaussian;

    /// <inheritdoc/>
    public override int RawPerStep(int dimension) => dimension;

    /// <inheritdoc/>
    public override NoiseKernel<T> In<T>() =>
        new CoordinateNoiseKernel<T, Shape<T>>(new Shape<T>(T.Constant(deviation), T.Constant(clip)), shared: false);

    private readonly struct Shape<T>(T deviation, T clip) : INoiseShape<T>
        where T : struct, ILanes<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T At(T raw, T w) => deviation * FromRaw.Clip(raw, clip);
    }
}
