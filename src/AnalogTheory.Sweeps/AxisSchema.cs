using System;
using System.Text.Json.Nodes;

namespace AnalogTheory.Sweeps;

/// <summary>The JSON schema of an axis, for editors: what <see cref="AxisReader"/> takes.</summary>
public static class AxisSchema
{
    private const string Text = """
        {
          "description": "An axis: a path, and one of values, linear, log, seeds and cases; or zip.",
          "type": "object",
          "oneOf": [
            {
              "properties": {
                "path": { "$ref": "PLACE/$defs/path" },
                "values": {
                  "description": "Listed numbers or words, all different.",
                  "type": "array",
                  "items": { "type": ["number", "string", "boolean"] },
                  "minItems": 1,
                  "uniqueItems": true
                }
              },
              "required": ["path", "values"],
              "additionalProperties": false
            },
            {
              "properties": {
                "path": { "$ref": "PLACE/$defs/path" },
                "linear": {
                  "description": "Numbers at equal distances.",
                  "type": "object",
                  "properties": {
                    "from": { "description": "First number.", "type": "number" },
                    "to": { "description": "Last number.", "type": "number" },
                    "count": { "$ref": "PLACE/$defs/count" }
                  },
                  "required": ["from", "to", "count"],
                  "additionalProperties": false
                }
              },
              "required": ["path", "linear"],
              "additionalProperties": false
            },
            {
              "properties": {
                "path": { "$ref": "PLACE/$defs/path" },
                "log": {
                  "description": "Numbers at equal ratios.",
                  "type": "object",
                  "properties": {
                    "from": { "description": "First number, above 0.", "type": "number", "exclusiveMinimum": 0 },
                    "to": { "description": "Last number, above 0.", "type": "number", "exclusiveMinimum": 0 },
                    "count": { "$ref": "PLACE/$defs/count" }
                  },
                  "required": ["from", "to", "count"],
                  "additionalProperties": false
                }
              },
              "required": ["path", "log"],
              "additionalProperties": false
            },
            {
              "properties": {
                "path": { "$ref": "PLACE/$defs/path" },
                "seeds": {
                  "description": "How many seeds, from 1 on; or first and count.",
                  "anyOf": [
                    { "type": "integer", "minimum": 1 },
                    {
                      "type": "object",
                      "properties": {
                        "first": { "description": "First seed.", "type": "integer", "minimum": 0 },
                        "count": { "description": "How many.", "type": "integer", "minimum": 1 }
                      },
                      "required": ["first", "count"],
                      "additionalProperties": false
                    }
                  ]
                }
              },
              "required": ["path", "seeds"],
              "additionalProperties": false
            },
            {
              "properties": {
                "path": { "$ref": "PLACE/$defs/path" },
                "cases": {
                  "description": "Names for the table, and what each puts at the path.",
                  "type": "object",
                  "minProperties": 1,
                  "additionalProperties": { "type": ["object", "array", "number", "string", "boolean"] }
                }
              },
              "required": ["path", "cases"],
              "additionalProperties": false
            },
            {
              "properties": {
                "zip": {
                  "description": "Axes of as many steps that step together.",
                  "type": "array",
                  "items": { "$ref": "PLACE" },
                  "minItems": 1
                }
              },
              "required": ["zip"],
              "additionalProperties": false
            }
          ],
          "$defs": {
            "path": {
              "description": "Path into what all cells share, such as rule.learningRate; also the name of the table's column.",
              "type": "string",
              "minLength": 1
            },
            "count": { "description": "How many numbers.", "type": "integer", "minimum": 2 }
          }
        }
        """;

    /// <summary>The schema of one axis.</summary>
    /// <param name="place">Where it stands in its file, such as <c>#/properties/axes/items</c>: zipped axes refer to it.</param>
    /// <returns>A schema of its own, draft 2020-12.</returns>
    public static JsonObject At(string place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return (JsonObject)JsonNode.Parse(Text.Replace("PLACE", place, StringComparison.Ordinal))!;
    }
}
