using System;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>What becomes of a claim without one of its hypotheses: an instance on which it fails. Immutable.</summary>
public sealed class Violation
{
    private readonly Core.Violation _inner;

    internal Violation(string hypothesis, Core.Violation inner)
    {
        Hypothesis = hypothesis;
        _inner = inner;
    }

    /// <summary>Name of the hypothesis that was dropped, and fails here while all others hold.</summary>
    public string Hypothesis { get; }

    /// <summary>Inputs in words, enough to replay it; the smallest that the search saw.</summary>
    public string Inputs => _inner.Inputs;

    /// <summary>The comparison that fails.</summary>
    public Comparison Comparison => Comparison.Of(_inner.Comparison);

    /// <summary>Runs the inputs through the engine again.</summary>
    /// <returns>The comparison, the same each time.</returns>
    public Comparison Replay() => Comparison.Of(_inner.Replay.Invoke(null!));

    /// <summary>Such as <c>without α ≤ 1/(2L): L = 1, …: 0.3 against 0.2, margin -0.1</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"without {Hypothesis}: {Inputs}: {Comparison}";
}
