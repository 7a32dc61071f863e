using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace AnalogTheory.Cli.Tests.Configs;

/// <summary>The config files of the repository: those of the figures, and those that its pages show.</summary>
internal static partial class CommittedConfigs
{
    /// <summary>What each is called, and the schema that it should fit.</summary>
    internal static TheoryData<string, string> Names
    {
        get
        {
            TheoryData<string, string> names = [];
            foreach ((string name, JsonObject config) in All)
            {
                names.Add(name, KindOf(config));
            }

            return names;
        }
    }

    private static Dictionary<string, JsonObject> All { get; } =
        Files("paper-figures/atlas", "*.json")
            .Concat(Files("paper-figures/plans", "*.json"))
            .Select(path => (Shown(path), File.ReadAllText(path)))
            .Concat(
                Files("docs/pages", "*.md")
                    .Concat(Files("src", "README.md"))
                    .Append(Path.Combine(ToolProcess.Repository, "README.md"))
                    .SelectMany(path =>
                        Block().Matches(File.ReadAllText(path)).Select((block, i) => ($"{Shown(path)} {i + 1}", block.Value))
                    )
            )
            .ToDictionary(one => one.Item1, one => Parsed(one.Item2));

    /// <summary>One of them.</summary>
    internal static JsonObject Named(string name) => (JsonObject)All[name].DeepClone();

    private static string KindOf(JsonObject config) =>
        config.ContainsKey("axes") ? "sweep"
        : config.ContainsKey("cells") ? "plan"
        : config.ContainsKey("tables") ? "explorer"
        : "experiment";

    private static JsonObject Parsed(string text) =>
        (JsonObject)
            JsonNode.Parse(text, null, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory
            .GetFiles(Path.Combine(ToolProcess.Repository, folder), pattern, SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static string Shown(string path) => Path.GetRelativePath(ToolProcess.Repository, path).Replace('\\', '/');

    [GeneratedRegex(@"(?<=^```json[^\n]*\n)\{.*?\n?\}(?=\n```)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
