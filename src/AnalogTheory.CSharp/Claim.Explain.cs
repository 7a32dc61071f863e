using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;

namespace AnalogTheory.CSharp;

public sealed partial class Claim
{
    /// <summary>Every hypothesis of the claim on every one of its instances, with its margin and what would satisfy it where it fails.</summary>
    /// <remarks>
    /// <code>
    /// foreach (InstanceHypotheses instance in Claim.Find("S3-printed").On(mine, steps: 400).HypothesesByInstance()) Console.WriteLine(instance);
    /// </code>
    /// </remarks>
    /// <returns>Instances in order; empty for claims that a solver settles for all reals.</returns>
    public ImmutableArray<InstanceHypotheses> HypothesesByInstance() =>
        [
            .. Explanation
                .hypotheses(Inner)
                .Select(instance => new InstanceHypotheses(
                    instance.Item1,
                    [.. instance.Item2.Select(found => new HypothesisOnInstance(found.Name, found.Margin, found.Advice?.Value))]
                )),
        ];

    /// <summary>A report in full, for people: per instance the hypotheses, what was measured against which bound, and what the words mean.</summary>
    /// <param name="report">A report of this claim, from <see cref="Check(CheckSettings?)"/>.</param>
    /// <returns>Lines of text.</returns>
    /// <exception cref="ArgumentNullException">The report is null.</exception>
    /// <exception cref="ArgumentException">The report is of another claim.</exception>
    public string Explain(ClaimReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Id != Id)
        {
            throw new ArgumentException($"Expected a report of {Id}, got one of {report.Id}.", nameof(report));
        }

        Dictionary<string, InstanceHypotheses> instances = HypothesesByInstance().ToDictionary(instance => instance.Instance);
        StringBuilder text = new();
        _ = text.Append(Id).Append(": ").Append(Statement).Append('\n').Append("  ").Append(Source).Append('\n');
        foreach (InstanceVerdict item in report.Verdicts)
        {
            _ = text.Append(item.Instance).Append('\n');
            if (instances.TryGetValue(item.Instance, out InstanceHypotheses? instance))
            {
                foreach (HypothesisOnInstance hypothesis in instance.Hypotheses)
                {
                    _ = text.Append("  ").Append(hypothesis).Append('\n');
                }
            }

            _ = text.Append("  ").Append(item.Verdict.ToString().ReplaceLineEndings(" ")).Append('\n');
        }

        foreach ((string term, string meaning) in Explanation.glossary(text.ToString()))
        {
            _ = text.Append(term.TrimEnd(':')).Append(": ").Append(meaning).Append('\n');
        }

        return text.ToString();
    }
}

/// <summary>How a hypothesis stands on an instance. Immutable.</summary>
public sealed record HypothesisOnInstance
{
    internal HypothesisOnInstance(string name, double margin, string? advice)
    {
        Name = name;
        Margin = margin;
        Advice = advice;
    }

    /// <summary>Name, as the source numbers it.</summary>
    public string Name { get; }

    /// <summary>Signed margin in the hypothesis's own unit: 0 or more holds; below 0 or NaN fails.</summary>
    public double Margin { get; }

    /// <summary>What would satisfy it where it fails, such as <c>α = 0.0884 would do</c>; null where nothing is known that would.</summary>
    public string? Advice { get; }

    /// <summary>Whether it holds.</summary>
    public bool Holds => Margin >= 0.0;

    /// <summary>Such as <c>α ≤ 1/(2L) fails by 0.1: α = 0.5 would do</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Name} {Explanation.words(Margin)}{(Advice is null ? "" : $": {Advice}")}";
}

/// <summary>The hypotheses of a claim on one instance. Immutable.</summary>
public sealed class InstanceHypotheses
{
    internal InstanceHypotheses(string instance, ImmutableArray<HypothesisOnInstance> hypotheses)
    {
        Instance = instance;
        Hypotheses = hypotheses;
    }

    /// <summary>Name of the instance.</summary>
    public string Instance { get; }

    /// <summary>The hypotheses, in the order of the source.</summary>
    public ImmutableArray<HypothesisOnInstance> Hypotheses { get; }

    /// <summary>The instance, then a line a hypothesis.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join("\n  ", [Instance, .. Hypotheses.Select(hypothesis => hypothesis.ToString())]);
}
