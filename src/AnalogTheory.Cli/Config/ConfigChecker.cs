using System;
using System.Collections.Generic;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AnalogTheory.Cli.Display;

namespace AnalogTheory.Cli.Config;

/// <summary>
/// Compares a JSON text with the type that it is to become, and says everything that is wrong: unknown keys with the nearest known one,
/// missing keys, wrong types and numbers outside their range, each by its path and line.
/// </summary>
internal sealed class ConfigChecker
{
    private const string Kind = "kind";

    // Whoever has made a hundred mistakes has made one.
    private const int MostComplaints = 20;

    private readonly byte[] _text;
    private readonly List<(string Path, long Line, string Message)> _complaints = [];
    private readonly Dictionary<string, long> _lines = [];
    private int _further;

    // Lines are counted on from the last place that was asked for, so that all of them together take one pass.
    private int _counted;
    private long _line = 1;

    private ConfigChecker(byte[] text) => _text = text;

    /// <summary>What is wrong: the path of the value, its line from 1, and a sentence.</summary>
    internal IReadOnlyList<(string Path, long Line, string Message)> Complaints => _complaints;

    /// <summary>How much more is wrong.</summary>
    internal int Further => _further;

    /// <summary>The line of a path, or of the longest part of it that is in the text.</summary>
    internal long LineOf(string path)
    {
        while (!_lines.ContainsKey(path) && path.LastIndexOfAny(['.', '[']) is var end and > 0)
        {
            path = path[..end];
        }

        return _lines.GetValueOrDefault(path, 1);
    }

    /// <summary>Checks a text.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    internal static ConfigChecker Check(byte[] text, Type type)
    {
        ConfigChecker checker = new(text);
        Utf8JsonReader reader = new(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            reader.Read();
            checker.Value(ref reader, type, null, "");
            reader.Read();
            return checker;
        }
        catch (InvalidOperationException broken)
        {
            // The reader's complaint about the halves of a character that stand alone, or about bytes that are no UTF-8.
            throw new JsonException("text that is Unicode was expected", "", checker.Line(reader) - 1, 0, broken);
        }
    }

    private void Value(ref Utf8JsonReader reader, Type type, RangeAttribute? range, string path)
    {
        _lines[path] = Line(reader);
        type = Nullable.GetUnderlyingType(type) ?? type;
        JsonTypeInfo info = ConfigForm.Json.GetTypeInfo(type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object when reader.TokenType == JsonTokenType.StartObject:
                Object(ref reader, info, path);
                break;
            case JsonTypeInfoKind.Object:
                Expected(ref reader, path, "an object in braces");
                break;
            case JsonTypeInfoKind.Enumerable when reader.TokenType == JsonTokenType.StartArray && info.ElementType == typeof(double):
                Numbers(ref reader, range, path);
                break;
            case JsonTypeInfoKind.Enumerable when reader.TokenType == JsonTokenType.StartArray:
                for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                {
                    Value(ref reader, info.ElementType!, range, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"));
                }

                break;
            case JsonTypeInfoKind.Enumerable:
                Expected(ref reader, path, "an array in brackets");
                break;
            case JsonTypeInfoKind.Dictionary when reader.TokenType == JsonTokenType.StartObject:
                HashSet<string> seen = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    string key = reader.GetString()!;
                    string place = $"{path}[\"{key}\"]";
                    _lines[place] = Line(reader);
                    Once(seen, key, place);
                    reader.Read();
                    Value(ref reader, info.ElementType!, range, place);
                }

                break;
            case JsonTypeInfoKind.Dictionary:
                Expected(ref reader, path, "an object in braces");
                break;
            default:
                Plain(ref reader, type, range, path);
                break;
        }
    }

    private void Once(HashSet<string> seen, string key, string place)
    {
        if (!seen.Add(key))
        {
            Complain(place, $"Expected each key once, got '{key}' again.");
        }
    }

    // A long array of right numbers leaves nothing behind.
    private void Numbers(ref Utf8JsonReader reader, RangeAttribute? range, string path)
    {
        for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (!IsRight(reader, range))
            {
                string place = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]");
                _lines[place] = Line(reader);
                Plain(ref reader, typeof(double), range, place);
            }
        }
    }

    private static bool IsRight(Utf8JsonReader reader, RangeAttribute? range) =>
        reader.TokenType == JsonTokenType.Number
        && reader.TryGetDouble(out double number)
        && Magnitude.Fits(number)
        && Holds(range, number);

    private void Object(ref Utf8JsonReader reader, JsonTypeInfo info, string path)
    {
        if (info.PolymorphismOptions is { } kinds)
        {
            string[] names = [.. kinds.DerivedTypes.Select(derived => (string)derived.TypeDiscriminator!)];
            string? kind = KindOf(reader);
            if (kind is null || !names.Contains(kind))
            {
                string got = kind is null ? "none" : $"'{kind}'";
                _lines[At(path, Kind)] = Line(reader);
                Complain(
                    At(path, Kind),
                    $"Expected one of the kinds {string.Join(", ", names)}, got {got}.{(kind is null ? "" : Nearest.Hint(kind, names))}"
                );
                reader.Skip();
                return;
            }

            info = ConfigForm.Json.GetTypeInfo(kinds.DerivedTypes.First(derived => (string)derived.TypeDiscriminator! == kind).DerivedType);
        }

        Members(ref reader, info, path);
    }

    private void Members(ref Utf8JsonReader reader, JsonTypeInfo info, string path)
    {
        bool hasKind = info.Type.BaseType is { } parent && parent != typeof(object);
        long start = Line(reader);
        HashSet<string> seen = [];
        string[] known = [.. hasKind ? [Kind] : Array.Empty<string>(), .. info.Properties.Select(property => property.Name)];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            string place = At(path, key);
            _lines[place] = Line(reader);
            Once(seen, key, place);

            JsonPropertyInfo? property = info.Properties.FirstOrDefault(property => property.Name == key);
            if (property is null && !(hasKind && key == Kind))
            {
                string owner = path.Length == 0 ? "the file" : path;
                Complain(place, $"Unknown key '{key}'.{Nearest.Hint(key, known)} Keys of {owner}: {string.Join(", ", known)}.");
            }

            reader.Read();
            if (property is null)
            {
                reader.Skip();
            }
            else
            {
                Value(ref reader, property.PropertyType, ConfigForm.RangeOf(property.AttributeProvider), place);
            }
        }

        foreach (JsonPropertyInfo missing in info.Properties.Where(property => property.IsRequired && !seen.Contains(property.Name)))
        {
            Complain(At(path, missing.Name), start, $"Expected the key '{missing.Name}'; it is missing.");
        }
    }

    private void Plain(ref Utf8JsonReader reader, Type type, RangeAttribute? range, string path)
    {
        if (type == typeof(string))
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                Expected(ref reader, path, "a text in quotes");
            }
            else if (reader.GetString()!.Contains('\0', StringComparison.Ordinal))
            {
                Expected(ref reader, path, "a text without zero characters");
            }
        }
        else if (type == typeof(bool))
        {
            if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            {
                Expected(ref reader, path, "true or false");
            }
        }
        else if (type.IsEnum)
        {
            string[] names = [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)];
            if (reader.TokenType != JsonTokenType.String || !names.Contains(reader.GetString()))
            {
                string hint = reader.TokenType == JsonTokenType.String ? Nearest.Hint(reader.GetString()!, names) : "";
                Expected(ref reader, path, $"one of {string.Join(", ", names.Select(name => $"\"{name}\""))}", hint);
            }
        }
        else if (type == typeof(double))
        {
            if (!IsRight(reader, range))
            {
                Expected(ref reader, path, RangeText.Of(range));
            }
        }
        else
        {
            Whole(ref reader, type, range as AtLeastAttribute, path);
        }
    }

    private void Whole(ref Utf8JsonReader reader, Type type, AtLeastAttribute? range, string path)
    {
        long least = range?.Least ?? long.MinValue;
        decimal most =
            type == typeof(int) ? int.MaxValue
            : type == typeof(ulong) ? ulong.MaxValue
            : long.MaxValue;
        bool isRight =
            reader.TokenType == JsonTokenType.Number
            && reader.TryGetDecimal(out decimal number)
            && number == decimal.Truncate(number)
            && number >= least
            && number <= most;
        if (!isRight)
        {
            Expected(ref reader, path, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        }
    }

    private static bool Holds(RangeAttribute? range, double number) =>
        range switch
        {
            null => true,
            PositiveAttribute => number > 0.0,
            NonNegativeAttribute => number >= 0.0,
            NegativeAttribute => number < 0.0,
            BetweenAttribute between => number > between.Low && number < between.High,
            _ => true,
        };

    private void Expected(ref Utf8JsonReader reader, string path, string expected, string hint = "")
    {
        Complain(path, $"Expected {expected}, got {Got(reader)}.{hint}");
        reader.Skip();
    }

    private string Got(Utf8JsonReader reader)
    {
        string text = reader.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            _ => System.Text.Encoding.UTF8.GetString(
                _text.AsSpan((int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex))
            ),
        };
        return text.Length > 200 ? text[..200] + "…" : text;
    }

    private void Complain(string path, string message) => Complain(path, LineOf(path), message);

    private void Complain(string path, long line, string message)
    {
        if (_complaints.Count < MostComplaints)
        {
            _complaints.Add((path, line, message));
        }
        else
        {
            _further++;
        }
    }

    // The reader is a copy: looking ahead moves nothing.
    private static string? KindOf(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isKind = reader.ValueTextEquals(Kind);
            reader.Read();
            if (isKind)
            {
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }

            reader.Skip();
        }

        return null;
    }

    private long Line(Utf8JsonReader reader)
    {
        int at = (int)reader.TokenStartIndex;
        if (at < _counted)
        {
            (_counted, _line) = (0, 1);
        }

        _line += _text.AsSpan(_counted, at - _counted).Count((byte)'\n');
        _counted = at;
        return _line;
    }

    private static string At(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
