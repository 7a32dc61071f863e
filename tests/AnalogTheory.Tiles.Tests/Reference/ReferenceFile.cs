using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Reference;

/// <summary>A file of AIHWKIT's answers: parameters in the first line, then a table. Files are found by their names, so a new one of a known kind is tested.</summary>
internal sealed partial class ReferenceFile
{
    private const string None = "(no folder)";

    private readonly Dictionary<string, string> _parameters;
    private readonly string[] _columns;
    private readonly string[][] _rows;

    private ReferenceFile(string name)
    {
        Name = name;
        string[] lines = File.ReadAllLines(Path.Combine(Folder!, name));
        Header = lines[0];
        _parameters = Parameters(Header);
        _columns = lines[1].Split(',');
        _rows = [.. lines.Skip(2).Where(line => line.Length > 0).Select(Cells)];
    }

    internal string Name { get; }

    internal string Header { get; }

    internal int Rows => _rows.Length;

    private static string? Folder =>
        Environment.GetEnvironmentVariable("ANALOG_THEORY_REFERENCE") is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;

    internal bool Has(string parameter) => _parameters.ContainsKey(parameter);

    internal string Text(string parameter) => _parameters[parameter];

    internal double Number(string parameter) => Parse(_parameters[parameter]);

    internal double Number(string parameter, double otherwise) => Has(parameter) ? Number(parameter) : otherwise;

    internal bool Flag(string parameter) => _parameters[parameter] is "1" or "true";

    internal string Text(int row, string column) => _rows[row][Array.IndexOf(_columns, column)];

    internal double Number(int row, string column) => Parse(Text(row, column));

    internal double[] Numbers(int row, string column)
    {
        int first = Array.IndexOf(_columns, column);
        return [.. _rows[row].Skip(first).Select(Parse)];
    }

    internal static double Parse(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Names of the files that match, or a name that <see cref="Open"/> skips.</summary>
    internal static TheoryData<string> Named(string pattern) =>
        Folder is null
            ? [None]
            : [.. Directory.GetFiles(Folder, pattern).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    /// <summary>The file; skips the test where there is no folder.</summary>
    internal static ReferenceFile Open(string name)
    {
        _ = PathOf(name);
        return new(name);
    }

    /// <summary>Where the file is; skips the test where there is no folder.</summary>
    internal static string PathOf(string name)
    {
        Assert.SkipWhen(Folder is null, "ANALOG_THEORY_REFERENCE names no folder with AIHWKIT's answers.");
        return Path.Combine(Folder!, name);
    }

    internal static Dictionary<string, string> Parameters(string text)
    {
        Dictionary<string, string> parameters = [];
        // Some names have parentheses.
        (string Given, string Taken)[] names =
        [
            ("cov_dW(00,01)", "cov_dW_across"),
            ("cov_dW(00,10)", "cov_dW_down"),
            ("A(scales d)", "output_scale"),
            ("B(scales x)", "input_scale"),
        ];
        foreach ((string given, string taken) in names)
        {
            text = text.Replace(given, taken, StringComparison.Ordinal);
        }

        foreach (Match match in Parameter().Matches(text))
        {
            // "a=b=0.2" gives both their number.
            string[] ofNumber = [match.Groups[1].Value, .. match.Groups[2].Value.Split('=')];
            foreach (string parameter in ofNumber[..^1])
            {
                parameters[parameter] = ofNumber[^1];
            }
        }

        return parameters;
    }

    // Only the last column may hold commas, in quotes.
    private static string[] Cells(string line) =>
        [.. line.Split('"') is [string before, string quoted, ..] ? [.. before.TrimEnd(',').Split(','), quoted] : line.Split(',')];

    [GeneratedRegex(@"(\w+)=(\[[^\]]*\]|[^\s;,()]+)")]
    private static partial Regex Parameter();
}
