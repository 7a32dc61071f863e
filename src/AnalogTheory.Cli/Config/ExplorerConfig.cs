using System.Collections.Generic;
using System.ComponentModel;
using System.Text.Json.Serialization;

namespace AnalogTheory.Cli.Config;

/// <summary>What an explorer shows: tables with their titles and labels, as a JSON file beside them.</summary>
[Description("What an explorer of results shows: tables, with their titles and labels.")]
internal sealed record ExplorerConfig
{
    [JsonPropertyName("$schema")]
    [Description("Place of this schema, for editors; not read.")]
    public string? Schema { get; init; }

    [Description("Title of the page, in plain text.")]
    public required string Title { get; init; }

    [Description("Paragraph below the title.")]
    public string Introduction { get; init; } = "";

    [Description("Tables, in the order in which a reader finds them; at least one.")]
    public required IReadOnlyList<ExplorerTableConfig> Tables { get; init; }
}

/// <summary>One table of an explorer.</summary>
internal sealed record ExplorerTableConfig
{
    [Description("The table's file, CSV or Parquet, from the folder of the JSON file.")]
    public required string File { get; init; }

    [Description("Title in plain text; the file's name by default.")]
    public string Title { get; init; } = "";

    [Description("Paragraph about the table.")]
    public string About { get; init; } = "";

    [Description("Labels of columns and measures, with their units; *x* is italic, _{k} and ^{2} go below and above.")]
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
