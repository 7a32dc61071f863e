using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Unicode;
using AnalogTheory.Cli.Display;

namespace AnalogTheory.Cli.Config;

/// <summary>Reads what a user names: once, whole, and no more of it than the stated limits, whether it is a file, a pipe or a device.</summary>
internal static class InputFile
{
    /// <summary>Bytes of the largest config file: a minimiser of some million numbers.</summary>
    internal const int LargestConfig = 64 << 20;

    /// <summary>Bytes of the largest file of pulses: some ten million readings.</summary>
    internal const int LargestPulses = 256 << 20;

    /// <summary>The bytes of a file.</summary>
    /// <param name="name">As the user wrote it.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="limit">Most bytes.</param>
    /// <exception cref="BadInputException">There is more to read.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static byte[] Read(string name, string path, int limit)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        using MemoryStream whole = new();
        byte[] part = new byte[1 << 16];
        for (int got = stream.Read(part); got > 0; got = stream.Read(part))
        {
            whole.Write(part, 0, got);
            if (whole.Length > limit)
            {
                throw new BadInputException(
                    string.Create(CultureInfo.InvariantCulture, $"Expected at most {limit >> 20} MB in '{name}', got more.")
                );
            }
        }

        return whole.ToArray();
    }

    /// <summary>A text file whole, without the mark of its encoding.</summary>
    /// <param name="name">As the user wrote it.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="limit">Most bytes.</param>
    /// <exception cref="BadInputException">It is too large, or no text in UTF-8.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static string Text(string name, string path, int limit)
    {
        byte[] bytes = Read(name, path, limit);
        if (!Utf8.IsValid(bytes))
        {
            long line = LineOfBrokenText(bytes);
            throw new BadInputException(
                string.Create(CultureInfo.InvariantCulture, $"{name}, line {line}: Expected text in UTF-8, got bytes that are not.")
            );
        }

        ReadOnlySpan<byte> mark = Encoding.UTF8.Preamble;
        return Encoding.UTF8.GetString(bytes.AsSpan().StartsWith(mark) ? bytes.AsSpan(mark.Length) : bytes);
    }

    /// <summary>The lines of a text file.</summary>
    /// <param name="name">As the user wrote it.</param>
    /// <param name="path">Where it is.</param>
    /// <exception cref="BadInputException">It is too large, or no text in UTF-8.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static string[] Lines(string name, string path)
    {
        List<string> lines = [];
        using StringReader reader = new(Text(name, path, LargestPulses));
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return [.. lines];
    }

    /// <summary>The line, from 1, in which a text stops being UTF-8.</summary>
    internal static long LineOfBrokenText(ReadOnlySpan<byte> text)
    {
        long line = 1;
        while (text.IndexOf((byte)'\n') is var end and >= 0 && Utf8.IsValid(text[..end]))
        {
            text = text[(end + 1)..];
            line++;
        }

        return line;
    }
}
