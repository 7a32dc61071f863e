using System;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace AnalogTheory.Cli.Display;

/// <summary>What a command found out: one document for programs, one text for people.</summary>
/// <param name="Document">For <c>--json</c>.</param>
/// <param name="Show">Writes it for people.</param>
/// <param name="ExitCode">0, or 1 if a check failed.</param>
internal sealed record Answer(JsonNode Document, Action<IAnsiConsole> Show, int ExitCode = Tool.Fine)
{
    /// <summary>How documents are written: keys in camel case, symbols as they are, NaN and infinities as words in quotes.</summary>
    internal static JsonSerializerOptions Form { get; } =
        new(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        };

    /// <summary>A value as a node of a document.</summary>
    internal static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value, Form)!;

    /// <summary>Gives the answer in the form that was asked for.</summary>
    internal int Give(ToolConsole console, bool asJson)
    {
        if (asJson)
        {
            console.Out.WriteLine(Document.ToJsonString(Form));
        }
        else
        {
            Show(console.Results());
        }

        console.Out.Flush();
        return ExitCode;
    }
}
