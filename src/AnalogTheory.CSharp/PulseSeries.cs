using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>One trace of a measurement: readings of one element before its first pulse and after the following ones. Immutable.</summary>
public sealed class PulseTrace
{
    internal PulseTrace(Core.PulseTrace inner)
    {
        Device = inner.Device;
        Name = inner.Name;
        Pulses = [.. inner.Pulses];
        Directions = [.. inner.Directions];
        Weights = [.. inner.Weights];
    }

    /// <summary>Name of the element; traces of one device share it.</summary>
    public string Device { get; }

    /// <summary>Name of the trace, such as the number of a repeat.</summary>
    public string Name { get; }

    /// <summary>Pulses sent before each reading, increasing.</summary>
    public ImmutableArray<long> Pulses { get; }

    /// <summary>Directions of the pulses that led to each reading, +1 up and −1 down; the first entry is 0.</summary>
    public ImmutableArray<int> Directions { get; }

    /// <summary>Weights or conductances read, unit of the measurement.</summary>
    public ImmutableArray<double> Weights { get; }
}

/// <summary>Measured pulses: one or more traces of one or more devices. Immutable.</summary>
/// <remarks>
/// CSV form: a header, then one reading a line. Columns, in any order: <c>pulse</c> (number of pulses so far), <c>direction</c> (1, up, −1 or
/// down; empty before the first pulse), <c>weight</c> (or conductance, g), and optionally <c>trace</c> (or repeat, cycle) and <c>device</c> (or
/// cell, element). Cells are separated by commas, semicolons or tabs, numbers have a decimal point, lines that start with # are skipped.
/// </remarks>
public sealed class PulseSeries
{
    internal PulseSeries(Core.PulseSeries inner)
    {
        Inner = inner;
        Traces = [.. inner.Traces.Select(trace => new PulseTrace(trace))];
    }

    /// <summary>Where the readings come from, such as the name of a file.</summary>
    public string Origin => Inner.Origin;

    /// <summary>The traces, in the order of their appearance.</summary>
    public IReadOnlyList<PulseTrace> Traces { get; }

    internal Core.PulseSeries Inner { get; }

    /// <summary>Reads a CSV file; see the type for the form.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The series.</returns>
    /// <exception cref="ArgumentNullException">The path is null.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">A line is malformed; the message names file, line, column, what was expected and what came.</exception>
    public static PulseSeries Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(PulseSeriesModule.load(path));
    }

    /// <summary>Reads lines of text in the form of <see cref="Load"/>.</summary>
    /// <param name="name">Where the lines come from; appears in messages.</param>
    /// <param name="lines">Lines of text.</param>
    /// <returns>The series.</returns>
    /// <exception cref="ArgumentNullException">The name or the lines are null.</exception>
    /// <exception cref="FormatException">A line is malformed; the message names origin, line, column, what was expected and what came.</exception>
    public static PulseSeries Parse(string name, IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(lines);
        return new(PulseSeriesModule.parse(name, lines));
    }

    /// <summary>Reads lines of text, without exceptions for malformed ones.</summary>
    /// <param name="name">Where the lines come from; appears in the message.</param>
    /// <param name="lines">Lines of text.</param>
    /// <param name="series">The series; null if a line is malformed.</param>
    /// <param name="message">What is malformed where; empty if nothing is.</param>
    /// <returns>Whether every line could be read.</returns>
    /// <exception cref="ArgumentNullException">The name or the lines are null.</exception>
    public static bool TryParse(
        string name,
        IEnumerable<string> lines,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PulseSeries? series,
        out string message
    )
    {
        try
        {
            series = Parse(name, lines);
            message = "";
            return true;
        }
        catch (FormatException malformed)
        {
            series = null;
            message = malformed.Message;
            return false;
        }
    }

    /// <summary>A series of one trace, from numbers.</summary>
    /// <param name="directions">Directions of single pulses, +1 or −1; length n.</param>
    /// <param name="weights">The weight before the first pulse and after each, finite; length n + 1.</param>
    /// <param name="name">Where the readings come from.</param>
    /// <returns>The series.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">
    /// An array is <c>default</c>, the lengths do not fit, a direction is not ±1, or a weight is not finite.
    /// </exception>
    public static PulseSeries Of(ImmutableArray<int> directions, ImmutableArray<double> weights, string name = "readings")
    {
        ArgumentNullException.ThrowIfNull(name);
        Core.PulseTrace trace = PulseSeriesModule.trace("1", "1", [.. Edge.Initialised(directions)], Edge.Elements(weights));
        return new(PulseSeriesModule.create(name, [trace]));
    }

    /// <summary>The series of each device.</summary>
    /// <returns>Names of devices with their readings, in the order of their appearance.</returns>
    public IReadOnlyDictionary<string, PulseSeries> ByDevice()
    {
        OrderedDictionary<string, PulseSeries> devices = [];
        foreach ((string device, Core.PulseSeries series) in PulseSeriesModule.byDevice(Inner))
        {
            devices.Add(device, new(series));
        }

        return devices;
    }

    /// <summary>The series with every reading g replaced by the weight (g − offset)/scale.</summary>
    /// <param name="offset">Conductance of weight 0, finite, unit of the measurement.</param>
    /// <param name="scale">Conductance of one unit of weight, finite and not 0; a negative scale turns directions round.</param>
    /// <returns>The series; this one stays as it is.</returns>
    /// <exception cref="ArgumentException">The offset is not finite, or the scale not finite or 0.</exception>
    public PulseSeries ToWeights(double offset, double scale) => new(PulseSeriesModule.toWeights(offset, scale, Inner));

    /// <summary>Fits all laws of the two papers and ranks them, best first.</summary>
    /// <remarks>All traces are taken for one device; see <see cref="ByDevice"/> for several.</remarks>
    /// <param name="level">Confidence level of the intervals, in (0, 1).</param>
    /// <returns>The fits.</returns>
    /// <exception cref="ArgumentException">
    /// The level is not in (0, 1), or there are too few steps of a direction, or the weights do not change.
    /// </exception>
    public FitComparison Fit(double level = 0.95) => new(Core.FitComparisonModule.ofFamilies(level, ResponseFamilyModule.all, Inner));

    /// <summary>The laws that <see cref="Fit"/> tries, such as <c>linear step</c>.</summary>
    public static ImmutableArray<string> Laws { get; } = [.. ResponseFamilyModule.all.Select(family => family.Name)];

    /// <summary>Fits some of the laws and ranks them, best first.</summary>
    /// <param name="laws">Names from <see cref="Laws"/>; one or more.</param>
    /// <param name="level">Confidence level of the intervals, in (0, 1).</param>
    /// <returns>The fits.</returns>
    /// <exception cref="ArgumentException">
    /// The names are <c>default</c> or none, a name is not among the laws, the level is not in (0, 1), there are too few steps of a direction, or the
    /// weights do not change.
    /// </exception>
    public FitComparison FitLaws(ImmutableArray<string> laws, double level = 0.95)
    {
        foreach (string law in Edge.Initialised(laws))
        {
            if (!Laws.Contains(law))
            {
                throw new ArgumentException($"Expected laws among {string.Join(", ", Laws)}, got '{law}'.", nameof(laws));
            }
        }

        return new(
            Core.FitComparisonModule.ofFamilies(
                level,
                Microsoft.FSharp.Collections.ListModule.OfSeq(ResponseFamilyModule.all.Where(family => laws.Contains(family.Name))),
                Inner
            )
        );
    }
}
