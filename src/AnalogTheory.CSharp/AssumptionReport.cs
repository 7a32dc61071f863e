using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>One theorem's condition on a training setting. Immutable.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record AssumptionCheck
{
    [JsonConstructor]
    internal AssumptionCheck(string theorem, string condition, double margin)
    {
        Theorem = theorem;
        Condition = condition;
        Margin = margin;
    }

    /// <summary>Theorem of arXiv 2406.12774v1, or a claim's identifier.</summary>
    public string Theorem { get; }

    /// <summary>The condition.</summary>
    public string Condition { get; }

    /// <summary>Signed margin in the condition's unit: at least 0 holds, below 0 fails, NaN is unknown.</summary>
    public double Margin { get; }

    /// <summary>Whether the condition holds; what is unknown does not.</summary>
    [JsonIgnore]
    public bool Holds => Margin >= 0.0;

    /// <summary><c>holds</c>, <c>fails</c> or <c>unknown</c>.</summary>
    public string Outcome =>
        Holds ? "holds"
        : double.IsNaN(Margin) ? "unknown"
        : "fails";

    /// <summary>Such as <c>Theorem 2 (S3): α ≤ 1/(2L) holds (margin 0.4)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Theorem}: {Condition} {Outcome} (margin {Margin:G4})");
}

/// <summary>What is known about a training setting, and which theorems say something about it. Immutable.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record AssumptionReport
{
    private AssumptionReport(Core.AssumptionReport report, ImmutableArray<Device> devices)
    {
        Devices = devices;
        Smoothness = report.Smoothness;
        StrongConvexity = report.StrongConvexity;
        Minimum = report.Minimum;
        Gap = report.Gap;
        NoiseFloor = report.NoiseFloor;
        Deviation = report.Deviation;
        LargestWeight = report.LargestWeight;
        LargestAnalogRate = report.LargestAnalogRate;
        LargestAuxiliaryRate = report.LargestAuxiliaryRate;
        SmallestTheoremFourRate = report.AuxiliaryRateWindow.Item1;
        LargestTheoremFourRate = report.AuxiliaryRateWindow.Item2;
        RequiredDeviation = report.RequiredDeviation;
        Checks = [.. report.Checks.Select(check => new AssumptionCheck(check.Theorem, check.Condition, check.Margin))];
        Applicable = [.. report.Applicable];
        Vacuous = [.. report.Vacuous.Select(theorem => theorem.Item1)];
    }

    /// <summary>L; loss/weight².</summary>
    public double Smoothness { get; }

    /// <summary>μ; loss/weight².</summary>
    public double StrongConvexity { get; }

    /// <summary>f*; loss.</summary>
    public double Minimum { get; }

    /// <summary>Δ_f = f(W₀) − f*; loss.</summary>
    public double Gap { get; }

    /// <summary>c with E|g + ε_d| ≥ cσ for every g, dimensionless; NaN if unknown.</summary>
    public double NoiseFloor { get; }

    /// <summary>σ at W₀, E‖ε‖² = σ²; loss/weight.</summary>
    public double Deviation { get; }

    /// <summary>W_max, unit of weight; ∞ if unknown.</summary>
    public double LargestWeight { get; }

    /// <summary>
    /// The largest α of Analog SGD that S2 and S3 admit, 1/(2L); on devices that are not asymmetric linear N1's, 1/(2LF_max), NaN where F is not known on all
    /// weights that are reached; weight²/loss.
    /// </summary>
    public double LargestAnalogRate { get; }

    /// <summary>The largest β that T6 admits, in its repaired form; weight²/loss; NaN on devices that it says nothing about.</summary>
    public double LargestAuxiliaryRate { get; }

    /// <summary>The smallest β that Theorem 4 admits at the rule's α, weight²/loss; NaN for Analog SGD.</summary>
    public double SmallestTheoremFourRate { get; }

    /// <summary>The largest β that Theorem 4 admits at the rule's α, weight²/loss; NaN for Analog SGD. Below the smallest, none is admitted.</summary>
    public double LargestTheoremFourRate { get; }

    /// <summary>σ above which Theorem 4 says something, √(33·41)·Lτ√D/c ≥ 36.78·LτD; loss/weight.</summary>
    public double RequiredDeviation { get; }

    /// <summary>The training's devices, P's before W's; what holds of each is <see cref="Device.Check()"/>'s.</summary>
    [JsonIgnore]
    public ImmutableArray<Device> Devices { get; }

    /// <summary>Every condition of every theorem that concerns the rule.</summary>
    public ImmutableArray<AssumptionCheck> Checks { get; }

    /// <summary>Theorems all of whose conditions hold.</summary>
    public ImmutableArray<string> Applicable { get; }

    /// <summary>Theorems that say nothing here: some condition of theirs fails or is unknown.</summary>
    public ImmutableArray<string> Vacuous { get; }

    /// <summary>The report as an indented JSON document.</summary>
    /// <returns>The document.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Readable.AssumptionReport);

    /// <summary>The conditions as a table of lines, theorem by theorem.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        int theorem = Checks.Max(check => check.Theorem.Length);
        int condition = Checks.Max(check => check.Condition.Length);
        StringBuilder text = new();
        foreach (AssumptionCheck check in Checks)
        {
            text.Append(check.Theorem.PadRight(theorem + 2))
                .Append(check.Condition.PadRight(condition + 2))
                .Append(check.Outcome.PadRight(9));
            text.AppendLine(check.Margin.ToString("G4", CultureInfo.InvariantCulture));
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>Whether another report says the same.</summary>
    /// <param name="other">Another report.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(AssumptionReport? other) =>
        other is not null
        && (Smoothness, StrongConvexity, Minimum, Gap, Deviation, LargestWeight).Equals(
            (other.Smoothness, other.StrongConvexity, other.Minimum, other.Gap, other.Deviation, other.LargestWeight)
        )
        && Checks.SequenceEqual(other.Checks);

    /// <summary>A hash of what makes reports equal.</summary>
    /// <returns>The hash.</returns>
    public override int GetHashCode() => HashCode.Combine(Smoothness, StrongConvexity, Gap, Deviation, Checks.Length);

    internal static AssumptionReport Of(Core.AssumptionReport report, ImmutableArray<Device> devices) => new(report, devices);
}
