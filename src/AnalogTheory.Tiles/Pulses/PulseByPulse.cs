using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Pulses;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>Pulses of a row one after the other, each through the law at the weight that the one before left: the definition, for any law.</summary>
/// <typeparam name="T">Lanes.</typeparam>
internal static class PulseByPulse<T>
    where T : struct, ILanesSingle<T>
{
    /// <summary>Sends a row its pulses.</summary>
    internal static void Row<TMaker, TLaw, TNoise>(
        TMaker maker,
        TNoise noise,
        PulsedUpdate update,
        int row,
        ReadOnlySpan<float> counts,
        Workspace work
    )
        where TMaker : struct, ILawMaker<T, TLaw>
        where TLaw : struct, IResponseLaw<T>
        where TNoise : struct, IPulseNoise<T>
    {
        int largest = Largest(counts);
        int columns = counts.Length;
        Span<float> normals = default;
        for (int m = 0; m < largest; m++)
        {
            if (TNoise.IsRandom)
            {
                normals = Normals(update, row, m, columns, work);
            }

            OnePulse<TMaker, TLaw, TNoise>(maker, noise, update, row, counts, m, normals);
        }
    }

    /// <summary>Number of pulse m of element (row, column) in the stream of cycle noise.</summary>
    internal static ulong Element(int row, int pulse, int column) => ((ulong)row << 32) + ((ulong)pulse << 16) + (ulong)column;

    // A fill starts at a multiple of 64: the first number that is used may stand further on.
    private static Span<float> Normals(PulsedUpdate update, int row, int pulse, int columns, Workspace work)
    {
        int skip = update.FirstColumn % 64;
        Span<float> normals = work.Noise.Room(skip + columns);
        ulong first = Element(update.FirstRow + row, pulse, update.FirstColumn - skip);
        Gaussian.Fill(update.Draws.Key, Purpose.CycleNoise, update.Draws.Sample, first, normals);
        return normals[skip..];
    }

    private static void OnePulse<TMaker, TLaw, TNoise>(
        TMaker maker,
        TNoise noise,
        PulsedUpdate update,
        int row,
        ReadOnlySpan<float> counts,
        int pulse,
        ReadOnlySpan<float> normals
    )
        where TMaker : struct, ILawMaker<T, TLaw>
        where TLaw : struct, IResponseLaw<T>
        where TNoise : struct, IPulseNoise<T>
    {
        int i = update.FirstRow + row;
        ref float weights = ref RowOf.Weights(update, i);
        ref float parameters = ref RowOf.Parameters(update, i);
        ref float n = ref MemoryMarshal.GetReference(counts);
        ref float xi = ref MemoryMarshal.GetReference(normals);
        ref float x = ref MemoryMarshal.GetReference(update.X);
        T turn = RowOf.Turn<T>(update, row);
        T last = T.Constant(pulse + 1.0);
        int parametersOf = update.Elements.Parameters;
        for (int c = 0; c < counts.Length; c += T.Count)
        {
            T left = Lane.Load<T>(ref n, c) - last;
            if (Lane.Signs(left) == AllLanes)
            {
                continue;
            }

            LaneParameters<T> at = new(ref parameters, c, parametersOf);
            TLaw law = maker.Make(at);
            T w = Lane.Load<T>(ref weights, c);
            T direction = Lane.Load<T>(ref x, c) * turn;
            T step = Pulse.Step(law, w, direction);
            T next;
            if (TNoise.IsRandom)
            {
                T unit = T.SelectNonNegative(direction, at.At(Parameter.StepUp), at.At(Parameter.StepDown));
                T deviation = noise.OfPulse(step, unit, w);
                next = Pulse.Land(w, step, deviation, Lane.Load<T>(ref xi, c), at.At(Parameter.Lower), at.At(Parameter.Upper));
            }
            else
            {
                next = Pulse.Land(w, step, at.At(Parameter.Lower), at.At(Parameter.Upper));
            }

            Lane.Store(T.SelectNonNegative(left, next, w), ref weights, c);
        }
    }

    private static uint AllLanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.Count == 32 ? uint.MaxValue : (1u << T.Count) - 1;
    }

    private static int Largest(ReadOnlySpan<float> counts)
    {
        float largest = 0.0f;
        foreach (float count in counts)
        {
            largest = Math.Max(largest, count);
        }

        return (int)largest;
    }
}

/// <summary>Where the parts of a row are.</summary>
internal static class RowOf
{
    /// <summary>Weights that pulses act on, at the update's first column.</summary>
    internal static ref float Weights(PulsedUpdate update, int row)
    {
        Grid grid = update.State.Hidden ?? update.State.Weights;
        return ref Unsafe.Add(ref MemoryMarshal.GetReference(grid.Values), (row * grid.Stride) + update.FirstColumn);
    }

    /// <summary>Parameters, at the update's first column.</summary>
    internal static ref float Parameters(PulsedUpdate update, int row) =>
        ref Unsafe.Add(ref update.Elements.RowStart(row), update.FirstColumn * update.Elements.Parameters);

    /// <summary>What x is multiplied by to give the direction of pulses: the sign of −α·d, as ±1.</summary>
    internal static T Turn<T>(PulsedUpdate update, int row)
        where T : struct, IAlgebra<T> => T.Constant(float.CopySign(1.0f, update.D[row] * update.Sign));
}
