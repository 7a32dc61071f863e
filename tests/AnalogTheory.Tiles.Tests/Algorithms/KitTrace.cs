using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Tests.Reference;

namespace AnalogTheory.Tiles.Tests.Algorithms;

/// <summary>A deterministic trace of AIHWKIT: parameters in its first line, then all arrays every few steps.</summary>
/// <param name="Setup">Algorithm and its settings.</param>
/// <param name="States">Numbers of each array by step.</param>
internal sealed partial record KitTrace(KitSetup Setup, IReadOnlyDictionary<int, IReadOnlyDictionary<string, float[]>> States)
{
    internal static KitTrace Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        return new(
            KitSetup.Read(Description(path, lines[0]), PulseType.DeterministicImplicit),
            lines
                .Skip(2)
                .Select(line => line.Split(','))
                .GroupBy(fields => int.Parse(fields[0], CultureInfo.InvariantCulture))
                .ToDictionary(
                    group => group.Key,
                    group =>
                        (IReadOnlyDictionary<string, float[]>)
                            group.ToDictionary(
                                fields => fields[1],
                                fields => fields.Skip(2).Select(field => (float)ReferenceFile.Parse(field)).ToArray()
                            )
                )
        );
    }

    // What a file sets itself stands behind what it takes over from the file that it names ("as ttv1 with …").
    private static string Description(string path, string firstLine)
    {
        Match own = Own().Match(firstLine);
        string text = own.Groups[1].Value;
        Match basis = Basis().Match(text);
        if (!basis.Success)
        {
            return text;
        }

        string named = Path.Combine(Path.GetDirectoryName(path)!, $"trace_{basis.Groups[1].Value}.csv");
        return $"{Description(named, File.ReadLines(named).First())}; {text}";
    }

    [GeneratedRegex("reads is_perfect; (.*); state is listed")]
    private static partial Regex Own();

    [GeneratedRegex("^as (\\w+)")]
    private static partial Regex Basis();
}
