using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using AnalogTheory.Cli.Display;

namespace AnalogTheory.Cli.Runs;

/// <summary>The finished parts of an interrupted run, in one file of its output folder, to which every part is added as it is finished.</summary>
/// <remarks>
/// A part stands there with its length before it and a hash behind it: what a killed process or a full disk left half-written at the end is
/// dropped when the file is read. The file grows with the parts and has no limit but the disk's.
/// </remarks>
internal sealed class Checkpoint(string folder, string fingerprint) : IDisposable
{
    private const string FileName = "unfinished.parts";
    private const int HashLength = 32;

    private FileStream? _stream;

    private string Path => System.IO.Path.Combine(folder, FileName);

    private byte[] Head => Encoding.ASCII.GetBytes($"analog-theory parts 1 {fingerprint}\n");

    /// <summary>Parts that an earlier run of the same experiment finished.</summary>
    /// <exception cref="BadInputException">The folder holds the parts of another experiment.</exception>
    internal IReadOnlyList<Part> Load(ToolConsole console)
    {
        if (!File.Exists(Path))
        {
            return [];
        }

        byte[] head = Head;
        byte[] found = new byte[head.Length];
        using FileStream stream = new(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
        int read = stream.ReadAtLeast(found, found.Length, throwOnEndOfStream: false);
        if (!head.AsSpan().StartsWith(found.AsSpan(0, read)))
        {
            throw new BadInputException(
                $"{console.Shown(Path)} holds what another experiment, or another version of this tool, has finished. "
                    + "Finish that one first, choose another folder with --out, or delete the file."
            );
        }

        List<Part> parts = [];
        long whole = read < head.Length ? 0 : stream.Position;
        while (read == head.Length && Next(stream) is { } part)
        {
            parts.Add(part);
            whole = stream.Position;
        }

        stream.SetLength(whole);
        return [.. parts.DistinctBy(part => (part.Point, part.First))];
    }

    /// <summary>Adds a part.</summary>
    internal void Add(Part part)
    {
        if (_stream is null)
        {
            _stream = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            if (_stream.Position == 0)
            {
                _stream.Write(Head);
            }
        }

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

        ReadOnlySpan<byte> bytes = record.GetBuffer().AsSpan(0, (int)record.Length);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BitConverter.TryWriteBytes(length, (long)bytes.Length);
        try
        {
            _stream.Write(length);
            _stream.Write(bytes);
            _stream.Write(SHA256.HashData(bytes));
        }
        catch (ArgumentOutOfRangeException large)
        {
            // What .NET says of a file system, or of a limit of the process, that ends before the file.
            throw new IOException($"{Path} is larger than a file may be here.", large);
        }
    }

    /// <summary>Forgets what was kept, once the results stand.</summary>
    internal void Clear()
    {
        Dispose();
        File.Delete(Path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }

    // The next whole part, or null.
    private static Part? Next(FileStream stream)
    {
        byte[] length = new byte[sizeof(long)];
        long left = stream.Length - stream.Position - length.Length - HashLength;
        if (left < 0 || stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
        {
            return null;
        }

        long size = BitConverter.ToInt64(length);
        if (size < 0 || size > left || size > Array.MaxLength)
        {
            return null;
        }

        byte[] bytes = new byte[size];
        byte[] hash = new byte[HashLength];
        stream.ReadExactly(bytes);
        stream.ReadExactly(hash);
        if (!SHA256.HashData(bytes).AsSpan().SequenceEqual(hash))
        {
            return null;
        }

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
