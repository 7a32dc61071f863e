using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.Sweeps;

namespace AnalogTheory.Cli.Runs;

/// <summary>Runs an experiment part by part, keeping every part as it is finished.</summary>
internal static class ExperimentRun
{
    /// <summary>Runs what the checkpoint does not hold.</summary>
    /// <exception cref="Stopped">Cancelled; the message says how to continue.</exception>
    internal static async Task<IReadOnlyList<Part>> Complete(
        Experiment experiment,
        Checkpoint checkpoint,
        int threads,
        ToolConsole console,
        string command,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<Part> kept = checkpoint.Load(console);
        HashSet<(int, int)> done = [.. kept.Select(part => (part.Point, part.First))];
        (int Point, int First, int Replicas)[] all =
        [
            .. experiment.Points.SelectMany(
                (point, i) => ReplicaBlocks.Of(point.Settings.Replicas).Select(block => (i, block.First, block.Replicas))
            ),
        ];
        (int Point, int First, int Replicas)[] open = [.. all.Where(part => !done.Contains((part.Point, part.First)))];
        if (kept.Count > 0)
        {
            console.Complain(
                string.Create(CultureInfo.InvariantCulture, $"Continuing: {kept.Count} of {all.Length} parts were finished before.")
            );
        }

        ConcurrentBag<Part> finished = [.. kept];
        try
        {
            await ProgressBar.While(
                console,
                experiment.Title,
                progress => RunParts(experiment, open, finished, checkpoint, kept.Count, threads, progress, cancellation)
            );
        }
        catch (OperationCanceledException stopped)
        {
            if (finished.IsEmpty)
            {
                throw new Stopped("Nothing was finished.", stopped);
            }

            throw new Stopped(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{finished.Count} of {all.Length} parts are finished and kept; to continue: {command}"
                ),
                stopped
            );
        }

        return [.. finished.OrderBy(part => part.Point).ThenBy(part => part.First)];
    }

    private static async Task<int> RunParts(
        Experiment experiment,
        (int Point, int First, int Replicas)[] open,
        ConcurrentBag<Part> finished,
        Checkpoint checkpoint,
        int before,
        int threads,
        IProgress<double> progress,
        CancellationToken cancellation
    )
    {
        ProgressSum sum = new(open.Length, before, progress);
        Lock gate = new();
        ParallelOptions options = new() { MaxDegreeOfParallelism = WorkEstimate.Workers(threads), CancellationToken = cancellation };
        await Parallel.ForAsync(
            0,
            open.Length,
            options,
            async (i, stop) =>
            {
                (int index, int first, int replicas) = open[i];
                Part part = await Part.RunAsync(
                    experiment.Points[index],
                    index,
                    first,
                    replicas,
                    new Told<double>(value => sum.Report(i, value)),
                    stop
                );
                lock (gate)
                {
                    checkpoint.Add(part);
                }

                finished.Add(part);
                sum.Report(i, 1.0);
            }
        );
        return open.Length;
    }
}
