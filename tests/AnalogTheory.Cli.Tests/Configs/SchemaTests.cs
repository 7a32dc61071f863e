using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using AnalogTheory.Cli.Config;
using AnalogTheory.Training.Models;
using Json.Schema;
using Xunit;

namespace AnalogTheory.Cli.Tests.Configs;

/// <summary>What editors are told is right is what the tool takes.</summary>
public class SchemaTests
{
    private static readonly Dictionary<string, JsonSchema> s_schemas = ConfigSchemas.Names.ToDictionary(
        name => name,
        name => JsonSchema.FromText(ConfigSchemas.Of(name).ToJsonString())
    );

    // Objects whose keys are names that the reader of a file chose.
    private static readonly string[] s_free = ["labels", "grid", "cases"];

    public static TheoryData<string> Kinds => [.. ConfigSchemas.Names];

    public static TheoryData<string, string> Committed => CommittedConfigs.Names;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_committed_schema_is_the_printed_one(string kind)
    {
        using Shell shell = new();
        Outcome outcome = await shell.Run("schema", kind);
        Assert.Equal(0, outcome.Code);
        Assert.Equal(
            File.ReadAllText(Path.Combine(ToolProcess.Repository, "src", "AnalogTheory.Cli", $"{kind}.schema.json"))
                .ReplaceLineEndings("\n"),
            outcome.Out.ReplaceLineEndings("\n")
        );
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_key_is_described(string kind)
    {
        (string Key, JsonNode Schema)[] keys = [.. Keys(ConfigSchemas.Of(kind))];
        Assert.True(keys.Length > 4);
        Assert.All(keys, item => Assert.True(IsDescribed(item.Schema), $"{kind}: {item.Key}"));

        // The word that chooses a kind needs none; what may be one of several kinds is described in one of them.
        static bool IsDescribed(JsonNode schema) =>
            schema is JsonObject described
            && (
                described.ContainsKey("description")
                || described.ContainsKey("const")
                || described.ContainsKey("$ref")
                || (described["anyOf"] is JsonArray { Count: > 0 } kinds && IsDescribed(kinds[0]!))
            );

        static IEnumerable<(string Key, JsonNode Schema)> Keys(JsonNode? node) =>
            node switch
            {
                JsonObject schema => schema
                    .Where(item => item.Key == "properties")
                    .SelectMany(item => (JsonObject)item.Value!)
                    .Select(item => (item.Key, item.Value!))
                    .Concat(schema.SelectMany(item => Keys(item.Value))),
                JsonArray list => list.SelectMany(Keys),
                _ => [],
            };
    }

    [Theory]
    [MemberData(nameof(Committed))]
    public void A_schema_takes_every_committed_config(string name, string kind) =>
        Assert.True(Takes(kind, CommittedConfigs.Named(name)), $"{name} does not fit the schema of a {kind}.");

    [Theory]
    [MemberData(nameof(Committed))]
    public void A_schema_refuses_a_misspelt_key_wherever_it_stands(string name, string kind)
    {
        int count = Places(CommittedConfigs.Named(name)).Count();
        Assert.True(count > 2);
        for (int i = 0; i < count; i++)
        {
            JsonObject config = CommittedConfigs.Named(name);
            (JsonObject owner, string key) = Places(config).ElementAt(i);
            JsonNode? value = owner[key];
            owner.Remove(key);
            owner[$"{key}x"] = value;
            Assert.False(Takes(kind, config), $"{name}: {key} may be written {key}x.");
        }
    }

    [Theory]
    [InlineData("experiment.json", """{ "nothing": 1 }""", "experiment", "")]
    [InlineData("sweep.json", """{ "nothing": 1 }""", "sweep", "")]
    [InlineData("sweep.json", """{ "simulate": { "nothing": 1 } }""", "sweep", "simulate")]
    [InlineData("sweep.json", """{ "tile": { "nothing": 1 } }""", "sweep", "tile")]
    [InlineData("explorer.json", """{ "nothing": 1 }""", "explorer", "")]
    public async Task Keys_of_a_schema_are_those_that_the_reader_names(string file, string config, string kind, string part)
    {
        using Shell shell = new();
        shell.Write(file, config);
        string[] line = kind switch
        {
            "experiment" => ["simulate", file],
            "explorer" => ["explore", file],
            _ => ["sweep", file],
        };
        string error = (await shell.Run(line)).Error;
        string told = error.Split("Keys of the file: ")[1].Split('.')[0];
        // A sweep has its axes instead of a grid.
        IEnumerable<string> read = told.Split(", ").Where(key => part != "simulate" || key != "grid");
        JsonNode schema = ConfigSchemas.Of(kind);
        JsonNode at = part.Length == 0 ? schema : schema["properties"]![part]!;
        Assert.Equal(read.Order(), ((JsonObject)at["properties"]!).Select(field => field.Key).Order());
    }

    [Fact]
    public void Keys_of_a_training_are_those_of_a_cell_and_each_is_read()
    {
        JsonObject fields = (JsonObject)ConfigSchemas.Of("sweep")["properties"]!["train"]!["properties"]!;
        Assert.Equal(
            typeof(Cell)
                .GetProperties()
                .Where(property =>
                    !property
                        .GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false)
                        .Cast<JsonIgnoreAttribute>()
                        .Any(ignored => ignored.Condition == JsonIgnoreCondition.Always)
                )
                .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))
                .Order(),
            fields.Select(field => field.Key).Order()
        );
        foreach ((string key, JsonNode? field) in fields)
        {
            JsonNode value =
                field!["enum"] is JsonArray words ? words[^1]!.DeepClone()
                : (string)field["type"]! == "boolean" ? true
                : 1;
            JsonObject cell = new() { [key] = value };
            Assert.True(Takes("plan", new JsonObject { ["cells"] = new JsonArray(cell.DeepClone()) }), key);
            using JsonDocument document = JsonDocument.Parse(cell.ToJsonString());
            Assert.NotNull(Cell.Parse(document.RootElement));
        }
    }

    [Theory]
    [InlineData("""{ "axes": [{ "path": "seed", "seeds": 3 }], "simulate": {}, "tile": {} }""")]
    [InlineData("""{ "axes": [{ "path": "seed", "seeds": 3 }] }""")]
    [InlineData("""{ "axes": [{ "path": "seed", "seeds": 3 }], "train": {} }""")]
    [InlineData("""{ "axes": [{ "path": "seed" }], "simulate": {} }""")]
    [InlineData("""{ "axes": [{ "path": "seed", "seeds": 3, "values": [1] }], "simulate": {} }""")]
    [InlineData("""{ "axes": [{ "path": "tau", "log": { "from": 0, "to": 1, "count": 3 } }], "simulate": {} }""")]
    [InlineData("""{ "axes": [{ "zip": [{ "path": "a", "valeus": [1] }] }], "simulate": {} }""")]
    [InlineData("""{ "simulate": { "grid": { "steps": [1] } } }""")]
    [InlineData("""{ "simulate": { "steps": 0 } }""")]
    [InlineData("""{ "train": { "data": "digits", "rule": "analog-sdg" }, "epochs": 1 }""")]
    [InlineData("""{ "simulate": {}, "precision": { "relative": 0.1 } }""")]
    public async Task A_schema_refuses_what_the_sweep_refuses(string config)
    {
        Assert.False(Takes("sweep", (JsonObject)JsonNode.Parse(config)!), config);
        using Shell shell = new();
        shell.Write("sweep.json", config);
        Assert.Equal(2, (await shell.Run("sweep", "sweep.json")).Code);
    }

    private static bool Takes(string kind, JsonObject config)
    {
        using JsonDocument document = JsonDocument.Parse(config.ToJsonString());
        return s_schemas[kind].Evaluate(document.RootElement).IsValid;
    }

    // Every key whose name is the schema's.
    private static IEnumerable<(JsonObject Owner, string Key)> Places(JsonNode? node) =>
        node switch
        {
            JsonObject owner => owner.SelectMany(field =>
                Places(s_free.Contains(field.Key) ? null : field.Value).Prepend((owner, field.Key))
            ),
            JsonArray list => list.SelectMany(Places),
            _ => [],
        };
}
