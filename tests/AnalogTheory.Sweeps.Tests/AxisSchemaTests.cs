using System;
using System.Linq;
using System.Text.Json.Nodes;
using Xunit;

namespace AnalogTheory.Sweeps.Tests;

/// <summary>The schema of axes has the keys that their reader takes.</summary>
public class AxisSchemaTests
{
    private static readonly JsonObject s_schema = AxisSchema.At("#");

    [Theory]
    [InlineData("values", "[1]")]
    [InlineData("linear", """{ "from": 1, "to": 2, "count": 2 }""")]
    [InlineData("log", """{ "from": 1, "to": 2, "count": 2 }""")]
    [InlineData("seeds", """{ "first": 1, "count": 2 }""")]
    [InlineData("cases", """{ "a": 1 }""")]
    [InlineData("zip", """[{ "path": "a", "values": [1] }]""")]
    public void Keys_of_an_axis_are_those_that_the_reader_names(string kind, string content)
    {
        JsonObject form = Form(kind);
        JsonObject axis = new() { [kind] = JsonNode.Parse(content) };
        if (kind != "zip")
        {
            axis["path"] = "a";
        }

        Assert.Single(AxisReader.Read(new JsonArray(axis.DeepClone())));
        Assert.Equal(axis.Select(field => field.Key).Order(), Keys(form));
        axis["nothing"] = 1;
        Assert.Equal(Told(axis), Keys(form));

        // And of what a range or seeds hold.
        if (axis[kind] is JsonObject inner && kind != "cases")
        {
            axis.Remove("nothing");
            inner["nothing"] = 1;
            JsonNode field = form["properties"]![kind]!;
            Assert.Equal(Told(axis), Keys(field["anyOf"]?[1] ?? field));
        }
    }

    [Fact]
    public void Kinds_of_an_axis_are_those_that_the_reader_names()
    {
        FormatException refused = Assert.Throws<FormatException>(() => AxisReader.Read(JsonNode.Parse("""[{ "path": "a" }]""")));
        string told = refused.Message.Split("Expected one of ")[1].Split(", got")[0].Replace("or ", "", StringComparison.Ordinal);
        Assert.Equal(
            told.Split(", ").Order(),
            ((JsonArray)s_schema["oneOf"]!).Select(form => Keys(form!).Single(key => key != "path")).Order()
        );
    }

    private static JsonObject Form(string kind) =>
        (JsonObject)((JsonArray)s_schema["oneOf"]!).Single(form => ((JsonObject)form!["properties"]!).ContainsKey(kind))!;

    private static string[] Keys(JsonNode form) => [.. ((JsonObject)form["properties"]!).Select(field => field.Key).Order()];

    private static string[] Told(JsonObject axis)
    {
        FormatException refused = Assert.Throws<FormatException>(() => AxisReader.Read(new JsonArray(axis.DeepClone())));
        return [.. refused.Message.Split("Keys here: ")[1].TrimEnd('.').Split(", ").Order()];
    }
}
