using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnalogTheory.CSharp;

/// <summary>Several claims under one δ: with probability at least 1 − δ no sampled verdict in it is wrong. Immutable.</summary>
/// <remarks>
/// Verdicts labelled asymptotic rest on unbounded noise, have no such guarantee at any finite size, and are not part of δ.
/// </remarks>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record Report
{
    [JsonConstructor]
    internal Report(double delta, ImmutableArray<ClaimReport> claims)
    {
        Delta = delta;
        Claims = claims;
    }

    /// <summary>δ of the whole report.</summary>
    public double Delta { get; }

    /// <summary>δ that its verdicts spent; at most <see cref="Delta"/>.</summary>
    public double DeltaSpent => Claims.Sum(claim => claim.DeltaSpent);

    /// <summary>One report a claim, in the order they were given.</summary>
    public ImmutableArray<ClaimReport> Claims { get; }

    /// <summary>Whether some verdict speaks against its claim.</summary>
    [JsonIgnore]
    public bool IsAgainst => Claims.Any(claim => claim.IsAgainst);

    /// <summary>The report as an indented JSON document.</summary>
    /// <returns>The document.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Readable.Report);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The document.</param>
    /// <returns>An equal report.</returns>
    /// <exception cref="ArgumentNullException">The document is null.</exception>
    /// <exception cref="JsonException">The text is no such document.</exception>
    public static Report FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonSerializer.Deserialize(json, ReportJson.Readable.Report) ?? throw new JsonException("Expected a report, got null.");
    }

    /// <summary>One line a claim.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join(Environment.NewLine, Claims);

    /// <summary>Whether another report says the same.</summary>
    /// <param name="other">Another report.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(Report? other) => other is not null && Delta == other.Delta && Claims.SequenceEqual(other.Claims);

    /// <summary>A hash of what makes reports equal.</summary>
    /// <returns>The hash.</returns>
    public override int GetHashCode() => HashCode.Combine(Delta, Claims.Length);
}
