using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.Plotting;
using AnalogTheory.Runs;
using AnalogTheory.Sweeps;

namespace AnalogTheory.Cli.Runs;

/// <summary>What an explorer shows, read from files.</summary>
/// <param name="Title">Title of the page.</param>
/// <param name="Introduction">Paragraph below it.</param>
/// <param name="Tables">Tables.</param>
internal sealed record ExplorerContent(string Title, string Introduction, IReadOnlyList<ExplorerTable> Tables)
{
    /// <summary>Reads tables, or one JSON file that names them.</summary>
    /// <param name="console">Where paths start.</param>
    /// <param name="names">Files, as the user wrote them.</param>
    /// <param name="title">Title of the page; null for that of the JSON file, or a plain one.</param>
    /// <param name="labels">Labels for columns that one of the tables has.</param>
    /// <exception cref="BadInputException">A file is no table, or a label is for nothing.</exception>
    internal static ExplorerContent Read(ToolConsole console, string[] names, string? title, (string Name, string Markup)[] labels)
    {
        bool isPlan = names.Any(IsPlan);
        if (isPlan && names.Length > 1)
        {
            throw new BadInputException("Expected one JSON file alone, or tables; got several files with a JSON file among them.");
        }

        ExplorerContent content = isPlan
            ? OfPlan(names[0], console)
            : new(
                "Explorer of results",
                "",
                [
                    .. names.Select(name =>
                        Table(name, console.Resolve(name), names.Length > 1 ? name : Path.GetFileNameWithoutExtension(name))
                    ),
                ]
            );
        foreach ((string name, string markup) in labels)
        {
            string[] known = [.. content.Tables.SelectMany(table => table.Names).Distinct()];
            if (!known.Contains(name))
            {
                throw new BadInputException(
                    $"Expected one of {string.Join(", ", known)} before '=' after --label, got '{name}'.{Nearest.Hint(name, known)}"
                );
            }

            content = content with
            {
                Tables = [.. content.Tables.Select(table => table.Names.Contains(name) ? Labelled("--label", table, name, markup) : table)],
            };
        }

        return title is null ? content : content with { Title = title };
    }

    /// <summary>Writes the page.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="note">Last line.</param>
    /// <exception cref="BadInputException">Words hold an address of the network.</exception>
    internal void Write(string path, string note)
    {
        try
        {
            Explorer.Write(path, Title, Introduction, Tables, note);
        }
        catch (ArgumentException wrong)
        {
            throw new BadInputException(wrong.Message, wrong);
        }
    }

    private static bool IsPlan(string name) => Path.GetExtension(name).Equals(".json", StringComparison.OrdinalIgnoreCase);

    private static ExplorerContent OfPlan(string name, ToolConsole console)
    {
        ConfigFile file = ConfigFile.Read(name, console, typeof(ExplorerConfig));
        ExplorerConfig plan = file.Root.Deserialize<ExplorerConfig>(ConfigForm.Json)!;
        return plan.Tables.Count == 0
            ? throw file.Complaint("tables", "Expected at least one table, got none.")
            : new(
                plan.Title,
                plan.Introduction,
                [.. plan.Tables.Select((table, i) => Table(file, string.Create(CultureInfo.InvariantCulture, $"tables[{i}]"), table))]
            );
    }

    private static ExplorerTable Table(ConfigFile file, string at, ExplorerTableConfig config)
    {
        ExplorerTable table = Table(
            config.File,
            Path.GetFullPath(config.File, file.Folder),
            config.Title.Length > 0 ? config.Title : Path.GetFileNameWithoutExtension(config.File)
        );
        table = file.At($"{at}.about", () => table.WithAbout(config.About));
        foreach ((string column, string markup) in config.Labels)
        {
            table = file.At($"{at}.labels[\"{column}\"]", () => table.WithLabel(column, markup));
        }

        return table;
    }

    private static ExplorerTable Table(string name, string path, string title)
    {
        try
        {
            return ExplorerTable.OfColumns(
                title,
                Path.GetExtension(path).Equals(".parquet", StringComparison.OrdinalIgnoreCase)
                    ? ParquetTable.ReadAsync(name, InputFile.Read(name, path, InputFile.LargestPulses)).GetAwaiter().GetResult()
                    : CsvFile.ofText(name, InputFile.Text(name, path, InputFile.LargestPulses))
            );
        }
        catch (InvalidDataException wrong)
        {
            throw new BadInputException($"{name}: {wrong.Message}", wrong);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"Expected a table that can be read, got '{name}': {wrong.Message}", wrong);
        }
    }

    private static ExplorerTable Labelled(string option, ExplorerTable table, string column, string markup)
    {
        try
        {
            return table.WithLabel(column, markup);
        }
        catch (ArgumentException wrong)
        {
            throw new BadInputException($"{option}: {wrong.Message}", wrong);
        }
    }
}
