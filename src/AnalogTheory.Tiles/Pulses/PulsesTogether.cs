using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Pulses;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>All pulses of an element at once, for laws that are linear in w: closed forms of the mean and of the deviation, and one normal number.</summary>
/// <remarks>
/// With noise of the unit step the result has exactly the distribution of pulses one by one, as long as no pulse can reach a bound; with noise of the step
/// it has its mean and variance. Elements that might reach a bound, or whose steps are a large part of their range, are sent one by one.
/// </remarks>
/// <typeparam name="T">Lanes.</typeparam>
internal static class PulsesTogether<T>
    where T : struct, ILanesSingle<T>
{
    // Normal numbers in single precision are no larger (GaussianSingle).
    private const double LargestNormal = 6.6625;

    /// <summary>Sends a row its pulses.</summary>
    /// <param name="maker">Makes laws.</param>
    /// <param name="noise">Noise.</param>
    /// <param name="update">Update.</param>
    /// <param name="row">Row, counted from the update's first.</param>
    /// <param name="counts">Pulses of each element.</param>
    /// <param name="normals">One number for each element that receives pulses, in order.</param>
    /// <param name="dense">Whether every element receives some.</param>
    internal static void Row<TMaker, TNoise>(
        TMaker maker, TNoise noise, PulsedUpdate update, int row, ReadOnlySpan<float> counts, ref float normals, bool dense)
        where TMaker : struct, ILawMaker<T, Stepped<LinearStep<T>, T>>
        where TNoise : struct, IPulseNoise<T>
    {
        int i = update.FirstRow + row;
        ref float weights = ref RowOf.Weights(update, i);
        ref float parameters = ref RowOf.Parameters(update, i);
        ref float n = ref MemoryMarshal.GetReference(counts);
        ref float x = ref MemoryMarshal.GetReference(update.X);
        T turn = RowOf.Turn<T>(update, row);
        int stride = update.Elements.Stride;
        int power = (int)BitOperations.RoundUpToPowerOf2((uint)update.Plan.BitLength + 1) / 2;
        for (int c = 0; c < counts.Length; c += T.Count)
        {
            T count = Lane.Load<T>(ref n, c);
            uint none = Lane.Signs(count - T.One);
            uint some = AllLanes & ~none;
            if (some == 0)
            {
                continue;
            }

            LaneParameters<T> at = new(ref parameters, c, stride);
            Stepped<LinearStep<T>, T> law = maker.Make(at);
            T w = Lane.Load<T>(ref weights, c);
            T direction = Lane.Load<T>(ref x, c) * turn;
            T first = Pulse.Step(law, w, direction);
            T decay = T.SelectNonNegative(direction, law.StepUp * law.Response.UpSlope, -(law.StepDown * law.Response.DownSlope));
            Train<T> train = Train<T>.Series(count, decay);
            T margin = Train<T>.Margin(count, decay);
            if (Lane.Signs(margin) != 0)
            {
                train = Train<T>.Select(margin, train, Train<T>.Doubling(count, decay, power));
            }

            T next = T.FusedMultiplyAdd(first, train.Sum, w);
            T lower = at.At(Parameter.Lower);
            T upper = at.At(Parameter.Upper);
            if (!TNoise.IsRandom)
            {
                T landed = T.SelectNonNegative(count - T.One, T.Max(lower, T.Min(upper, next)), w);
                uint turning = some & Lane.Signs(T.One - decay);
                Lane.Store(turning == 0 ? landed : OneByOne(law, noise, update, row, c, count, w, direction, turning, landed), ref weights, c);
                continue;
            }

            T unit = T.SelectNonNegative(direction, law.StepUp, law.StepDown);
            T deviation = noise.OfTrain(train, first, unit);
            T reach = noise.Largest(train, first, deviation) * T.Constant(LargestNormal);
            T below = T.Min(w, next) - reach - lower;
            T above = upper - reach - T.Max(w, next);
            uint oneByOne = some & Lane.Signs(T.Min(T.Min(below, above), noise.Coarse(decay)));
            T xi = dense ? Lane.Load<T>(ref normals, 0) : Lane.Expand<T>(some, ref normals);
            normals = ref Unsafe.Add(ref normals, BitOperations.PopCount(some));
            T result = T.SelectNonNegative(count - T.One, T.FusedMultiplyAdd(deviation, xi, next), w);
            if (oneByOne != 0)
            {
                result = OneByOne(law, noise, update, row, c, count, w, direction, oneByOne, result);
            }

            Lane.Store(result, ref weights, c);
        }
    }

    private static uint AllLanes => (1u << T.Count) - 1;

    // The lanes whose bit is set, as PulseByPulse sends them; the others keep their result. Not inlined: it is rare, and the loop is full (ILanes).
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T OneByOne<TNoise>(
        Stepped<LinearStep<T>, T> law,
        TNoise noise,
        PulsedUpdate update,
        int row,
        int column,
        T count,
        T w,
        T direction,
        uint lanes,
        T result)
        where TNoise : struct, IPulseNoise<T>
    {
        int i = update.FirstRow + row;
        LaneParameters<T> at = new(ref RowOf.Parameters(update, i), column, update.Elements.Stride);
        T unit = T.SelectNonNegative(direction, law.StepUp, law.StepDown);
        ref float counts = ref Unsafe.As<T, float>(ref count);
        int largest = 0;
        for (uint left = lanes; left != 0; left &= left - 1)
        {
            largest = Math.Max(largest, (int)Unsafe.Add(ref counts, BitOperations.TrailingZeroCount(left)));
        }

        for (int m = 0; m < largest; m++)
        {
            T xi = T.Zero;
            for (uint left = TNoise.IsRandom ? lanes : 0; left != 0; left &= left - 1)
            {
                int lane = BitOperations.TrailingZeroCount(left);
                ulong element = PulseByPulse<T>.Element(i, m, update.FirstColumn + column + lane);
                Unsafe.Add(ref Unsafe.As<T, float>(ref xi), lane) = Gaussian.AtSingle(
                    update.Draws.Key, Purpose.CycleNoise, update.Draws.Sample, element);
            }

            T step = Pulse.Step(law, w, direction);
            T next = Pulse.Land(w, step, noise.OfPulse(step, unit, w), xi, at.At(Parameter.Lower), at.At(Parameter.Upper));
            w = T.SelectNonNegative(count - T.Constant(m + 1.0), next, w);
        }

        for (uint left = lanes; left != 0; left &= left - 1)
        {
            int lane = BitOperations.TrailingZeroCount(left);
            Unsafe.Add(ref Unsafe.As<T, float>(ref result), lane) = Unsafe.Add(ref Unsafe.As<T, float>(ref w), lane);
        }

        return result;
    }
}
