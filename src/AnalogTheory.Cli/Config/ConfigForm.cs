using System;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Linq;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AnalogTheory.Cli.Config;

/// <summary>How config files are written in JSON, and the schema of a type of them.</summary>
internal static class ConfigForm
{
    /// <summary>Keys in camel case, <c>kind</c> anywhere, words for enumerations, nothing unknown.</summary>
    internal static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            PropertyNameCaseInsensitive = false,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowOutOfOrderMetadataProperties = true,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
                new WholeNumbers<int>(),
                new WholeNumbers<long>(),
                new WholeNumbers<ulong>(),
            },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };

    /// <summary>The JSON schema of a type that files are read as.</summary>
    /// <param name="type">The type.</param>
    internal static JsonObject SchemaOf(Type type) =>
        (JsonObject)
            Json.GetJsonSchemaAsNode(
                type,
                new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe }
            );

    /// <summary>The range of a field, if it has one.</summary>
    internal static RangeAttribute? RangeOf(ICustomAttributeProvider? member) =>
        member?.GetCustomAttributes(typeof(RangeAttribute), inherit: false).Cast<RangeAttribute>().SingleOrDefault();

    /// <summary>What a field or type is, in words.</summary>
    internal static string? DescriptionOf(ICustomAttributeProvider member) =>
        member
            .GetCustomAttributes(typeof(DescriptionAttribute), inherit: false)
            .Cast<DescriptionAttribute>()
            .SingleOrDefault()
            ?.Description;

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        // The exporter cannot see into a converter.
        Type type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(int) || type == typeof(long) || type == typeof(ulong))
        {
            JsonObject whole = new() { ["type"] = "integer" };
            if (node is JsonObject { Count: > 0 } known)
            {
                foreach ((string key, JsonNode? value) in known)
                {
                    whole.TryAdd(key, value?.DeepClone());
                }
            }

            node = whole;
        }

        if (node is not JsonObject schema)
        {
            return node;
        }

        ICustomAttributeProvider? member = context.PropertyInfo?.AttributeProvider;
        // Optional keys are left out, not null.
        if (schema["type"] is JsonArray types)
        {
            string[] left = [.. types.Select(type => (string)type!).Where(type => type != "null")];
            schema["type"] = left.Length == 1 ? left[0] : new JsonArray([.. left.Select(type => (JsonNode)type)]);
        }

        if (RangeOf(member) is { } range)
        {
            Bound(Innermost(schema), range);
        }

        ICustomAttributeProvider? described = member ?? (context.PropertyInfo is null ? context.TypeInfo.Type : null);
        string? text = described is null ? null : DescriptionOf(described) ?? DocumentationFile.SummaryOf(described as PropertyInfo);
        if (text is not null)
        {
            schema.Remove("description");
            schema.Insert(0, "description", text);
        }

        return schema;
    }

    // The range of an array, or of the values of a map, is that of its elements.
    private static JsonObject Innermost(JsonObject schema) =>
        schema["items"] is JsonObject items ? Innermost(items)
        : schema["additionalProperties"] is JsonObject values ? Innermost(values)
        : schema;

    private static void Bound(JsonObject schema, RangeAttribute range)
    {
        switch (range)
        {
            case PositiveAttribute:
                schema["exclusiveMinimum"] = 0;
                break;
            case NonNegativeAttribute:
                schema["minimum"] = 0;
                break;
            case NegativeAttribute:
                schema["exclusiveMaximum"] = 0;
                break;
            case BetweenAttribute between:
                schema["exclusiveMinimum"] = between.Low;
                schema["exclusiveMaximum"] = between.High;
                break;
            case AtLeastAttribute whole:
                schema["minimum"] = whole.Least;
                break;
        }
    }
}
