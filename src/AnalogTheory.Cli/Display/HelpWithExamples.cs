using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Linq;
using System.Runtime.CompilerServices;

namespace AnalogTheory.Cli.Display;

/// <summary>Help that ends with examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly ConditionalWeakTable<Command, string> s_examples = [];

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Gives a command its examples, one a line.</summary>
    internal static void Describe(Command command, string examples) => s_examples.AddOrUpdate(command, examples);

    /// <summary>Makes the root's help end with the examples of the command that is asked about.</summary>
    internal static void Install(RootCommand root)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((HelpAction)option.Action!);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        if (s_examples.TryGetValue(parseResult.CommandResult.Command, out string? examples))
        {
            parseResult.InvocationConfiguration.Output.WriteLine("Examples:");
            foreach (string line in examples.Split('\n', StringSplitOptions.TrimEntries))
            {
                parseResult.InvocationConfiguration.Output.WriteLine($"  {line}");
            }

            parseResult.InvocationConfiguration.Output.WriteLine();
        }

        return code;
    }
}
