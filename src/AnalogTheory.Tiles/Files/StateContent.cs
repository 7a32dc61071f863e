using System;
using System.IO;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Files;

/// <summary>Matrices and states of arrays as content of files: shape, then numbers row after row without padding.</summary>
internal static class StateContent
{
    internal static void Write(BinaryWriter to, Grid grid)
    {
        to.Write(grid.Rows);
        to.Write(grid.Columns);
        for (int i = 0; i < grid.Rows; i++)
        {
            foreach (float value in grid.Row(i))
            {
                to.Write(value);
            }
        }
    }

    internal static void Write(BinaryWriter to, ArrayState state)
    {
        to.Write(state.Hidden is not null);
        Write(to, state.Weights);
        if (state.Hidden is not null)
        {
            Write(to, state.Hidden);
        }
    }

    /// <summary>A matrix of any shape.</summary>
    internal static Grid ReadGrid(BinaryReader from)
    {
        (int rows, int columns) = (from.ReadInt32(), from.ReadInt32());
        if (rows < 1 || columns < 1 || rows > Shapes.LargestSide || columns > Shapes.LargestSide)
        {
            throw new InvalidDataException(FormattableString.Invariant($"it holds a matrix of {rows} × {columns}."));
        }

        Grid grid = new(rows, columns);
        ReadNumbers(from, grid);
        return grid;
    }

    /// <summary>A state of any shape.</summary>
    internal static ArrayState ReadState(BinaryReader from)
    {
        bool hasHidden = from.ReadBoolean();
        Grid weights = ReadGrid(from);
        Grid? hidden = hasHidden ? ReadGrid(from) : null;
        return hidden is null || (hidden.Rows == weights.Rows && hidden.Columns == weights.Columns)
            ? new(weights, hidden)
            : throw new InvalidDataException("its hidden weights have another shape than its visible ones.");
    }

    /// <summary>Numbers of a matrix whose shape is known.</summary>
    internal static void Read(BinaryReader from, Grid into, string name)
    {
        (int rows, int columns) = (from.ReadInt32(), from.ReadInt32());
        if (rows != into.Rows || columns != into.Columns)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"expected {name} of {into.Rows} × {into.Columns}, got {rows} × {columns}.")
            );
        }

        ReadNumbers(from, into);
    }

    /// <summary>Numbers of a state whose parts are known.</summary>
    internal static void Read(BinaryReader from, ArrayState into, string name)
    {
        bool hasHidden = from.ReadBoolean();
        if (hasHidden != into.Hidden is not null)
        {
            throw new InvalidDataException($"expected {name} {(hasHidden ? "without" : "with")} hidden weights, which write noise needs.");
        }

        Read(from, into.Weights, name);
        if (into.Hidden is not null)
        {
            Read(from, into.Hidden, name);
        }
    }

    private static void ReadNumbers(BinaryReader from, Grid into)
    {
        for (int i = 0; i < into.Rows; i++)
        {
            foreach (ref float value in into.Row(i))
            {
                value = from.ReadSingle();
            }
        }
    }
}
