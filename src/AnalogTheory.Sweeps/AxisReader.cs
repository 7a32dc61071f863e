using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AnalogTheory.Sweeps;

/// <summary>Reads axes from JSON.</summary>
public static class AxisReader
{
    private static readonly string[] s_kinds = ["values", "linear", "log", "seeds", "cases"];

    /// <summary>Reads a list of axes.</summary>
    /// <param name="json">
    /// A list of objects. Each has a <c>path</c> and one of <c>values</c> (a list of numbers or words), <c>linear</c> or <c>log</c> (an object with <c>from</c>, <c>to</c>
    /// and <c>count</c>), <c>seeds</c> (a count, or an object with <c>first</c> and <c>count</c>) and <c>cases</c> (an object of names and contents);
    /// or it has <c>zip</c>, a list of axes that step together.
    /// </param>
    /// <returns>The axes; none if there is no list.</returns>
    /// <exception cref="FormatException">Something makes no sense; the message begins with its path, such as <c>axes[1].log</c>.</exception>
    public static IReadOnlyList<SweepAxis> Read(JsonNode? json) =>
        json is null ? [] : [.. Items(json, "axes").Select((item, i) => ReadAxis(item, At("axes", i)))];

    private static SweepAxis ReadAxis(JsonNode? json, string place)
    {
        JsonObject axis = json as JsonObject ?? throw Wrong(place, "an object", json);
        if (axis["zip"] is { } zip)
        {
            Keys(axis, place, "zip");
            string inside = $"{place}.zip";
            return Made(inside, () => SweepAxis.Zip([.. Items(zip, inside).Select((item, i) => ReadAxis(item, At(inside, i)))]));
        }

        string[] given = [.. s_kinds.Where(axis.ContainsKey)];
        if (given.Length != 1)
        {
            throw new FormatException(
                $"{place}: Expected one of {string.Join(", ", s_kinds)}, or zip, got {(given.Length == 0 ? "none" : string.Join(" and ", given))}."
            );
        }

        Keys(axis, place, "path", given[0]);
        string path = Word(axis["path"], $"{place}.path");
        string at = $"{place}.{given[0]}";
        JsonNode content = axis[given[0]] ?? throw Wrong(at, "something", null);
        return given[0] switch
        {
            "values" => Made(at, () => SweepAxis.Cases(path, [.. Items(content, at).Select((item, i) => Plain(item, At(at, i)))])),
            "linear" => Made(at, () => Spread(content, at, (from, to, count) => SweepAxis.Linear(path, from, to, count))),
            "log" => Made(at, () => Spread(content, at, (from, to, count) => SweepAxis.Log(path, from, to, count))),
            "seeds" => Made(at, () => Seeds(path, content, at)),
            _ => Made(at, () => SweepAxis.Cases(path, Named(content, at))),
        };
    }

    private static IEnumerable<KeyValuePair<string, JsonNode>> Named(JsonNode content, string at) =>
        (content as JsonObject ?? throw Wrong(at, "an object of names and contents", content)).Select(one =>
            KeyValuePair.Create(one.Key, one.Value ?? throw Wrong($"{at}.{one.Key}", "something", null))
        );

    private static KeyValuePair<string, JsonNode> Plain(JsonNode? item, string at) =>
        item?.GetValueKind() switch
        {
            JsonValueKind.Number when SweepAxis.Number(Real(item, at)) is var number => KeyValuePair.Create(number.Label, number.Content),
            JsonValueKind.String => KeyValuePair.Create(item.GetValue<string>(), item),
            JsonValueKind.True or JsonValueKind.False => KeyValuePair.Create(item.ToJsonString(), item),
            _ => throw Wrong(at, "a number or a word", item),
        };

    private static SweepAxis Spread(JsonNode content, string at, Func<double, double, int, SweepAxis> make)
    {
        JsonObject range = content as JsonObject ?? throw Wrong(at, "an object with from, to and count", content);
        Keys(range, at, "from", "to", "count");
        return make(Real(range["from"], $"{at}.from"), Real(range["to"], $"{at}.to"), Whole(range["count"], $"{at}.count"));
    }

    private static SweepAxis Seeds(string path, JsonNode content, string at)
    {
        if (content is not JsonObject seeds)
        {
            return SweepAxis.Seeds(path, 1, Whole(content, at));
        }

        Keys(seeds, at, "first", "count");
        return SweepAxis.Seeds(path, (ulong)Whole(seeds["first"], $"{at}.first"), Whole(seeds["count"], $"{at}.count"));
    }

    private static JsonArray Items(JsonNode content, string at) => content as JsonArray ?? throw Wrong(at, "a list", content);

    private static double Real(JsonNode? node, string at) =>
        node?.GetValueKind() == JsonValueKind.Number
        && double.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value)
            ? value
            : throw Wrong(at, "a finite number", node);

    private static int Whole(JsonNode? node, string at) =>
        Real(node, at) is var value && value == Math.Floor(value) && value >= 0.0 && value <= int.MaxValue
            ? (int)value
            : throw Wrong(at, "a whole number of at least 0", node);

    private static string Word(JsonNode? node, string at) =>
        node?.GetValueKind() == JsonValueKind.String && node.GetValue<string>() is { Length: > 0 } word
            ? word
            : throw Wrong(at, "a word", node);

    private static void Keys(JsonObject given, string place, params string[] known)
    {
        if (given.FirstOrDefault(one => !known.Contains(one.Key)).Key is { } unknown)
        {
            throw new FormatException($"{place}: Unknown key '{unknown}'. Keys here: {string.Join(", ", known)}.");
        }
    }

    private static SweepAxis Made(string place, Func<SweepAxis> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException wrong)
        {
            throw new FormatException($"{place}: {wrong.Message.Split(" (Parameter ", 2)[0]}", wrong);
        }
    }

    private static string At(string place, int index) => string.Create(CultureInfo.InvariantCulture, $"{place}[{index}]");

    private static FormatException Wrong(string place, string expected, JsonNode? got) =>
        new($"{place}: Expected {expected}, got {(got is null ? "nothing" : Short(got.ToJsonString()))}.");

    private static string Short(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 39), "…");
}
