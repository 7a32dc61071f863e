using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace AnalogTheory.House.Tests;

/// <summary>Namespaces of a C# project do not depend on each other in a circle. (In F#, the order of the files sees to it.)</summary>
public partial class NamespaceTests
{
    /// <summary>Knots that are known, each to be untied: a knot that grows, or a new one, fails.</summary>
    private static readonly string[][] s_known =
    [
        // Lanes offer exp and log, which are polynomials over lanes.
        ["AnalogTheory.Kernels.Algebra", "AnalogTheory.Kernels.Elementary"],
        // An array holds its elements and its periphery, which are written over its rows.
        [
            "AnalogTheory.Tiles.Arrays",
            "AnalogTheory.Tiles.Devices",
            "AnalogTheory.Tiles.Elements",
            "AnalogTheory.Tiles.Periphery",
            "AnalogTheory.Tiles.Pulses",
        ],
        // A plan lists cells, which build models.
        ["AnalogTheory.Training.Models", "AnalogTheory.Training.Runs"],
        // A config file says how a run is cut into parts.
        ["AnalogTheory.Cli.Config", "AnalogTheory.Cli.Runs"],
    ];

    public static TheoryData<string> Projects =>
        [.. Tree.Projects("src").Where(path => path.EndsWith(".csproj", System.StringComparison.Ordinal)).Select(Tree.Name)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespaces_of_a_project_form_no_new_circle(string name) =>
        Assert.Empty(
            Graph.Knots(Arrows(name)).Where(knot => !s_known.Any(known => knot.All(known.Contains))).Select(knot => string.Join(' ', knot))
        );

    [Fact]
    public void A_circle_is_found() =>
        Assert.Equal(
            ["a b c"],
            Graph
                .Knots(
                    new Dictionary<string, HashSet<string>>
                    {
                        ["a"] = ["b"],
                        ["b"] = ["c"],
                        ["c"] = ["a", "d"],
                        ["d"] = [],
                    }
                )
                .Select(knot => string.Join(' ', knot))
        );

    private static Dictionary<string, HashSet<string>> Arrows(string project)
    {
        Dictionary<string, HashSet<string>> arrows = [];
        foreach (string text in Tree.Sources($"src/{project}", "*.cs").Select(File.ReadAllText))
        {
            if (Namespace().Match(text) is { Success: true } own)
            {
                string name = own.Groups[1].Value;
                arrows.TryAdd(name, []);
                arrows[name]
                    .UnionWith(
                        Using()
                            .Matches(text)
                            .Select(found => found.Groups[1].Value)
                            .Where(used => used != name && used.StartsWith(project + ".", System.StringComparison.Ordinal))
                    );
            }
        }

        return arrows;
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
