using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using AnalogTheory.Runs;

namespace AnalogTheory.Sweeps;

/// <summary>What a shard has finished while it is not whole: outcomes of cells, and parts of cells that take long.</summary>
internal sealed class ShardRecords
{
    internal const string FileName = "unfinished.parts";

    private const byte Outcome = 0;
    private const byte Parts = 1;

    /// <summary>Outcomes; a cell that was tried again has its last one.</summary>
    internal Dictionary<long, CellOutcome> Outcomes { get; } = [];

    /// <summary>Kept parts of cells that have no outcome yet.</summary>
    internal Dictionary<long, List<byte[]>> Kept { get; } = [];

    /// <summary>Reads records.</summary>
    /// <exception cref="InvalidDataException">A record is none.</exception>
    internal static ShardRecords Of(string path, IReadOnlyList<byte[]> records)
    {
        ShardRecords found = new();
        foreach (byte[] record in records)
        {
            try
            {
                found.Add(record);
            }
            catch (Exception broken) when (broken is EndOfStreamException or FormatException or OverflowException or ArgumentException)
            {
                throw new InvalidDataException($"{path} holds a record that is none: {broken.Message}", broken);
            }
        }

        return found;
    }

    internal static void Write(PartsFile file, CellOutcome outcome) => file.Add([Outcome, .. outcome.ToBytes()]);

    internal static void Write(PartsFile file, long cell, IReadOnlyList<byte[]> parts)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes, Encoding.UTF8);
        writer.Write(Parts);
        writer.Write(cell);
        writer.Write(parts.Count);
        foreach (byte[] part in parts)
        {
            writer.Write(part.Length);
            writer.Write(part);
        }

        writer.Flush();
        file.Add(bytes.ToArray());
    }

    private void Add(byte[] record)
    {
        using BinaryReader reader = new(new MemoryStream(record), Encoding.UTF8);
        if (reader.ReadByte() == Outcome)
        {
            CellOutcome outcome = CellOutcome.OfReader(reader);
            Outcomes[outcome.Cell] = outcome;
            Kept.Remove(outcome.Cell);
            return;
        }

        long cell = reader.ReadInt64();
        List<byte[]> parts = Kept.TryGetValue(cell, out List<byte[]>? before) ? before : (Kept[cell] = []);
        parts.AddRange(Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadBytes(reader.ReadInt32())).ToArray());
    }
}
