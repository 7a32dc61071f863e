using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using AnalogTheory.Cli.Display;
using AnalogTheory.Runs;

namespace AnalogTheory.Cli.Runs;

/// <summary>The finished parts of an interrupted run, in one file of its output folder, to which every part is added as it is finished.</summary>
internal sealed class Checkpoint(string folder, string fingerprint) : IDisposable
{
    private readonly PartsFile _file = new(Path.Combine(folder, "unfinished.parts"), fingerprint);

    /// <summary>Parts that an earlier run of the same experiment finished.</summary>
    /// <exception cref="BadInputException">The folder holds the parts of another experiment.</exception>
    internal IReadOnlyList<Part> Load(ToolConsole console)
    {
        try
        {
            return [.. _file.Load().Select(Read).DistinctBy(part => (part.Point, part.First))];
        }
        catch (OtherRunException)
        {
            throw new BadInputException(
                $"{console.Shown(_file.Path)} holds what another experiment, or another version of this tool, has finished. "
                    + "Finish that one first, choose another folder with --out, or delete the file."
            );
        }
    }

    /// <summary>Adds a part.</summary>
    internal void Add(Part part)
    {
        using MemoryStream record = new();
        using (BinaryWriter writer = new(record, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(part.Point);
            writer.Write(part.First);
            writer.Write(part.Replicas);
            writer.Write(part.Diverged);
            foreach (double[][] arrays in (double[][][])[part.Averages, part.Means, part.Squares])
            {
                writer.Write(arrays.Length);
                foreach (double[] array in arrays)
                {
                    writer.Write(array.Length);
                    writer.Write(MemoryMarshal.AsBytes<double>(array));
                }
            }
        }

        _file.Add(record.ToArray());
    }

    /// <summary>Forgets what was kept, once the results stand.</summary>
    internal void Clear() => _file.Clear();

    /// <inheritdoc/>
    public void Dispose() => ((IDisposable)_file).Dispose();

    private static Part Read(byte[] bytes)
    {
        using BinaryReader reader = new(new MemoryStream(bytes));
        return new(
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            Arrays(reader),
            Arrays(reader),
            Arrays(reader)
        );
    }

    private static double[][] Arrays(BinaryReader reader)
    {
        double[][] arrays = new double[reader.ReadInt32()][];
        for (int i = 0; i < arrays.Length; i++)
        {
            arrays[i] = new double[reader.ReadInt32()];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(arrays[i].AsSpan()));
        }

        return arrays;
    }
}
