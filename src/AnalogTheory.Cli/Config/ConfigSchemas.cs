using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using AnalogTheory.Sweeps;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Models;

namespace AnalogTheory.Cli.Config;

/// <summary>The JSON schemas of the files that the tool reads; editors complete and check with them.</summary>
internal static class ConfigSchemas
{
    private static readonly Dictionary<string, Func<JsonObject>> s_all = new()
    {
        ["experiment"] = () => ConfigForm.SchemaOf(typeof(ExperimentConfig)),
        ["sweep"] = Sweep,
        ["plan"] = Plan,
        ["explorer"] = () => ConfigForm.SchemaOf(typeof(ExplorerConfig)),
    };

    /// <summary>What there is a schema of.</summary>
    internal static IReadOnlyList<string> Names { get; } = [.. s_all.Keys];

    /// <summary>The schema of one kind of file.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    internal static JsonNode Of(string name)
    {
        JsonObject schema = s_all[name]();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", $"analog-theory {name}");
        return schema;
    }

    // Axes fill in what the common part leaves out, so that nothing of it is required.
    private static JsonObject Sweep()
    {
        JsonObject sweep = ConfigForm.SchemaOf(typeof(SweepConfig));
        JsonObject simulate = ConfigForm.SchemaOf(typeof(ExperimentConfig));
        ((JsonObject)simulate["properties"]!).Remove("grid");
        ((JsonObject)sweep["properties"]!["axes"]!)["items"] = AxisSchema.At("#/properties/axes/items");
        Put("simulate", simulate);
        Put("train", Training());
        Put("tile", ConfigForm.SchemaOf(typeof(TileConfig)));
        sweep["oneOf"] = new JsonArray(Requires("simulate"), Requires("train", "epochs"), Requires("tile"));
        return sweep;

        void Put(string key, JsonObject part)
        {
            string place = $"#/properties/{key}";
            Loosen(part, place);
            part.Remove("description");
            part.Insert(0, "description", (string)sweep["properties"]![key]!["description"]!);
            sweep["properties"]![key] = part;
        }
    }

    private static JsonObject Plan()
    {
        JsonObject cell = Training();
        foreach ((string key, JsonNode? value) in ((JsonObject)cell["properties"]!).ToArray())
        {
            cell["properties"]![key] = new JsonObject
            {
                ["anyOf"] = new JsonArray(
                    value!.DeepClone(),
                    new JsonObject
                    {
                        ["description"] = "One training for each.",
                        ["type"] = "array",
                        ["items"] = value.DeepClone(),
                        ["minItems"] = 1,
                    }
                ),
            };
        }

        return (JsonObject)
            JsonNode.Parse(
                $$"""
                {
                  "description": "Networks to train: all of them a round, before one gets the next.",
                  "type": "object",
                  "properties": {
                    "$schema": { "description": "Place of this schema, for editors; not read.", "type": "string" },
                    "rounds": {
                      "description": "Epochs in all after each round, rising; 80 by default.",
                      "type": "array",
                      "items": { "type": "integer", "minimum": 1 },
                      "minItems": 1
                    },
                    "cells": {
                      "description": "Trainings, most wanted first; a list as a value stands for one training for each of its items.",
                      "type": "array",
                      "items": {{cell.ToJsonString()}},
                      "minItems": 1
                    }
                  },
                  "required": ["cells"],
                  "additionalProperties": false
                }
                """
            )!;
    }

    // A training of a network, with the names that it may use.
    private static JsonObject Training()
    {
        JsonObject cell = ConfigForm.SchemaOf(typeof(Cell));
        JsonObject fields = (JsonObject)cell["properties"]!;
        Words("model", "Network.", PaperModels.Names);
        Words("data", "Images to train and test on.", DataSource.Names);
        Words("rule", "Rule of the arrays.", PaperRules.Names);
        Words("device", "Device of the arrays' elements.", PaperRules.Devices);
        return cell;

        void Words(string key, string meaning, IEnumerable<string> words) =>
            fields[key] = new JsonObject { ["description"] = meaning, ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) };
    }

    private static JsonObject Requires(params string[] keys) =>
        new JsonObject { ["required"] = new JsonArray([.. keys.Select(key => (JsonNode)key)]) };

    // Takes away what is required, and lets references start from the part's new place.
    private static void Loosen(JsonNode? node, string place)
    {
        switch (node)
        {
            case JsonObject schema:
                schema.Remove("required");
                if (schema["$ref"] is JsonValue reference)
                {
                    schema["$ref"] = place + ((string)reference!)[1..];
                }

                foreach ((_, JsonNode? value) in schema)
                {
                    Loosen(value, place);
                }

                break;
            case JsonArray list:
                foreach (JsonNode? item in list)
                {
                    Loosen(item, place);
                }

                break;
        }
    }
}
