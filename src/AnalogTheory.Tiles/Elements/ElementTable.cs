using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;

namespace AnalogTheory.Tiles.Elements;

/// <summary>The elements of an array: their parameters as floats, those of a row side by side, so that an update reads one stretch of memory a row.</summary>
internal sealed class ElementTable
{
    private readonly Grid _parameters;

    internal ElementTable(DeviceSettings settings, int outputs, int inputs, ulong key)
    {
        ElementDraws draws = ElementDraws.Of(settings, outputs, inputs, key);
        Outputs = outputs;
        Inputs = inputs;
        Parameters = draws.Values.Length;
        _parameters = new(outputs * Parameters, inputs);
        for (int k = 0; k < Parameters; k++)
        {
            for (int i = 0; i < outputs; i++)
            {
                Narrow(draws.Values[k].AsSpan(i * inputs, inputs), _parameters.Row((i * Parameters) + k));
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

    /// <summary>Distance between two parameters of an element, in floats.</summary>
    internal int Stride => _parameters.Stride;

    /// <summary>Where resets and decay aim.</summary>
    internal Grid ResetTarget { get; }

    /// <summary>Factor of decay; null for none.</summary>
    internal Grid? Decay { get; }

    /// <summary>Deviation of diffusion; null for none.</summary>
    internal Grid? Diffusion { get; }

    /// <summary>One parameter of the elements of a row, padded.</summary>
    internal Span<float> Row(int parameter, int row) => _parameters.Values.Slice(((row * Parameters) + parameter) * Stride, Stride);

    /// <summary>The first parameter of the first element of a row.</summary>
    internal ref float RowStart(int row) => ref Unsafe.Add(ref MemoryMarshal.GetReference(_parameters.Values), row * Parameters * Stride);

    private static void Narrow(ReadOnlySpan<double> from, Span<float> to)
    {
        for (int j = 0; j < from.Length; j++)
        {
            to[j] = (float)from[j];
        }
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

/// <summary>Parameters of a vector of neighbouring elements of a row.</summary>
/// <typeparam name="T">Lanes.</typeparam>
internal readonly ref struct LaneParameters<T> : IElementParameters<T>
    where T : struct, IAlgebra<T>
{
    private readonly ref float _first;
    private readonly int _stride;

    /// <summary>The elements that start at a column.</summary>
    /// <param name="rowStart">First parameter of the row's first element.</param>
    /// <param name="column">First column.</param>
    /// <param name="stride">Distance between two parameters.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal LaneParameters(ref float rowStart, int column, int stride)
    {
        _first = ref Unsafe.Add(ref rowStart, column);
        _stride = stride;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At(int parameter) => Unsafe.As<float, T>(ref Unsafe.Add(ref _first, parameter * _stride));
}

/// <summary>Parameters of one element in double.</summary>
/// <param name="values">By number.</param>
internal readonly struct ScalarParameters(double[] values) : IElementParameters<Scalar>
{
    private readonly double[] _values = values;

    public Scalar At(int parameter) => new(_values[parameter]);
}
