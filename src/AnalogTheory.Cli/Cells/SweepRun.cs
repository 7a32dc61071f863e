using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Display;
using AnalogTheory.Runs;
using AnalogTheory.Sweeps;

namespace AnalogTheory.Cli.Cells;

/// <summary>Runs a selection of a sweep's cells and tells how it went; where the selection is the whole sweep, its table is merged too.</summary>
internal static class SweepRun
{
    /// <exception cref="Stopped">Cancelled; the message says how to continue.</exception>
    internal static async Task<Answer> Of(
        SweepFile file,
        string output,
        CellSelection selection,
        ShardSettings settings,
        ToolConsole console,
        string again,
        CancellationToken cancellation
    )
    {
        SweepFolder folder = Opened(() => SweepFolder.Open(output, file.Definition, file.Program));
        ShardEnd end;
        try
        {
            end = await ProgressBar.While(
                console,
                $"{file.Definition.Title}, {selection.Name}",
                progress =>
                    Opened(() => SweepShard.RunAsync(folder, selection, file.Target, settings with { Progress = progress }, cancellation))
            );
        }
        catch (OperationCanceledException stopped)
        {
            throw new Stopped($"What is finished is kept; to continue: {again}", stopped);
        }

        string[] files = selection == CellSelection.All && end.Failed.IsEmpty ? [.. await Opened(() => SweepMerge.WriteAsync(folder))] : [];
        return new(
            Answer.Node(
                new
                {
                    file.Definition.Title,
                    Selection = selection.Name,
                    end.Cells,
                    FinishedBefore = end.Before,
                    Failed = end.Failed.Select(outcome => new { outcome.Cell, Why = outcome.Failure }),
                    Files = files,
                }
            ),
            ansi =>
            {
                console.Say(
                    $"{file.Definition.Title}, {selection.Name}: {end.Cells - end.Failed.Length} of {end.Cells} cells finished, {end.Before} of them before"
                );
                foreach (CellOutcome outcome in end.Failed.Take(5))
                {
                    console.Say($"cell {outcome.Cell} ({file.Definition.Grid.Describe(outcome.Cell)}) failed: {outcome.Failure}");
                }

                if (files.Length > 0)
                {
                    Tables.Paths(ansi, console, files, "Written to");
                }
                else
                {
                    console.Say($"To put shards together: analog-theory sweep merge {CommandText.Quoted(console.Shown(output))}");
                }
            },
            end.Failed.IsEmpty ? Tool.Fine : Tool.CellsFailed
        );
    }

    /// <summary>Does what reads a sweep's files; what is wrong with them is told by name.</summary>
    /// <exception cref="BadInputException">A file is of another sweep, damaged or foreign.</exception>
    internal static T Opened<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception refused) when (refused is InvalidDataException or OtherRunException)
        {
            throw new BadInputException(refused.Message, refused);
        }
    }

    /// <inheritdoc cref="Opened{T}(Func{T})"/>
    internal static async Task<T> Opened<T>(Func<Task<T>> open)
    {
        try
        {
            return await open();
        }
        catch (Exception refused) when (refused is InvalidDataException or OtherRunException)
        {
            throw new BadInputException(refused.Message, refused);
        }
        // A shard that another process still holds may be free at the next try: not a config that makes no sense.
        catch (FolderInUseException held)
        {
            throw new IOException(held.Message, held);
        }
    }
}
