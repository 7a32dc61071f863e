using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Pulses;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>Elements of a block of rows that no closed form covers: they are sent as <see cref="PulseByPulse{T}"/> sends a row, sixteen of them side by side.</summary>
/// <remarks>They are few, and far apart in the array and in the stream of normal numbers. One at a time, a thousandth of an array's elements costs as much as half of the rest.</remarks>
internal sealed class OpenElements
{
    // Pulses whose normal numbers are drawn together.
    private const int Pulses = 16;

    private AlignedBuffer<(int Row, int Column)> _places;
    private AlignedBuffer<float> _parameters;
    private AlignedBuffer<float> _lines;
    private AlignedBuffer<ulong> _elements;
    private AlignedBuffer<int> _slots;
    private AlignedBuffer<float> _drawn;
    private AlignedBuffer<float> _normals;
    private int _count;

    /// <summary>Makes room for a block of rows, whether or not any of its elements comes: so what is allocated does not depend on numbers drawn.</summary>
    /// <param name="most">Most elements.</param>
    /// <param name="parameters">Parameters of an element.</param>
    internal void Clear(int most, int parameters)
    {
        _places.Room(most);
        _parameters.Room(parameters * Grid.Line);
        _lines.Room(3 * Grid.Line);
        _elements.Room(Pulses * Grid.Line);
        _slots.Room(Pulses * Grid.Line);
        _drawn.Room(Pulses * Grid.Line);
        _normals.Room(Pulses * Grid.Line);
        _count = 0;
    }

    /// <summary>Adds the lanes of a vector whose bit is set.</summary>
    /// <param name="row">Row, counted from the update's first.</param>
    /// <param name="column">Column of lane 0, counted from the update's first.</param>
    /// <param name="lanes">Bits of the lanes.</param>
    internal void Add(int row, int column, uint lanes)
    {
        Span<(int Row, int Column)> places = _places.Room(_count + BitOperations.PopCount(lanes));
        for (uint left = lanes; left != 0; left &= left - 1)
        {
            places[_count++] = (row, column + BitOperations.TrailingZeroCount(left));
        }
    }

    /// <summary>Sends all of them their pulses.</summary>
    /// <param name="noise">Noise.</param>
    /// <param name="update">Update.</param>
    /// <param name="firstRow">First row of the block, counted from the update's first.</param>
    /// <param name="counts">Pulses of the block's elements, row after row.</param>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <typeparam name="TMaker">Maker of the law.</typeparam>
    /// <typeparam name="TNoise">Noise.</typeparam>
    internal void Send<T, TMaker, TNoise>(TNoise noise, PulsedUpdate update, int firstRow, ReadOnlySpan<float> counts)
        where T : struct, ILanesSingle<T>
        where TMaker : struct, ILinearMaker<T>
        where TNoise : struct, IPulseNoise<T>
    {
        for (int done = 0; done < _count; done += Grid.Line)
        {
            ReadOnlySpan<(int Row, int Column)> some = _places.Room(_count)[done..Math.Min(_count, done + Grid.Line)];
            Span<float> lines = _lines.Room(3 * Grid.Line);
            int largest = Gather(some, update, firstRow, counts, lines);
            for (int m = 0; m < largest; m += Pulses)
            {
                int end = Math.Min(m + Pulses, largest);
                if (TNoise.IsRandom)
                {
                    Draw(some, update, lines[..Grid.Line], m, end);
                }

                Run<T, TMaker, TNoise>(noise, update.Elements.Parameters, lines, m, end);
            }

            for (int k = 0; k < some.Length; k++)
            {
                WeightOf(update, some[k]) = lines[Grid.Line + k];
            }
        }
    }

    private static ref float WeightOf(PulsedUpdate update, (int Row, int Column) at) =>
        ref Unsafe.Add(ref RowOf.Weights(update, update.FirstRow + at.Row), at.Column);

    // Counts, weights and directions of some elements, and their parameters; gives the largest count. Lanes beyond them have no pulses.
    private int Gather(
        ReadOnlySpan<(int Row, int Column)> some,
        PulsedUpdate update,
        int firstRow,
        ReadOnlySpan<float> counts,
        Span<float> lines
    )
    {
        int parameters = update.Elements.Parameters;
        Span<float> table = _parameters.Room(parameters * Grid.Line);
        float largest = 0.0f;
        lines.Clear();
        for (int k = 0; k < some.Length; k++)
        {
            (int row, int column) = some[k];
            lines[k] = counts[((row - firstRow) * update.Columns) + column];
            lines[Grid.Line + k] = WeightOf(update, some[k]);
            lines[(2 * Grid.Line) + k] = update.X[column] * RowOf.Turn<ScalarSingle>(update, row).Value;
            largest = Math.Max(largest, lines[k]);
            LaneParameters<ScalarSingle> at = new(ref RowOf.Parameters(update, update.FirstRow + row), column, parameters);
            for (int parameter = 0; parameter < parameters; parameter++)
            {
                table[(parameter * Grid.Line) + k] = at.At(parameter).Value;
            }
        }

        return (int)largest;
    }

    // The numbers of pulses first … end − 1: that of element k's pulse m at 16·(m − first) + k. Where there is no pulse, what stands there stays.
    private void Draw(ReadOnlySpan<(int Row, int Column)> some, PulsedUpdate update, ReadOnlySpan<float> counts, int first, int end)
    {
        Span<ulong> elements = _elements.Room(Pulses * Grid.Line);
        Span<int> slots = _slots.Room(Pulses * Grid.Line);
        int drawn = 0;
        for (int k = 0; k < some.Length; k++)
        {
            ulong element = PulseByPulse<ScalarSingle>.Element(update.FirstRow + some[k].Row, 0, update.FirstColumn + some[k].Column);
            for (int m = first; m < Math.Min(end, (int)counts[k]); m++)
            {
                elements[drawn] = element + PulseByPulse<ScalarSingle>.Element(0, m, 0);
                slots[drawn++] = ((m - first) * Grid.Line) + k;
            }
        }

        Span<float> list = _drawn.Room(Pulses * Grid.Line)[..drawn];
        Span<float> normals = _normals.Room(Pulses * Grid.Line);
        Gaussian.FillAt(update.Draws.Key, Purpose.CycleNoise, update.Draws.Sample, elements[..drawn], list);
        for (int k = 0; k < drawn; k++)
        {
            normals[slots[k]] = list[k];
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Run<T, TMaker, TNoise>(TNoise noise, int parameters, Span<float> lines, int first, int end)
        where T : struct, ILanesSingle<T>
        where TMaker : struct, ILinearMaker<T>
        where TNoise : struct, IPulseNoise<T>
    {
        ref float line = ref MemoryMarshal.GetReference(lines);
        ref float normals = ref MemoryMarshal.GetReference(_normals.Room(Pulses * Grid.Line));
        ref float table = ref MemoryMarshal.GetReference(_parameters.Room(parameters * Grid.Line));
        for (int c = 0; c < Grid.Line; c += T.Count)
        {
            LaneParameters<T> at = new(ref table, c, parameters);
            Stepped<LinearStep<T>, T> law = default(TMaker).Make(at);
            T count = Lane.Load<T>(ref line, c);
            T w = Lane.Load<T>(ref line, Grid.Line + c);
            T direction = Lane.Load<T>(ref line, (2 * Grid.Line) + c);
            T unit = T.SelectNonNegative(direction, law.StepUp, law.StepDown);
            T lower = at.At(Parameter.Lower);
            T upper = at.At(Parameter.Upper);
            for (int m = first; m < end; m++)
            {
                T xi = TNoise.IsRandom ? Lane.Load<T>(ref normals, ((m - first) * Grid.Line) + c) : T.Zero;
                T step = Pulse.Step(law, w, direction);
                T next = Pulse.Land(w, step, noise.OfPulse(step, unit, w), xi, lower, upper);
                w = T.SelectNonNegative(count - T.Constant(m + 1.0), next, w);
            }

            Lane.Store(w, ref line, Grid.Line + c);
        }
    }
}
