using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>How the bounds of linear elements are known; a struct, so that loops are specialised to it.</summary>
/// <typeparam name="T">Number system.</typeparam>
internal interface IBounds<T>
    where T : struct, ILanesSingle<T>
{
    /// <summary>Negative where pulses that move a weight, and scatter it by at most a reach, might meet a bound on their way.</summary>
    /// <param name="fromPoint">w − point.</param>
    /// <param name="slopeUp">Slope of q₊.</param>
    /// <param name="slopeDown">Slope of q₋.</param>
    /// <param name="w">Weight.</param>
    /// <param name="moved">What the pulses add in the mean.</param>
    /// <param name="reach">Most that noise adds to it, ≥ 0.</param>
    /// <param name="at">Parameters.</param>
    static abstract T Room(T fromPoint, T slopeUp, T slopeDown, T w, T moved, T reach, LaneParameters<T> at);
}

/// <summary>Bounds at which steps vanish: the response at a weight tells how far each is, and they need not be read.</summary>
/// <typeparam name="T">Number system.</typeparam>
internal readonly struct SoftBounds<T> : IBounds<T>
    where T : struct, ILanesSingle<T>
{
    // Slopes and bounds are rounded apart.
    private const double NextToOne = 1.0 - 2e-6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Room(T fromPoint, T slopeUp, T slopeDown, T w, T moved, T reach, LaneParameters<T> at)
    {
        T way = T.Abs(moved) + reach;
        T upper = T.FusedMultiplyAdd(-(fromPoint + way), slopeUp, T.Constant(NextToOne));
        T lower = T.FusedMultiplyAdd(way - fromPoint, slopeDown, T.Constant(NextToOne));
        return T.Or(upper, lower);
    }
}

/// <summary>Bounds that are numbers of their own.</summary>
/// <typeparam name="T">Number system.</typeparam>
internal readonly struct HardBounds<T> : IBounds<T>
    where T : struct, ILanesSingle<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Room(T fromPoint, T slopeUp, T slopeDown, T w, T moved, T reach, LaneParameters<T> at)
    {
        T middle = T.FusedMultiplyAdd(moved, T.Constant(0.5), w);
        T half = T.FusedMultiplyAdd(T.Abs(moved), T.Constant(0.5), reach);
        return T.Or(middle - half - at.At(Parameter.Lower), at.At(Parameter.Upper) - middle - half);
    }

    /// <summary>A weight within the bounds.</summary>
    /// <param name="w">Weight.</param>
    /// <param name="at">Parameters.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Clip(T w, LaneParameters<T> at) => T.Max(at.At(Parameter.Lower), T.Min(at.At(Parameter.Upper), w));
}
