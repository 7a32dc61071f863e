using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Display;
using AnalogTheory.Figures;
using Spectre.Console;

namespace AnalogTheory.Cli.Commands;

/// <summary><c>figure</c>: figures of the papers and of our own, computed and drawn.</summary>
internal static class FigureCommand
{
    internal static Command Create(ToolConsole console)
    {
        Argument<string[]> names = new("figure")
        {
            Description = "Figures by their names, such as 3 or 4-left; 4 stands for all of its parts. Without a name, lists them.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> folder = Options.Folder("Folder in which each figure gets its own; 'figures' by default.");
        Option<int> seeds = Options.Whole("--seeds", "Independent seeds per curve.", 2, 24, Gallery.MostSeeds);
        Option<ulong> seed = Options.Seed(20240618);
        Command command = new("figure", "Computes and draws figures of the papers; what is there already and unchanged is kept.")
        {
            names,
            folder,
            seeds,
            seed,
        };
        HelpWithExamples.Describe(
            command,
            """
            analog-theory figure
            analog-theory figure 3 --seeds 5
            analog-theory figure 1 4 lower-bound --out pictures
            """
        );
        command.SetAction(
            async (parsed, cancellation) =>
            {
                string[] wanted = parsed.GetValue(names) ?? [];
                string output = console.Resolve(parsed.GetValue(folder) ?? "figures");
                Answer answer =
                    wanted.Length == 0
                        ? List()
                        : await Make(console, Selected(wanted), output, parsed.GetValue(seeds), parsed.GetValue(seed), cancellation);
                return answer.Give(console, parsed.GetValue(Options.Json));
            }
        );
        return command;
    }

    private static string[] Selected(string[] wanted)
    {
        string[] known = [.. Gallery.Entries.Select(entry => entry.Id)];
        return
        [
            .. wanted
                .SelectMany(name =>
                    Gallery.Select(name) is { Count: > 0 } ids
                        ? ids
                        : throw new BadInputException(
                            $"Expected one of the figures {string.Join(", ", known)}, got '{name}'.{Nearest.Hint(name, known)}"
                        )
                )
                .Distinct(),
        ];
    }

    private static Answer List()
    {
        IReadOnlyList<GalleryEntry> entries = Gallery.Entries;
        return new(
            Answer.Node(new { Figures = entries.Select(entry => new { entry.Id, entry.Title }) }),
            ansi =>
            {
                Table table = Tables.Bare().AddColumn(Tables.Words("figure")).AddColumn(Tables.Words("title"));
                foreach (GalleryEntry entry in entries)
                {
                    table.AddRow(Tables.Cell(entry.Id), Tables.Cell(entry.Title));
                }

                ansi.Write(table);
            }
        );
    }

    private static async Task<Answer> Make(
        ToolConsole console,
        string[] ids,
        string output,
        int seeds,
        ulong seed,
        CancellationToken cancellation
    )
    {
        List<GalleryFigure> made = [];
        foreach (string id in ids)
        {
            try
            {
                made.Add(
                    await ProgressBar.While(
                        console,
                        string.Create(CultureInfo.InvariantCulture, $"figure {id} ({made.Count + 1} of {ids.Length})"),
                        () =>
                            Task.Run(
                                () => Gallery.Make(id, output, seeds, seed, ToolVersion.Number, ToolVersion.Commit, cancellation),
                                cancellation
                            )
                    )
                );
            }
            catch (Exception stopped) when (cancellation.IsCancellationRequested)
            {
                throw new Stopped(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{made.Count} of {ids.Length} figures are finished and kept; the same command continues."
                    ),
                    stopped
                );
            }
        }

        return new(
            Answer.Node(
                new
                {
                    Figures = made.Select(figure => new
                    {
                        figure.Id,
                        figure.Title,
                        figure.Folder,
                        figure.Files,
                        figure.Notes,
                        figure.Divergences,
                        figure.WasCurrent,
                    }),
                }
            ),
            ansi => Show(ansi, console, made)
        );
    }

    private static void Show(IAnsiConsole ansi, ToolConsole console, List<GalleryFigure> made)
    {
        foreach (GalleryFigure figure in made)
        {
            string time = figure.WasCurrent ? "unchanged" : figure.Seconds.ToString("F1", CultureInfo.InvariantCulture) + " s";
            ansi.MarkupLineInterpolated($"[bold]{figure.Title}[/] ({time})");
            foreach (string line in figure.Divergences.Select(text => $"Differs from the paper: {text}").Concat(figure.Notes))
            {
                ansi.Write(new Padder(new Text(line), new Padding(2, 0, 0, 0)));
            }

            Tables.Paths(ansi, console, figure.Files, figure.WasCurrent ? "Already in" : "Written to");
        }
    }
}
