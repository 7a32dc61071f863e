using System.Globalization;
using System.Text.Json.Serialization;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>A comparison that a claim makes: measured on one side, the bound on the other.</summary>
/// <param name="Measured">What was measured.</param>
/// <param name="Bound">What it is compared with.</param>
/// <param name="Margin">Distance to the wrong side, unit of the bound: at least 0 holds; below 0 or NaN fails.</param>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public readonly record struct Comparison(double Measured, double Bound, double Margin)
{
    /// <summary>Whether the claim holds here; NaN counts against it.</summary>
    [JsonIgnore]
    public bool Holds => Margin >= 0.0;

    /// <summary>measured ≤ bound.</summary>
    /// <param name="measured">Left side.</param>
    /// <param name="bound">Right side, same unit.</param>
    /// <returns>The comparison, with margin bound − measured.</returns>
    public static Comparison AtMost(double measured, double bound) => Of(ComparisonModule.atMost(measured, bound));

    /// <summary>measured ≥ bound.</summary>
    /// <param name="measured">Left side.</param>
    /// <param name="bound">Right side, same unit.</param>
    /// <returns>The comparison, with margin measured − bound.</returns>
    public static Comparison AtLeast(double measured, double bound) => Of(ComparisonModule.atLeast(measured, bound));

    /// <summary>measured = expected, up to an allowance for rounding or discretisation.</summary>
    /// <param name="measured">Left side.</param>
    /// <param name="expected">Right side, same unit.</param>
    /// <param name="allowance">Largest |measured − expected| that counts as equal.</param>
    /// <returns>The comparison, with margin allowance − |measured − expected|.</returns>
    public static Comparison Equal(double measured, double expected, double allowance) =>
        Of(ComparisonModule.equal(allowance, measured, expected));

    /// <summary>Such as <c>0.04 against 0.05, margin 0.01</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Measured:G4} against {Bound:G4}, margin {Margin:G3}");

    internal static Comparison Of(Core.Comparison comparison) => new(comparison.Measured, comparison.Bound, comparison.Margin);

    internal Core.Comparison ToCore() => new(Measured, Bound, Margin);
}
