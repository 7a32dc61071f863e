using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace AnalogTheory.Sweeps;

/// <summary>One direction of a sweep: paths into a config, and the values that they take together, step by step.</summary>
public sealed class SweepAxis
{
    private const int MostSteps = 1_000_000;

    private SweepAxis(ImmutableArray<string> paths, ImmutableArray<AxisStep> steps) => (Paths, Steps) = (paths, steps);

    /// <summary>Paths into the config, such as <c>rule.learningRate</c>; also the names of the table's columns.</summary>
    public ImmutableArray<string> Paths { get; }

    /// <summary>Values, at least one step.</summary>
    public ImmutableArray<AxisStep> Steps { get; }

    /// <summary>An axis of listed numbers.</summary>
    /// <param name="path">Path into the config.</param>
    /// <param name="values">Finite numbers, at least one, all different.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="ArgumentException">There is no value, one is not finite, or one comes twice.</exception>
    public static SweepAxis List(string path, IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] all = [.. values];
        return all.FirstOrDefault(value => !double.IsFinite(value), 0.0) is var odd && odd != 0.0
            ? throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected finite numbers, got {odd}."),
                nameof(values)
            )
            : Of(path, all.Select(Number));
    }

    /// <summary>An axis of named contents, such as several rules.</summary>
    /// <param name="path">Path into the config.</param>
    /// <param name="cases">Name, which goes to the table, and content, which goes to the config; names differ.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="ArgumentException">There is no case, or a name comes twice.</exception>
    public static SweepAxis Cases(string path, IEnumerable<KeyValuePair<string, JsonNode>> cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        return Of(path, cases.Select(one => new AxisValue(one.Value, one.Key)));
    }

    /// <summary>An axis of numbers at equal distances.</summary>
    /// <param name="path">Path into the config.</param>
    /// <param name="from">First number.</param>
    /// <param name="to">Last number.</param>
    /// <param name="count">How many, at least 2.</param>
    /// <returns>The axis; both ends are exactly as given.</returns>
    /// <exception cref="ArgumentException">There are too few numbers, or the ends are equal or not finite.</exception>
    public static SweepAxis Linear(string path, double from, double to, int count) =>
        Spread(path, from, to, count, share => from + ((to - from) * share));

    /// <summary>An axis of numbers at equal ratios.</summary>
    /// <param name="path">Path into the config.</param>
    /// <param name="from">First number, above 0.</param>
    /// <param name="to">Last number, above 0.</param>
    /// <param name="count">How many, at least 2.</param>
    /// <returns>The axis; numbers between the ends are rounded to 12 significant digits, both ends are exactly as given.</returns>
    /// <remarks>The logarithms of different systems differ in their last bits: rounding makes the axis the same everywhere.</remarks>
    /// <exception cref="ArgumentException">There are too few numbers, or the ends are equal or not above 0.</exception>
    public static SweepAxis Log(string path, double from, double to, int count) =>
        from > 0.0 && to > 0.0
            ? Spread(path, from, to, count, share => Rounded(from * Math.Pow(to / from, share)))
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected a log range between numbers above 0, got {from} to {to}."),
                nameof(from)
            );

    /// <summary>An axis of whole numbers that follow each other, for seeds.</summary>
    /// <param name="path">Path into the config.</param>
    /// <param name="first">First seed.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="ArgumentException">There is no seed.</exception>
    public static SweepAxis Seeds(string path, ulong first, int count)
    {
        Require(count, 1);
        return Of(
            path,
            Enumerable
                .Range(0, count)
                .Select(i => first + (ulong)i)
                .Select(seed => new AxisValue(JsonValue.Create(seed), seed.ToString(CultureInfo.InvariantCulture)))
        );
    }

    /// <summary>One axis of several that step together.</summary>
    /// <param name="axes">Axes of as many steps, with different paths.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="ArgumentException">There is none, they have different numbers of steps, or share a path.</exception>
    public static SweepAxis Zip(IReadOnlyList<SweepAxis> axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        if (axes.Count == 0)
        {
            throw new ArgumentException("Expected at least one axis to zip, got none.", nameof(axes));
        }

        int count = axes[0].Steps.Length;
        if (axes.FirstOrDefault(axis => axis.Steps.Length != count) is { } other)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected zipped axes of as many steps, got {count} of {axes[0].Paths[0]} and {other.Steps.Length} of {other.Paths[0]}."
                ),
                nameof(axes)
            );
        }

        ImmutableArray<string> paths = [.. axes.SelectMany(axis => axis.Paths)];
        RequireDifferent(paths, "paths");
        return new(paths, [.. Enumerable.Range(0, count).Select(i => new AxisStep([.. axes.SelectMany(axis => axis.Steps[i].Values)]))]);
    }

    private static SweepAxis Of(string path, IEnumerable<AxisValue> values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ImmutableArray<AxisStep> steps = [.. values.Select(value => new AxisStep([value]))];
        Require(steps.Length, 1);
        RequireDifferent(steps.Select(step => step.Values[0].Label), "values");
        return new([path], steps);
    }

    private static SweepAxis Spread(string path, double from, double to, int count, Func<double, double> at)
    {
        Require(count, 2);
        if (!double.IsFinite(from) || !double.IsFinite(to) || from == to)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected a range between different finite numbers, got {from} to {to}."),
                nameof(from)
            );
        }

        return List(path, [from, .. Enumerable.Range(1, count - 2).Select(i => at((double)i / (count - 1))), to]);
    }

    internal static AxisValue Number(double value) =>
        new(
            // A whole number is written without a fraction, so that it may stand for steps and replicas.
            value == Math.Floor(value)
            && Math.Abs(value) < 1e15
                ? JsonValue.Create((long)value)
                : JsonValue.Create(value),
            value.ToString("R", CultureInfo.InvariantCulture)
        );

    private static double Rounded(double value) =>
        double.Parse(value.ToString("E11", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static void Require(int count, int least)
    {
        if (count < least || count > MostSteps)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected between {least} and {MostSteps} values, got {count}."),
                nameof(count)
            );
        }
    }

    private static void RequireDifferent(IEnumerable<string> words, string what)
    {
        if (words.GroupBy(word => word).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Expected different {what}, got {twice.Key} twice.", nameof(words));
        }
    }
}
