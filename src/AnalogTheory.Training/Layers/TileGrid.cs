using System;
using System.Collections.Generic;
using System.Linq;

namespace AnalogTheory.Training.Layers;

/// <summary>Where a tile stands: which outputs and inputs of the matrix it has.</summary>
/// <param name="Row">Its first output.</param>
/// <param name="Outputs">How many outputs it has.</param>
/// <param name="Column">Its first input.</param>
/// <param name="Inputs">How many inputs it has, that of the bias column included.</param>
/// <param name="First">Its first output among those of all tiles, column of tiles after column.</param>
internal sealed record Tile(int Row, int Outputs, int Column, int Inputs, int First);

/// <summary>The partition of a matrix into tiles. Parts of a matrix larger than a tile are near-equal, as in AIHWKIT.</summary>
internal sealed class TileGrid
{
    internal TileGrid(int outputs, int inputs, bool hasBiasColumn, int largestTile)
    {
        (Outputs, Inputs, Columns) = (outputs, inputs, inputs + (hasBiasColumn ? 1 : 0));
        IReadOnlyList<Range> rows = Parts(outputs, largestTile);
        IReadOnlyList<Range> columns = Parts(Columns, largestTile);
        Kept = columns.Count * outputs;
        Tiles =
        [
            .. from row in rows
            from column in columns.Select((range, index) => (Range: range, Index: index))
            let first = row.Start.Value
            select new Tile(first, Length(row), column.Range.Start.Value, Length(column.Range), (column.Index * outputs) + first),
        ];
    }

    internal int Outputs { get; }

    internal int Inputs { get; }

    /// <summary>Inputs, and the bias column if there is one.</summary>
    internal int Columns { get; }

    /// <summary>The tiles, row of tiles after row.</summary>
    internal IReadOnlyList<Tile> Tiles { get; }

    /// <summary>Whether the whole matrix lies on one tile.</summary>
    internal bool HasOneTile => Tiles.Count == 1;

    /// <summary>Raw outputs of all tiles for one vector.</summary>
    internal int Kept { get; }

    /// <summary>How many of some vectors of a tile lie one after the other among those of the matrix.</summary>
    internal int Run(int vectors) => HasOneTile ? vectors : 1;

    /// <summary>Where the tile's outputs begin among the outputs of many vectors.</summary>
    internal int OutputAt(Tile tile, int vector) => (vector * Outputs) + tile.Row;

    /// <summary>Where the tile's raw outputs begin among those that were kept of many vectors.</summary>
    internal int KeptAt(Tile tile, int vector) => (vector * Kept) + tile.First;

    /// <summary>Where the tile's inputs begin among the inputs of many vectors.</summary>
    internal int InputAt(Tile tile, int vector) => (vector * Inputs) + tile.Column;

    /// <summary>Inputs of the tile that are inputs of the matrix: what is beyond them is the bias column.</summary>
    internal int Used(Tile tile) => Math.Min(tile.Inputs, Inputs - tile.Column);

    /// <summary>The tile's inputs, vector after vector, with 1 for the bias column.</summary>
    internal ReadOnlySpan<float> Gather(Tile tile, ReadOnlySpan<float> x, int vectors, Scratch room)
    {
        if (tile.Column == 0 && tile.Inputs == Inputs)
        {
            return x;
        }

        Span<float> part = room.Room(vectors * tile.Inputs);
        int used = Used(tile);
        for (int n = 0; n < vectors; n++)
        {
            Span<float> to = part.Slice(n * tile.Inputs, tile.Inputs);
            x.Slice(InputAt(tile, n), used).CopyTo(to);
            to[used..].Fill(1.0f);
        }

        return part;
    }

    private static IReadOnlyList<Range> Parts(int length, int largest)
    {
        int count = (length + largest - 1) / largest;
        return [.. Enumerable.Range(0, count).Select(n => new Range(Start(n), Start(n + 1)))];

        int Start(int n) => (n * (length / count)) + Math.Min(n, length % count);
    }

    private static int Length(Range range) => range.End.Value - range.Start.Value;
}
