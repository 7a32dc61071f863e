using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AnalogTheory.Tiles.Tests.Reference;

[assembly: Xunit.AssemblyFixture(typeof(Agreement))]

namespace AnalogTheory.Tiles.Tests.Reference;

/// <summary>How far we are from AIHWKIT, a line for each kind of file: written as a table to the file that ANALOG_THEORY_AGREEMENT names when all tests have run.</summary>
public sealed class Agreement : IDisposable
{
    private static readonly SortedDictionary<(string Kind, string Unit), (double Largest, string File, int Count)> s_largest = [];

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("ANALOG_THEORY_AGREEMENT") is { Length: > 0 } path)
        {
            File.WriteAllLines(
                path,
                [
                    "| kind | compared | largest | where |",
                    "|---|---|---|---|",
                    .. s_largest.Select(line =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"| {line.Key.Kind} | {line.Value.Count} | {line.Value.Largest:G3} {line.Key.Unit} | {line.Value.File} |"
                        )
                    ),
                ]
            );
        }
    }

    /// <summary>Takes note of a distance in standard errors.</summary>
    internal static double Errors(string kind, string file, double z) => Note(kind, "standard errors", file, z);

    /// <summary>Takes note of a distance as a share of what is allowed for rounding.</summary>
    internal static double OfRounding(string kind, string file, double share) => Note(kind, "of the rounding allowed", file, share);

    private static double Note(string kind, string unit, string file, double distance)
    {
        lock (s_largest)
        {
            (double largest, string where, int count) = s_largest.GetValueOrDefault((kind, unit), (-1.0, "", 0));
            double size = Math.Abs(distance);
            s_largest[(kind, unit)] = size > largest || double.IsNaN(size) ? (size, file, count + 1) : (largest, where, count + 1);
        }

        return distance;
    }
}
