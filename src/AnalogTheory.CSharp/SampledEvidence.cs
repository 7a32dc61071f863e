using System.Globalization;
using System.Text.Json.Serialization;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>What a sampled check saw: a confidence interval of the expected margin, valid at every sample size.</summary>
/// <param name="Lower">Lower end, unit of the bound.</param>
/// <param name="Upper">Upper end, unit of the bound.</param>
/// <param name="Samples">Independent replicas used.</param>
/// <param name="Delta">δ spent: the interval is wrong with at most this probability, whenever one stopped.</param>
/// <param name="IsAsymptotic">Whether the interval is asymptotic only (unbounded noise), and kept out of a report's δ.</param>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public readonly record struct SampledEvidence(double Lower, double Upper, long Samples, double Delta, bool IsAsymptotic)
{
    /// <summary>Such as <c>expected margin in [0.011, 0.012] after 768 replicas</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"expected margin in [{Lower:G4}, {Upper:G4}] after {Samples} replicas");

    internal static SampledEvidence Of(Core.SampledEvidence evidence) =>
        new(evidence.Lower, evidence.Upper, evidence.Samples, evidence.Delta, evidence.IsAsymptotic);
}
