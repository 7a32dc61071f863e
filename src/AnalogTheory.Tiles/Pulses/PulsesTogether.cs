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
/// <para>A row goes in passes over vectors, each a method of its own that is small enough for the JIT to keep in registers (ILanes).</para>
/// </remarks>
/// <typeparam name="T">Lanes.</typeparam>
internal static class PulsesTogether<T>
    where T : struct, ILanesSingle<T>
{
    // Normal numbers in single precision are no larger (GaussianSingle).
    private const double LargestNormal = 6.6625;

    private static uint AllLanes => (1u << T.Count) - 1;

    /// <summary>Sends a row its pulses.</summary>
    /// <param name="noise">Noise.</param>
    /// <param name="update">Update.</param>
    /// <param name="row">Row, counted from the update's first.</param>
    /// <param name="counts">Pulses of each element.</param>
    /// <param name="normals">One number for each element that receives pulses, in order.</param>
    /// <param name="work">Buffers.</param>
    internal static void Row<TMaker, TNoise>(
        TNoise noise,
        PulsedUpdate update,
        int row,
        ReadOnlySpan<float> counts,
        ref float normals,
        Workspace work
    )
        where TMaker : struct, ILinearMaker<T>
        where TNoise : struct, IPulseNoise<T>
    {
        int columns = counts.Length;
        ref float unit = ref MemoryMarshal.GetReference(work.Steps.Room(4 * columns));
        ref float first = ref Unsafe.Add(ref unit, columns);
        ref float decay = ref Unsafe.Add(ref unit, 2 * columns);
        ref float sum = ref Unsafe.Add(ref unit, 3 * columns);
        FirstSteps<TMaker>(update, row, columns, ref unit, ref first, ref decay);
        Sums(counts, update.Plan.BitLength, ref decay, ref sum);
        if (TNoise.IsRandom)
        {
            Scatter<TMaker, TNoise>(noise, update, row, counts, ref unit, ref normals);
        }
        else
        {
            Move<TMaker, TNoise>(noise, update, row, counts, ref unit);
        }
    }

    // Step at unit response, first step with its sign, and the share x by which steps shrink.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FirstSteps<TMaker>(PulsedUpdate update, int row, int columns, ref float unit, ref float first, ref float decay)
        where TMaker : struct, ILinearMaker<T>
    {
        int i = update.FirstRow + row;
        ref float weights = ref RowOf.Weights(update, i);
        ref float parameters = ref RowOf.Parameters(update, i);
        ref float x = ref MemoryMarshal.GetReference(update.X);
        T turn = RowOf.Turn<T>(update, row);
        int parametersOf = update.Elements.Parameters;
        for (int c = 0; c < columns; c += T.Count)
        {
            LaneParameters<T> at = new(ref parameters, c, parametersOf);
            T direction = Lane.Load<T>(ref x, c) * turn;
            T step = T.SelectNonNegative(direction, at.At(Parameter.StepUp), at.At(Parameter.StepDown));
            T slope = T.SelectNonNegative(direction, TMaker.UpSlope(at), TMaker.DownSlope(at));
            T signed = T.SelectNonNegative(direction, step, -step);
            T response = LinearStep<T>.WithSlopes(slope, slope, TMaker.Point(at)).Up(Lane.Load<T>(ref weights, c));
            Lane.Store(step, ref unit, c);
            Lane.Store(signed * response, ref first, c);
            Lane.Store(signed * slope, ref decay, c);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Sums(ReadOnlySpan<float> counts, int bitLength, ref float decay, ref float sum)
    {
        ref float n = ref MemoryMarshal.GetReference(counts);
        for (int c = 0; c < counts.Length; c += T.Count)
        {
            T count = Lane.Load<T>(ref n, c);
            T x = Lane.Load<T>(ref decay, c);
            Lane.Store(Train<T>.Series(count, x).Sum, ref sum, c);
            if (Lane.Signs(Train<T>.Margin(count, x)) != 0)
            {
                LongSums(count, bitLength, x, ref sum, c);
            }
        }
    }

    // Where the series is not enough.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LongSums(T count, int bitLength, T decay, ref float sum, int column)
    {
        int power = (int)BitOperations.RoundUpToPowerOf2((uint)bitLength + 1) / 2;
        T margin = Train<T>.Margin(count, decay);
        T result = T.SelectNonNegative(margin, Lane.Load<T>(ref sum, column), Train<T>.Doubling(count, decay, power).Sum);
        Lane.Store(result, ref sum, column);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Move<TMaker, TNoise>(TNoise noise, PulsedUpdate update, int row, ReadOnlySpan<float> counts, ref float unit)
        where TMaker : struct, ILinearMaker<T>
        where TNoise : struct, IPulseNoise<T>
    {
        int i = update.FirstRow + row;
        int columns = counts.Length;
        ref float weights = ref RowOf.Weights(update, i);
        ref float parameters = ref RowOf.Parameters(update, i);
        ref float n = ref MemoryMarshal.GetReference(counts);
        int parametersOf = update.Elements.Parameters;
        for (int c = 0; c < columns; c += T.Count)
        {
            LaneParameters<T> at = new(ref parameters, c, parametersOf);
            T w = Lane.Load<T>(ref weights, c);
            T next = T.FusedMultiplyAdd(Lane.Load<T>(ref unit, columns + c), Lane.Load<T>(ref unit, (3 * columns) + c), w);
            T pulsed = Lane.Load<T>(ref n, c) - T.One;
            T landed = Pulse.Clip(next, at.At(Parameter.Lower), at.At(Parameter.Upper));
            uint turning = AllLanes & ~Lane.Signs(pulsed) & Lane.Signs(noise.Coarse(Lane.Load<T>(ref unit, (2 * columns) + c)));
            Lane.Store(T.SelectNonNegative(pulsed, landed, w), ref weights, c);
            if (turning != 0)
            {
                OneByOne<TMaker, TNoise>(noise, update, row, c, Lane.Load<T>(ref n, c), w, turning);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Scatter<TMaker, TNoise>(
        TNoise noise,
        PulsedUpdate update,
        int row,
        ReadOnlySpan<float> counts,
        ref float unit,
        ref float normals
    )
        where TMaker : struct, ILinearMaker<T>
        where TNoise : struct, IPulseNoise<T>
    {
        int i = update.FirstRow + row;
        int columns = counts.Length;
        ref float weights = ref RowOf.Weights(update, i);
        ref float parameters = ref RowOf.Parameters(update, i);
        ref float n = ref MemoryMarshal.GetReference(counts);
        int parametersOf = update.Elements.Parameters;
        for (int c = 0; c < columns; c += T.Count)
        {
            T count = Lane.Load<T>(ref n, c);
            T pulsed = count - T.One;
            uint some = AllLanes & ~Lane.Signs(pulsed);
            if (some == 0)
            {
                continue;
            }

            T first = Lane.Load<T>(ref unit, columns + c);
            T decay = Lane.Load<T>(ref unit, (2 * columns) + c);
            Train<T> train = new(count, decay, Lane.Load<T>(ref unit, (3 * columns) + c));
            T deviation = noise.OfTrain(train, first, Lane.Load<T>(ref unit, c));
            T w = Lane.Load<T>(ref weights, c);
            T next = T.FusedMultiplyAdd(first, train.Sum, w);
            T xi = Lane.Expand<T>(some, ref normals);
            normals = ref Unsafe.Add(ref normals, BitOperations.PopCount(some));
            LaneParameters<T> at = new(ref parameters, c, parametersOf);
            T lower = at.At(Parameter.Lower);
            T upper = at.At(Parameter.Upper);
            T landed = Pulse.Clip(T.FusedMultiplyAdd(deviation, xi, next), lower, upper);
            Lane.Store(T.SelectNonNegative(pulsed, landed, w), ref weights, c);
            T reach = noise.Largest(train, first, deviation) * T.Constant(LargestNormal);
            T middle = (w + next) * T.Constant(0.5);
            T half = T.FusedMultiplyAdd(T.Abs(next - w), T.Constant(0.5), reach);
            T room = Smaller(middle - half - lower, upper - middle - half);
            uint near = some & Lane.Signs(Smaller(room, noise.Coarse(decay)));
            if (near != 0)
            {
                OneByOne<TMaker, TNoise>(noise, update, row, c, count, w, near);
            }
        }
    }

    // Only the sign counts: one is negative.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Smaller(T a, T b) => T.Or(a, b);

    // The lanes whose bit is set, as PulseByPulse sends them; the others keep their weight.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OneByOne<TMaker, TNoise>(TNoise noise, PulsedUpdate update, int row, int column, T count, T w, uint lanes)
        where TMaker : struct, ILinearMaker<T>
        where TNoise : struct, IPulseNoise<T>
    {
        int i = update.FirstRow + row;
        LaneParameters<T> at = new(ref RowOf.Parameters(update, i), column, update.Elements.Parameters);
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
                    update.Draws.Key,
                    Purpose.CycleNoise,
                    update.Draws.Sample,
                    element
                );
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
