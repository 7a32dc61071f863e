using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Display;
using AnalogTheory.Runs;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Models;
using AnalogTheory.Training.Runs;

namespace AnalogTheory.Cli.Runs;

/// <summary>Trains one network in a folder, or goes on with it, and tells how it went.</summary>
internal static class CellTraining
{
    /// <exception cref="Stopped">Cancelled; the message says how to continue.</exception>
    internal static async Task<Answer> Of(
        ToolConsole console,
        Cell cell,
        string output,
        string? place,
        int epochs,
        int threads,
        string again,
        CancellationToken cancellation
    )
    {
        DataPair data = await TrainingFiles.Data(console, cell.Data, place, cancellation);
        using FolderLock ours = OutputFolder.Take(output, console);
        TrainingRun run = TrainingFiles.Opened(() => new TrainingRun(cell, data, output, threads));
        TrainingView view = new(console);
        RunEnd end = await view.While(() =>
            run.Run(
                epochs,
                new Told<TrainingProgress>(value => view.Show(cell, value, epochs)),
                new Told<EpochMetrics>(row => view.Show(cell, row)),
                cancellation
            )
        );
        return end == RunEnd.Stopped
            ? throw new Stopped($"Everything up to now is kept; to continue: {again}")
            : TrainingReport.Of(console, output, [new(cell, [.. run.State.History], end == RunEnd.Exploded)], isPlan: false);
    }
}
