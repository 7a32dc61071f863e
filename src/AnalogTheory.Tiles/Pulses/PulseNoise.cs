using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Pulses;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>How far a pulse's step scatters; a struct, so that loops are specialised to it.</summary>
/// <typeparam name="T">Number system.</typeparam>
internal interface IPulseNoise<T>
    where T : struct, IAlgebra<T>
{
    /// <summary>Whether pulses draw random numbers.</summary>
    static abstract bool IsRandom { get; }

    /// <summary>Standard deviation of one pulse.</summary>
    /// <param name="step">Signed step at the element's weight, unit of weight.</param>
    /// <param name="unit">Step at unit response, ≥ 0.</param>
    /// <param name="w">Weight.</param>
    T OfPulse(T step, T unit, T w);

    /// <summary>Standard deviation of n pulses together on a linear element without bounds.</summary>
    /// <param name="train">Their composition.</param>
    /// <param name="first">Signed step of the first pulse.</param>
    /// <param name="unit">Step at unit response.</param>
    T OfTrain(Train<T> train, T first, T unit);

    /// <summary>A deviation that the train does not exceed at any of its pulses.</summary>
    /// <param name="train">Their composition.</param>
    /// <param name="first">Signed step of the first pulse.</param>
    /// <param name="deviation">What <see cref="OfTrain"/> gave.</param>
    T Largest(Train<T> train, T first, T deviation);

    /// <summary>Negative where steps shrink too fast for the closed forms.</summary>
    /// <param name="decay">x, see <see cref="Train{T}"/>.</param>
    T Coarse(T decay);
}

/// <summary>No noise.</summary>
/// <typeparam name="T">Number system.</typeparam>
internal readonly struct NoNoise<T> : IPulseNoise<T>
    where T : struct, IAlgebra<T>
{
    public static bool IsRandom => false;

    public T OfPulse(T step, T unit, T w) => T.Zero;

    public T OfTrain(Train<T> train, T first, T unit) => T.Zero;

    public T Largest(Train<T> train, T first, T deviation) => T.Zero;

    public T Coarse(T decay) => T.One - decay;
}

/// <summary>Noise relative to the step at the weight: the step is multiplied by 1 + σ·ξ.</summary>
/// <param name="sigma">σ.</param>
/// <typeparam name="T">Number system.</typeparam>
internal readonly struct NoiseOfStep<T>(double sigma) : IPulseNoise<T>
    where T : struct, IAlgebra<T>
{
    private readonly T _sigma = T.Constant(sigma);

    public static bool IsRandom => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T OfPulse(T step, T unit, T w) => Pulse.NoiseOfStep(_sigma, step);

    /// <remarks>
    /// With steps s·ρᵗ·Π(1 − x·σ·ξ/ρ …) the weight's distance to its fixed point is a product of independent factors 1 − x(1 + σξ), so the variance is
    /// first²·σ²·n·ρ^{2(n−1)}·((1+β)ⁿ − 1)/(nβ), β = (xσ/ρ)². The last factor is written out to β².
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T OfTrain(Train<T> train, T first, T unit)
    {
        T kept = T.One - train.Decay;
        T ratio = train.Decay * _sigma / kept;
        T beta = ratio * ratio;
        T growth = T.FusedMultiplyAdd(
            (train.Count - T.One) * beta,
            T.FusedMultiplyAdd((train.Count - T.Constant(2.0)) * beta, T.Constant(1.0 / 6.0), T.Constant(0.5)),
            T.One
        );
        T left = T.FusedMultiplyAdd(-train.Decay, train.Sum, T.One) / kept;
        return _sigma * T.Abs(first * left) * T.Sqrt(train.Count * growth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Largest(Train<T> train, T first, T deviation) => T.Max(deviation, _sigma * T.Abs(first) * T.Sqrt(train.Count));

    // Here the product of n factors is close to a normal number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Coarse(T decay) => T.Constant(1.0 / 32.0) - T.Abs(decay);
}

/// <summary>Noise relative to the step at unit response: σ·s·ξ is added to the step.</summary>
/// <param name="sigma">σ.</param>
/// <typeparam name="T">Number system.</typeparam>
internal readonly struct NoiseOfUnitStep<T>(double sigma) : IPulseNoise<T>
    where T : struct, IAlgebra<T>
{
    private readonly T _sigma = T.Constant(sigma);

    public static bool IsRandom => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T OfPulse(T step, T unit, T w) => Pulse.NoiseOfUnitStep(_sigma, unit);

    /// <remarks>The variance is s²σ²·Σ ρ^{2t} = s²σ²·S·(1 − x(S − 1)/(2 − x)), exactly.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T OfTrain(Train<T> train, T first, T unit)
    {
        T share = train.Decay / (T.Constant(2.0) - train.Decay);
        T left = T.FusedMultiplyAdd(-share, train.Sum - T.One, T.One);
        return _sigma * unit * T.Sqrt(train.Sum * left);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Largest(Train<T> train, T first, T deviation) => deviation;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Coarse(T decay) => T.Constant(0.5) - T.Abs(decay);
}

/// <summary>Noise σ·(|step| + a + b·|w|).</summary>
/// <param name="sigma">σ.</param>
/// <param name="constant">a, unit of weight.</param>
/// <param name="ofWeight">b.</param>
/// <typeparam name="T">Number system.</typeparam>
internal readonly struct NoiseOfStepAndWeight<T>(double sigma, double constant, double ofWeight) : IPulseNoise<T>
    where T : struct, IAlgebra<T>
{
    private readonly T _sigma = T.Constant(sigma);
    private readonly T _constant = T.Constant(constant);
    private readonly T _ofWeight = T.Constant(ofWeight);

    public static bool IsRandom => true;

    public T OfPulse(T step, T unit, T w) => _sigma * (T.Abs(step) + _constant + _ofWeight * T.Abs(w));

    // Not linear in w: such trains go pulse by pulse.
    public T OfTrain(Train<T> train, T first, T unit) => T.Zero;

    public T Largest(Train<T> train, T first, T deviation) => T.Constant(double.PositiveInfinity);

    public T Coarse(T decay) => T.Constant(-1.0);
}
