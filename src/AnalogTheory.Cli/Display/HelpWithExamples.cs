using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;

namespace AnalogTheory.Cli.Display;

/// <summary>Help that ends with examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const string ExitCodes = """
        0    all went well
        1    a claim is refuted, a check failed, or the machine refused: full disk, memory, a folder that cannot be written
        2    a command line, config or data file that makes no sense
        3    a fault of analog-theory itself; please report it
        4    some cells of a sweep cannot be computed; the others are finished
        130  stopped by Ctrl-C or SIGTERM
        """;

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
            Section(parseResult, "Examples", examples);
        }

        Section(parseResult, "Exit codes", ExitCodes);
        return code;
    }

    private static void Section(ParseResult parsed, string head, string text)
    {
        TextWriter output = parsed.InvocationConfiguration.Output;
        output.WriteLine($"{head}:");
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            output.WriteLine($"  {line}");
        }

        output.WriteLine();
    }
}
