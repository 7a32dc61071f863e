using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Files;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>States of training algorithms in files, exactly: a run that is loaded goes on bit for bit as one that was never stopped.</summary>
/// <remarks>
/// A <see cref="SealedFile"/> with the algorithm's name, the names of all parts, and their numbers: arrays with hidden weights if they have any, digital matrices,
/// numbers and counters. Devices, peripheries, settings and keys are not in it: the caller makes the same algorithm again and goes on counting its keys. A file of
/// another algorithm, of other parts or of another shape is refused by name; other settings of the same algorithm are not noticed.
/// </remarks>
public static class AlgorithmFile
{
    /// <summary>Version of the form; files of another are refused.</summary>
    public const int Version = 1;

    private static ReadOnlySpan<byte> Mark => "ATALGO\r\n"u8;

    /// <summary>Writes a state.</summary>
    /// <param name="path">File; one that is there already is replaced.</param>
    /// <param name="algorithm">The algorithm that the state belongs to.</param>
    /// <param name="state">State.</param>
    /// <exception cref="ArgumentException">The state is of another algorithm or shape; nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there stays.</exception>
    public static void Save(string path, IArrayAlgorithm algorithm, AlgorithmState state)
    {
        RequireFit(algorithm, state);
        SealedFile.Save(path, Mark, Version, writer => Write(writer, algorithm, state));
    }

    /// <summary>Reads a state.</summary>
    /// <param name="path">File.</param>
    /// <param name="algorithm">The algorithm that is to go on with it.</param>
    /// <returns>The state that was saved.</returns>
    /// <exception cref="InvalidDataException">The file is foreign, of another version, cut short, changed, or of another algorithm; the message names it and says which.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AlgorithmState Load(string path, IArrayAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return SealedFile.Load(path, Mark, Version, "saved training state", reader => Read(reader, algorithm));
    }

    /// <summary>Writes a state as part of a larger file, such as the checkpoint of a network.</summary>
    /// <param name="to">Content of that file.</param>
    /// <param name="algorithm">The algorithm that the state belongs to.</param>
    /// <param name="state">State.</param>
    /// <exception cref="ArgumentException">The state is of another algorithm or shape; nothing is written.</exception>
    public static void Write(BinaryWriter to, IArrayAlgorithm algorithm, AlgorithmState state)
    {
        ArgumentNullException.ThrowIfNull(to);
        RequireFit(algorithm, state);
        StateNames names = algorithm.Names;
        to.Write(algorithm.Name);
        foreach (IReadOnlyList<string> part in Parts(names))
        {
            to.Write(part.Count);
            foreach (string name in part)
            {
                to.Write(name);
            }
        }

        foreach (ArrayState array in state.Arrays)
        {
            StateContent.Write(to, array);
        }

        foreach (Grid buffer in state.Buffers)
        {
            StateContent.Write(to, buffer);
        }

        foreach (double number in state.Numbers)
        {
            to.Write(number);
        }

        foreach (long counter in state.Counters)
        {
            to.Write(counter);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="from">Content of the larger file.</param>
    /// <param name="algorithm">The algorithm that is to go on with the state.</param>
    /// <returns>The state that was written.</returns>
    /// <exception cref="InvalidDataException">What is there belongs to another algorithm, or has other parts or another shape; the message says which.</exception>
    /// <exception cref="EndOfStreamException">The content ends within the state.</exception>
    public static AlgorithmState Read(BinaryReader from, IArrayAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(algorithm);
        string name = from.ReadString();
        if (name != algorithm.Name)
        {
            throw new InvalidDataException($"expected a state of {algorithm.Name}, got one of {name}.");
        }

        StateNames names = algorithm.Names;
        foreach (IReadOnlyList<string> expected in Parts(names))
        {
            int count = from.ReadInt32();
            string[] found = count == expected.Count ? [.. expected.Select(_ => from.ReadString())] : [];
            if (!found.SequenceEqual(expected))
            {
                throw new InvalidDataException(
                    FormattableString.Invariant(
                        $"expected a state with {string.Join(", ", expected)}, got {(found.Length > 0 ? string.Join(", ", found) : $"{count} parts")}."
                    )
                );
            }
        }

        AlgorithmState state = algorithm.Init();
        for (int n = 0; n < state.Arrays.Count; n++)
        {
            StateContent.Read(from, state.Arrays[n], names.Arrays[n]);
        }

        for (int n = 0; n < state.Buffers.Count; n++)
        {
            StateContent.Read(from, state.Buffers[n], names.Buffers[n]);
        }

        foreach (ref double number in state.Numbers)
        {
            number = from.ReadDouble();
        }

        foreach (ref long counter in state.Counters)
        {
            counter = from.ReadInt64();
        }

        return state;
    }

    private static IReadOnlyList<string>[] Parts(StateNames names) => [names.Arrays, names.Buffers, names.Numbers, names.Counters];

    private static void RequireFit(IArrayAlgorithm algorithm, AlgorithmState state)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(state);
        StateNames names = algorithm.Names;
        bool fits =
            state.Arrays.Count == names.Arrays.Count
            && state.Buffers.Count == names.Buffers.Count
            && state.Numbers.Length == names.Numbers.Count
            && state.Counters.Length == names.Counters.Count
            && state.Arrays.All(array => array.Weights.Rows == algorithm.Outputs && array.Weights.Columns == algorithm.Inputs);
        if (!fits)
        {
            throw new ArgumentException(
                $"Expected a state of {algorithm.Name} of {algorithm.Outputs} × {algorithm.Inputs}, got one of other parts or another shape.",
                nameof(state)
            );
        }
    }
}
