using System.CommandLine;
using System.Text.Json.Nodes;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;

namespace AnalogTheory.Cli.Commands;

/// <summary><c>schema</c>: the JSON schema of config files.</summary>
internal static class SchemaCommand
{
    internal static Command Create(ToolConsole console)
    {
        Command command = new("schema", "Prints the JSON schema of config files; editors complete and check with it.");
        HelpWithExamples.Describe(command, "analog-theory schema > experiment.schema.json");
        command.SetAction(parsed =>
        {
            JsonNode schema = ConfigForm.Schema();
            return new Answer(schema, _ => console.Out.WriteLine(schema.ToJsonString(Answer.Form))).Give(
                console,
                parsed.GetValue(Options.Json)
            );
        });
        return command;
    }
}
