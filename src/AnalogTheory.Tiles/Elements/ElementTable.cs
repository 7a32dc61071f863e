using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;

namespace AnalogTheory.Tiles.Elements;

/// <summary>The elements of an array: their parameters as floats.</summary>
/// <remarks>Sixteen neighbouring elements of a row have their parameters side by side, one cache line each: an update reads one stretch of memory from end to
/// end, which the processor fetches ahead. Parameter k of column j of a row stands at (16·⌊j/16⌋)·K + 16k + j mod 16, K the number of parameters.</remarks>
internal sealed class ElementTable
{
    private readonly Grid _parameters;

    internal ElementTable(DeviceSettings settings, int outputs, int inputs, ulong key)
    {
        ElementDraws draws = ElementDraws.Of(settings, outputs, inputs, key);
        Outputs = outputs;
        Inputs = inputs;
        Parameters = draws.Values.Length;
        _parameters = new(outputs, Grid.Padded(inputs) * Parameters);
        for (int k = 0; k < Parameters; k++)
        {
            for (int e = 0; e < draws.Count; e++)
            {
                _parameters.Row(e / inputs)[Place(k, e % inputs)] = (float)draws.Values[k][e];
            }
        }

        ResetTarget = Of(draws.ResetTarget)!;
        Decay = Of(draws.Decay);
        Diffusion = Of(draws.Diffusion);
    }

    internal int Outputs { get; }

    internal int Inputs { get; }

    /// <summary>Number of parameters of an element.</summary>
    internal int Parameters { get; }

    /// <summary>Where resets and decay aim.</summary>
    internal Grid ResetTarget { get; }

    /// <summary>Factor of decay; null for none.</summary>
    internal Grid? Decay { get; }

    /// <summary>Deviation of diffusion; null for none.</summary>
    internal Grid? Diffusion { get; }

    /// <summary>One parameter of one element.</summary>
    internal float this[int parameter, int row, int column] => _parameters.Row(row)[Place(parameter, column)];

    /// <summary>The first parameter of the first element of a row.</summary>
    internal ref float RowStart(int row) => ref Unsafe.Add(ref MemoryMarshal.GetReference(_parameters.Values), row * _parameters.Stride);

    private static void Narrow(ReadOnlySpan<double> from, Span<float> to)
    {
        for (int j = 0; j < from.Length; j++)
        {
            to[j] = (float)from[j];
        }
    }

    private int Place(int parameter, int column) =>
        (column / Grid.Line * Grid.Line * Parameters) + (parameter * Grid.Line) + (column % Grid.Line);

    private Grid? Of(double[]? values)
    {
        if (values is null)
        {
            return null;
        }

        Grid grid = new(Outputs, Inputs);
        for (int i = 0; i < Outputs; i++)
        {
            Narrow(values.AsSpan(i * Inputs, Inputs), grid.Row(i));
        }

        return grid;
    }
}

/// <summary>Parameters of a vector of neighbouring elements of a row.</summary>
/// <typeparam name="T">Lanes.</typeparam>
internal readonly ref struct LaneParameters<T> : IElementParameters<T>
    where T : struct, IAlgebra<T>
{
    private readonly ref float _first;

    /// <summary>The elements that start at a column.</summary>
    /// <param name="start">First parameter of an element in a column that is a multiple of 16.</param>
    /// <param name="column">First column, counted from there.</param>
    /// <param name="parameters">Number of parameters of an element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal LaneParameters(ref float start, int column, int parameters) =>
        _first = ref Unsafe.Add(ref start, ((column & -Grid.Line) * parameters) + (column & (Grid.Line - 1)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At(int parameter) => Unsafe.As<float, T>(ref Unsafe.Add(ref _first, parameter * Grid.Line));
}

/// <summary>Parameters of one element in double.</summary>
/// <param name="values">By number.</param>
internal readonly struct ScalarParameters(double[] values) : IElementParameters<Scalar>
{
    private readonly double[] _values = values;

    public Scalar At(int parameter) => new(_values[parameter]);
}
