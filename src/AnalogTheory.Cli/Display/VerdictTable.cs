using System;
using System.Linq;
using System.Threading.Tasks;
using AnalogTheory.CSharp;
using Spectre.Console;

namespace AnalogTheory.Cli.Display;

/// <summary>A table of verdicts that grows as claims are settled, with the progress of the rest below it on a terminal.</summary>
/// <param name="ansi">Where it is shown; nowhere if null.</param>
/// <param name="isLive">Whether progress is shown below it.</param>
/// <param name="isCut">Whether a row is cut to the width of the terminal; what reads a pipe gets it whole.</param>
internal sealed class VerdictTable(IAnsiConsole? ansi, bool isLive, bool isCut)
{
    private const int IdWidth = 22;
    private const int VerdictWidth = 34;

    /// <summary>Does the work that adds the rows.</summary>
    internal async Task Show(string label, Func<IProgress<double>?, Task> work)
    {
        if (!isCut && ansi is not null)
        {
            // Nothing wraps or ends in "…" where a program reads.
            ansi.Profile.Width = 100_000;
        }

        ansi?.MarkupLineInterpolated($"[bold]{"claim".PadRight(IdWidth)}{"verdict".PadRight(VerdictWidth)}evidence or reason[/]");
        if (ansi is null || !isLive)
        {
            await work(null);
            return;
        }

        await ansi.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask(Markup.Escape(label));
                await work(new Told<double>(value => bar.Value = 100.0 * value));
            });
    }

    /// <summary>Adds a row: the claim, its verdicts, and the gravest one's reason, or the statement if it holds throughout.</summary>
    internal void Add(ClaimReport report)
    {
        if (ansi is null)
        {
            return;
        }

        string colour =
            report.IsAgainst ? "red"
            : report.Verdicts.Any(item => item.Verdict is Verdict.Undecided) ? "yellow"
            : report.Verdicts.All(item => item.Verdict is Verdict.Vacuous) ? "grey"
            : "green";
        InstanceVerdict? told =
            report.Verdicts.FirstOrDefault(item => item.Verdict.IsAgainst)
            ?? report.Verdicts.FirstOrDefault(item => item.Verdict is Verdict.Undecided)
            ?? report.Verdicts.FirstOrDefault(item => item.Verdict is Verdict.Vacuous);
        string reason = told is null ? report.Statement : $"{told.Instance}: {Reason(told.Verdict)}";
        string id = Fitted(report.Id, IdWidth);
        string verdict = Fitted(report.Summary, VerdictWidth);
        int room = Math.Max(20, ansi.Profile.Width - id.Length - verdict.Length - 1);
        string shown = isCut && reason.Length > room ? reason[..(room - 1)] + "…" : reason;
        ansi.MarkupLineInterpolated($"{id}[{colour}]{verdict}[/]{shown}");
    }

    private static string Reason(Verdict verdict) => verdict.ToString()[(verdict.Name.Length + 2)..].ReplaceLineEndings(" ");

    private static string Fitted(string text, int width) => text.Length < width ? text.PadRight(width) : text + " ";
}
