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
        string[] options = [.. parsed.UnmatchedTokens.Where(token => token.StartsWith('-'))];
        // What follows an unknown option is probably its value.
        string[] strangers = options.Length > 0 ? options : [.. parsed.UnmatchedTokens];
        List<string> lines = [.. strangers.Select(token => Unexpected(token, name, command, parsed.RootCommandResult.Command))];
        if (strangers.Length == 0 && command.Subcommands.Count > 0 && command.Action is null)
        {
            lines.Add($"Expected a command of '{name}': {string.Join(", ", command.Subcommands.Select(subcommand => subcommand.Name))}.");
        }
        else if (strangers.Length == 0)
        {
            lines.AddRange(parsed.Errors.Select(error => error.Message));
        }

        lines.Add($"See '{name} --help'.");
        return new BadInputException(string.Join(System.Environment.NewLine, lines.Distinct()));
    }

    private static string Unexpected(string token, string name, Command command, Command root)
    {
        IEnumerable<string> known = token.StartsWith('-')
            ? command.Options.Concat(root.Options.Where(option => option.Recursive)).Select(option => option.Name)
            : command.Subcommands.Select(subcommand => subcommand.Name);
        string kind =
            token.StartsWith('-') ? "an option"
            : command.Subcommands.Count > 0 && command.Action is null ? "a command"
            : "no further argument";
        return $"Expected {kind} of '{name}', got '{token}'.{Nearest.Hint(token, known)}";
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
