using System;
using System.Buffers.Binary;
using System.IO;
using System.Security.Cryptography;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>States of arrays in files, exactly: what is loaded goes on bit for bit as what was saved.</summary>
/// <remarks>
/// A file holds a mark, a version, the shape, the visible weights, the hidden ones if there are any, and the SHA-256 of all that; numbers are little-endian.
/// It is written beside its place and then moved there, so a file that was begun is never taken for one that was finished. Devices are not in it: they
/// follow from their settings and key.
/// </remarks>
public static class StateFile
{
    /// <summary>Version of the form; files of another are refused.</summary>
    public const int Version = 1;

    private const int HeaderLength = 24;
    private const int HashLength = 32;

    private static ReadOnlySpan<byte> Mark => "ATTILE\r\n"u8;

    /// <summary>Writes a state.</summary>
    /// <param name="path">File; one that is there already is replaced.</param>
    /// <param name="state">State.</param>
    /// <exception cref="IOException">The file cannot be written; what was there stays.</exception>
    public static void Save(string path, ArrayState state)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(state);
        byte[] bytes = Bytes(state);
        string beside = path + ".part";
        using (FileStream stream = new(beside, FileMode.Create, FileAccess.Write))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Reads a state.</summary>
    /// <param name="path">File.</param>
    /// <returns>The state that was saved.</returns>
    /// <exception cref="InvalidDataException">The file is foreign, of another version, cut short or changed; the message says which.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ArrayState Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length < Mark.Length || !bytes.AsSpan(0, Mark.Length).SequenceEqual(Mark))
        {
            throw new InvalidDataException($"{path} is no saved array.");
        }

        int version = bytes.Length < HeaderLength ? Version : Word(bytes, 8);
        if (version != Version)
        {
            throw new InvalidDataException(FormattableString.Invariant($"{path} has version {version}; this program reads version {Version}."));
        }

        (int rows, int columns, int grids) = bytes.Length < HeaderLength ? (0, 0, 0) : (Word(bytes, 12), Word(bytes, 16), Word(bytes, 20));
        long expected = HeaderLength + (4L * rows * columns * grids) + HashLength;
        if (rows < 1 || columns < 1 || grids is not (1 or 2) || bytes.Length < expected)
        {
            throw new InvalidDataException(FormattableString.Invariant($"{path} is cut short: it has {bytes.Length} bytes."));
        }

        int content = bytes.Length - HashLength;
        if (bytes.Length != expected || !SHA256.HashData(bytes.AsSpan(0, content)).AsSpan().SequenceEqual(bytes.AsSpan(content)))
        {
            throw new InvalidDataException($"{path} was changed after it was saved: its checksum does not fit.");
        }

        Grid weights = Read(bytes, 0, rows, columns);
        return new(weights, grids == 2 ? Read(bytes, 1, rows, columns) : null);
    }

    private static byte[] Bytes(ArrayState state)
    {
        (int rows, int columns) = (state.Weights.Rows, state.Weights.Columns);
        int grids = state.Hidden is null ? 1 : 2;
        byte[] bytes = new byte[HeaderLength + (4 * rows * columns * grids) + HashLength];
        Mark.CopyTo(bytes);
        ReadOnlySpan<int> header = [Version, rows, columns, grids];
        for (int k = 0; k < header.Length; k++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8 + (4 * k)), header[k]);
        }

        Write(state.Weights, bytes, 0);
        if (state.Hidden is not null)
        {
            Write(state.Hidden, bytes, 1);
        }

        int content = bytes.Length - HashLength;
        SHA256.HashData(bytes.AsSpan(0, content), bytes.AsSpan(content));
        return bytes;
    }

    private static int Word(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    private static void Write(Grid grid, byte[] bytes, int number)
    {
        float[] values = new float[grid.Rows * grid.Columns];
        grid.Store(values);
        Span<byte> to = bytes.AsSpan(HeaderLength + (4 * values.Length * number), 4 * values.Length);
        for (int k = 0; k < values.Length; k++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(to[(4 * k)..], values[k]);
        }
    }

    private static Grid Read(byte[] bytes, int number, int rows, int columns)
    {
        float[] values = new float[rows * columns];
        ReadOnlySpan<byte> from = bytes.AsSpan(HeaderLength + (4 * values.Length * number), 4 * values.Length);
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = BinaryPrimitives.ReadSingleLittleEndian(from[(4 * k)..]);
        }

        Grid grid = new(rows, columns);
        grid.Load(values);
        return grid;
    }
}
