using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Nodes;

namespace AnalogTheory.Cli.Tests.Configs;

/// <summary>Values that do not fit what the schema says of a field.</summary>
internal static class WrongValues
{
    internal static IEnumerable<JsonNode?> Of(JsonObject field)
    {
        yield return null;
        if (field["anyOf"] is not null || (string?)field["type"] == "object")
        {
            yield return "text";
            yield return JsonNode.Parse("[1]");
            yield break;
        }

        if (field["enum"] is not null || (string?)field["type"] == "string")
        {
            yield return 5;
            if (field["enum"] is not null)
            {
                yield return "something";
            }

            yield break;
        }

        if ((string?)field["type"] == "array")
        {
            yield return 5;
            foreach (JsonNode? wrong in Of((JsonObject)field["items"]!))
            {
                yield return new JsonArray(wrong?.DeepClone());
            }

            yield break;
        }

        yield return "text";
        if ((string?)field["type"] == "boolean")
        {
            yield return 1;
            yield break;
        }

        yield return true;
        yield return JsonNode.Parse("1e999");
        foreach ((string bound, double outside) in new[] { ("minimum", -1.0), ("exclusiveMinimum", 0.0), ("exclusiveMaximum", 0.0) })
        {
            if (field[bound] is { } value)
            {
                yield return double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) + outside;
            }
        }

        if ((string?)field["type"] == "integer")
        {
            yield return 2.5;
        }
    }
}
