using System;
using System.IO;
using System.Linq;
using AnalogTheory.Training.Layers;

namespace AnalogTheory.Training.Data;

/// <summary>Reads CIFAR-10 in its binary version: records of a label and 3·32·32 pixels, channel after channel.</summary>
public static class Cifar10
{
    private const int Pixels = 3 * 32 * 32;

    /// <summary>Names of the files with images to train on.</summary>
    internal static readonly string[] TrainFiles =
    [
        .. Enumerable.Range(1, 5).Select(n => FormattableString.Invariant($"data_batch_{n}.bin")),
    ];

    /// <summary>Name of the file with images to test with.</summary>
    internal const string TestFile = "test_batch.bin";

    /// <summary>Reads one or more files.</summary>
    /// <param name="paths">The files, in order.</param>
    /// <returns>The set.</returns>
    /// <exception cref="InvalidDataException">A file holds no whole records, or a label is no class; the message names the file.</exception>
    public static DataSet Read(params string[] paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        using MemoryStream pixels = new();
        using MemoryStream labels = new();
        foreach (string path in paths)
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (bytes.Length == 0 || bytes.Length % (Pixels + 1) != 0)
            {
                throw new InvalidDataException(
                    FormattableString.Invariant(
                        $"{path}: expected records of {Pixels + 1} bytes, got {bytes.Length} bytes: truncated, or no CIFAR-10 file."
                    )
                );
            }

            for (int at = 0; at < bytes.Length; at += Pixels + 1)
            {
                if (bytes[at] > 9)
                {
                    throw new InvalidDataException(
                        FormattableString.Invariant($"{path}: expected labels below 10, got {bytes[at]} at image {at / (Pixels + 1)}.")
                    );
                }

                labels.WriteByte(bytes[at]);
                pixels.Write(bytes, at + 1, Pixels);
            }
        }

        return new(new Shape(3, 32, 32), 10, pixels.ToArray(), labels.ToArray());
    }
}
