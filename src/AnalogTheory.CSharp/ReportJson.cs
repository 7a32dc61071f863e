using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnalogTheory.CSharp;

/// <summary>How reports are written: the metadata are generated, so that trimmed programs can write them too.</summary>
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(ClaimReport))]
[JsonSerializable(typeof(AssumptionReport))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>Symbols such as α stay as they are; the documents are not meant to stand inside of HTML.</summary>
    internal static ReportJson Readable { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                WriteIndented = true,
                NewLine = "\n",
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
