using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AnalogTheory.Cli.Config;

/// <summary>What the XML file beside a library says of its properties, so that types which a config shares with a library are described once.</summary>
internal static partial class DocumentationFile
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, string>> s_summaries = new();

    /// <summary>The summary of a property, its markup as plain text.</summary>
    /// <param name="property">The property.</param>
    /// <returns>The summary; null where there is none, or no file.</returns>
    internal static string? SummaryOf(PropertyInfo? property) =>
        property?.DeclaringType is { } type
            ? s_summaries.GetOrAdd(type.Assembly, Read).GetValueOrDefault($"P:{type.FullName}.{property.Name}")
            : null;

    private static Dictionary<string, string> Read(Assembly assembly)
    {
        string path = Path.ChangeExtension(assembly.Location, "xml");
        return File.Exists(path)
            ? XDocument
                .Load(path)
                .Descendants("member")
                .Where(member => member.Element("summary") is not null)
                .ToDictionary(member => (string)member.Attribute("name")!, member => Plain(member.Element("summary")!))
            : [];
    }

    private static string Plain(XElement summary) => Spaces().Replace(string.Concat(summary.Nodes().Select(Words)), " ").Trim();

    private static string Words(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "see" } see => ((string?)see.Attribute("cref") ?? "").Split('.')[^1],
            XElement element => element.Value,
            _ => "",
        };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
