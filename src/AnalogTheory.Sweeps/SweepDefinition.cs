using System;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AnalogTheory.Sweeps;

/// <summary>What a sweep is, as its file says: a title, axes, and whatever the program that runs cells adds.</summary>
/// <param name="Title">Title of tables.</param>
/// <param name="Grid">The cells.</param>
/// <param name="Root">The whole file.</param>
public sealed record SweepDefinition(string Title, CellGrid Grid, JsonObject Root)
{
    private static readonly JsonDocumentOptions s_lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads a definition.</summary>
    /// <param name="name">Title where the file gives none.</param>
    /// <param name="json">A JSON object with <c>axes</c>, see <see cref="AxisReader"/>, and perhaps a <c>title</c>; other keys stay.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="FormatException">It makes no sense; the message says where.</exception>
    public static SweepDefinition Parse(string name, string json)
    {
        try
        {
            JsonObject root =
                JsonNode.Parse(json, null, s_lenient) as JsonObject ?? throw new FormatException("Expected an object in braces.");
            // A key that comes twice is noticed only when one looks.
            _ = root.DeepClone();
            string title = root["title"] switch
            {
                null => name,
                JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
                JsonNode other => throw new FormatException($"title: Expected a word, got {other.ToJsonString()}."),
            };
            return new(title, new CellGrid(AxisReader.Read(root["axes"])), root);
        }
        catch (ArgumentException wrong)
        {
            throw new FormatException($"axes: {wrong.Message.Split(" (Parameter ", 2)[0]}", wrong);
        }
        catch (JsonException broken)
        {
            throw new FormatException($"Expected JSON: {broken.Message}", broken);
        }
    }
}

/// <summary>The program that runs a sweep: shards of different programs are never put together.</summary>
/// <param name="Version">Version of the program.</param>
/// <param name="Commit">Commit that it was built from.</param>
/// <param name="Fingerprint">Hash of the definition and of the code that computes.</param>
public sealed record SweepProgram(string Version, string Commit, string Fingerprint);
