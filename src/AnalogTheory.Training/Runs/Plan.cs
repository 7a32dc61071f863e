using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AnalogTheory.Training.Models;

namespace AnalogTheory.Training.Runs;

/// <summary>Trainings to make, in rounds: all cells get the epochs of the first round before one gets those of the second.</summary>
/// <param name="Cells">What to train, most wanted first.</param>
/// <param name="Rounds">Epochs in all after each round, rising.</param>
public sealed record Plan(IReadOnlyList<Cell> Cells, IReadOnlyList<int> Rounds)
{
    private static readonly string[] s_keys = ["$schema", "rounds", "cells"];

    /// <summary>Reads a plan.</summary>
    /// <param name="json">An object with <c>rounds</c>, a list of numbers, and <c>cells</c>, a list of objects; see <see cref="Cell"/>. A list as a cell's value stands for one cell for each of its items.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">It makes no sense; the message says what was expected.</exception>
    public static Plan Parse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                json,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
            JsonElement root = document.RootElement;
            if (root.EnumerateObject().Select(one => one.Name).FirstOrDefault(name => !s_keys.Contains(name)) is { } unknown)
            {
                throw new ArgumentException($"Unknown key '{unknown}' of a plan. Keys: {string.Join(", ", s_keys)}.", nameof(json));
            }

            int[] rounds = root.TryGetProperty("rounds", out JsonElement given)
                ? [.. given.EnumerateArray().Select(item => item.GetInt32())]
                : [80];
            if (rounds.Length == 0 || rounds[0] < 1 || rounds.Zip(rounds.Skip(1), (a, b) => a < b).Contains(false))
            {
                throw new ArgumentException("Expected rounds of at least 1 epoch, rising.", nameof(json));
            }

            if (!root.TryGetProperty("cells", out JsonElement cells))
            {
                throw new ArgumentException("Expected 'cells', a list of trainings.", nameof(json));
            }

            Cell[] all = [.. cells.EnumerateArray().SelectMany(Spread).Select(Cell.Parse)];
            if (all.Length == 0)
            {
                throw new ArgumentException("Expected at least one cell, got none.", nameof(json));
            }

            if (all.GroupBy(cell => cell.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            {
                throw new ArgumentException($"Expected different cells, got {twice.Key} twice.", nameof(json));
            }

            return new(all, rounds);
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException or FormatException)
        {
            throw new ArgumentException($"Expected a plan: {bad.Message}", nameof(json), bad);
        }
    }

    // A list as a value stands for one cell each.
    private static IEnumerable<JsonElement> Spread(JsonElement cell)
    {
        foreach (JsonProperty property in cell.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Array)
            {
                return property.Value.EnumerateArray().SelectMany(item => Spread(With(cell, property.Name, item)));
            }
        }

        return [cell];
    }

    private static JsonElement With(JsonElement cell, string name, JsonElement value)
    {
        Dictionary<string, JsonElement> properties = cell.EnumerateObject()
            .ToDictionary(property => property.Name, property => property.Value);
        properties[name] = value;
        return JsonSerializer.SerializeToElement(properties);
    }
}
