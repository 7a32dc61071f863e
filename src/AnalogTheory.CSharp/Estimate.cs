using System;
using System.Globalization;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>A mean over independent replicas with its uncertainty.</summary>
/// <param name="Mean">Mean; NaN if any replica diverged.</param>
/// <param name="StandardError">Standard error of the mean; NaN for one replica.</param>
/// <param name="Count">Number of replicas.</param>
public readonly record struct Estimate(double Mean, double StandardError, int Count) : IFormattable
{
    /// <summary>Mean and standard error of independent values.</summary>
    /// <param name="values">Values; at least one.</param>
    /// <returns>The estimate.</returns>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static Estimate Of(ReadOnlySpan<double> values)
    {
        Core.Estimate estimate = EstimateModule.ofSpan(values);
        return new(estimate.Mean, estimate.StandardError, estimate.Count);
    }

    /// <summary>Half width of the two-sided confidence interval, by Student's t; asymptotic where replicas are not normal.</summary>
    /// <param name="level">Confidence level in (0, 1).</param>
    /// <returns>Half width, unit of the mean; NaN for fewer than two replicas.</returns>
    /// <exception cref="ArgumentException">The level is not in (0, 1).</exception>
    public double HalfWidth(double level = 0.95) => EstimateModule.halfWidth(level, new Core.Estimate(Mean, StandardError, Count));

    /// <summary>Mean ± half width at 95 %, to two digits of the half width, such as <c>0.01398 ± 0.00064</c>.</summary>
    /// <returns>The text, with a decimal point in every language.</returns>
    public override string ToString() => ToString(null, null);

    /// <summary>Mean ± half width at 95 %, each in a format for numbers.</summary>
    /// <param name="format">Format for numbers; null or empty for two digits of the half width.</param>
    /// <param name="formatProvider">Culture; null for the invariant one, so that an interpolated estimate is the same text everywhere.</param>
    /// <returns>The text.</returns>
    /// <exception cref="FormatException">The format is none for numbers.</exception>
    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        formatProvider ??= CultureInfo.InvariantCulture;
        double halfWidth = HalfWidth();
        string numbers = string.IsNullOrEmpty(format) ? Core.Estimate.FormatFor(halfWidth) : format;
        return $"{Mean.ToString(numbers, formatProvider)} ± {halfWidth.ToString(numbers, formatProvider)}";
    }
}
