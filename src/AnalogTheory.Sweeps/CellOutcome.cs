using System;
using System.Collections.Immutable;
using System.IO;
using System.Text;

namespace AnalogTheory.Sweeps;

/// <summary>One measured quantity of a cell: a row of the table.</summary>
/// <param name="Measure">Name of the quantity.</param>
/// <param name="Mean">Mean over replicas; NaN where a replica diverged.</param>
/// <param name="StandardError">Standard error of the mean; NaN where it is not known, as with one replica.</param>
/// <param name="Lower">Lower end of the 95 % interval, or NaN.</param>
/// <param name="Upper">Upper end of the 95 % interval, or NaN.</param>
/// <param name="Replicas">Independent replicas.</param>
/// <param name="Diverged">Replicas that diverged.</param>
public sealed record MeasureRow(
    string Measure,
    double Mean,
    double StandardError,
    double Lower,
    double Upper,
    long Replicas,
    long Diverged
);

/// <summary>How a cell ended.</summary>
/// <param name="Cell">Number of the cell.</param>
/// <param name="Rows">What was measured; empty if it failed.</param>
/// <param name="Failure">Why it failed, in one line; null if it is finished.</param>
public sealed record CellOutcome(long Cell, ImmutableArray<MeasureRow> Rows, string? Failure = null)
{
    /// <summary>Whether two outcomes say the same, bit for bit.</summary>
    /// <param name="other">The other one.</param>
    /// <returns>Whether they do.</returns>
    public bool IsSame(CellOutcome other) => other is not null && ToBytes().AsSpan().SequenceEqual(other.ToBytes());

    internal byte[] ToBytes()
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes, Encoding.UTF8);
        writer.Write(Cell);
        writer.Write(Failure is not null);
        writer.Write(Failure ?? "");
        writer.Write(Rows.Length);
        foreach (MeasureRow row in Rows)
        {
            writer.Write(row.Measure);
            writer.Write(row.Mean);
            writer.Write(row.StandardError);
            writer.Write(row.Lower);
            writer.Write(row.Upper);
            writer.Write(row.Replicas);
            writer.Write(row.Diverged);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    internal static CellOutcome OfReader(BinaryReader reader)
    {
        long cell = reader.ReadInt64();
        bool isFailed = reader.ReadBoolean();
        string failure = reader.ReadString();
        MeasureRow[] rows = new MeasureRow[reader.ReadInt32()];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new(
                reader.ReadString(),
                reader.ReadDouble(),
                reader.ReadDouble(),
                reader.ReadDouble(),
                reader.ReadDouble(),
                reader.ReadInt64(),
                reader.ReadInt64()
            );
        }

        return new(cell, [.. rows], isFailed ? failure : null);
    }
}
