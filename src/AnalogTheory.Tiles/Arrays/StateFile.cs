using System;
using System.IO;
using AnalogTheory.Tiles.Files;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>States of arrays in files, exactly: what is loaded goes on bit for bit as what was saved.</summary>
/// <remarks>
/// A <see cref="SealedFile"/> of the visible weights, and the hidden ones if there are any. Devices are not in it: they follow from their settings and key.
/// States of whole algorithms: <see cref="Algorithms.AlgorithmFile"/>.
/// </remarks>
public static class StateFile
{
    /// <summary>Version of the form; files of another are refused.</summary>
    public const int Version = 1;

    private static ReadOnlySpan<byte> Mark => "ATTILE\r\n"u8;

    /// <summary>Writes a state.</summary>
    /// <param name="path">File; one that is there already is replaced.</param>
    /// <param name="state">State.</param>
    /// <exception cref="IOException">The file cannot be written; what was there stays.</exception>
    public static void Save(string path, ArrayState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        SealedFile.Save(path, Mark, Version, writer => StateContent.Write(writer, state));
    }

    /// <summary>Reads a state.</summary>
    /// <param name="path">File.</param>
    /// <returns>The state that was saved.</returns>
    /// <exception cref="InvalidDataException">The file is foreign, of another version, cut short or changed; the message says which.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ArrayState Load(string path) => SealedFile.Load(path, Mark, Version, "saved array", StateContent.ReadState);
}
