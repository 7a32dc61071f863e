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

    /// <summary>Sends a row its pulses: first all elements that the short closed forms suit, then the others.</summary>
    /// <param name="noise">Noise.</param>
    /// <param name="update">Update.</param>
    /// <param name="row">Row, counted from the update's first.</param>
    /// <param name="counts">Pulses of each element.</param>
    /// <param name="normals">One number for each element that receives pulses, in order.</param>
    /// <param name="work">Buffers.</param>
    internal static void Row<TMaker, TNoise, TBounds, TLength>(
        TNoise noise,
        PulsedUpdate update,
        int row,
        ReadOnlySpan<ushort> counts,
        ref float normals,
        Workspace work
    )
        where TMaker : struct, ILinearMaker<T>
        where TNoise : struct, IPulseNoise<T>
        where TBounds : struct, IBounds<T>
        where TLength : struct, ITrainLength
    {
        Span<Rest> rests = work.Rests.Room(counts.Length / T.Count);
        Span<float> weights = work.RestWeights.Room(counts.Length);
        int left = Short<TMaker, TNoise, TBounds, TLength>(noise, update, row, counts, ref normals, rests, weights);
        for (int k = 0; k < left; k++)
        {
            T w = Lane.Load<T>(ref MemoryMarshal.GetReference(weights), k * T.Count);
            Long<TMaker, TNoise, TBounds, TLength>(noise, update, row, counts, ref normals, rests[k], w, work);
        }
    }

    // No calls, so that nothing is kept on the stack for one; what is left for later is noted with the weights that it had.
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    private static int Short<TMaker, TNoise, TBounds, TLength>(
        TNoise noise,
        PulsedUpdate update,
        int row,
        ReadOnlySpan<ushort> counts,
        ref float normals,
        Span<Rest> rests,
        Span<float> restWeights
    )
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
        bool hasTable = update.Plan.BitLength < CountsOfTable;
        int used = 0;
        int left = 0;
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
            T moved = step * T.FusedMultiplyAdd(-fromPoint, slope, T.One);
            T deviation,
                reach,
                margin;
            if (TLength.IsOne)
            {
                deviation = noise.OfPulse(moved, T.Abs(step), w);
                reach = deviation;
                margin = T.Zero;
            }
            else
            {
                T decay = step * slope;
                Train<T> train = Train<T>.Series(count, decay);
                deviation = noise.OfShortTrain(train, Lane.Root(words, count, hasTable), moved, T.Abs(step));
                reach = noise.Largest(train, moved, deviation);
                margin = T.Or(Train<T>.Margin(count, decay), noise.CoarseShort(decay));
                moved *= train.Sum;
            }

            T landed = w + moved;
            if (TNoise.IsRandom)
            {
                T room = TBounds.Room(fromPoint, slopeUp, slopeDown, w, moved, reach * T.Constant(LargestNormal), at);
                landed = T.FusedMultiplyAdd(deviation, Lane.Expand(pulsed, ref Unsafe.Add(ref normals, used)), landed);
                margin = TLength.IsOne ? room : T.Or(room, margin);
            }
            else
            {
                landed = HardBounds<T>.Clip(landed, at);
            }

            Lane.Store(T.SelectNonNegative(pulsed, landed, w), ref weights, c);
            uint rest = some & Lane.Signs(margin);
            if (rest != 0)
            {
                Lane.Store(w, ref MemoryMarshal.GetReference(restWeights), left * T.Count);
                rests[left++] = new(c, rest, used);
            }

            used += BitOperations.PopCount(some);
        }

        return left;
    }

    // Lanes that may meet a bound, or whose steps change too much for the series: the closed forms as they are, and pulse by pulse where that is not enough.
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    private static void Long<TMaker, TNoise, TBounds, TLength>(
        TNoise noise,
        PulsedUpdate update,
        int row,
        ReadOnlySpan<ushort> counts,
        ref float normals,
        Rest rest,
        T w,
        Workspace work
    )
        where TMaker : struct, ILinearMaker<T>
        where TNoise : struct, IPulseNoise<T>
        where TBounds : struct, IBounds<T>
        where TLength : struct, ITrainLength
    {
        int i = update.FirstRow + row;
        LaneParameters<T> at = RowOf.Parameters<T>(update, i).From(rest.Column);
        T count = T.FromIntegers(Lane.Words<T>(ref MemoryMarshal.GetReference(counts), rest.Column));
        T direction = Lane.Load<T>(ref MemoryMarshal.GetReference(update.X), rest.Column) * RowOf.Turn<T>(update, row);
        T fromPoint = TMaker.FromPoint(w, at);
        T step = T.SelectNonNegative(direction, at.At(Parameter.StepUp), -at.At(Parameter.StepDown));
        T slope = T.SelectNonNegative(direction, TMaker.UpSlope(at), TMaker.DownSlope(at));
        T first = step * T.FusedMultiplyAdd(-fromPoint, slope, T.One);
        T decay = step * slope;
        Train<T> train = Train<T>.Doubling(count, decay, (int)BitOperations.RoundUpToPowerOf2((uint)update.Plan.BitLength + 1) / 2);
        T moved = first * train.Sum;
        T landed = w + moved;
        uint near = rest.Lanes & Lane.Signs(noise.Coarse(decay));
        if (TNoise.IsRandom)
        {
            T deviation = noise.OfTrain(train, first, T.Abs(step));
            T reach = noise.Largest(train, first, deviation) * T.Constant(LargestNormal);
            near |= rest.Lanes & Lane.Signs(TBounds.Room(fromPoint, TMaker.UpSlope(at), TMaker.DownSlope(at), w, moved, reach, at));
            T xi = Lane.Expand(count - T.One, ref Unsafe.Add(ref normals, rest.FirstNormal));
            landed = T.FusedMultiplyAdd(deviation, xi, landed);
        }

        // One pulse lands where its step and the bounds say; several may meet a bound on their way.
        Put(HardBounds<T>.Clip(landed, at), rest.Lanes, ref Unsafe.Add(ref RowOf.Weights(update, i), rest.Column));
        uint several = TLength.IsOne ? 0 : near & Lane.NonNegatives(count - T.Constant(2.0));
        if (several != 0)
        {
            OneByOne<TMaker, TNoise>(noise, update, row, rest.Column, count, w, several, work);
        }
    }

    private static int PulsesOf(T count, int lane) => (int)Unsafe.Add(ref Unsafe.As<T, float>(ref count), lane);

    private static void Put(T values, uint lanes, ref float to)
    {
        for (uint left = lanes; left != 0; left &= left - 1)
        {
            int lane = BitOperations.TrailingZeroCount(left);
            Unsafe.Add(ref to, lane) = Unsafe.Add(ref Unsafe.As<T, float>(ref values), lane);
        }
    }

    // The lanes whose bit is set, as PulseByPulse sends them; the others keep their weight.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OneByOne<TMaker, TNoise>(
        TNoise noise,
        PulsedUpdate update,
        int row,
        int column,
        T count,
        T w,
        uint lanes,
        Workspace work
    )
        where TMaker : struct, ILinearMaker<T>
        where TNoise : struct, IPulseNoise<T>
    {
        int i = update.FirstRow + row;
        LaneParameters<T> at = RowOf.Parameters<T>(update, i).From(column);
        Stepped<LinearStep<T>, T> law = default(TMaker).Make(at);
        T direction = Lane.Load<T>(ref MemoryMarshal.GetReference(update.X), column) * RowOf.Turn<T>(update, row);
        T unit = T.SelectNonNegative(direction, law.StepUp, law.StepDown);
        int largest = 0;
        for (uint left = lanes; left != 0; left &= left - 1)
        {
            largest = Math.Max(largest, PulsesOf(count, BitOperations.TrailingZeroCount(left)));
        }

        Span<float> normals = work.PulseNormals.Room(T.Count * largest);
        for (uint left = TNoise.IsRandom ? lanes : 0; left != 0; left &= left - 1)
        {
            int lane = BitOperations.TrailingZeroCount(left);
            ulong element = PulseByPulse<T>.Element(i, 0, update.FirstColumn + column + lane);
            Span<float> ofLane = normals.Slice(lane * largest, PulsesOf(count, lane));
            Gaussian.FillEvery(update.Draws.Key, Purpose.CycleNoise, update.Draws.Sample, element, PulseByPulse<T>.Stride, ofLane);
        }

        for (int m = 0; m < largest; m++)
        {
            T xi = T.Zero;
            for (uint left = TNoise.IsRandom ? lanes : 0; left != 0; left &= left - 1)
            {
                // Where the lane's pulses are over, what is left over from earlier is not used.
                int lane = BitOperations.TrailingZeroCount(left);
                Unsafe.Add(ref Unsafe.As<T, float>(ref xi), lane) = normals[(lane * largest) + m];
            }

            T step = Pulse.Step(law, w, direction);
            T next = Pulse.Land(w, step, noise.OfPulse(step, unit, w), xi, at.At(Parameter.Lower), at.At(Parameter.Upper));
            w = T.SelectNonNegative(count - T.Constant(m + 1.0), next, w);
        }

        Put(w, lanes, ref Unsafe.Add(ref RowOf.Weights(update, i), column));
    }
}

/// <summary>Lanes of a vector that are left for later.</summary>
/// <param name="Column">First column of the vector.</param>
/// <param name="Lanes">A bit for each lane.</param>
/// <param name="FirstNormal">Place of the vector's first normal number among the row's.</param>
internal readonly record struct Rest(int Column, uint Lanes, int FirstNormal);
