using System;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.CSharp;
using AnalogTheory.Sweeps;

namespace AnalogTheory.Cli.Cells;

/// <summary>What the cells of a sweep compute: one kind of config with a cell's values in it.</summary>
/// <param name="file">The sweep's file.</param>
/// <param name="definition">Its axes.</param>
/// <param name="key">Key of the config that all cells share.</param>
/// <param name="common">That config.</param>
internal abstract class SweepTarget(ConfigFile file, SweepDefinition definition, string key, JsonObject common) : ICellRunner
{
    /// <summary>What work is counted in.</summary>
    internal abstract string Unit { get; }

    /// <summary>Rows of a cell.</summary>
    internal abstract int RowsOfCell { get; }

    /// <summary>Work of a cell, in that unit.</summary>
    internal abstract double WorkOf(long cell);

    /// <summary>Makes everything of a cell that can be made before it runs.</summary>
    /// <exception cref="BadInputException">Its config makes no sense.</exception>
    internal abstract void Check(long cell);

    /// <summary>Runs a little of a cell; how much of its work that was.</summary>
    internal abstract Task<double> Sample(long cell, CancellationToken cancellation);

    /// <inheritdoc/>
    public async Task<ImmutableArray<MeasureRow>> RunAsync(long cell, CellPlace place, CancellationToken cancellation)
    {
        try
        {
            return await Rows(cell, place, cancellation);
        }
        catch (BadInputException bad)
        {
            throw new CellFailedException(bad.Message, bad);
        }
    }

    private protected abstract Task<ImmutableArray<MeasureRow>> Rows(long cell, CellPlace place, CancellationToken cancellation);

    /// <summary>The config of a cell, right in form.</summary>
    private protected ConfigFile ConfigOf(long cell, Type type)
    {
        JsonObject config;
        try
        {
            config = definition.Grid.ConfigOf(common, cell);
        }
        catch (FormatException wrong)
        {
            throw file.Complaint("axes", wrong.Message, wrong);
        }

        string where = definition.Grid.Describe(cell);
        return ConfigFile.Parse(
            where.Length > 0 ? $"{file.Name}, {key} at {where}" : $"{file.Name}, {key}",
            file.Folder,
            Encoding.UTF8.GetBytes(config.ToJsonString()),
            type,
            hasLines: false
        );
    }

    /// <summary>A measure as a row.</summary>
    private protected static MeasureRow Row(string measure, Estimate estimate, double level, int diverged)
    {
        double halfWidth = estimate.HalfWidth(level);
        return new(
            measure,
            estimate.Mean,
            estimate.StandardError,
            estimate.Mean - halfWidth,
            estimate.Mean + halfWidth,
            estimate.Count,
            diverged
        );
    }
}
