using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Runs;
using Parquet;
using Parquet.Schema;

namespace AnalogTheory.Sweeps;

/// <summary>One column of a Parquet file, over all row groups.</summary>
internal static class ParquetColumn
{
    internal static async Task<CsvCells> Read(ParquetReader reader, DataField field, CancellationToken cancellation)
    {
        Type type = Nullable.GetUnderlyingType(field.ClrType) ?? field.ClrType;
        return type switch
        {
            _ when type == typeof(double) => await Numbers<double>(reader, field, cancellation),
            _ when type == typeof(float) => await Numbers<float>(reader, field, cancellation),
            _ when type == typeof(sbyte) => await Numbers<sbyte>(reader, field, cancellation),
            _ when type == typeof(byte) => await Numbers<byte>(reader, field, cancellation),
            _ when type == typeof(short) => await Numbers<short>(reader, field, cancellation),
            _ when type == typeof(ushort) => await Numbers<ushort>(reader, field, cancellation),
            _ when type == typeof(int) => await Numbers<int>(reader, field, cancellation),
            _ when type == typeof(uint) => await Numbers<uint>(reader, field, cancellation),
            _ when type == typeof(long) => await Numbers<long>(reader, field, cancellation),
            _ when type == typeof(ulong) => await Numbers<ulong>(reader, field, cancellation),
            _ when type == typeof(decimal) => await Numbers<decimal>(reader, field, cancellation),
            _ when type == typeof(bool) => CsvCells.NewTexts([
                .. (await Values<bool>(reader, field, cancellation)).Select(value => value?.ToString(CultureInfo.InvariantCulture) ?? ""),
            ]),
            // Texts are memories of characters unless one asks for strings, as Words does.
            _ when type == typeof(string) || type == typeof(ReadOnlyMemory<char>) => CsvCells.NewTexts(
                await Words(reader, field, cancellation)
            ),
            _ => throw new NotSupportedException($"column {field.Name} holds {type.Name}; expected numbers or words"),
        };
    }

    // A value that is missing is not a number.
    private static async Task<CsvCells> Numbers<T>(ParquetReader reader, DataField field, CancellationToken cancellation)
        where T : struct, INumber<T> =>
        CsvCells.NewNumbers([
            .. (await Values<T>(reader, field, cancellation)).Select(value =>
                value is { } there ? double.CreateChecked(there) : double.NaN
            ),
        ]);

    private static async Task<List<T?>> Values<T>(ParquetReader reader, DataField field, CancellationToken cancellation)
        where T : struct
    {
        List<T?> all = [];
        for (int i = 0; i < reader.RowGroupCount; i++)
        {
            using ParquetRowGroupReader group = reader.OpenRowGroupReader(i);
            if (field.IsNullable)
            {
                T?[] values = new T?[checked((int)group.RowCount)];
                await group.ReadAsync<T>(field, values.AsMemory(), cancellationToken: cancellation);
                all.AddRange(values);
            }
            else
            {
                T[] values = new T[checked((int)group.RowCount)];
                await group.ReadAsync<T>(field, values.AsMemory(), cancellationToken: cancellation);
                all.AddRange(values.Select(value => (T?)value));
            }
        }

        return all;
    }

    private static async Task<string[]> Words(ParquetReader reader, DataField field, CancellationToken cancellation)
    {
        List<string> all = [];
        for (int i = 0; i < reader.RowGroupCount; i++)
        {
            using ParquetRowGroupReader group = reader.OpenRowGroupReader(i);
            string?[] values = new string?[checked((int)group.RowCount)];
            await group.ReadAsync(field, values.AsMemory(), cancellationToken: cancellation);
            all.AddRange(values.Select(value => value ?? ""));
        }

        return [.. all];
    }
}
