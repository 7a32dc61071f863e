using System;
using System.CommandLine;
using System.Globalization;
using AnalogTheory.Cli.Display;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Commands;

/// <summary>The largest floor of Analog SGD on a device, as <c>device describe</c> and <c>device fit</c> say it.</summary>
/// <param name="Radius">r, or null for half the distance to the nearer end of the device's range.</param>
/// <param name="Deviation">σ.</param>
internal sealed record LargestFloor(double? Radius, double Deviation)
{
    /// <summary>r, the option of both commands.</summary>
    internal static Option<double?> RadiusOption() =>
        Options.NumberOrNone(
            "--radius",
            "r of the largest floor, unit of weight; half the distance from 0 to the nearer end of the device's range by default.",
            Range.Positive
        );

    /// <summary>σ, the option of both commands.</summary>
    internal static Option<double> DeviationOption() =>
        Options.Number(
            "--sigma",
            "Deviation σ of the gradient noise for the largest floor; at 1 it is in units of σ².",
            Range.Positive,
            1.0
        );

    /// <summary>What is said, in words.</summary>
    internal static string Name => "largest floor";

    /// <summary>r for a device.</summary>
    internal double RadiusFor(Device device)
    {
        if (Radius is { } radius)
        {
            return radius;
        }

        double nearer = Math.Min(Math.Abs(device.Lower), Math.Abs(device.Upper));
        return double.IsFinite(nearer) && nearer > 0.0 ? 0.5 * nearer : 0.5;
    }

    /// <summary>What the number means.</summary>
    internal string Meaning(double radius) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"of Analog SGD that any noise of deviation σ = {Deviation:G6} can force on |w| ≤ {radius:G6}"
        );

    /// <summary>For programs: r, σ and the number.</summary>
    internal object Document(double radius, object floor) =>
        new
        {
            Radius = radius,
            Deviation,
            Floor = floor,
        };

    /// <summary>For people: the number and what it means.</summary>
    internal string Text(Device device)
    {
        double radius = RadiusFor(device);
        return $"{Tables.Short(device.LargestFloor(radius, Deviation))}   {Meaning(radius)}";
    }
}
