using System;
using System.Collections.Generic;
using System.IO;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>A device read from pulse measurements, with the constants that its normalisation took out. Immutable.</summary>
/// <remarks>
/// The readings are weights after numbers of pulses. Their range is cut into equal bins; the mean step of a bin is a node of q₊ or q₋,
/// normalised so that F(w⋄) = 1.
/// </remarks>
public sealed class MeasuredDevice
{
    internal MeasuredDevice(Core.MeasuredDevice inner)
    {
        Device = new Device(inner.Device);
        Granularity = inner.Granularity;
        SymmetricPoint = inner.SymmetricPoint;
    }

    /// <summary>The device, normalised so that F(w⋄) = 1.</summary>
    public Device Device { get; }

    /// <summary>Δw_min, unit of weight: the step that pulses up and down have in common at the symmetric point.</summary>
    public double Granularity { get; }

    /// <summary>w⋄, unit of weight.</summary>
    public double SymmetricPoint { get; }

    /// <summary>
    /// Reads a device from a CSV file: pulse number, weight, and optionally the direction (1 or up, −1 or down) that led there.
    /// </summary>
    /// <remarks>
    /// Empty lines and lines that start with # are skipped; one header line may come first; numbers have a decimal point.
    /// </remarks>
    /// <param name="path">Path of the file; its name names the device.</param>
    /// <returns>The device and its constants.</returns>
    /// <exception cref="ArgumentNullException">The path is null.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">A line is malformed; the message names the file and the line.</exception>
    /// <exception cref="ArgumentException">The readings do not determine a device; the message says why.</exception>
    public static MeasuredDevice Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(Core.Tabulated.load(path));
    }

    /// <summary>Reads a device from lines of text in the format of <see cref="Load"/>.</summary>
    /// <param name="name">Where the lines come from; names the device, and appears in messages.</param>
    /// <param name="lines">Lines of text.</param>
    /// <param name="bins">Bins over the range of weights, at least 2; 20 keep a curved response and average 1,000 pulses by 50.</param>
    /// <returns>The device and its constants.</returns>
    /// <exception cref="ArgumentNullException">The name or the lines are null.</exception>
    /// <exception cref="FormatException">A line is malformed; the message gives the name and the line.</exception>
    /// <exception cref="ArgumentException">The readings do not determine a device, or there are fewer than 2 bins.</exception>
    public static MeasuredDevice Parse(string name, IEnumerable<string> lines, int bins = 20)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(lines);
        return new(Core.Tabulated.ofPulses(bins, Core.Tabulated.parse(name, lines)));
    }
}
