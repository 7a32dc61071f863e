using System.Collections.Generic;

namespace AnalogTheory.Cli.Config;

/// <summary>What an explorer shows: tables with their titles and labels, as a JSON file beside them.</summary>
internal sealed record ExplorerConfig
{
    /// <summary>Title of the page, in plain text.</summary>
    public required string Title { get; init; }

    /// <summary>Paragraph below the title.</summary>
    public string Introduction { get; init; } = "";

    /// <summary>Tables, in the order in which a reader finds them.</summary>
    public required IReadOnlyList<ExplorerTableConfig> Tables { get; init; }
}

/// <summary>One table of an explorer.</summary>
internal sealed record ExplorerTableConfig
{
    /// <summary>The table's file, from the folder of the JSON file.</summary>
    public required string File { get; init; }

    /// <summary>Title in plain text; the file's name if not given.</summary>
    public string Title { get; init; } = "";

    /// <summary>Paragraph about the table.</summary>
    public string About { get; init; } = "";

    /// <summary>Labels of columns and measures, with their units.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
