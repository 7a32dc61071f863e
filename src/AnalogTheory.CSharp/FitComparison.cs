using System.Collections.Immutable;
using System.Linq;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>How clearly the best law stands out, by differences of the corrected Akaike criterion.</summary>
public enum Distinction
{
    /// <summary>The best law is ahead of every other by 10 or more.</summary>
    Decisive,

    /// <summary>It is ahead by 2 to 10: the data lean towards it.</summary>
    Favoured,

    /// <summary>Another law is within 2: these data do not tell them apart.</summary>
    Indistinguishable,
}

/// <summary>Laws fitted to the same readings, best first. Immutable.</summary>
/// <remarks>
/// The best law is the one with the fewest parameters among those within 2 of the lowest criterion, and among equals the field's usual one.
/// </remarks>
public sealed class FitComparison
{
    private readonly Core.FitComparison _inner;

    internal FitComparison(Core.FitComparison inner)
    {
        _inner = inner;
        Fits = [.. inner.Fits.Select(fit => new DeviceFit(fit))];
        Differences = [.. inner.Differences];
        Weights = [.. inner.Weights];
    }

    /// <summary>The best fit, then the others by their corrected Akaike criterion, lowest first.</summary>
    public ImmutableArray<DeviceFit> Fits { get; }

    /// <summary>The fit that stands for the readings.</summary>
    public DeviceFit Best => Fits[0];

    /// <summary>Fits that these data do not tell from the best: within 2 of the lowest criterion.</summary>
    public ImmutableArray<DeviceFit> RunnersUp => [.. Fits.Skip(1).Take(_inner.Rivals.Length)];

    /// <summary>Criterion of each fit less the lowest.</summary>
    public ImmutableArray<double> Differences { get; }

    /// <summary>Akaike weights: how the evidence is shared among the laws tried; they add up to 1.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>How clearly the best law stands out.</summary>
    public Distinction Distinction =>
        _inner.Distinction.IsDecisive ? Distinction.Decisive
        : _inner.Distinction.IsFavoured ? Distinction.Favoured
        : Distinction.Indistinguishable;

    /// <summary>Whether even the best law leaves mean steps unexplained; then <see cref="Tabulated"/> is the better device.</summary>
    public bool IsLacking => _inner.IsLacking;

    /// <summary>The device without a law: mean steps in bins; null where they never cross.</summary>
    public MeasuredDevice? Tabulated => _inner.Tabulated is null ? null : new(_inner.Tabulated.Value);

    /// <summary>The outcome in a sentence or two.</summary>
    public string Conclusion => _inner.Conclusion;

    /// <summary>The outcome, then the best fit.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => _inner.ToString();
}
