using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AnalogTheory.Runs;
using Microsoft.FSharp.Collections;
using Xunit;

namespace AnalogTheory.Sweeps.Tests;

/// <summary>Tables as Parquet.</summary>
public class ParquetTests
{
    private static Tuple<string, CsvCells>[] Table(int rows) =>
        [
            Tuple.Create(
                "x",
                CsvCells.NewNumbers([
                    .. Enumerable.Range(0, rows).Select(i => i == 3 ? double.NaN : Math.Sqrt(i) * (i % 2 == 0 ? 1 : -1e-300)),
                ])
            ),
            Tuple.Create("word, with \"τ\"", CsvCells.NewTexts([.. Enumerable.Range(0, rows).Select(i => i % 5 == 0 ? "" : $"w{i % 17}")])),
        ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(70_000)]
    public async Task A_table_reads_back_to_the_same_bits_and_gives_the_same_bytes(int rows)
    {
        Tuple<string, CsvCells>[] table = Table(rows);
        byte[] bytes = await ParquetTable.WriteAsync(table);
        FSharpList<Tuple<string, CsvCells>> read = await ParquetTable.ReadAsync("t", bytes, TestContext.Current.CancellationToken);
        Assert.Equal(table.Select(column => column.Item1), read.Select(column => column.Item1));
        Assert.Equal(
            ((CsvCells.Numbers)table[0].Item2).Item.Select(BitConverter.DoubleToInt64Bits),
            ((CsvCells.Numbers)read[0].Item2).Item.Select(BitConverter.DoubleToInt64Bits)
        );
        Assert.Equal(((CsvCells.Texts)table[1].Item2).Item, ((CsvCells.Texts)read[1].Item2).Item);
        Assert.Equal(bytes, await ParquetTable.WriteAsync(table));
    }

    [Fact]
    public async Task What_is_no_table_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => ParquetTable.WriteAsync([]));
        await Assert.ThrowsAsync<ArgumentException>(() => ParquetTable.WriteAsync([Table(2)[0], Table(2)[0]]));
        await Assert.ThrowsAsync<ArgumentException>(() => ParquetTable.WriteAsync([Table(2)[0], Table(3)[1]]));
        byte[] bytes = await ParquetTable.WriteAsync(Table(100));
        foreach (
            byte[] bad in (byte[][])
                [
                    [],
                    [1, 2, 3],
                    bytes[..(bytes.Length / 2)],
                    [.. bytes[..4], .. new byte[60], .. bytes[^8..]],
                ]
        )
        {
            InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() =>
                ParquetTable.ReadAsync("bad.parquet", bad, TestContext.Current.CancellationToken)
            );
            Assert.Contains("bad.parquet", refused.Message, StringComparison.Ordinal);
        }
    }
}
