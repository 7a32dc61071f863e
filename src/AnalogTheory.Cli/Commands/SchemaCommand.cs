using System.CommandLine;
using System.Linq;
using System.Text.Json.Nodes;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;

namespace AnalogTheory.Cli.Commands;

/// <summary><c>schema</c>: the JSON schemas of config files.</summary>
internal static class SchemaCommand
{
    internal static Command Create(ToolConsole console)
    {
        string names = string.Join(", ", ConfigSchemas.Names);
        Argument<string> file = new("file")
        {
            Description =
                $"One of {names}: the file of simulate, of sweep, of 'train --plan' or of explore; '{ConfigSchemas.Names[0]}' by default.",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => ConfigSchemas.Names[0],
        };
        file.CompletionSources.Add([.. ConfigSchemas.Names]);
        file.Validators.Add(result =>
        {
            string name = result.Tokens.Count > 0 ? result.Tokens[0].Value : ConfigSchemas.Names[0];
            if (!ConfigSchemas.Names.Contains(name))
            {
                result.AddError($"Expected one of {names}, got '{name}'.{Nearest.Hint(name, [.. ConfigSchemas.Names])}");
            }
        });
        Command command = new("schema", "Prints the JSON schema of a config file; editors complete and check with it.") { file };
        HelpWithExamples.Describe(
            command,
            """
            analog-theory schema > experiment.schema.json
            analog-theory schema sweep > sweep.schema.json
            """
        );
        command.SetAction(parsed =>
        {
            JsonNode schema = ConfigSchemas.Of(parsed.GetRequiredValue(file));
            return new Answer(schema, _ => console.Out.WriteLine(schema.ToJsonString(Answer.Form))).Give(
                console,
                parsed.GetValue(Options.Json)
            );
        });
        return command;
    }
}
