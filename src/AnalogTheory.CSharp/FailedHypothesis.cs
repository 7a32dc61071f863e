using System.Globalization;
using System.Text.Json.Serialization;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>Why a claim says nothing about an instance: a hypothesis that fails on it. Immutable.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record FailedHypothesis
{
    [JsonConstructor]
    internal FailedHypothesis(string name, double margin, long? failedReplicas, long? replicas, string note = "")
    {
        Name = name;
        Margin = margin;
        FailedReplicas = failedReplicas;
        Replicas = replicas;
        Note = note;
    }

    /// <summary>Name of the hypothesis, as the source numbers it.</summary>
    public string Name { get; }

    /// <summary>By how much it fails, in its own unit: below 0, or NaN where that is not known or the hypothesis is about paths.</summary>
    public double Margin { get; }

    /// <summary>Replicas in which a hypothesis about paths failed; null for hypotheses about the instance.</summary>
    public long? FailedReplicas { get; }

    /// <summary>Replicas drawn by then; null for hypotheses about the instance.</summary>
    public long? Replicas { get; }

    /// <summary>What was seen, in words and numbers; empty where the margin says it all.</summary>
    public string Note { get; }

    /// <summary>Such as <c>α ≤ 1/(2L) fails by 0.1</c>, or <c>range fails in 3 of 256 replicas: …</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        string where =
            Replicas is not null ? string.Create(CultureInfo.InvariantCulture, $"{Name} fails in {FailedReplicas} of {Replicas} replicas")
            : double.IsNaN(Margin) && Note.Length > 0 ? $"{Name} fails"
            : $"{Name} {Explanation.words(Margin)}";
        return Note.Length == 0 ? where : $"{where}: {Note}";
    }

    internal static FailedHypothesis Of(Core.FailedHypothesis failed) =>
        new(failed.Name, failed.Margin, failed.Replicas?.Value.Item1, failed.Replicas?.Value.Item2, failed.Note);
}
