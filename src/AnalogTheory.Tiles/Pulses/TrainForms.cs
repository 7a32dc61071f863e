using System.Numerics;
using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>How the pulses of an element compose; a struct, so that loops are specialised to it. Where two forms hold they give the same bits.</summary>
/// <typeparam name="T">Number system.</typeparam>
internal interface ITrainForm<T>
    where T : struct, ILanesSingle<T>
{
    /// <summary>The train.</summary>
    /// <param name="count">n.</param>
    /// <param name="decay">x.</param>
    /// <param name="bitLength">No n is larger.</param>
    static abstract Train<T> Of(T count, T decay, int bitLength);

    /// <summary>Standard deviation of the train.</summary>
    /// <param name="noise">Noise.</param>
    /// <param name="train">The train.</param>
    /// <param name="first">Signed step of the first pulse.</param>
    /// <param name="unit">Step at unit response.</param>
    /// <param name="w">Weight before the first pulse.</param>
    static abstract T Deviation<TNoise>(TNoise noise, Train<T> train, T first, T unit, T w)
        where TNoise : struct, IPulseNoise<T>;
}

/// <summary>n is 0 or 1, as in updates of one slot: no sum, no root.</summary>
/// <typeparam name="T">Number system.</typeparam>
internal readonly struct SinglePulse<T> : ITrainForm<T>
    where T : struct, ILanesSingle<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Train<T> Of(T count, T decay, int bitLength) => new(T.One, decay, T.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Deviation<TNoise>(TNoise noise, Train<T> train, T first, T unit, T w)
        where TNoise : struct, IPulseNoise<T> => noise.OfPulse(first, unit, w);
}

/// <summary>Any train: the series where it is enough, else doubling.</summary>
/// <typeparam name="T">Number system.</typeparam>
internal readonly struct AnyTrain<T> : ITrainForm<T>
    where T : struct, ILanesSingle<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Train<T> Of(T count, T decay, int bitLength)
    {
        T sum = Train<T>.Series(count, decay).Sum;
        T margin = Train<T>.Margin(count, decay);
        if (Lane.Signs(margin) != 0)
        {
            int power = (int)BitOperations.RoundUpToPowerOf2((uint)bitLength + 1) / 2;
            sum = T.SelectNonNegative(margin, sum, Train<T>.Doubling(count, decay, power).Sum);
        }

        return new(count, decay, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Deviation<TNoise>(TNoise noise, Train<T> train, T first, T unit, T w)
        where TNoise : struct, IPulseNoise<T> => noise.OfTrain(train, first, unit);
}
