using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using AnalogTheory.Tiles.Files;

namespace AnalogTheory.Training.Runs;

/// <summary>A training in a file, exactly: what is loaded goes on bit for bit as what was saved.</summary>
/// <remarks>
/// A <see cref="SealedFile"/> with the training's identity, the position, the metrics, and all numbers of the network's state: a kill or a full disk leaves
/// the last one as it was.
/// </remarks>
public static class TrainingCheckpoint
{
    /// <summary>Version of the form; files of another are refused.</summary>
    public const int Version = 2;

    private static ReadOnlySpan<byte> Mark => "ATTRAIN\n"u8;

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="path">File; one that is there is replaced.</param>
    /// <param name="identity">What is trained, such as the settings as text.</param>
    /// <param name="state">The training.</param>
    /// <exception cref="IOException">The file cannot be written; what was there stays.</exception>
    public static void Save(string path, string identity, TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        SealedFile.Save(
            path,
            Mark,
            Version,
            writer =>
            {
                writer.Write(identity);
                writer.Write(state.Batch);
                writer.Write(state.LossSum);
                writer.Write(state.Correct);
                writer.Write(state.Pulses);
                writer.Write(state.Seconds);
                writer.Write(JsonSerializer.Serialize(state.History, MetricFiles.Json));
                StateBytes.Write(state.Network, writer);
            }
        );
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">File.</param>
    /// <param name="identity">What is to be trained.</param>
    /// <param name="state">A training that has not begun; changed in place, or left as it is when the file is refused.</param>
    /// <exception cref="InvalidDataException">The file is foreign, of another version or training, cut short or changed; the message says which.</exception>
    public static void Load(string path, string identity, TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Action restore = SealedFile.Load(path, Mark, Version, "saved training", reader => Read(reader, identity, state));
        restore();
    }

    // What puts the content into the state; nothing is changed before the whole of it is known to fit.
    private static Action Read(BinaryReader reader, string identity, TrainingState state)
    {
        string found = reader.ReadString();
        if (found != identity)
        {
            throw new InvalidDataException($"it belongs to another training: expected {identity}, got {found}.");
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
        StateBytes.Read(read, reader);
        return () =>
        {
            state.Network.CopyFrom(read);
            (state.Batch, state.LossSum, state.Correct, state.Pulses, state.Seconds) = (batch, loss, correct, pulses, seconds);
            state.Restore(history);
        };
    }
}
