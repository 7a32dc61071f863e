using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;

namespace AnalogTheory.Tiles.Elements;

/// <summary>The elements of an array: their parameters as floats.</summary>
/// <remarks>Sixteen neighbouring elements of a row have their parameters side by side, one cache line each: an update reads one stretch of memory from end to
/// end, which the processor fetches ahead. Parameter k of column j of a row stands at (16·⌊j/16⌋)·K + 16k + j mod 16, K the number of parameters. Bounds
/// stand in a table of their own, because an update that cannot reach them does not read them.</remarks>
internal sealed class ElementTable
{
    private readonly Grid _steps;
    private readonly Grid _bounds;

    internal ElementTable(DeviceSettings settings, int outputs, int inputs, ulong key)
    {
        ElementDraws draws = ElementDraws.Of(settings, outputs, inputs, key);
        Outputs = outputs;
        Inputs = inputs;
        StepsVanishAtBounds = draws.StepsVanishAtBounds;
        StepParameters = draws.Values.Length - Parameter.Bounds;
        _steps = new(outputs, Grid.Padded(inputs) * StepParameters);
        _bounds = new(outputs, Grid.Padded(inputs) * Parameter.Bounds);
        for (int k = 0; k < draws.Values.Length; k++)
        {
            for (int e = 0; e < draws.Count; e++)
            {
                (Grid grid, int place) = Place(k, e % inputs);
                grid.Row(e / inputs)[place] = (float)draws.Values[k][e];
            }
        }

        ResetTarget = Of(draws.ResetTarget)!;
        Decay = Of(draws.Decay);
        Diffusion = Of(draws.Diffusion);
    }

    internal int Outputs { get; }

    internal int Inputs { get; }

    /// <summary>Number of parameters of an element, bounds not counted.</summary>
    internal int StepParameters { get; }

    /// <summary>Whether every element that moves has slopes 1/(bound − point): then the response tells how far a bound is.</summary>
    internal bool StepsVanishAtBounds { get; }

    /// <summary>Where resets and decay aim.</summary>
    internal Grid ResetTarget { get; }

    /// <summary>Factor of decay; null for none.</summary>
    internal Grid? Decay { get; }

    /// <summary>Deviation of diffusion; null for none.</summary>
    internal Grid? Diffusion { get; }

    /// <summary>One parameter of one element.</summary>
    internal float this[int parameter, int row, int column]
    {
        get
        {
            (Grid grid, int place) = Place(parameter, column);
            return grid.Row(row)[place];
        }
    }

    /// <summary>Parameters of a row.</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="row">Row.</param>
    /// <param name="column">The column that will be number 0, a multiple of 16.</param>
    internal RowParameters<T> Row<T>(int row, int column)
        where T : struct, IAlgebra<T> =>
        new(
            ref Unsafe.Add(ref MemoryMarshal.GetReference(_steps.Values), (row * _steps.Stride) + (column * StepParameters)),
            ref Unsafe.Add(ref MemoryMarshal.GetReference(_bounds.Values), (row * _bounds.Stride) + (column * Parameter.Bounds)),
            StepParameters
        );

    private static void Narrow(ReadOnlySpan<double> from, Span<float> to)
    {
        for (int j = 0; j < from.Length; j++)
        {
            to[j] = (float)from[j];
        }
    }

    private (Grid Grid, int Place) Place(int parameter, int column)
    {
        bool isBound = parameter is Parameter.Lower or Parameter.Upper;
        int parameters = isBound ? Parameter.Bounds : StepParameters;
        int number = isBound ? parameter - Parameter.Lower : Parameter.AmongSteps(parameter);
        return (isBound ? _bounds : _steps, (column / Grid.Line * Grid.Line * parameters) + (number * Grid.Line) + (column % Grid.Line));
    }

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

/// <summary>Parameters of the elements of a row.</summary>
/// <typeparam name="T">Lanes.</typeparam>
/// <param name="steps">First parameter of the element in column 0.</param>
/// <param name="bounds">Lower bound of the element in column 0.</param>
/// <param name="stepParameters">Number of parameters of an element, bounds not counted.</param>
internal readonly ref struct RowParameters<T>(ref float steps, ref float bounds, int stepParameters)
    where T : struct, IAlgebra<T>
{
    private readonly ref float _steps = ref steps;
    private readonly ref float _bounds = ref bounds;
    private readonly int _stepParameters = stepParameters;

    /// <summary>Parameters of a vector of neighbouring elements.</summary>
    /// <param name="column">The first one's column.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal LaneParameters<T> From(int column)
    {
        int line = column & -Grid.Line;
        int place = column & (Grid.Line - 1);
        return new(
            ref Unsafe.Add(ref _steps, (line * _stepParameters) + place),
            ref Unsafe.Add(ref _bounds, (line * Parameter.Bounds) + place)
        );
    }
}

/// <summary>Parameters of a vector of neighbouring elements of a row.</summary>
/// <typeparam name="T">Lanes.</typeparam>
/// <param name="steps">First parameter of the first element.</param>
/// <param name="bounds">Lower bound of the first element.</param>
internal readonly ref struct LaneParameters<T>(ref float steps, ref float bounds) : IElementParameters<T>
    where T : struct, IAlgebra<T>
{
    private readonly ref float _steps = ref steps;
    private readonly ref float _bounds = ref bounds;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At(int parameter) =>
        parameter is Parameter.Lower or Parameter.Upper
            ? Unsafe.As<float, T>(ref Unsafe.Add(ref _bounds, (parameter - Parameter.Lower) * Grid.Line))
            : Unsafe.As<float, T>(ref Unsafe.Add(ref _steps, Parameter.AmongSteps(parameter) * Grid.Line));
}

/// <summary>Parameters of one element in double.</summary>
/// <param name="values">By number.</param>
internal readonly struct ScalarParameters(double[] values) : IElementParameters<Scalar>
{
    private readonly double[] _values = values;

    public Scalar At(int parameter) => new(_values[parameter]);
}
