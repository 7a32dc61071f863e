using System.Collections.Generic;
using System.Text.Json;

namespace AnalogTheory.Cli.Config;

/// <summary>What is wrong with a config: the first complaints about it, and how many more there are.</summary>
internal sealed class ConfigComplaints(ConfigText text)
{
    // Whoever has made a hundred mistakes has made one.
    private const int Most = 20;

    private readonly List<(string Path, long Line, string Message)> _all = [];

    /// <summary>What is wrong: the path of the value, its line from 1, and a sentence.</summary>
    internal IReadOnlyList<(string Path, long Line, string Message)> All => _all;

    /// <summary>How much more is wrong.</summary>
    internal int Further { get; private set; }

    /// <summary>Complains of the value at a path.</summary>
    internal void Add(string path, string message) => Add(path, text.LineOf(path), message);

    /// <summary>Complains of a path, on a line of its own.</summary>
    internal void Add(string path, long line, string message)
    {
        if (_all.Count < Most)
        {
            _all.Add((path, line, message));
        }
        else
        {
            Further++;
        }
    }

    /// <summary>Complains that the reader's token is not what was expected, and passes over the value.</summary>
    internal void Expected(ref Utf8JsonReader reader, string path, string expected, string hint = "")
    {
        Add(path, $"Expected {expected}, got {text.Token(reader)}.{hint}");
        reader.Skip();
    }
}
