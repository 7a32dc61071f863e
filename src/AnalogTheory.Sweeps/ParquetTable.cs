using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Runs;
using Microsoft.FSharp.Collections;
using Parquet;
using Parquet.Schema;

namespace AnalogTheory.Sweeps;

/// <summary>Tables as Apache Parquet files, which pandas, DuckDB, R and Spark read: numbers as doubles, words as UTF-8.</summary>
public static class ParquetTable
{
    private const int RowsOfGroup = 65_536;

    /// <summary>A table as the bytes of a file. Equal tables give equal bytes: rows stand in groups of a fixed size, uncompressed.</summary>
    /// <param name="columns">Names and cells; names differ, columns are equally long.</param>
    /// <returns>The file's bytes.</returns>
    /// <exception cref="ArgumentException">There is no column, a name comes twice, or lengths differ.</exception>
    public static async Task<byte[]> WriteAsync(IReadOnlyList<Tuple<string, CsvCells>> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        int count = Csv.requireTable(ListModule.OfSeq(columns));
        DataField[] fields =
        [
            .. columns.Select(column =>
                column.Item2.IsNumbers ? (DataField)new DataField<double>(column.Item1) : new DataField(column.Item1, typeof(string), false)
            ),
        ];
        using MemoryStream bytes = new();
        ParquetOptions options = new() { CompressionMethod = CompressionMethod.None };
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), bytes, options))
        {
            for (int start = 0; start < count || start == 0; start += RowsOfGroup)
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                for (int i = 0; i < fields.Length; i++)
                {
                    await Write(group, fields[i], columns[i].Item2, start, Math.Min(RowsOfGroup, count - start));
                }
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Reads a table; every kind of number becomes a double, everything else its text.</summary>
    /// <param name="name">Name of the file, for complaints.</param>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>Names and cells, in the file's order.</returns>
    /// <exception cref="InvalidDataException">It is no Parquet file, is damaged, or has nested columns.</exception>
    public static async Task<FSharpList<Tuple<string, CsvCells>>> ReadAsync(
        string name,
        byte[] bytes,
        CancellationToken cancellation = default
    )
    {
        try
        {
            using MemoryStream stream = new(bytes);
            await using ParquetReader reader = await ParquetReader.CreateAsync(stream, cancellationToken: cancellation);
            List<Tuple<string, CsvCells>> columns = [];
            foreach (DataField field in reader.Schema.DataFields)
            {
                if (field.Path.Length > 1 || field.IsArray)
                {
                    throw new InvalidDataException($"Expected plain columns in {name}, got the nested column {field.Path}.");
                }

                columns.Add(Tuple.Create(field.Name, await ParquetColumn.Read(reader, field, cancellation)));
            }

            return ListModule.OfSeq(columns);
        }
        catch (Exception broken) when (broken is not (OperationCanceledException or InvalidDataException or OutOfMemoryException))
        {
            throw new InvalidDataException($"Expected a Parquet file, got {name}: {broken.Message}", broken);
        }
    }

    private static Task Write(ParquetRowGroupWriter group, DataField field, CsvCells cells, int start, int count) =>
        cells switch
        {
            CsvCells.Numbers { Item: var values } => group.WriteAsync<double>(field, values.AsMemory(start, count)),
            CsvCells.Texts { Item: var words } => group.WriteAsync(field, words[start..(start + count)]),
            _ => throw new ArgumentException("Expected numbers or words.", nameof(cells)),
        };
}
