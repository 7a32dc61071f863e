using System;
using System.Collections.Generic;
using System.Globalization;

namespace AnalogTheory.Benchmarks.Bars;

/// <summary>A ratio of times that is to stay at or below a limit, or at or above one.</summary>
/// <param name="Name">What is compared.</param>
/// <param name="Limit">The limit.</param>
/// <param name="IsLeast">Whether the ratio is to be at least the limit.</param>
/// <param name="Ratio">The ratio, from the least times by name.</param>
internal sealed record Bar(string Name, double Limit, bool IsLeast, Func<IReadOnlyDictionary<string, double>, double> Ratio)
{
    /// <summary>The time of one piece of work over that of another is at most the limit.</summary>
    internal static Bar AtMost(string name, double limit, string work, string baseline) =>
        new(name, limit, false, times => times[work] / times[baseline]);

    /// <summary>One piece of work is at least so many times as fast as another.</summary>
    internal static Bar AtLeast(string name, double limit, string work, string slower) =>
        new(name, limit, true, times => times[slower] / times[work]);

    /// <summary>A line of the table.</summary>
    /// <param name="times">Least times.</param>
    internal string Line(IReadOnlyDictionary<string, double> times)
    {
        double ratio = Ratio(times);
        bool isMet = IsLeast ? ratio >= Limit : ratio <= Limit;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {Name, -72} | {(IsLeast ? "≥" : "≤")} {Limit, -5:0.###} | {ratio, 7:0.00} | {(isMet ? "met" : "missed"), -6} |"
        );
    }
}
