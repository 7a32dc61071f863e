using System;

namespace AnalogTheory.Cli.Config;

/// <summary>How large and how small numbers of command lines and files may be: far beyond any device, far within the doubles.</summary>
/// <remarks>Squares, ratios and ranges of such numbers are still ordinary numbers, so that no formula has to fear its own ends.</remarks>
internal static class Magnitude
{
    private const double Smallest = 1e-100;
    private const double Largest = 1e100;

    /// <summary>The limits in words.</summary>
    internal const string Words = "0, or of a size from 1e-100 to 1e100";

    /// <summary>The limits in brackets.</summary>
    internal const string Sizes = "sizes from 1e-100 to 1e100";

    /// <summary>Whether a number is within them.</summary>
    internal static bool Fits(double value) => value == 0.0 || Math.Abs(value) is >= Smallest and <= Largest;
}
