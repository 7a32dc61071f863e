using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Xunit;

namespace AnalogTheory.House.Tests;

/// <summary>Who may refer to whom. A new project gets its line here, with the reader of this table in mind.</summary>
public class ArrowTests
{
    /// <summary>For each project, the projects that it may refer to.</summary>
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        // Laws, lanes and random numbers stand on nothing of ours.
        ["AnalogTheory.Kernels"] = [],
        // Arrays of elements, on the kernels alone.
        ["AnalogTheory.Tiles"] = ["AnalogTheory.Kernels"],
        // The theory knows one weight and its chain; it knows no array.
        ["AnalogTheory"] = ["AnalogTheory.Kernels"],
        // Files of long runs know no device.
        ["AnalogTheory.Runs"] = [],
        // Cells of a sweep are numbers and rows; what they compute is the tool's.
        ["AnalogTheory.Sweeps"] = ["AnalogTheory.Runs"],
        // Figures know arrays of numbers.
        ["AnalogTheory.Plotting"] = ["AnalogTheory.Runs"],
        // Networks are layers of arrays; they know no theorem.
        ["AnalogTheory.Training"] = ["AnalogTheory.Kernels", "AnalogTheory.Tiles", "AnalogTheory.Runs"],
        ["AnalogTheory.Experiments"] = ["AnalogTheory", "AnalogTheory.Kernels", "AnalogTheory.Tiles"],
        // The façade shows the libraries; it writes no files of runs and draws nothing.
        ["AnalogTheory.CSharp"] = ["AnalogTheory", "AnalogTheory.Kernels", "AnalogTheory.Tiles", "AnalogTheory.Training"],
        // The tool sees the façade, not the core behind it; recipes for one command (decision 16).
        ["AnalogTheory.Cli"] =
        [
            "AnalogTheory.CSharp",
            "AnalogTheory.Tiles",
            "AnalogTheory.Training",
            "AnalogTheory.Runs",
            "AnalogTheory.Sweeps",
            "AnalogTheory.Plotting",
            "AnalogTheory.Figures",
        ],
        ["AnalogTheory.Figures"] =
        [
            "AnalogTheory",
            "AnalogTheory.Kernels",
            "AnalogTheory.Tiles",
            "AnalogTheory.Training",
            "AnalogTheory.Experiments",
            "AnalogTheory.Runs",
            "AnalogTheory.Plotting",
        ],
    };

    public static TheoryData<string> Projects => [.. Tree.Projects("src", "paper-figures").Select(Tree.Name)];

    public static TheoryData<string> Assemblies => [.. Packed.Names];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_what_lies_below_it(string name)
    {
        Assert.True(s_allowed.ContainsKey(name), $"Expected a line for {name} in the table of arrows, got none.");
        string project = Tree.Projects("src", "paper-figures").Single(path => Tree.Name(path) == name);
        Assert.Empty(Tree.References(project).Except(s_allowed[name]));
    }

    [Fact]
    public void The_table_of_arrows_has_no_cycle() =>
        Assert.Empty(Graph.Knots(s_allowed.ToDictionary(pair => pair.Key, pair => pair.Value.ToHashSet())));

    // What is compiled may use a project that stands two arrows away.
    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_uses_only_what_lies_below_it(string name) =>
        Assert.Empty(
            Assembly
                .Load(name)
                .GetReferencedAssemblies()
                .Select(reference => reference.Name!)
                .Where(reference => s_allowed.ContainsKey(reference))
                .Except(s_allowed[name])
        );

    [Fact]
    public void Nothing_refers_to_tests_proofs_or_the_tool_but_tests() =>
        Assert.Empty(
            Tree.Projects("src", "paper-figures")
                .SelectMany(project =>
                    Tree.References(project)
                        .Where(reference =>
                            reference.EndsWith(".Tests", StringComparison.Ordinal)
                            || reference
                                is "AnalogTheory.Cli"
                                    or "AnalogTheory.Proofs"
                                    or "AnalogTheory.Mutation"
                                    or "AnalogTheory.Benchmarks"
                        )
                        .Select(reference => $"{Tree.Name(project)} -> {reference}")
                )
        );

    [Fact]
    public void The_tool_names_the_recipes_in_one_file() =>
        Assert.Equal(
            ["FigureCommand.cs"],
            Tree.Sources("src/AnalogTheory.Cli", "*.cs")
                .Where(path => File.ReadAllText(path).Contains("AnalogTheory.Figures", StringComparison.Ordinal))
                .Select(path => Path.GetFileName(path))
        );
}
