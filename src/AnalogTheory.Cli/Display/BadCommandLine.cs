using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;

namespace AnalogTheory.Cli.Display;

/// <summary>Says what is wrong with a command line, what was perhaps meant, and where to read on.</summary>
internal static class BadCommandLine
{
    internal static BadInputException Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string name = string.Join(' ', Ancestry(parsed.CommandResult).Reverse());
        List<string> lines = [];
        foreach (string token in parsed.UnmatchedTokens)
        {
            IEnumerable<string> known = token.StartsWith('-')
                ? command
                    .Options.Concat(parsed.RootCommandResult.Command.Options)
                    .Where(option => !option.Hidden)
                    .Select(option => option.Name)
                : command.Subcommands.Select(subcommand => subcommand.Name);
            string kind =
                token.StartsWith('-') ? "an option"
                : command.Subcommands.Count > 0 ? "a command"
                : "no further argument";
            lines.Add($"Expected {kind} of '{name}', got '{token}'.{Nearest.Hint(token, known)}");
        }

        lines.AddRange(
            parsed
                .Errors.Select(error => error.Message)
                .Where(message => !parsed.UnmatchedTokens.Any(token => message.Contains($"'{token}'", StringComparison.Ordinal)))
        );
        lines.Add($"See '{name} --help'.");
        return new BadInputException(string.Join(Environment.NewLine, lines.Distinct()));
    }

    private static IEnumerable<string> Ancestry(CommandResult command)
    {
        for (SymbolResult? result = command; result is not null; result = result.Parent)
        {
            if (result is CommandResult { Command: { } symbol })
            {
                yield return symbol is RootCommand ? "analog-theory" : symbol.Name;
            }
        }
    }
}
