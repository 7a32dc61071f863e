using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Pulses;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>All pulses of an element at once, for laws that are linear in w: closed forms of the mean and of the deviation, and one normal number.</summary>
/// <remarks>
/// With noise of the unit step the result has exactly the distribution of pulses one by one, as long as no pulse can reach a bound; with noise of the step
/// it has its mean and variance. Elements that might reach a bound, or whose steps are a large part of their range, are sent one by one.
/// <para>A row goes in one pass. It calls nothing, so that the JIT keeps its vectors in registers; what is not regular is put off until it is through.</para>
/// </remarks>
/// <typeparam name="T">Lanes.</typeparam>
internal static class PulsesTogether<T>
    where T : struct, ILanesSingle<T>
{
    // Normal numbers in single precision are no larger (GaussianSingle).
    private const double LargestNormal = 6.6625;

    /// <summary>Sends a row its pulses; elements that have to be sent one by one are added to <see cref="Workspace.Open"/>.</summary>
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
        Span<PutOff> later = work.PutOff.Room(counts.Length / T.Count);
        int left =
            update.Plan.BitLength == 1
                ? Pass<TMaker, TNoise, SinglePulse<T>>(noise, update, row, counts, ref normals, later)
                : Pass<TMaker, TNoise, AnyTrain<T>>(noise, update, row, counts, ref normals, later);
        foreach (PutOff one in later[..left])
        {
            Rest<TMaker, TNoise>(noise, update, row, counts, one.Column, ref Unsafe.Add(ref normals, one.Normal), work);
        }
    }

    // All vectors; gives the number of those that were put off.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Pass<TMaker, TNoise, TForm>(
        TNoise noise,
        PulsedUpdate update,
        int row,
        ReadOnlySpan<float> counts,
        ref float normals,
        Span<PutOff> later
    )
        where TMaker : struct, ILinearMaker<T>
        where TNoise : struct, IPulseNoise<T>
        where TForm : struct, ITrainForm<T>
    {
        int i = update.FirstRow + row;
        ref float weights = ref RowOf.Weights(update, i);
        ref float parameters = ref RowOf.Parameters(update, i);
        ref float x = ref MemoryMarshal.GetReference(update.X);
        ref float n = ref MemoryMarshal.GetReference(counts);
        ref PutOff list = ref MemoryMarshal.GetReference(later);
        T turn = RowOf.Turn<T>(update, row);
        int parametersOf = update.Elements.Parameters;
        int bitLength = update.Plan.BitLength;
        int used = 0;
        int put = 0;
        for (int c = 0; c < counts.Length; c += T.Count)
        {
            T count = Lane.Load<T>(ref n, c);
            uint some = Lane.Signs(T.Constant(0.5) - count);
            if (some == 0)
            {
                continue;
            }

            LaneParameters<T> at = new(ref parameters, c, parametersOf);
            T w = Lane.Load<T>(ref weights, c);
            T xi = TNoise.IsRandom ? Lane.Expand<T>(some, ref Unsafe.Add(ref normals, used)) : T.Zero;
            T landed = Land<TMaker, TNoise, TForm>(noise, at, Lane.Load<T>(ref x, c) * turn, w, count, bitLength, xi, out T closed);
            if ((some & Lane.Signs(closed)) != 0)
            {
                Unsafe.Add(ref list, put) = new(c, used);
                put++;
            }
            else
            {
                Lane.Store(T.SelectNonNegative(count - T.One, landed, w), ref weights, c);
            }

            used += BitOperations.PopCount(some);
        }

        return put;
    }

    // A vector of which the closed forms do not cover all: what they do not cover keeps its weight and is left open.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Rest<TMaker, TNoise>(
        TNoise noise,
        PulsedUpdate update,
        int row,
        ReadOnlySpan<float> counts,
        int column,
        ref float normals,
        Workspace work
    )
        where TMaker : struct, ILinearMaker<T>
        where TNoise : struct, IPulseNoise<T>
    {
        int i = update.FirstRow + row;
        ref float weights = ref RowOf.Weights(update, i);
        T count = Lane.Load<T>(ref MemoryMarshal.GetReference(counts), column);
        uint some = Lane.Signs(T.Constant(0.5) - count);
        LaneParameters<T> at = new(ref RowOf.Parameters(update, i), column, update.Elements.Parameters);
        T w = Lane.Load<T>(ref weights, column);
        T xi = TNoise.IsRandom ? Lane.Expand<T>(some, ref normals) : T.Zero;
        T direction = Lane.Load<T>(ref MemoryMarshal.GetReference(update.X), column) * RowOf.Turn<T>(update, row);
        T landed = Land<TMaker, TNoise, AnyTrain<T>>(noise, at, direction, w, count, update.Plan.BitLength, xi, out T closed);
        Lane.Store(T.SelectNonNegative(count - T.One, landed, w), ref weights, column);
        uint open = some & Lane.Signs(closed);
        for (uint left = open; left != 0; left &= left - 1)
        {
            int lane = BitOperations.TrailingZeroCount(left);
            Unsafe.Add(ref weights, column + lane) = Unsafe.Add(ref Unsafe.As<T, float>(ref w), lane);
        }

        work.Open.Add(row, column, open);
    }

    // The weights after the pulses; negative in closed where the form does not cover them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Land<TMaker, TNoise, TForm>(
        TNoise noise,
        LaneParameters<T> at,
        T direction,
        T w,
        T count,
        int bitLength,
        T xi,
        out T closed
    )
        where TMaker : struct, ILinearMaker<T>
        where TNoise : struct, IPulseNoise<T>
        where TForm : struct, ITrainForm<T>
    {
        T unit = T.SelectNonNegative(direction, at.At(Parameter.StepUp), at.At(Parameter.StepDown));
        T slope = T.SelectNonNegative(direction, TMaker.UpSlope(at), TMaker.DownSlope(at));
        T signed = T.SelectNonNegative(direction, unit, -unit);
        T first = signed * LinearStep<T>.WithSlopes(slope, slope, TMaker.Point(at)).Up(w);
        T decay = signed * slope;
        Train<T> train = TForm.Of(count, decay, bitLength);
        T next = T.FusedMultiplyAdd(first, train.Sum, w);
        T lower = at.At(Parameter.Lower);
        T upper = at.At(Parameter.Upper);
        closed = noise.Coarse(decay);
        if (!TNoise.IsRandom)
        {
            return Pulse.Clip(next, lower, upper);
        }

        T deviation = TForm.Deviation(noise, train, first, unit, w);
        T reach = noise.Largest(train, first, deviation) * T.Constant(LargestNormal);
        T middle = (w + next) * T.Constant(0.5);
        T half = T.FusedMultiplyAdd(T.Abs(next - w), T.Constant(0.5), reach);
        closed = Smaller(closed, Smaller(middle - half - lower, upper - middle - half));
        return Pulse.Clip(T.FusedMultiplyAdd(deviation, xi, next), lower, upper);
    }

    // Only the sign counts: one is negative.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Smaller(T a, T b) => T.Or(a, b);
}

/// <summary>A vector of a row that was put off.</summary>
/// <param name="Column">Its first column.</param>
/// <param name="Normal">Which of the row's normal numbers is its first.</param>
internal readonly record struct PutOff(int Column, int Normal);
