using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;

namespace AnalogTheory.Kernels.Noises;

/// <summary>Two points that lean against a device at the current weight: +s√((1−p)/p) with probability p, −s√(p/(1−p)) otherwise, p = ½(1 − G/F).</summary>
/// <remarks>
/// ½(1 − G/F) is q₊/(q₊ + q₋), the up response's share of both. On the asymmetric linear device it is ½(1 − w/τ), the noise of
/// <see cref="StateDependentTwoPoint{T}"/>. p is clamped to [0, 1]; at its ends the noise is 0.
/// </remarks>
/// <param name="deviation">s ≥ 0, loss/weight.</param>
/// <param name="law">Device; q₊ + q₋ is positive wherever the noise is asked for.</param>
public readonly struct LeaningTwoPoint<T, TLaw>(T deviation, TLaw law)
    where T : struct, IAlgebra<T>
    where TLaw : struct, IResponseLaw<T>
{
    private readonly StateDependentTwoPoint<T> _points = new(deviation, T.Zero);

    /// <summary>p, the probability of the first point.</summary>
    /// <param name="w">Weight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Probability(T w)
    {
        T up = law.Up(w);
        return T.Min(T.Max(up / (up + law.Down(w)), T.Zero), T.One);
    }

    /// <summary>ε at a weight.</summary>
    /// <param name="raw">Uniform in (0, 1): below p it is the first point.</param>
    /// <param name="w">Weight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At(T raw, T w) => _points.Draw(raw, Probability(w));
}

/// <summary>The noise with the highest floor on a device, ε = ξ·1: two points of mean 0 and variance s² that lean against the device at the current weight.</summary>
/// <remarks>The law is <see cref="LeaningTwoPoint{T, TLaw}"/>; one draw serves all coordinates, each with its own p.</remarks>
/// <param name="deviation">s = σ/√D ≥ 0, per coordinate, loss/weight.</param>
/// <param name="law">Device.</param>
public sealed class LeaningTwoPointNoise(double deviation, DeviceLaw law) : NoiseModel
{
    /// <inheritdoc/>
    public override RawKind Raw => RawKind.Uniform;

    /// <inheritdoc/>
    public override int RawPerStep(int dimension) => 1;

    /// <inheritdoc/>
    public override NoiseKernel<T> In<T>() => law.Accept<T, Maker<T>, NoiseKernel<T>>(new Maker<T>(T.Constant(deviation)));

    private readonly struct Maker<T>(T deviation) : ILawVisitor<T, NoiseKernel<T>>
        where T : struct, ILanes<T>
    {
        public NoiseKernel<T> Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<T> =>
            new CoordinateNoiseKernel<T, Shape<T, TLaw>>(new Shape<T, TLaw>(new LeaningTwoPoint<T, TLaw>(deviation, law)), shared: true);
    }

    private readonly struct Shape<T, TLaw>(LeaningTwoPoint<T, TLaw> noise) : INoiseShape<T>
        where T : struct, ILanes<T>
        where TLaw : struct, IResponseLaw<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T At(T raw, T w) => noise.At(raw, w);
    }
}
