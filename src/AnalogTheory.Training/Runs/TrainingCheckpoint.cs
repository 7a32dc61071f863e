using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AnalogTheory.Training.Runs;

/// <summary>A training in a file, exactly: what is loaded goes on bit for bit as what was saved.</summary>
/// <remarks>
/// A file holds a mark, a version, the training's identity, the position, the metrics, all numbers of the network's state, and the SHA-256 of all that. It is
/// written beside its place and moved there when it is on the disk: a kill or a full disk leaves the last one as it was.
/// </remarks>
public static class TrainingCheckpoint
{
    /// <summary>Version of the form; files of another are refused.</summary>
    public const int Version = 1;

    private const int HashLength = 32;

    private static ReadOnlySpan<byte> Mark => "ATTRAIN\n"u8;

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="path">File; one that is there is replaced.</param>
    /// <param name="identity">What is trained, such as the settings as text.</param>
    /// <param name="state">The training.</param>
    /// <exception cref="IOException">The file cannot be written; what was there stays.</exception>
    public static void Save(string path, string identity, TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(state);
        using MemoryStream memory = new();
        using (BinaryWriter writer = new(memory, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Mark);
            writer.Write(Version);
            writer.Write(identity);
            writer.Write(state.Batch);
            writer.Write(state.LossSum);
            writer.Write(state.Correct);
            writer.Write(state.Pulses);
            writer.Write(state.Seconds);
            writer.Write(JsonSerializer.Serialize(state.History, MetricFiles.Json));
            StateBytes.Write(state.Network, writer);
        }

        byte[] bytes = memory.ToArray();
        string beside = path + ".part";
        try
        {
            using FileStream stream = new(beside, FileMode.Create, FileAccess.Write);
            stream.Write(bytes);
            stream.Write(SHA256.HashData(bytes));
            stream.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            File.Delete(beside);
            throw;
        }

        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">File.</param>
    /// <param name="identity">What is to be trained.</param>
    /// <param name="state">A training that has not begun; changed in place, or left as it is when the file is refused.</param>
    /// <exception cref="InvalidDataException">The file is foreign, of another version or training, cut short or changed; the message says which.</exception>
    public static void Load(string path, string identity, TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        byte[] bytes = File.ReadAllBytes(path);
        int content = bytes.Length - HashLength;
        if (!bytes.AsSpan().StartsWith(Mark))
        {
            throw new InvalidDataException($"{path} is no saved training.");
        }

        if (bytes.Length >= Mark.Length + 4 && BitConverter.ToInt32(bytes, Mark.Length) is var version && version != Version)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"{path} has version {version}; this program reads version {Version}.")
            );
        }

        if (content < Mark.Length + 4 || !SHA256.HashData(bytes.AsSpan(0, content)).AsSpan().SequenceEqual(bytes.AsSpan(content)))
        {
            throw new InvalidDataException($"{path} was cut short or changed after it was saved: its checksum does not fit.");
        }

        using BinaryReader reader = new(new MemoryStream(bytes, 0, content), Encoding.UTF8);
        reader.BaseStream.Position = Mark.Length + 4;
        string found = reader.ReadString();
        if (found != identity)
        {
            throw new InvalidDataException($"{path} belongs to another training: expected {identity}, got {found}.");
        }

        (int batch, double loss, long correct, long pulses, double seconds) = (
            reader.ReadInt32(),
            reader.ReadDouble(),
            reader.ReadInt64(),
            reader.ReadInt64(),
            reader.ReadDouble()
        );
        IReadOnlyList<EpochMetrics> history = JsonSerializer.Deserialize<List<EpochMetrics>>(reader.ReadString(), MetricFiles.Json) ?? [];
        NetworkState read = state.Network.Clone();
        try
        {
            StateBytes.Read(read, reader);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"{path} holds a smaller network than this one.");
        }

        if (reader.BaseStream.Position != content)
        {
            throw new InvalidDataException($"{path} holds a larger network than this one.");
        }

        state.Network.CopyFrom(read);
        (state.Batch, state.LossSum, state.Correct, state.Pulses, state.Seconds) = (batch, loss, correct, pulses, seconds);
        state.Restore(history);
    }
}
