using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Spectre.Console;

namespace AnalogTheory.Cli.Display;

/// <summary>Tables that all commands have in common.</summary>
internal static class Tables
{
    /// <summary>A table with one line under its head.</summary>
    internal static Table Bare() => new Table().Border(TableBorder.Simple);

    /// <summary>A column of numbers.</summary>
    internal static TableColumn Number(string head) => new TableColumn(Markup.Escape(head)).RightAligned().NoWrap();

    /// <summary>A column of words.</summary>
    internal static TableColumn Words(string head) => new(Markup.Escape(head));

    /// <summary>Words in a cell.</summary>
    internal static string Cell(string words) => Markup.Escape(words);

    /// <summary>A number in a cell, to six digits.</summary>
    internal static string Cell(double value) => Short(value);

    /// <summary>A number to six digits.</summary>
    internal static string Short(double value) =>
        double.IsNaN(value) ? "–"
        : double.IsPositiveInfinity(value) ? "∞"
        : double.IsNegativeInfinity(value) ? "−∞"
        : value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>A number, or 0 where it is nothing but rounding of numbers of a size.</summary>
    internal static double Rounded(double value, double size) => System.Math.Abs(value) < 1e-15 * size ? 0.0 : value;

    /// <summary>Two columns: what, and its value.</summary>
    internal static void Facts(IAnsiConsole ansi, IEnumerable<(string Name, string Value)> facts)
    {
        Grid grid = new();
        grid.AddColumn(new GridColumn().NoWrap().PadRight(3));
        grid.AddColumn();
        foreach ((string name, string value) in facts)
        {
            grid.AddRow($"[grey]{Markup.Escape(name)}[/]", Markup.Escape(value));
        }

        ansi.Write(grid);
    }

    /// <summary>The files that were written, or are there already, a folder a line.</summary>
    internal static void Paths(IAnsiConsole ansi, ToolConsole console, IReadOnlyList<string> files, string what = "Written to")
    {
        foreach (IGrouping<string, string> folder in files.GroupBy(file => Path.GetDirectoryName(file)!))
        {
            string place = console.Shown(folder.Key) + Path.DirectorySeparatorChar;
            ansi.WriteLine($"{what} {place}: {string.Join(", ", folder.Select(Path.GetFileName))}");
        }
    }
}
