using System;
using System.IO;

namespace AnalogTheory.Tiles.Arrays;

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
        to.Write(state.Parts.Count);
        to.Write(state.Updates);
        Write(to, state.Weights);
        if (state.Hidden is not null)
        {
            Write(to, state.Hidden);
        }

        foreach (ArrayState part in state.Parts)
        {
            Write(to, part);
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

    /// <summary>A state of any shape, of as many parts as an array can have.</summary>
    internal static ArrayState ReadState(BinaryReader from)
    {
        (bool hasHidden, int parts, long updates) = (from.ReadBoolean(), from.ReadInt32(), from.ReadInt64());
        if (parts is not (0 or 2))
        {
            throw new InvalidDataException(FormattableString.Invariant($"expected a state of no parts or two, got one of {parts}."));
        }

        Grid weights = ReadGrid(from);
        Grid? hidden = hasHidden ? ReadGrid(from) : null;
        ArrayState[] states = new ArrayState[parts];
        for (int n = 0; n < parts; n++)
        {
            states[n] = ReadState(from);
        }

        return new(weights, hidden, states) { Updates = updates };
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
        (bool hasHidden, int parts, long updates) = (from.ReadBoolean(), from.ReadInt32(), from.ReadInt64());
        if (hasHidden != into.Hidden is not null)
        {
            throw new InvalidDataException($"expected {name} {(hasHidden ? "without" : "with")} hidden weights, which write noise needs.");
        }

        if (parts != into.Parts.Count)
        {
            throw new InvalidDataException(FormattableString.Invariant($"expected {name} of {into.Parts.Count} parts, got {parts}."));
        }

        Read(from, into.Weights, name);
        if (into.Hidden is not null)
        {
            Read(from, into.Hidden, name);
        }

        foreach (ArrayState part in into.Parts)
        {
            Read(from, part, name);
        }

        into.Updates = updates;
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
