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

/// <summary>A few elements of a vector, as <see cref="PulseByPulse{T}"/> sends a row.</summary>
/// <remarks>Their normal numbers stand far apart in the stream and are drawn together: one at a time they would cost more than all else of an update.</remarks>
/// <typeparam name="T">Lanes.</typeparam>
internal static class FewByOne<T>
    where T : struct, ILanesSingle<T>
{
    // Pulses whose numbers are drawn together.
    private const int Pulses = 16;

    /// <summary>Sends the lanes whose bit is set their pulses; the others keep their weight.</summary>
    /// <param name="noise">Noise.</param>
    /// <param name="update">Update.</param>
    /// <param name="row">Row, counted from the update's first.</param>
    /// <param name="column">First column of the vector.</param>
    /// <param name="count">Pulses of each lane.</param>
    /// <param name="w">Weights before the first pulse.</param>
    /// <param name="lanes">Bits of the lanes.</param>
    /// <param name="work">Buffers.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Send<TMaker, TNoise>(
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
        LaneParameters<T> at = new(ref RowOf.Parameters(update, i), column, update.Elements.Parameters);
        Stepped<LinearStep<T>, T> law = default(TMaker).Make(at);
        T direction = Lane.Load<T>(ref MemoryMarshal.GetReference(update.X), column) * RowOf.Turn<T>(update, row);
        T unit = T.SelectNonNegative(direction, law.StepUp, law.StepDown);
        T lower = at.At(Parameter.Lower);
        T upper = at.At(Parameter.Upper);
        int largest = Largest(count, lanes);
        ref float normals = ref MemoryMarshal.GetReference(work.FewNormals.Room(Pulses * T.Count));
        for (int m = 0; m < largest; m++)
        {
            T xi = T.Zero;
            if (TNoise.IsRandom)
            {
                if (m % Pulses == 0)
                {
                    Draw(update, i, column, count, lanes, m, Math.Min(m + Pulses, largest), ref normals, work);
                }

                xi = Lane.Load<T>(ref normals, m % Pulses * T.Count);
            }

            T step = Pulse.Step(law, w, direction);
            T next = Pulse.Land(w, step, noise.OfPulse(step, unit, w), xi, lower, upper);
            w = T.SelectNonNegative(count - T.Constant(m + 1.0), next, w);
        }

        ref float weights = ref Unsafe.Add(ref RowOf.Weights(update, i), column);
        for (uint left = lanes; left != 0; left &= left - 1)
        {
            int lane = BitOperations.TrailingZeroCount(left);
            Unsafe.Add(ref weights, lane) = Unsafe.Add(ref Unsafe.As<T, float>(ref w), lane);
        }
    }

    // The numbers of pulses first … end − 1: that of a lane's pulse m at (m − first)·lanes + lane. Lanes without a pulse keep what stands there.
    private static void Draw(
        PulsedUpdate update,
        int row,
        int column,
        T count,
        uint lanes,
        int first,
        int end,
        ref float normals,
        Workspace work
    )
    {
        Span<ulong> elements = work.FewElements.Room(Pulses * T.Count);
        Span<int> places = work.FewPlaces.Room(Pulses * T.Count);
        int drawn = 0;
        for (uint left = lanes; left != 0; left &= left - 1)
        {
            int lane = BitOperations.TrailingZeroCount(left);
            int pulses = Math.Min(end, (int)Unsafe.Add(ref Unsafe.As<T, float>(ref count), lane));
            for (int m = first; m < pulses; m++)
            {
                elements[drawn] = PulseByPulse<T>.Element(row, m, update.FirstColumn + column + lane);
                places[drawn++] = ((m - first) * T.Count) + lane;
            }
        }

        Span<float> list = work.FewDrawn.Room(Pulses * T.Count)[..drawn];
        Gaussian.FillAt(update.Draws.Key, Purpose.CycleNoise, update.Draws.Sample, elements[..drawn], list);
        for (int k = 0; k < drawn; k++)
        {
            Unsafe.Add(ref normals, places[k]) = list[k];
        }
    }

    private static int Largest(T count, uint lanes)
    {
        int largest = 0;
        for (uint left = lanes; left != 0; left &= left - 1)
        {
            largest = Math.Max(largest, (int)Unsafe.Add(ref Unsafe.As<T, float>(ref count), BitOperations.TrailingZeroCount(left)));
        }

        return largest;
    }
}
