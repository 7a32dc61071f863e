using System;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>Settings out of their range are refused by name, once, when an algorithm is made.</summary>
internal static class Ranges
{
    internal static void RequirePositive(double value, string name)
    {
        if (!(value > 0.0) || !double.IsFinite(value))
        {
            throw new ArgumentException(FormattableString.Invariant($"Expected a finite number above 0, got {value}."), name);
        }
    }

    internal static void RequireNonNegative(double value, string name)
    {
        if (!(value >= 0.0) || !double.IsFinite(value))
        {
            throw new ArgumentException(FormattableString.Invariant($"Expected a finite number of at least 0, got {value}."), name);
        }
    }

    /// <summary>A share: in [0, 1).</summary>
    internal static void RequireShare(double value, string name)
    {
        if (value is not (>= 0.0 and < 1.0))
        {
            throw new ArgumentException(FormattableString.Invariant($"Expected a number in [0, 1), got {value}."), name);
        }
    }

    internal static void RequireProbability(double value, string name)
    {
        if (value is not (>= 0.0 and <= 1.0))
        {
            throw new ArgumentException(FormattableString.Invariant($"Expected a probability, got {value}."), name);
        }
    }
}
