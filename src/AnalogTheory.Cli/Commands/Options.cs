using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;

namespace AnalogTheory.Cli.Commands;

/// <summary>Makes options whose complaints name the option, what was expected and what came.</summary>
internal static class Options
{
    /// <summary>Whether results are one JSON document.</summary>
    internal static Option<bool> Json { get; } =
        new("--json") { Description = "Write one JSON document to the standard output, and nothing else.", Recursive = true };

    /// <summary>Whether complaints come with the place in the program that they come from.</summary>
    internal static Option<bool> Debug { get; } =
        new("--debug") { Description = "Show where in the program a complaint comes from, for reports of faults.", Recursive = true };

    /// <summary>Whether work is started that takes longer than <see cref="Runs.WorkEstimate.Patience"/>.</summary>
    internal static Option<bool> Yes() =>
        new("--yes") { Description = $"Start even if it takes longer than {Runs.WorkEstimate.PatienceInWords} by estimate." };

    /// <summary>A number in a range.</summary>
    internal static Option<double> Number(string name, string help, Range range, double? standard = null) =>
        Parsed(name, help, "number", standard, text => Real(text) is { } value && range.Holds(value) ? value : null, range.Text);

    /// <summary>A number in a range, or none.</summary>
    internal static Option<double?> NumberOrNone(string name, string help, Range range) =>
        Bare<double?>(name, help, "number", text => Real(text) is { } value && range.Holds(value) ? (true, value) : default, range.Text);

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    internal static Option<int> Whole(string name, string help, int least, int standard, int most = int.MaxValue) =>
        Parsed(
            name,
            help,
            "N",
            standard,
            text =>
                int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
                && value >= least
                && value <= most
                    ? value
                    : (int?)null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"a whole number of at least {least}{(most < int.MaxValue ? string.Create(CultureInfo.InvariantCulture, $" and at most {most}") : "")}"
            )
        );

    /// <summary>A whole number of at least <paramref name="least"/>, or none.</summary>
    internal static Option<long?> WholeOrNone(string name, string help, long least, long most = long.MaxValue) =>
        Bare<long?>(
            name,
            help,
            "N",
            text =>
                long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
                && value >= least
                && value <= most
                    ? (true, value)
                    : default,
            string.Create(
                CultureInfo.InvariantCulture,
                $"a whole number of at least {least}{(most < long.MaxValue ? string.Create(CultureInfo.InvariantCulture, $" and at most {most}") : "")}"
            )
        );

    /// <summary>One or more numbers above 0, different from one another.</summary>
    internal static Option<double[]> Ladder(string name, string help, double[] standard) =>
        new(name)
        {
            Description = help,
            HelpName = "numbers",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => standard,
            CustomParser = result =>
            {
                List<double> values = [];
                foreach (string text in result.Tokens.Select(token => token.Value))
                {
                    if (Real(text) is not { } value || !Range.Positive.Holds(value))
                    {
                        result.AddError($"Expected {Range.Positive.Text} after {name}, got '{text}'.");
                    }
                    else if (values.Contains(value))
                    {
                        result.AddError($"Expected different numbers after {name}, got '{text}' twice.");
                    }
                    else
                    {
                        values.Add(value);
                    }
                }

                return [.. values];
            },
        };

    /// <summary>A seed.</summary>
    internal static Option<ulong> Seed(ulong standard) =>
        Parsed(
            "--seed",
            "What all randomness comes from; equal seeds give equal bits.",
            "N",
            standard,
            text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : (ulong?)null,
            "a whole number from 0 to 18446744073709551615"
        );

    /// <summary>A seed, or none.</summary>
    internal static Option<ulong?> SeedOrNone(string help) =>
        Bare<ulong?>(
            "--seed",
            help,
            "N",
            text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? (true, value) : default,
            "a whole number from 0 to 18446744073709551615"
        );

    /// <summary>One of a few words.</summary>
    internal static Option<string> Word(string name, string help, string standard, params string[] words)
    {
        Option<string> option = new(name)
        {
            Description = help,
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => standard,
            CustomParser = result => Take(result, name, text => (words.Contains(text), text), OneOf(words), words)!,
        };
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>A folder to write to, or none.</summary>
    internal static Option<string?> Folder(string help) => Text("--out", help, "folder");

    /// <summary>A text of some form, or none.</summary>
    internal static Option<string?> Form(string name, string help, string kind, Regex form, string expected) =>
        Bare<string?>(name, help, kind, text => (form.IsMatch(text), text), expected);

    /// <summary>A text that is not empty, or none.</summary>
    internal static Option<string?> Text(string name, string help, string kind) =>
        Bare<string?>(
            name,
            help,
            kind,
            text => (text.Trim().Length > 0 && !text.Contains('\0', StringComparison.Ordinal), text),
            $"the name of a {kind}"
        );

    /// <summary>The name of a file without its folder, or none.</summary>
    internal static Option<string?> FileName(string name, string help, string kind) =>
        Bare<string?>(name, help, kind, text => (IsPlain(text), text), $"the name of a {kind} without a folder");

    // No folder, nothing that stands for one, and nothing that some file system cannot hold.
    internal static bool IsPlain(string text) =>
        text.Trim().Length > 0
        && text.Trim('.', ' ').Length > 0
        && text.IndexOfAny(['/', '\\', ':', '*', '?', '"', '<', '>', '|']) < 0
        && !text.Any(char.IsControl);

    /// <summary>A number as people and programs write it: a point, an exponent; no infinity, no NaN, and within <see cref="Magnitude"/>.</summary>
    internal static double? Real(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && Magnitude.Fits(value) ? value : null;

    private static string OneOf(string[] words) => $"one of {string.Join(", ", words)}";

    private static Option<T> Parsed<T>(string name, string help, string kind, T? standard, Func<string, T?> parse, string expected)
        where T : struct
    {
        Option<T> option = new(name)
        {
            Description = help,
            HelpName = kind,
            Required = standard is null,
            CustomParser = result => Take(result, name, text => parse(text) is { } value ? (true, value) : default, expected, []),
        };
        if (standard is { } value)
        {
            option.DefaultValueFactory = _ => value;
        }

        return option;
    }

    private static Option<T?> Bare<T>(string name, string help, string kind, Func<string, (bool, T)> parse, string expected) =>
        new(name)
        {
            Description = help,
            HelpName = kind,
            CustomParser = result => Take(result, name, parse, expected, []),
        };

    private static T? Take<T>(
        ArgumentResult result,
        string name,
        Func<string, (bool, T)> parse,
        string expected,
        IReadOnlyList<string> known
    )
    {
        string text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
        (bool isRight, T value) = parse(text);
        if (!isRight)
        {
            result.AddError($"Expected {expected} after {name}, got '{text}'.{Nearest.Hint(text, known)}");
        }

        return value;
    }
}

/// <summary>Where a number may lie.</summary>
/// <param name="Text">The range in words.</param>
/// <param name="Holds">Whether a finite number lies in it.</param>
internal sealed record Range(string Text, Func<double, bool> Holds)
{
    /// <summary>Any finite number.</summary>
    internal static Range Finite { get; } = new($"a finite number ({Magnitude.Sizes})", _ => true);

    /// <summary>Any finite number but 0.</summary>
    internal static Range NonZero { get; } = new($"a finite number that is not 0 ({Magnitude.Sizes})", value => value != 0.0);

    /// <summary>Above 0.</summary>
    internal static Range Positive { get; } = new($"a finite number above 0 ({Magnitude.Sizes})", value => value > 0.0);

    /// <summary>At least 0.</summary>
    internal static Range NonNegative { get; } = new($"a finite number of at least 0 ({Magnitude.Sizes})", value => value >= 0.0);

    /// <summary>Strictly between two bounds.</summary>
    internal static Range Between(double low, double high) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"a number strictly between {low:R} and {high:R}"),
            value => value > low && value < high
        );
}
