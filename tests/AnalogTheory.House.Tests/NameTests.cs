using System.Linq;
using System.Reflection;
using Xunit;

namespace AnalogTheory.House.Tests;

/// <summary>Packages that a program opens together have no type of one name: it would be ambiguous there.</summary>
public class NameTests
{
    [Theory]
    [InlineData("AnalogTheory.CSharp", "AnalogTheory.Plotting")]
    [InlineData("AnalogTheory.CSharp", "AnalogTheory.Runs")]
    [InlineData("AnalogTheory.Plotting", "AnalogTheory.Runs")]
    [InlineData("AnalogTheory.Training", "AnalogTheory.CSharp")]
    [InlineData("AnalogTheory.Sweeps", "AnalogTheory.Runs")]
    [InlineData("AnalogTheory.Sweeps", "AnalogTheory.CSharp")]
    [InlineData("AnalogTheory.Sweeps", "AnalogTheory.Plotting")]
    public void Packages_that_are_opened_together_share_no_name(string first, string second) =>
        Assert.Empty(Names(first).Intersect(Names(second)));

    private static string[] Names(string assembly) =>
        [
            .. Assembly
                .Load(assembly)
                .GetExportedTypes()
                .Where(type => type.Namespace == assembly && !type.IsNested)
                .Select(type => type.Name),
        ];
}
