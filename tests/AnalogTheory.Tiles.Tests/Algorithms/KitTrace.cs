using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace AnalogTheory.Tiles.Tests.Algorithms;

/// <summary>A deterministic trace of AIHWKIT: parameters in its first line, then all arrays every few steps.</summary>
/// <param name="Algorithm">Name of the kit's compound, or "plain pulsed SGD".</param>
/// <param name="Parameters">What the first line sets.</param>
/// <param name="GradientCircuit">Words of the update circuit.</param>
/// <param name="TransferCircuit">Words of the transfer circuit.</param>
/// <param name="States">Numbers of each array by step.</param>
internal sealed partial record KitTrace(
    string Algorithm,
    IReadOnlyDictionary<string, double> Parameters,
    string GradientCircuit,
    string TransferCircuit,
    IReadOnlyDictionary<int, IReadOnlyDictionary<string, float[]>> States
)
{
    internal double this[string name, double other] => Parameters.TryGetValue(name, out double value) ? value : other;

    internal bool Is(string name, bool other) => this[name, other ? 1.0 : 0.0] != 0.0;

    internal static KitTrace Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string description = Description(path, lines[0]);
        MatchCollection circuits = Circuit().Matches(description);
        return new(
            Compound().Match(description).Value,
            Setting()
                .Matches(Circuit().Replace(description, ""))
                .GroupBy(match => match.Groups[1].Value)
                .ToDictionary(group => group.Key, group => Number(group.Last().Groups[2].Value)),
            Last(circuits, "update"),
            Last(circuits, "transfer_update"),
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
                                fields => fields.Skip(2).Select(field => (float)Number(field)).ToArray()
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

    private static string Last(MatchCollection circuits, string name) =>
        circuits.LastOrDefault(match => match.Groups[1].Value == name)?.Groups[2].Value ?? "";

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("reads is_perfect; (.*); state is listed")]
    private static partial Regex Own();

    [GeneratedRegex("^as (\\w+)")]
    private static partial Regex Basis();

    [GeneratedRegex("plain pulsed SGD|\\w+Compound")]
    private static partial Regex Compound();

    [GeneratedRegex("(\\w+)=(-?[0-9.]+)")]
    private static partial Regex Setting();

    [GeneratedRegex("\\b(update|transfer_update) ((?:desired_bl|bl)=[0-9]+(?: (?:no )?UM(?:/UBLM)?| UBLM)*)")]
    private static partial Regex Circuit();
}
