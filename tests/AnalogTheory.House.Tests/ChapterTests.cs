using System.IO;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace AnalogTheory.House.Tests;

/// <summary>The compile order of the core reads as a table of contents: every folder is one stretch of it, so no chapter needs a later one.</summary>
public class ChapterTests
{
    private static readonly string[] s_chapters =
    [
        "Foundations",
        "Devices",
        "Pulses",
        "Measurements",
        "Problems",
        "Rules",
        "Dynamics",
        "Statements",
        "ExactLaws",
        "Checking",
        "Theorems",
        "Reports",
    ];

    [Fact]
    public void The_chapters_of_the_core_follow_one_another()
    {
        string[] order =
        [
            .. XDocument
                .Load(Path.Combine(Tree.Root, "src/AnalogTheory/AnalogTheory.fsproj"))
                .Descendants("Compile")
                .Select(item => item.Attribute("Include")!.Value.Split('/')[0]),
        ];
        string[] stretches = [.. order.Where((chapter, i) => i == 0 || order[i - 1] != chapter)];
        Assert.Equal(s_chapters.Where(stretches.Contains), stretches);
    }
}
