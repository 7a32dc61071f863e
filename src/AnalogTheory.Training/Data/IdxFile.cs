using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using AnalogTheory.Training.Layers;

namespace AnalogTheory.Training.Data;

/// <summary>Reads the IDX files of MNIST and Fashion-MNIST, plain or gzipped.</summary>
public static class IdxFile
{
    private const int ImageMagic = 0x0803;
    private const int LabelMagic = 0x0801;
    private const int LargestFile = 1 << 30;

    /// <summary>Reads images and their labels.</summary>
    /// <param name="images">File of images, <c>…-idx3-ubyte</c> or that with <c>.gz</c>.</param>
    /// <param name="labels">File of labels, <c>…-idx1-ubyte</c> or that with <c>.gz</c>.</param>
    /// <param name="classes">Number of classes.</param>
    /// <returns>The set.</returns>
    /// <exception cref="InvalidDataException">A file is foreign, truncated or corrupt, or the two do not fit; the message names the file.</exception>
    public static DataSet Read(string images, string labels, int classes = 10)
    {
        byte[] imageFile = Content(images);
        int count = Header(imageFile, images, ImageMagic, 16, "images");
        int rows = Word(imageFile, 8),
            columns = Word(imageFile, 12);
        if (rows is < 1 or > 4096 || columns is < 1 or > 4096)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"{images}: expected images of 1 … 4096 rows and columns, got {rows} × {columns}.")
            );
        }

        Require(imageFile, images, 16, (long)count * rows * columns);
        byte[] labelFile = Content(labels);
        int labelCount = Header(labelFile, labels, LabelMagic, 8, "labels");
        Require(labelFile, labels, 8, labelCount);
        if (count != labelCount)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"{labels}: expected {count} labels, as {images} has images, got {labelCount}.")
            );
        }

        byte[] all = labelFile[8..];
        int wrong = Array.FindIndex(all, label => label >= classes);
        return wrong < 0
            ? new(new Shape(1, rows, columns), classes, imageFile[16..], all)
            : throw new InvalidDataException(
                FormattableString.Invariant($"{labels}: expected labels below {classes}, got {all[wrong]} at image {wrong}.")
            );
    }

    /// <summary>Writes images and labels as plain IDX files.</summary>
    /// <param name="set">Images of one channel.</param>
    /// <param name="images">File of images.</param>
    /// <param name="labels">File of labels.</param>
    public static void Write(DataSet set, string images, string labels)
    {
        ArgumentNullException.ThrowIfNull(set);
        byte[] head = new byte[16];
        BinaryPrimitives.WriteInt32BigEndian(head, ImageMagic);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), set.Count);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(8), set.Shape.Height);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(12), set.Shape.Width);
        File.WriteAllBytes(images, [.. head, .. set.Pixels]);
        BinaryPrimitives.WriteInt32BigEndian(head, LabelMagic);
        File.WriteAllBytes(labels, [.. head.AsSpan(0, 8), .. set.Labels]);
    }

    private static int Header(byte[] file, string path, int magic, int length, string what)
    {
        if (file.Length < length)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"{path} is truncated: it has {file.Length} bytes, its header alone has {length}.")
            );
        }

        int got = Word(file, 0);
        if (got != magic)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"{path}: expected an IDX file of {what}, which begins with 0x{magic:X8}, got 0x{got:X8}.")
            );
        }

        int count = Word(file, 4);
        return count >= 1
            ? count
            : throw new InvalidDataException(FormattableString.Invariant($"{path}: expected at least one of {what}, got {count}."));
    }

    private static void Require(byte[] file, string path, int header, long content)
    {
        if (file.Length != header + content)
        {
            string how = file.Length < header + content ? "is truncated" : "has more than its header tells";
            throw new InvalidDataException(
                FormattableString.Invariant($"{path} {how}: expected {header + content} bytes, got {file.Length}.")
            );
        }
    }

    private static int Word(byte[] file, int at) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));

    private static byte[] Content(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length < 2 || bytes[0] != 0x1F || bytes[1] != 0x8B)
        {
            return bytes;
        }

        try
        {
            using GZipStream zip = new(new MemoryStream(bytes), CompressionMode.Decompress);
            using MemoryStream plain = new();
            byte[] chunk = new byte[1 << 16];
            for (int read = zip.Read(chunk); read > 0; read = zip.Read(chunk))
            {
                plain.Write(chunk, 0, read);
                if (plain.Length > LargestFile)
                {
                    throw new InvalidDataException($"{path} unpacks to more than 1 GiB.");
                }
            }

            return plain.ToArray();
        }
        catch (InvalidDataException corrupt) when (!corrupt.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path} is corrupt: {corrupt.Message}", corrupt);
        }
    }
}
