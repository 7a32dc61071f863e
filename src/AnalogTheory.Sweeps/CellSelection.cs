using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace AnalogTheory.Sweeps;

/// <summary>Some cells of a sweep, which one process runs: every cell, a range, or one share of several.</summary>
public sealed record CellSelection
{
    private readonly long _first;
    private readonly long _last;
    private readonly long _stride;

    private CellSelection(string name, long first, long last, long stride) => (Name, _first, _last, _stride) = (name, first, last, stride);

    /// <summary>Every cell.</summary>
    public static CellSelection All { get; } = Shard(0, 1);

    /// <summary>Name of the selection's folder, such as <c>shard-3-of-16</c>.</summary>
    public string Name { get; }

    /// <summary>Cells k, k + n, k + 2n …: neighbours cost alike, so shares of every nth cell take times that are alike.</summary>
    /// <param name="index">k, 0 … n − 1.</param>
    /// <param name="count">n, at least 1.</param>
    /// <returns>The share.</returns>
    /// <exception cref="ArgumentException">There is no such share.</exception>
    public static CellSelection Shard(long index, long count) =>
        count >= 1 && index >= 0 && index < count
            ? new(string.Create(CultureInfo.InvariantCulture, $"shard-{index}-of-{count}"), index, long.MaxValue, count)
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected shard k/n with 0 ≤ k < n, such as 0/16, got {index}/{count}."),
                nameof(index)
            );

    /// <summary>Cells from one number to another, both among them.</summary>
    /// <param name="first">First cell.</param>
    /// <param name="last">Last cell.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentException">It is empty or begins below 0.</exception>
    public static CellSelection Range(long first, long last) =>
        first >= 0 && first <= last
            ? new(string.Create(CultureInfo.InvariantCulture, $"cells-{first}-{last}"), first, last, 1)
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected cells a..b with 0 ≤ a ≤ b, such as 100..199, got {first}..{last}."),
                nameof(first)
            );

    /// <summary>Reads <c>3/16</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The share.</returns>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static CellSelection ParseShard(string text) =>
        Numbers(text, "/") is var (index, count)
            ? Shard(index, count)
            : throw new ArgumentException($"Expected shard k/n with 0 ≤ k < n, such as 0/16, got '{text}'.", nameof(text));

    /// <summary>Reads <c>100..199</c>, or one number.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static CellSelection ParseCells(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Numbers(text.Contains("..", StringComparison.Ordinal) ? text : $"{text}..{text}", "..") is var (first, last)
            ? Range(first, last)
            : throw new ArgumentException($"Expected cells a..b with 0 ≤ a ≤ b, such as 100..199, got '{text}'.", nameof(text));
    }

    /// <summary>The selection's cells of a sweep, rising.</summary>
    /// <param name="count">Cells of the sweep.</param>
    /// <returns>Numbers of cells; none where the sweep ends before the selection.</returns>
    public IEnumerable<long> Cells(long count)
    {
        for (long cell = _first; cell < count && cell <= _last; cell += _stride)
        {
            yield return cell;
        }
    }

    private static (long First, long Second)? Numbers(string text, string between) =>
        text.Split(between) is [var first, var second]
        && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out long a)
        && long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out long b)
            ? (a, b)
            : null;
}
