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

    /// <summary>S/n where the series gave S, else 0.</summary>
    internal readonly T Mean;

    /// <summary>S = Σ_{t&lt;n} (1 − x)ᵗ, in first steps.</summary>
    internal readonly T Sum;

    private Train(T count, T decay, T mean, T sum)
    {
        Count = count;
        Decay = decay;
        Mean = mean;
        Sum = sum;
    }

    /// <summary>Where <see cref="Series"/> is not enough: negative.</summary>
    /// <param name="count">n.</param>
    /// <param name="decay">x.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Margin(T count, T decay) => T.FusedMultiplyAdd(-T.Abs(decay), count, T.Constant(LargestForSeries));

    /// <summary>S = n − C(n,2)x + C(n,3)x² − …, for n·x up to ⅛.</summary>
    /// <remarks>With k·x − n·x for −(n − k)·x, five terms nested: 120·S = n·(120 + (x−nx)(60 + (2x−nx)(20 + (3x−nx)(5 + (4x−nx))))).</remarks>
    /// <param name="count">n ≥ 0.</param>
    /// <param name="decay">x.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Train<T> Series(T count, T decay)
    {
        T one = T.FusedMultiplyAdd(-count, decay, decay);
        T two = one + decay;
        T three = two + decay;
        T sum = T.FusedMultiplyAdd(three, three + decay + T.Constant(5.0), T.Constant(20.0));
        sum = T.FusedMultiplyAdd(two, sum, T.Constant(60.0));
        sum = T.FusedMultiplyAdd(one, sum, T.Constant(120.0));
        T mean = sum * T.Constant(1.0 / 120.0);
        return new(count, decay, mean, count * mean);
    }

    /// <summary>S for any x, by doubling: S_{2m} = S_m(1 + ρᵐ), S_{m+1} = 1 + ρ·S_m, ρᵐ = 1 − x·S_m.</summary>
    /// <param name="count">n, 0 ≤ n &lt; 2·largest power.</param>
    /// <param name="decay">x.</param>
    /// <param name="largestPower">A power of two above half of every n.</param>
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

        return new(count, decay, T.Zero, sum);
    }
}

/// <summary>Whether trains have more than one slot; a struct, so that loops are specialised to it.</summary>
internal interface ITrainLength
{
    /// <summary>Whether an element receives one pulse at most.</summary>
    static abstract bool IsOne { get; }
}

/// <summary>Trains of one slot.</summary>
internal readonly struct SinglePulses : ITrainLength
{
    public static bool IsOne => true;
}

/// <summary>Trains of several slots.</summary>
internal readonly struct LongTrains : ITrainLength
{
    public static bool IsOne => false;
}
