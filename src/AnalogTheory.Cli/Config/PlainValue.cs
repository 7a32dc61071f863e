using System;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using AnalogTheory.Cli.Display;

namespace AnalogTheory.Cli.Config;

/// <summary>What a config may say for a text, a truth value, a word of a list or a number.</summary>
internal static class PlainValue
{
    /// <summary>What was expected instead of the reader's token, and a hint for whoever wrote it; null if the token is right.</summary>
    internal static (string Expected, string Hint)? Fault(Utf8JsonReader reader, Type type, RangeAttribute? range) =>
        type == typeof(string) ? Text(reader)
        : type == typeof(bool) ? (reader.TokenType is JsonTokenType.True or JsonTokenType.False ? null : ("true or false", ""))
        : type.IsEnum ? Word(reader, [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)])
        : type == typeof(double) ? (IsNumber(reader, range) ? null : (RangeText.Of(range), ""))
        : Whole(reader, type, (range as AtLeastAttribute)?.Least ?? long.MinValue);

    /// <summary>Whether the reader's token is a number within the range, and of a size that numbers may have.</summary>
    internal static bool IsNumber(Utf8JsonReader reader, RangeAttribute? range) =>
        reader.TokenType == JsonTokenType.Number
        && reader.TryGetDouble(out double number)
        && Magnitude.Fits(number)
        && Holds(range, number);

    private static (string Expected, string Hint)? Text(Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.String ? ("a text in quotes", "")
        : reader.GetString()!.Contains('\0', StringComparison.Ordinal) ? ("a text without zero characters", "")
        : null;

    private static (string Expected, string Hint)? Word(Utf8JsonReader reader, string[] words)
    {
        string? word = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return words.Contains(word)
            ? null
            : ($"one of {string.Join(", ", words.Select(known => $"\"{known}\""))}", word is null ? "" : Nearest.Hint(word, words));
    }

    private static (string Expected, string Hint)? Whole(Utf8JsonReader reader, Type type, long least)
    {
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
        return isRight ? null : (string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"), "");
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
}
