using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;
using AnalogTheory.Plotting;

namespace AnalogTheory.Cli.Commands;

/// <summary><c>explore</c>: tables of results as one page to explore in a browser.</summary>
internal static class ExploreCommand
{
    internal static Command Create(ToolConsole console)
    {
        Argument<string[]> files = new("table")
        {
            Description =
                "CSV or Parquet files of results, such as averages.csv of simulate or result.parquet of a sweep; or one JSON file that names tables, their titles and labels.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> page = Options.Text("--out", "The page to write; 'explorer.html' by default.", "file");
        Option<string?> title = Options.Text("--title", "Title of the page.", "title");
        Option<string[]> labels = new("--label")
        {
            Description =
                "Label of a column or measure with its unit, such as device.radius='τ, unit of weight'; *x* is italic, _{k} and ^{2} go below and above. Several may be given.",
            HelpName = "name=label",
            DefaultValueFactory = _ => [],
            CustomParser = result =>
            {
                foreach (string text in result.Tokens.Select(token => token.Value).Where(text => !IsLabel(text)))
                {
                    result.AddError($"Expected name=label, such as tau='τ, unit of weight', after --label, got '{text}'.");
                }

                return [.. result.Tokens.Select(token => token.Value)];
            },
        };
        Command command = new(
            "explore",
            "Makes one page from tables of results: a map, a cut and their values, explored in a browser without a network."
        )
        {
            files,
            page,
            title,
            labels,
        };
        HelpWithExamples.Describe(
            command,
            """
            analog-theory explore experiment/averages.csv
            analog-theory explore floor.csv asymmetry.csv --title "Floors" --out floors.html
            analog-theory explore averages.csv --label rule.learningRate="learning rate α"
            analog-theory explore explorer.json --out explorer.html
            """
        );
        command.SetAction(parsed =>
        {
            string output = console.Resolve(parsed.GetValue(page) ?? "explorer.html");
            ExplorerContent content = ExplorerContent.Read(
                console,
                parsed.GetRequiredValue(files),
                parsed.GetValue(title),
                [.. parsed.GetRequiredValue(labels).Select(Label)]
            );
            if (Directory.Exists(output))
            {
                throw new BadInputException($"Expected a file after --out, got the folder '{parsed.GetValue(page)}'.");
            }

            content.Write(output, $"Made with analog-theory {ToolVersion.Number}.");
            return Answer(console, output, content).Give(console, parsed.GetValue(Options.Json));
        });
        return command;
    }

    private static bool IsLabel(string text) => text.IndexOf('=', StringComparison.Ordinal) is var at and > 0 && at < text.Length - 1;

    private static (string Name, string Markup) Label(string text) =>
        (text[..text.IndexOf('=', StringComparison.Ordinal)], text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..]);

    private static Answer Answer(ToolConsole console, string output, ExplorerContent content) =>
        new(
            Display.Answer.Node(
                new
                {
                    Page = output,
                    Tables = content.Tables.Select(table => new
                    {
                        table.Title,
                        Rows = table.Count,
                        table.Names,
                    }),
                }
            ),
            ansi =>
            {
                foreach (ExplorerTable table in content.Tables)
                {
                    console.Say($"{table.Title}: {table.Count} rows; {string.Join(", ", table.Names)}");
                }

                Tables.Paths(ansi, console, [output], "Written to");
            }
        );
}
