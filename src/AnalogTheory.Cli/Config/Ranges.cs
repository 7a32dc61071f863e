using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace AnalogTheory.Cli.Config;

/// <summary>A finite number above 0.</summary>
internal sealed class PositiveAttribute : RangeAttribute
{
    /// <summary>Marks a field.</summary>
    public PositiveAttribute()
        : base(0.0, double.MaxValue) => MinimumIsExclusive = true;
}

/// <summary>A finite number of at least 0.</summary>
internal sealed class NonNegativeAttribute() : RangeAttribute(0.0, double.MaxValue);

/// <summary>A finite number below 0.</summary>
internal sealed class NegativeAttribute : RangeAttribute
{
    /// <summary>Marks a field.</summary>
    public NegativeAttribute()
        : base(double.MinValue, 0.0) => MaximumIsExclusive = true;
}

/// <summary>A finite number.</summary>
internal sealed class FiniteAttribute() : RangeAttribute(double.MinValue, double.MaxValue);

/// <summary>A number strictly between two bounds.</summary>
internal sealed class BetweenAttribute : RangeAttribute
{
    /// <summary>Marks a field.</summary>
    /// <param name="low">Lower bound.</param>
    /// <param name="high">Upper bound.</param>
    public BetweenAttribute(double low, double high)
        : base(low, high)
    {
        Low = low;
        High = high;
        MinimumIsExclusive = true;
        MaximumIsExclusive = true;
    }

    /// <summary>Lower bound.</summary>
    public double Low { get; }

    /// <summary>Upper bound.</summary>
    public double High { get; }
}

/// <summary>A whole number of at least some value.</summary>
/// <param name="least">The least value.</param>
internal sealed class AtLeastAttribute(long least)
    : RangeAttribute(typeof(long), least.ToString(CultureInfo.InvariantCulture), "9223372036854775807")
{
    /// <summary>The least value.</summary>
    public long Least { get; } = least;
}

/// <summary>Ranges in words.</summary>
internal static class RangeText
{
    /// <summary>What a range expects.</summary>
    internal static string Of(RangeAttribute? range) => $"{Bare(range)}{(range is BetweenAttribute ? "" : $" ({Magnitude.Sizes})")}";

    private static string Bare(RangeAttribute? range) =>
        range switch
        {
            PositiveAttribute => "a finite number above 0",
            NonNegativeAttribute => "a finite number of at least 0",
            NegativeAttribute => "a finite number below 0",
            BetweenAttribute between => string.Create(
                CultureInfo.InvariantCulture,
                $"a number strictly between {between.Low} and {between.High}"
            ),
            AtLeastAttribute whole => string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {whole.Least}"),
            _ => "a finite number",
        };
}
