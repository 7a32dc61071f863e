using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnalogTheory.CSharp;

/// <summary>A verdict and the instance, or the solver's query, that it is about. Immutable.</summary>
public sealed record InstanceVerdict
{
    [JsonConstructor]
    internal InstanceVerdict(string instance, Verdict verdict)
    {
        Instance = instance;
        Verdict = verdict;
    }

    /// <summary>Name of the instance or of the query.</summary>
    public string Instance { get; }

    /// <summary>The verdict on it.</summary>
    public Verdict Verdict { get; }

    /// <summary>Such as <c>D = 1, Rademacher σ = .2, K = 400: Supported(1E-08): …</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Instance}: {Verdict}";
}

/// <summary>A claim, what settled each of its instances, and with what means. Immutable, equal when it says the same.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record ClaimReport
{
    [JsonConstructor]
    internal ClaimReport(
        string id,
        string source,
        string variant,
        string statement,
        ImmutableArray<InstanceVerdict> verdicts,
        double delta,
        double deltaSpent,
        long samples,
        ulong seed
    )
    {
        Id = id;
        Source = source;
        Variant = variant;
        Statement = statement;
        Verdicts = verdicts;
        Delta = delta;
        DeltaSpent = deltaSpent;
        Samples = samples;
        Seed = seed;
    }

    /// <summary>Identifier with variant, such as <c>S3-weighted</c>.</summary>
    public string Id { get; }

    /// <summary>Where the claim comes from.</summary>
    public string Source { get; }

    /// <summary>Variant, such as <c>printed</c>.</summary>
    public string Variant { get; }

    /// <summary>The statement in one line.</summary>
    public string Statement { get; }

    /// <summary>The verdict of every query or instance, in the claim's order.</summary>
    public ImmutableArray<InstanceVerdict> Verdicts { get; }

    /// <summary>δ that the claim was given.</summary>
    public double Delta { get; }

    /// <summary>δ that its sampled verdicts spent, asymptotic ones left out.</summary>
    public double DeltaSpent { get; }

    /// <summary>Most replicas per instance.</summary>
    public long Samples { get; }

    /// <summary>Seed of the check.</summary>
    public ulong Seed { get; }

    /// <summary>Whether some verdict speaks against the claim.</summary>
    [JsonIgnore]
    public bool IsAgainst => Verdicts.Any(item => item.Verdict.IsAgainst);

    /// <summary>The kinds of verdict with their numbers, the gravest first, such as <c>Refuted (2), Exact (4)</c>.</summary>
    [JsonIgnore]
    public string Summary =>
        string.Join(
            ", ",
            Verdicts
                .Select(item => item.Verdict)
                .GroupBy(verdict => (Gravity(verdict), verdict is CSharp.Verdict.Computed ? "Computed" : verdict.Name))
                .OrderBy(group => group.Key.Item1)
                .Select(group =>
                    group.Count() == 1
                        ? group.Key.Item2
                        : string.Create(CultureInfo.InvariantCulture, $"{group.Key.Item2} ({group.Count()})")
                )
        );

    /// <summary>The report as an indented JSON document; <c>verdict.kind</c> says which kind a verdict is.</summary>
    /// <returns>The document.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Readable.ClaimReport);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The document.</param>
    /// <returns>An equal report.</returns>
    /// <exception cref="ArgumentNullException">The document is null.</exception>
    /// <exception cref="JsonException">The text is no such document.</exception>
    public static ClaimReport FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonSerializer.Deserialize(json, ReportJson.Readable.ClaimReport)
            ?? throw new JsonException("Expected the report of a claim, got null.");
    }

    /// <summary>Identifier and summary, such as <c>S3-weighted: Supported(1E-08) (4)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Id}: {Summary}";

    /// <summary>Whether another report says the same.</summary>
    /// <param name="other">Another report.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(ClaimReport? other) =>
        other is not null
        && (Id, Source, Variant, Statement, Delta, DeltaSpent, Samples, Seed)
            == (other.Id, other.Source, other.Variant, other.Statement, other.Delta, other.DeltaSpent, other.Samples, other.Seed)
        && Verdicts.SequenceEqual(other.Verdicts);

    /// <summary>A hash of what makes reports equal.</summary>
    /// <returns>The hash.</returns>
    public override int GetHashCode() => HashCode.Combine(Id, Delta, Samples, Seed, Verdicts.Length);

    private static int Gravity(Verdict verdict) =>
        verdict switch
        {
            { IsAgainst: true } => 0,
            CSharp.Verdict.Undecided => 1,
            CSharp.Verdict.Vacuous => 3,
            _ => 2,
        };
}
