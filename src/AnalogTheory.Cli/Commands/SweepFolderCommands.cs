using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using AnalogTheory.Cli.Cells;
using AnalogTheory.Cli.Display;
using AnalogTheory.Sweeps;

namespace AnalogTheory.Cli.Commands;

/// <summary><c>sweep status</c> and <c>sweep merge</c>: what a sweep's folder holds, and all of it in one table.</summary>
internal static class SweepFolderCommands
{
    private const int NamedFailures = 5;

    internal static Command Status(ToolConsole console)
    {
        Argument<string> folder = Folder();
        Command command = new("status", "Says what of a sweep is finished, missing or failed, and why; also while shards run.") { folder };
        HelpWithExamples.Describe(command, "analog-theory sweep status map");
        command.SetAction(
            async (parsed, _) =>
            {
                string path = console.Resolve(parsed.GetRequiredValue(folder));
                SweepFolder sweep = SweepRun.Opened(() => SweepFolder.Of(path));
                SweepStatus status = await SweepRun.Opened(() => SweepStatus.OfAsync(sweep));
                return Of(sweep, status, console).Give(console, parsed.GetValue(Options.Json));
            }
        );
        return command;
    }

    internal static Command Merge(ToolConsole console)
    {
        Argument<string> folder = Folder();
        Option<bool> partial = new("--partial") { Description = "Merges what is finished, though cells are missing or failed." };
        Command command = new(
            "merge",
            "Puts the shards of a sweep into result.csv and result.parquet; equal to the byte however the work was cut."
        )
        {
            folder,
            partial,
        };
        HelpWithExamples.Describe(command, "analog-theory sweep merge map\nanalog-theory sweep merge map --partial");
        command.SetAction(
            async (parsed, _) =>
            {
                string path = console.Resolve(parsed.GetRequiredValue(folder));
                SweepFolder sweep = SweepRun.Opened(() => SweepFolder.Of(path));
                string[] files = [.. await SweepRun.Opened(() => SweepMerge.WriteAsync(sweep, parsed.GetValue(partial)))];
                return new Answer(Answer.Node(new { Files = files }), ansi => Tables.Paths(ansi, console, files, "Written to")).Give(
                    console,
                    parsed.GetValue(Options.Json)
                );
            }
        );
        return command;
    }

    private static Argument<string> Folder() => new("folder") { Description = "Folder of the sweep." };

    private static Answer Of(SweepFolder sweep, SweepStatus status, ToolConsole console)
    {
        bool isDamaged = status.Shards.Any(shard => shard.Damage is not null);
        return new(
            Answer.Node(
                new
                {
                    sweep.Definition.Title,
                    status.Cells,
                    Finished = status.Finished.Count,
                    status.Missing,
                    MissingCells = status.MissingInWords(int.MaxValue),
                    Failed = status.Failed.Select(outcome => new { outcome.Cell, Why = outcome.Failure }),
                    status.Shards,
                }
            ),
            _ =>
            {
                console.Say(
                    $"{sweep.Definition.Title}: {status.Finished.Count} of {status.Cells} cells finished, {status.Failed.Length} failed, {status.Missing} missing"
                );
                if (status.Missing > 0)
                {
                    console.Say($"missing: {status.MissingInWords()}");
                }

                foreach (CellOutcome outcome in status.Failed.Take(NamedFailures))
                {
                    console.Say($"cell {outcome.Cell} failed: {outcome.Failure}");
                }

                if (status.Failed.Length > NamedFailures)
                {
                    console.Say($"… and {status.Failed.Length - NamedFailures} more; --json names all.");
                }

                foreach (ShardStatus shard in status.Shards.Where(shard => shard.Damage is not null))
                {
                    console.Say($"{shard.Damage}");
                }

                int open = status.Shards.Count(shard => !shard.IsWhole && shard.Damage is null);
                console.Say($"shards begun: {status.Shards.Length}, of which {status.Shards.Length - open} have their table");
            },
            isDamaged ? Tool.Failed : Tool.Fine
        );
    }
}
