using System;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Text.Json.Serialization;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>The answer to "does the claim hold here?", with the kind of evidence that it rests on. Immutable.</summary>
/// <remarks>
/// There are these kinds and no others, so that a <c>switch</c> over them is complete. <see cref="Proved"/> settles the statement and
/// <see cref="Exact"/> the instance, both with certainty. <see cref="Evaluated"/>, <see cref="Computed"/> and <see cref="Supported"/> settle the
/// instance up to rounding, a discretisation whose error is bounded where it was read, and a stated probability. <see cref="SeenAtPoints"/> settles nothing between the points.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Proved), "proved")]
[JsonDerivedType(typeof(Exact), "exact")]
[JsonDerivedType(typeof(Evaluated), "evaluated")]
[JsonDerivedType(typeof(SeenAtPoints), "seenAtPoints")]
[JsonDerivedType(typeof(Computed), "computed")]
[JsonDerivedType(typeof(Supported), "supported")]
[JsonDerivedType(typeof(RefutedAtConfidence), "refutedAtConfidence")]
[JsonDerivedType(typeof(Refuted), "refuted")]
[JsonDerivedType(typeof(Vacuous), "vacuous")]
[JsonDerivedType(typeof(Undecided), "undecided")]
[SuppressMessage("Design", "CA1034:Nested types should not be visible", Justification = "The kinds of a closed hierarchy.")]
public abstract record Verdict
{
    private Verdict() { }

    /// <summary>The kind in one or two words, as the ledger prints it, such as <c>Supported(1E-08)</c>.</summary>
    [JsonIgnore]
    public string Name => Title;

    /// <summary>Whether the verdict speaks against the claim: <see cref="Refuted"/> or <see cref="RefutedAtConfidence"/>.</summary>
    [JsonIgnore]
    public bool IsAgainst => this is Refuted or RefutedAtConfidence;

    /// <summary>
    /// Whether the verdict settles the instance for the claim: <see cref="Proved"/>, <see cref="Exact"/>, <see cref="Evaluated"/>,
    /// <see cref="Computed"/> or <see cref="Supported"/>; not <see cref="SeenAtPoints"/>.
    /// </summary>
    [JsonIgnore]
    public bool IsFor => this is Proved or Exact or Evaluated or Computed or Supported;

    // Only this assembly can write these, so nobody else derives a kind of verdict.
    internal abstract string Title { get; }

    internal abstract string Reason { get; }

    /// <summary>Name and reason, such as <c>Exact: 0.04 against 0.05, margin 0.01</c>.</summary>
    /// <returns>The text.</returns>
    public sealed override string ToString() => $"{Name}: {Reason}";

    internal static Verdict Of(Core.Verdict verdict) =>
        verdict switch
        {
            Core.Verdict.Proved proved => new Proved(proved.query),
            Core.Verdict.Exact exact => new Exact(CSharp.Comparison.Of(exact.Item)),
            Core.Verdict.Evaluated evaluated => new Evaluated(CSharp.Comparison.Of(evaluated.Item)),
            Core.Verdict.SeenAtPoints seen => new SeenAtPoints(CSharp.Comparison.Of(seen.Item1), seen.points),
            Core.Verdict.Computed computed => new Computed(CSharp.Comparison.Of(computed.Item1), computed.error),
            Core.Verdict.Supported supported => new Supported(SampledEvidence.Of(supported.Item)),
            Core.Verdict.RefutedAtConfidence refuted => new RefutedAtConfidence(SampledEvidence.Of(refuted.Item)),
            Core.Verdict.Refuted refuted => new Refuted(refuted.counterexample, CSharp.Comparison.Of(refuted.Item2)),
            Core.Verdict.Vacuous vacuous => new Vacuous([.. vacuous.Item.Select(FailedHypothesis.Of)]),
            Core.Verdict.Undecided undecided => new Undecided(undecided.reason),
            _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Expected a known kind of verdict."),
        };

    private static string OneDigit(double value) => value.ToString("G1", CultureInfo.InvariantCulture);

    private static string AtLevel(string kind, SampledEvidence evidence) =>
        evidence.IsAsymptotic ? $"{kind}(asymptotic)" : $"{kind}({OneDigit(evidence.Delta)})";

    /// <summary>Discharged for all reals by a solver.</summary>
    public sealed record Proved : Verdict
    {
        [JsonConstructor]
        internal Proved(string query) => Query = query;

        /// <summary>Name of the query, whose text is kept in proofs-checks/smt.</summary>
        public string Query { get; }

        internal override string Title => "Proved";

        internal override string Reason => $"no counterexample of {Query} over the reals";
    }

    /// <summary>Holds on the instance with certainty: the margin's sign rests on intervals with outward rounding or on exact fractions.</summary>
    public sealed record Exact : Verdict
    {
        [JsonConstructor]
        internal Exact(Comparison comparison) => Comparison = comparison;

        /// <summary>The comparison with the smallest margin.</summary>
        public Comparison Comparison { get; }

        internal override string Title => "Exact";

        internal override string Reason => Comparison.ToString();
    }

    /// <summary>Holds on the instance as floating point evaluates it, with an allowance for rounding that nothing encloses.</summary>
    public sealed record Evaluated : Verdict
    {
        [JsonConstructor]
        internal Evaluated(Comparison comparison) => Comparison = comparison;

        /// <summary>The comparison with the smallest margin.</summary>
        public Comparison Comparison { get; }

        internal override string Title => "Evaluated";

        internal override string Reason => Comparison.ToString();
    }

    /// <summary>Holds at every one of so many points; nothing is known of what lies between them.</summary>
    public sealed record SeenAtPoints : Verdict
    {
        [JsonConstructor]
        internal SeenAtPoints(Comparison comparison, int points)
        {
            Comparison = comparison;
            Points = points;
        }

        /// <summary>The comparison with the smallest margin.</summary>
        public Comparison Comparison { get; }

        /// <summary>Number of points.</summary>
        public int Points { get; }

        internal override string Title => string.Create(CultureInfo.InvariantCulture, $"Seen at {Points} points");

        internal override string Reason => Comparison.ToString();
    }

    /// <summary>Discretised, with a bound on the error that the margin exceeds.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public sealed record Computed : Verdict
    {
        [JsonConstructor]
        internal Computed(Comparison comparison, double error)
        {
            Comparison = comparison;
            Error = error;
        }

        /// <summary>The comparison whose margin exceeds its error least.</summary>
        public Comparison Comparison { get; }

        /// <summary>Estimated error of the margin, unit of the bound.</summary>
        public double Error { get; }

        internal override string Title => $"Computed({OneDigit(Error)})";

        internal override string Reason => Comparison.ToString();
    }

    /// <summary>On the right side of the bound with confidence 1 − δ.</summary>
    public sealed record Supported : Verdict
    {
        [JsonConstructor]
        internal Supported(SampledEvidence evidence) => Evidence = evidence;

        /// <summary>What was sampled.</summary>
        public SampledEvidence Evidence { get; }

        internal override string Title => AtLevel("Supported", Evidence);

        internal override string Reason => Evidence.ToString();
    }

    /// <summary>On the wrong side of the bound with confidence 1 − δ.</summary>
    public sealed record RefutedAtConfidence : Verdict
    {
        [JsonConstructor]
        internal RefutedAtConfidence(SampledEvidence evidence) => Evidence = evidence;

        /// <summary>What was sampled.</summary>
        public SampledEvidence Evidence { get; }

        internal override string Title => AtLevel("Refuted", Evidence);

        internal override string Reason => Evidence.ToString();
    }

    /// <summary>A counterexample; its inputs replay it.</summary>
    public sealed record Refuted : Verdict
    {
        [JsonConstructor]
        internal Refuted(string counterexample, Comparison comparison)
        {
            Counterexample = counterexample;
            Comparison = comparison;
        }

        /// <summary>The counterexample in words.</summary>
        public string Counterexample { get; }

        /// <summary>The comparison that fails on it.</summary>
        public Comparison Comparison { get; }

        internal override string Title => "Refuted";

        internal override string Reason => $"{Counterexample}; {Comparison}";
    }

    /// <summary>A hypothesis fails on the instance, so that the claim says nothing about it.</summary>
    public sealed record Vacuous : Verdict
    {
        [JsonConstructor]
        internal Vacuous(ImmutableArray<FailedHypothesis> failed) => Failed = failed;

        /// <summary>The hypotheses that fail, each with its margin, in the order of the source; at least one.</summary>
        public ImmutableArray<FailedHypothesis> Failed { get; }

        internal override string Title => "Vacuous";

        internal override string Reason => string.Join("; ", Failed);

        /// <summary>Whether the same hypotheses fail by the same margins.</summary>
        /// <param name="other">Another verdict.</param>
        /// <returns>Whether they are equal.</returns>
        public bool Equals(Vacuous? other) => other is not null && Failed.SequenceEqual(other.Failed);

        /// <summary>A hash of what makes verdicts equal.</summary>
        /// <returns>The hash.</returns>
        public override int GetHashCode() => Failed.Length == 0 ? 0 : Failed[0].GetHashCode();
    }

    /// <summary>The budget ended first, a solver did not answer, or a function of the claim raised an exception.</summary>
    public sealed record Undecided : Verdict
    {
        [JsonConstructor]
        internal Undecided(string why) => Why = why;

        /// <summary>Why.</summary>
        public string Why { get; }

        internal override string Title => "Undecided";

        internal override string Reason => Why;
    }
}
