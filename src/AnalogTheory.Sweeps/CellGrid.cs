using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace AnalogTheory.Sweeps;

/// <summary>All combinations of some axes, numbered from 0; the last axis runs fastest.</summary>
public sealed class CellGrid
{
    /// <summary>The most cells that a sweep may have.</summary>
    public const long MostCells = 10_000_000;

    private readonly ImmutableArray<SweepAxis> _axes;

    /// <summary>Combines axes.</summary>
    /// <param name="axes">Axes with different paths; none gives one cell.</param>
    /// <exception cref="ArgumentException">Two axes share a path, or there are more than <see cref="MostCells"/> cells.</exception>
    public CellGrid(IEnumerable<SweepAxis> axes)
    {
        _axes = [.. axes];
        Columns = [.. _axes.SelectMany(axis => axis.Paths)];
        if (Columns.GroupBy(path => path).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Expected each path on one axis, got '{twice.Key}' on two.", nameof(axes));
        }

        Count = 1;
        foreach (SweepAxis axis in _axes)
        {
            Count *= axis.Steps.Length;
            if (Count > MostCells)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Expected at most {MostCells} cells, got more."),
                    nameof(axes)
                );
            }
        }
    }

    /// <summary>Number of cells, at least 1.</summary>
    public long Count { get; }

    /// <summary>Paths of all axes, in their order: the columns that tell cells apart.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>The values of a cell, one for each of <see cref="Columns"/>.</summary>
    /// <param name="cell">Number of the cell, 0 … <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell.</exception>
    public ImmutableArray<AxisValue> this[long cell]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(cell);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cell, Count);
            AxisStep[] steps = new AxisStep[_axes.Length];
            for (int i = _axes.Length - 1; i >= 0; i--)
            {
                (cell, long step) = Math.DivRem(cell, _axes[i].Steps.Length);
                steps[i] = _axes[i].Steps[(int)step];
            }

            return [.. steps.SelectMany(step => step.Values)];
        }
    }

    /// <summary>A cell's config: the common one with the cell's values at their paths, set in the order of the axes.</summary>
    /// <param name="common">What all cells share; stays as it is.</param>
    /// <param name="cell">Number of the cell.</param>
    /// <returns>A config of its own.</returns>
    /// <exception cref="FormatException">A path does not lead into the config.</exception>
    public JsonObject ConfigOf(JsonObject common, long cell)
    {
        ArgumentNullException.ThrowIfNull(common);
        JsonObject config = (JsonObject)common.DeepClone();
        foreach ((string path, AxisValue value) in Columns.Zip(this[cell]))
        {
            Set(config, path, value.Content.DeepClone());
        }

        return config;
    }

    /// <summary>A cell in words, such as <c>device.radius = 0.7, seed = 1</c>.</summary>
    /// <param name="cell">Number of the cell.</param>
    /// <returns>The words; empty without axes.</returns>
    public string Describe(long cell) => string.Join(", ", Columns.Zip(this[cell], (path, value) => $"{path} = {value.Label}"));

    private static void Set(JsonObject config, string path, JsonNode value)
    {
        string[] keys = path.Split('.');
        JsonObject? parent = config;
        foreach (string key in keys[..^1])
        {
            parent = parent?[key] as JsonObject;
        }

        if (parent is null || keys[^1].Length == 0)
        {
            throw new FormatException($"Expected a path into the config, such as rule.learningRate, got '{path}'.");
        }

        parent[keys[^1]] = value;
    }
}
