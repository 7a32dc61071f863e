using System;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>A column or a row of a matrix: what one transfer reads and writes.</summary>
/// <param name="IsRow">Whether it is a row.</param>
/// <param name="Index">Its number.</param>
internal readonly record struct Line(bool IsRow, int Index)
{
    /// <summary>Number of lines of an array.</summary>
    internal static int Count(IWeightArray array, bool byRows) => byRows ? array.Outputs : array.Inputs;

    /// <summary>Number of elements of a line.</summary>
    internal static int Length(IWeightArray array, bool byRows) => byRows ? array.Inputs : array.Outputs;

    /// <summary>Reads the line from an array through its transfer periphery.</summary>
    internal void Read(IWeightArray array, ArrayState state, ulong key, Span<float> values)
    {
        if (IsRow)
        {
            array.ReadRow(state, key, Index, values);
        }
        else
        {
            array.ReadColumn(state, key, Index, values);
        }
    }

    /// <summary>Moves the line of an array by −rate·values.</summary>
    internal UpdateInfo Send(
        IWeightArray array,
        ArrayState state,
        ulong key,
        UpdateSettings settings,
        ReadOnlySpan<float> values,
        double rate
    ) => IsRow ? array.UpdateRow(state, key, settings, Index, values, rate) : array.UpdateColumn(state, key, settings, Index, values, rate);

    /// <summary>Takes the line out of a digital matrix.</summary>
    internal void Load(Grid grid, Span<float> values)
    {
        if (IsRow)
        {
            grid.Row(Index).CopyTo(values);
        }
        else
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = grid[i, Index];
            }
        }
    }

    /// <summary>Puts the line back into a digital matrix.</summary>
    internal void Store(Grid grid, ReadOnlySpan<float> values)
    {
        if (IsRow)
        {
            values.CopyTo(grid.Row(Index));
        }
        else
        {
            for (int i = 0; i < values.Length; i++)
            {
                grid[i, Index] = values[i];
            }
        }
    }
}
