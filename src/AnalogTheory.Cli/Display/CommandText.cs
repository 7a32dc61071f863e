using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;

namespace AnalogTheory.Cli.Display;

/// <summary>A command line as one types it into a shell again.</summary>
internal static class CommandText
{
    /// <summary>The whole command line that was parsed.</summary>
    internal static string Of(ParseResult parsed) =>
        "analog-theory " + string.Join(' ', parsed.Tokens.Select(token => Quoted(token.Value)));

    /// <summary>The options that a command line gives, some aside, each with a space before it.</summary>
    internal static string OptionsOf(ParseResult parsed, params string[] without) =>
        string.Concat(
            parsed
                .CommandResult.Children.OfType<OptionResult>()
                .Where(option => !option.Implicit && !without.Contains(option.Option.Name))
                .Select(option => " " + string.Join(' ', [option.Option.Name, .. option.Tokens.Select(token => Quoted(token.Value))]))
        );

    /// <summary>A word as a shell reads it as itself.</summary>
    internal static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,+@%".Contains(c, StringComparison.Ordinal) || c > 127)
            ? word
        : OperatingSystem.IsWindows() ? $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
