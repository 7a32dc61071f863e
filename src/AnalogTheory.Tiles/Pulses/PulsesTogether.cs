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
/// <para>Methods are small enough for the JIT to keep their numbers in registers (ILanes); what is rare is a call.</para>
/// </remarks>
/// <typeparam name="T">Lanes.</typeparam>
internal static class PulsesTogether<T>
    where T : struct, ILanesSingle<T>
{
    // A little above the largest normal number, so that what is not near a bound stays below it whatever rounds.
    private const double LargestNormal = Gaussian.LargestPaired + 0.1;

    private const int CountsOfTable = 32;

    /// <summary>Sends a row its pulses.</summary>
    /// <param name="noise">Noise.</param>
    /// <param name="update">Update.</param>
    /// <param name="row">Row, counted from the update's first.</param>
    /// <param name="counts">Pulses of each element.</param>
    /// <param name="normals">One number for each element that receives pulses, in order.</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    internal static void Row<TMaker, TNoise, TBounds, TLength>(
        TNoise noise, PulsedUpdate update, int row, ReadOnlySpan<ushort> counts, ref float normals)
        where TMaker : struct, ILinearMaker<T>
        where TNoise : struct, IPulseNoise<T>
        where TBounds : struct, IBounds<T>
        where TLength : struct, ITrainLength
    {
        int i = update.FirstRow + row;
        ref float weights = ref RowOf.Weights(update, i);
        ref ushort n = ref MemoryMarshal.GetReference(counts);
        ref float x = ref MemoryMarshal.GetReference(update.X);
        RowParameters<T> parameters = RowOf.Parameters<T>(update, i);
        T turn = RowOf.Turn<T>(update, row);
        int bitLength = update.Plan.BitLength;
        bool hasTable = bitLength < CountsOfTable;
        for (int c = 0; c < counts.Length; c += T.Count)
        {
            T words = Lane.Words<T>(ref n, c);
            T count = T.FromIntegers(words);
            T pulsed = count - T.One;
            uint some = Lane.NonNegatives(pulsed);
            if (some == 0)
            {
                continue;
            }

            // Step at unit response with its sign, the share x by which steps shrink, and the first step.
            LaneParameters<T> at = parameters.From(c);
            T w = Lane.Load<T>(ref weights, c);
            T fromPoint = TMaker.FromPoint(w, at);
            T direction = Lane.Load<T>(ref x, c) * turn;
            T slopeUp = TMaker.UpSlope(at);
            T slopeDown = TMaker.DownSlope(at);
            T step = T.SelectNonNegative(direction, at.At(Parameter.StepUp), -at.At(Parameter.StepDown));
            T slope = T.SelectNonNegative(direction, slopeUp, slopeDown);
            T decay = step * slope;
            T first = step * T.FusedMultiplyAdd(-fromPoint, slope, T.One);

            T unit = T.Abs(step);
            T moved = first;
            T deviation = default;
            T reach = default;
            if (TLength.IsOne)
            {
                deviation = noise.OfPulse(first, unit, w);
                reach = deviation * T.Constant(LargestNormal);
            }
            else
            {
                Train<T> train = Train<T>.Series(count, decay);
                T sum = train.Sum;
                deviation = noise.OfShortTrain(train, Lane.Root(words, count, hasTable), first, unit);
                T margin = Train<T>.Margin(count, decay);
                if ((Lane.Signs(margin) & some) != 0)
                {
                    sum = T.SelectNonNegative(margin, sum, LongSum(count, decay, bitLength));
                    deviation = T.SelectNonNegative(margin, deviation, LongDeviation(noise, count, decay, bitLength, first, unit));
                }

                moved = first * sum;
                reach = noise.Largest(train, first, deviation) * T.Constant(LargestNormal);
            }

            T landed = w + moved;
            uint near;
            if (TNoise.IsRandom)
            {
                T room = TBounds.Room(fromPoint, slopeUp, slopeDown, w, moved, reach, at);
                landed = T.FusedMultiplyAdd(deviation, Lane.Expand(pulsed, ref normals), landed);
                normals = ref Unsafe.Add(ref normals, BitOperations.PopCount(some));
                near = some & Lane.Signs(TLength.IsOne ? room : T.Or(room, noise.Coarse(decay)));
            }
            else
            {
                landed = HardBounds<T>.Clip(landed, at);
                near = TLength.IsOne ? 0 : some & Lane.Signs(noise.Coarse(decay));
            }

            // One pulse lands where its step and the bounds say; several may have met a bound on their way.
            landed = near == 0 ? landed : HardBounds<T>.Clip(landed, at);
            Lane.Store(T.SelectNonNegative(pulsed, landed, w), ref weights, c);
            if (!TLength.IsOne && near != 0)
            {
                uint several = near & Lane.NonNegatives(pulsed - T.One);
                if (several != 0)
                {
                    OneByOne<TMaker, TNoise>(noise, update, row, c, count, w, several);
                }
            }
        }
    }

    // Where the series is not enough.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T LongSum(T count, T decay, int bitLength) => Train<T>.Doubling(count, decay, PowerAboveHalf(bitLength)).Sum;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T LongDeviation<TNoise>(TNoise noise, T count, T decay, int bitLength, T first, T unit)
        where TNoise : struct, IPulseNoise<T> =>
        noise.OfTrain(Train<T>.Doubling(count, decay, PowerAboveHalf(bitLength)), first, unit);

    private static int PowerAboveHalf(int bitLength) => (int)BitOperations.RoundUpToPowerOf2((uint)bitLength + 1) / 2;

    // The lanes whose bit is set, as PulseByPulse sends them; the others keep their weight.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OneByOne<TMaker, TNoise>(TNoise noise, PulsedUpdate update, int row, int column, T count, T w, uint lanes)
        where TMaker : struct, ILinearMaker<T>
        where TNoise : struct, IPulseNoise<T>
    {
        int i = update.FirstRow + row;
        LaneParameters<T> at = RowOf.Parameters<T>(update, i).From(column);
        Stepped<LinearStep<T>, T> law = default(TMaker).Make(at);
        T direction = Lane.Load<T>(ref MemoryMarshal.GetReference(update.X), column) * RowOf.Turn<T>(update, row);
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

        ref float weights = ref Unsafe.Add(ref RowOf.Weights(update, i), column);
        for (uint left = lanes; left != 0; left &= left - 1)
        {
            int lane = BitOperations.TrailingZeroCount(left);
            Unsafe.Add(ref weights, lane) = Unsafe.Add(ref Unsafe.As<T, float>(ref w), lane);
        }
    }
}
