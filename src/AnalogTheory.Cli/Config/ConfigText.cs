using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace AnalogTheory.Cli.Config;

/// <summary>The text of a config: on which lines its values stand, and how they are written there.</summary>
internal sealed class ConfigText(byte[] text)
{
    private readonly Dictionary<string, long> _lines = [];

    // Lines are counted on from the last place that was asked for, so that all of them together take one pass.
    private int _counted;
    private long _line = 1;

    internal ReadOnlySpan<byte> Bytes => text;

    /// <summary>Keeps the line of a path: that of the reader's token.</summary>
    internal void Mark(string path, Utf8JsonReader reader) => _lines[path] = Line(reader);

    /// <summary>The line of a path, or of the longest part of it that is in the text.</summary>
    internal long LineOf(string path)
    {
        while (!_lines.ContainsKey(path) && path.LastIndexOfAny(['.', '[']) is var end and > 0)
        {
            path = path[..end];
        }

        return _lines.GetValueOrDefault(path, 1);
    }

    /// <summary>The line of the reader's token, from 1.</summary>
    internal long Line(Utf8JsonReader reader)
    {
        int at = (int)reader.TokenStartIndex;
        if (at < _counted)
        {
            (_counted, _line) = (0, 1);
        }

        _line += text.AsSpan(_counted, at - _counted).Count((byte)'\n');
        _counted = at;
        return _line;
    }

    /// <summary>The reader's token in words: what it is, or as it is written, 200 characters of it at most.</summary>
    internal string Token(Utf8JsonReader reader)
    {
        string token = reader.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            _ => Encoding.UTF8.GetString(text.AsSpan((int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex))),
        };
        return token.Length > 200 ? token[..200] + "…" : token;
    }
}
