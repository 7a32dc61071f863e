using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using AnalogTheory.Cli.Config;
using Xunit;

namespace AnalogTheory.Cli.Tests.Configs;

/// <summary>The forms that the schema gives: of the file itself and of every kind of part.</summary>
internal static class ConfigSchema
{
    private static readonly JsonObject s_file = (JsonObject)ConfigSchemas.Of("experiment");

    /// <summary>Every field of the schema: the kind that it belongs to (empty for the file itself), and its name.</summary>
    internal static TheoryData<string, string> Fields
    {
        get
        {
            TheoryData<string, string> fields = [];
            foreach (string name in Names(s_file))
            {
                fields.Add("", name);
            }

            foreach (string part in new[] { "device", "rule", "problem", "noise" })
            {
                foreach (JsonObject kind in Kinds(part))
                {
                    foreach (string name in Names(kind))
                    {
                        fields.Add($"{part} {KindOf(kind)}", name);
                    }
                }
            }

            return fields;
        }
    }

    /// <summary>Every kind, after the part that it is a kind of.</summary>
    internal static TheoryData<string> AllKinds =>
        [.. new[] { "device", "rule", "problem", "noise" }.SelectMany(part => Kinds(part).Select(kind => $"{part} {KindOf(kind)}"))];

    /// <summary>The form of a kind, of the file itself where it is empty.</summary>
    internal static JsonObject Of(string kind) =>
        kind.Length == 0 ? s_file : Kinds(kind.Split(' ')[0]).Single(known => KindOf(known) == kind.Split(' ')[1]);

    private static IEnumerable<string> Names(JsonObject schema) =>
        schema["properties"] is JsonObject fields ? fields.Select(field => field.Key).Where(name => name != "kind") : [];

    private static IEnumerable<JsonObject> Kinds(string part) =>
        ((JsonArray)s_file["properties"]![part]!["anyOf"]!).Select(kind => (JsonObject)kind!);

    private static string KindOf(JsonObject kind) => (string)kind["properties"]!["kind"]!["const"]!;
}
