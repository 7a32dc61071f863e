using System;

namespace AnalogTheory.CSharp;

/// <summary>A hypothesis of a claim of one's own, as a predicate with a signed margin. Immutable.</summary>
/// <typeparam name="TSetting">What an instance of the claim is made of.</typeparam>
public sealed class Hypothesis<TSetting>
{
    /// <summary>A hypothesis.</summary>
    /// <param name="name">Name, which a vacuous verdict tells.</param>
    /// <param name="margin">
    /// Distance to failing, in the hypothesis's own unit: at least 0 holds; below 0 or NaN fails by that much. It must be pure.
    /// </param>
    /// <exception cref="ArgumentNullException">The name or the margin is null.</exception>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public Hypothesis(string name, Func<TSetting, double> margin)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(margin);
        Name = name;
        Margin = margin;
    }

    /// <summary>Name.</summary>
    public string Name { get; }

    /// <summary>Signed margin on a setting.</summary>
    public Func<TSetting, double> Margin { get; }

    /// <summary>The name.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name;
}
