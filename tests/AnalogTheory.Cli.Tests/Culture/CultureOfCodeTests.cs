using System.Linq;
using System.Reflection;
using Xunit;

namespace AnalogTheory.Cli.Tests.Culture;

public class CultureOfCodeTests
{
    [Theory]
    [InlineData("AnalogTheory.Kernels")]
    [InlineData("AnalogTheory")]
    [InlineData("AnalogTheory.CSharp")]
    [InlineData("AnalogTheory.Runs")]
    [InlineData("AnalogTheory.Sweeps")]
    [InlineData("AnalogTheory.Plotting")]
    [InlineData("AnalogTheory.Figures")]
    [InlineData("AnalogTheory.Cli")]
    public void No_code_follows_the_culture(string assembly)
    {
        string[] found = [.. CultureSensitiveCode.In(Assembly.Load(assembly)).Distinct()];
        Assert.True(found.Length == 0, $"{found.Length} places, such as\n{string.Join('\n', found)}");
    }

    // The finder finds: otherwise the test above could not fail.
    [Fact]
    public void What_follows_the_culture_is_found()
    {
        string[] found =
        [
            .. CultureSensitiveCode
                .In(typeof(CultureOfCodeTests).Assembly)
                .Where(line => line.Contains(nameof(Cultural), System.StringComparison.Ordinal)),
        ];
        Assert.Equal(4, found.Length);
    }

#pragma warning disable CA1305, CA1310, CA1822
    private static class Cultural
    {
        internal static string Interpolated(double value) => $"a {value}";

        internal static string Formatted(int value) => value.ToString();

        internal static double Parsed(string text) => double.Parse(text);

        internal static bool Begins(string text) => text.StartsWith("ab");

        internal static string Fine(double value) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"a {value}");
    }
#pragma warning restore CA1305, CA1310, CA1822
}
