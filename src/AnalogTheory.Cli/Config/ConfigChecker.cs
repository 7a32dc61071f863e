using System;
using System.Collections.Generic;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
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

    private readonly ConfigText _text;
    private readonly ConfigComplaints _complaints;

    private ConfigChecker(ConfigText text) => (_text, _complaints) = (text, new(text));

    /// <summary>Checks a text, which keeps where its values stand.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    internal static ConfigComplaints Check(ConfigText text, Type type)
    {
        ConfigChecker checker = new(text);
        Utf8JsonReader reader = new(
            text.Bytes,
            new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
        );
        try
        {
            reader.Read();
            checker.Value(ref reader, type, null, "");
            reader.Read();
            return checker._complaints;
        }
        catch (InvalidOperationException broken)
        {
            // The reader's complaint about the halves of a character that stand alone, or about bytes that are no UTF-8.
            throw new JsonException("text that is Unicode was expected", "", text.Line(reader) - 1, 0, broken);
        }
    }

    private void Value(ref Utf8JsonReader reader, Type type, RangeAttribute? range, string path)
    {
        _text.Mark(path, reader);
        type = Nullable.GetUnderlyingType(type) ?? type;
        JsonTypeInfo info = ConfigForm.Json.GetTypeInfo(type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object when reader.TokenType == JsonTokenType.StartObject:
                Object(ref reader, info, path);
                break;
            case JsonTypeInfoKind.Object:
                _complaints.Expected(ref reader, path, "an object in braces");
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
                _complaints.Expected(ref reader, path, "an array in brackets");
                break;
            case JsonTypeInfoKind.Dictionary when reader.TokenType == JsonTokenType.StartObject:
                HashSet<string> seen = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    string key = reader.GetString()!;
                    string place = $"{path}[\"{key}\"]";
                    _text.Mark(place, reader);
                    Once(seen, key, place);
                    reader.Read();
                    Value(ref reader, info.ElementType!, range, place);
                }

                break;
            case JsonTypeInfoKind.Dictionary:
                _complaints.Expected(ref reader, path, "an object in braces");
                break;
            // Checked where it is used: a sweep's template is whole only with a cell's values.
            case JsonTypeInfoKind.None when typeof(JsonNode).IsAssignableFrom(type):
                reader.Skip();
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
            _complaints.Add(place, $"Expected each key once, got '{key}' again.");
        }
    }

    // A long array of right numbers leaves nothing behind.
    private void Numbers(ref Utf8JsonReader reader, RangeAttribute? range, string path)
    {
        for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (!PlainValue.IsNumber(reader, range))
            {
                string place = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]");
                _text.Mark(place, reader);
                Plain(ref reader, typeof(double), range, place);
            }
        }
    }

    private void Object(ref Utf8JsonReader reader, JsonTypeInfo info, string path)
    {
        if (info.PolymorphismOptions is { } kinds)
        {
            string[] names = [.. kinds.DerivedTypes.Select(derived => (string)derived.TypeDiscriminator!)];
            string? kind = KindOf(reader);
            if (kind is null || !names.Contains(kind))
            {
                string got = kind is null ? "none" : $"'{kind}'";
                _text.Mark(At(path, Kind), reader);
                _complaints.Add(
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
        long start = _text.Line(reader);
        HashSet<string> seen = [];
        string[] known = [.. hasKind ? [Kind] : Array.Empty<string>(), .. info.Properties.Select(property => property.Name)];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            string place = At(path, key);
            _text.Mark(place, reader);
            Once(seen, key, place);

            JsonPropertyInfo? property = info.Properties.FirstOrDefault(property => property.Name == key);
            if (property is null && !(hasKind && key == Kind))
            {
                string owner = path.Length == 0 ? "the file" : path;
                _complaints.Add(place, $"Unknown key '{key}'.{Nearest.Hint(key, known)} Keys of {owner}: {string.Join(", ", known)}.");
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
            _complaints.Add(At(path, missing.Name), start, $"Expected the key '{missing.Name}'; it is missing.");
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

    private void Plain(ref Utf8JsonReader reader, Type type, RangeAttribute? range, string path)
    {
        if (PlainValue.Fault(reader, type, range) is var (expected, hint))
        {
            _complaints.Expected(ref reader, path, expected, hint);
        }
    }

    private static string At(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
