using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>n pulses of one direction on an element whose steps shrink by the factor 1 − x from one to the next, as linear devices' do.</summary>
/// <typeparam name="T">Number system.</typeparam>
internal readonly struct Train<T>
    where T : struct, IAlgebra<T>
{
    // Up to here five terms of the binomial series are exact to a float's last place.
    private const double LargestForSeries = 0.125;

    internal readonly T Count;
    internal readonly T Decay;
    internal readonly T Sum;

    internal Train(T count, T decay, T sum)
    {
        Count = count;
        Decay = decay;
        Sum = sum;
    }

    /// <summary>Where <see cref="Series"/> is not enough: negative.</summary>
    /// <param name="count">n.</param>
    /// <param name="decay">x.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Margin(T count, T decay) => T.FusedMultiplyAdd(-T.Abs(decay), count, T.Constant(LargestForSeries));

    /// <summary>S = Σ_{t&lt;n} (1 − x)ᵗ = n − C(n,2)x + C(n,3)x² − …, for n·x up to ⅛.</summary>
    /// <param name="count">n ≥ 0.</param>
    /// <param name="decay">x.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Train<T> Series(T count, T decay)
    {
        T minus = -decay;
        T r = T.FusedMultiplyAdd(T.FusedMultiplyAdd(count, T.Constant(0.2), T.Constant(-0.8)), minus, T.One);
        r = T.FusedMultiplyAdd(T.FusedMultiplyAdd(count, T.Constant(0.25), T.Constant(-0.75)) * minus, r, T.One);
        r = T.FusedMultiplyAdd(T.FusedMultiplyAdd(count, T.Constant(1.0 / 3.0), T.Constant(-2.0 / 3.0)) * minus, r, T.One);
        r = T.FusedMultiplyAdd(T.FusedMultiplyAdd(count, T.Constant(0.5), T.Constant(-0.5)) * minus, r, T.One);
        return new(count, decay, count * r);
    }

    /// <summary>S for any x, by doubling: S_{2m} = S_m(1 + ρᵐ), S_{m+1} = 1 + ρ·S_m, ρᵐ = 1 − x·S_m.</summary>
    /// <param name="count">n, 0 ≤ n &lt; 2·largest power.</param>
    /// <param name="decay">x.</param>
    /// <param name="largestPower">A power of two above half of every n.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Train<T> Doubling(T count, T decay, int largestPower)
    {
        T rho = T.One - decay;
        T sum = T.Zero;
        T left = count;
        for (int power = largestPower; power > 0; power /= 2)
        {
            sum = T.FusedMultiplyAdd(sum, T.FusedMultiplyAdd(-decay, sum, T.One), sum);
            T rest = left - T.Constant(power);
            sum = T.SelectNonNegative(rest, T.FusedMultiplyAdd(rho, sum, T.One), sum);
            left = T.SelectNonNegative(rest, rest, left);
        }

        return new(count, decay, sum);
    }
}
