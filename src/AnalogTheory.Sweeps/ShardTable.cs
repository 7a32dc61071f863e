using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using AnalogTheory.Runs;
using Microsoft.FSharp.Collections;

namespace AnalogTheory.Sweeps;

/// <summary>How tables are written.</summary>
public enum TableForm
{
    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>Comma-separated values after RFC 4180.</summary>
    Csv,
}

/// <summary>Outcomes as a table, a row a measure of a cell.</summary>
internal static class ShardTable
{
    private static readonly string[] s_numbers = ["mean", "standard_error", "lower", "upper", "replicas", "diverged"];

    internal static string NameOf(string stem, TableForm form) => form == TableForm.Csv ? stem + ".csv" : stem + ".parquet";

    /// <summary>The columns of all rows, those that tell cells apart first.</summary>
    /// <param name="outcomes">Finished cells, rising.</param>
    /// <param name="grid">Gives the columns of the axes; null for none.</param>
    internal static IReadOnlyList<Tuple<string, CsvCells>> Columns(IReadOnlyList<CellOutcome> outcomes, CellGrid? grid)
    {
        (long Cell, MeasureRow Row)[] rows = [.. outcomes.SelectMany(outcome => outcome.Rows.Select(row => (outcome.Cell, row)))];
        return
        [
            Numbers("cell", row => row.Cell),
            .. grid is null ? [] : Axes(grid, [.. rows.Select(row => row.Cell)]),
            Tuple.Create("measure", CsvCells.NewTexts([.. rows.Select(row => row.Row.Measure)])),
            Numbers("mean", row => row.Row.Mean),
            Numbers("standard_error", row => row.Row.StandardError),
            Numbers("lower", row => row.Row.Lower),
            Numbers("upper", row => row.Row.Upper),
            Numbers("replicas", row => row.Row.Replicas),
            Numbers("diverged", row => row.Row.Diverged),
        ];

        Tuple<string, CsvCells> Numbers(string name, Func<(long Cell, MeasureRow Row), double> of) =>
            Tuple.Create(name, CsvCells.NewNumbers([.. rows.Select(of)]));
    }

    /// <summary>A table's file.</summary>
    internal static async Task<ResultFile> File(string stem, TableForm form, IReadOnlyList<Tuple<string, CsvCells>> columns) =>
        new(
            NameOf(stem, form),
            form == TableForm.Csv ? Encoding.UTF8.GetBytes(Csv.render(ListModule.OfSeq(columns))) : await ParquetTable.WriteAsync(columns)
        );

    /// <summary>The outcomes that a shard's table holds.</summary>
    /// <exception cref="InvalidDataException">It is no such table.</exception>
    internal static async Task<IReadOnlyList<CellOutcome>> Read(string path)
    {
        byte[] bytes = await System.IO.File.ReadAllBytesAsync(path);
        Dictionary<string, CsvCells> columns = (
            path.EndsWith(".csv", StringComparison.Ordinal)
                ? CsvFile.ofText(path, Encoding.UTF8.GetString(bytes))
                : await ParquetTable.ReadAsync(path, bytes)
        ).ToDictionary(column => column.Item1, column => column.Item2);
        double[] cells = Numbers("cell");
        string[] measures = columns.GetValueOrDefault("measure") switch
        {
            CsvCells.Texts { Item: var words } => words,
            CsvCells.Numbers { Item.Length: 0 } => [],
            _ => throw new InvalidDataException($"Expected a column 'measure' of words in {path}."),
        };
        double[][] numbers = [.. s_numbers.Select(Numbers)];
        return
        [
            .. Enumerable
                .Range(0, cells.Length)
                .GroupBy(i => (long)cells[i])
                .Select(group => new CellOutcome(
                    group.Key,
                    [
                        .. group.Select(i => new MeasureRow(
                            measures[i],
                            numbers[0][i],
                            numbers[1][i],
                            numbers[2][i],
                            numbers[3][i],
                            (long)numbers[4][i],
                            (long)numbers[5][i]
                        )),
                    ]
                )),
        ];

        double[] Numbers(string name) =>
            columns.GetValueOrDefault(name) is CsvCells.Numbers { Item: var values }
                ? values
                : throw new InvalidDataException($"Expected a column '{name}' of numbers in {path}.");
    }

    // A column of labels that are all numbers is one of numbers.
    private static IEnumerable<Tuple<string, CsvCells>> Axes(CellGrid grid, IReadOnlyList<long> cells)
    {
        Dictionary<long, ImmutableArray<AxisValue>> values = cells.Distinct().ToDictionary(cell => cell, cell => grid[cell]);
        return grid.Columns.Select((path, i) => Tuple.Create(path, CsvCells.OfWords([.. cells.Select(cell => values[cell][i].Label)])));
    }
}
