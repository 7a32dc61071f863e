using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnalogTheory.Cli.Config;

/// <summary>Whole numbers in any notation of JSON, which knows one kind of number: 100, 1e2 and 100.0 are the same.</summary>
/// <typeparam name="T">int, long or ulong.</typeparam>
internal sealed class WholeNumbers<T> : JsonConverter<T>
    where T : struct, IConvertible
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetDecimal(out decimal number) && number == decimal.Truncate(number)
            ? (T)Convert.ChangeType(number, typeof(T), CultureInfo.InvariantCulture)
            : throw new JsonException("a whole number was expected");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value.ToDecimal(CultureInfo.InvariantCulture));
    }
}
