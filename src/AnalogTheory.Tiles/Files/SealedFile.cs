using System;
using System.Buffers;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace AnalogTheory.Tiles.Files;

/// <summary>Files of states that are whole or refused: a mark, a version, a length, the content, and the SHA-256 of all that.</summary>
/// <remarks>
/// Numbers are little-endian. A file is written beside its place, flushed to the disk and then moved there, so a file that was begun is never taken for one that
/// was finished, and what was there before stays if writing fails. Reading checks all of it before the first number of the content is looked at. One writer a place
/// at a time.
/// </remarks>
public static class SealedFile
{
    /// <summary>Length of a mark, in bytes.</summary>
    public const int MarkLength = 8;

    private const int HeaderLength = MarkLength + 4 + 8;
    private const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>Writes a file.</summary>
    /// <param name="path">File; one that is there already is replaced.</param>
    /// <param name="mark">What tells files of this kind from all others, <see cref="MarkLength"/> bytes.</param>
    /// <param name="version">Version of the content's form, above 0.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="ArgumentException">The mark has another length, or the version is not above 0.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there stays.</exception>
    public static void Save(string path, ReadOnlySpan<byte> mark, int version, Action<BinaryWriter> write)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(write);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        RequireMark(mark);
        string beside = path + ".part";
        try
        {
            using (FileStream stream = new(beside, FileMode.Create, FileAccess.ReadWrite))
            {
                using (BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true))
                {
                    writer.Write(mark);
                    writer.Write(version);
                    writer.Write(0L);
                    write(writer);
                    writer.Flush();
                    writer.Seek(MarkLength + 4, SeekOrigin.Begin);
                    writer.Write(stream.Length - HeaderLength);
                }

                byte[] hash = Hash(stream, stream.Length);
                stream.Write(hash);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Reads a file.</summary>
    /// <typeparam name="T">What its content is.</typeparam>
    /// <param name="path">File.</param>
    /// <param name="mark">The mark that it must have, <see cref="MarkLength"/> bytes.</param>
    /// <param name="version">The version that it must have.</param>
    /// <param name="kind">What it should be, for messages, such as "saved array".</param>
    /// <param name="read">Reads the content; throws <see cref="InvalidDataException"/> where that is none.</param>
    /// <returns>The content.</returns>
    /// <exception cref="InvalidDataException">The file is foreign, of another version, cut short, changed, or its content is refused; the message names it and says which.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static T Load<T>(string path, ReadOnlySpan<byte> mark, int version, string kind, Func<BinaryReader, T> read)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(read);
        RequireMark(mark);
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        using BinaryReader reader = new(stream, Encoding.UTF8);
        if (!reader.ReadBytes(MarkLength).AsSpan().SequenceEqual(mark))
        {
            throw Refused(path, $"is no {kind}.");
        }

        if (stream.Length < HeaderLength + HashLength)
        {
            throw CutShort(path, stream.Length);
        }

        int found = reader.ReadInt32();
        if (found != version)
        {
            throw Refused(path, FormattableString.Invariant($"has version {found} of a {kind}; this program reads version {version}."));
        }

        long content = reader.ReadInt64();
        long whole = stream.Length - HeaderLength - HashLength;
        if (content > whole)
        {
            throw CutShort(path, stream.Length);
        }

        byte[] hash = content == whole ? Hash(stream, HeaderLength + content) : [];
        if (!hash.AsSpan().SequenceEqual(reader.ReadBytes(HashLength)))
        {
            throw Refused(path, "was changed after it was saved: its checksum does not fit.");
        }

        stream.Position = HeaderLength;
        try
        {
            T result = read(reader);
            return stream.Position == HeaderLength + content ? result : throw new InvalidDataException("holds more than is read from it");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new InvalidDataException($"{path} is no {kind} that fits: {e.Message}", e);
        }
    }

    private static InvalidDataException Refused(string path, string why) => new($"{path} {why}");

    private static InvalidDataException CutShort(string path, long length) =>
        Refused(path, FormattableString.Invariant($"is cut short: it has {length} bytes."));

    private static void RequireMark(ReadOnlySpan<byte> mark)
    {
        if (mark.Length != MarkLength)
        {
            throw new ArgumentException($"Expected {MarkLength} bytes, got {mark.Length}.", nameof(mark));
        }
    }

    // Of the first bytes; the stream is left behind them.
    private static byte[] Hash(FileStream stream, long length)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] room = ArrayPool<byte>.Shared.Rent(1 << 16);
        stream.Position = 0;
        while (length > 0)
        {
            int taken = (int)Math.Min(length, room.Length);
            stream.ReadExactly(room, 0, taken);
            hash.AppendData(room, 0, taken);
            length -= taken;
        }

        ArrayPool<byte>.Shared.Return(room);
        return hash.GetHashAndReset();
    }
}
