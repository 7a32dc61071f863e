using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Runs;

/// <summary>Runs an experiment part by part, keeping what is finished when it is stopped.</summary>
/// <remarks>How replicas are cut into parts depends on their number only, so that results are the same whether a run was stopped or not.</remarks>
internal static class ExperimentRun
{
    private const int LeastReplicas = 64;
    private const int MostParts = 256;
    private static readonly TimeSpan s_betweenCheckpoints = TimeSpan.FromSeconds(30);

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
                (point, i) => Blocks(point.Settings.Replicas).Select(block => (i, block.First, block.Replicas))
            ),
        ];
        (int Point, int First, int Replicas)[] open = [.. all.Where(part => !done.Contains((part.Point, part.First)))];
        if (kept.Count > 0)
        {
            console.Complain($"Continuing: {kept.Count} of {all.Length} parts were finished before.");
        }

        ConcurrentBag<Part> finished = [.. kept];
        try
        {
            await ProgressBar.While(
                console,
                experiment.Title,
                progress => RunParts(experiment, open, finished, checkpoint, kept.Count, all.Length, threads, progress, cancellation)
            );
        }
        catch (OperationCanceledException stopped)
        {
            if (finished.IsEmpty)
            {
                throw new Stopped("Nothing was finished.", stopped);
            }

            checkpoint.Save([.. finished]);
            throw new Stopped($"{finished.Count} of {all.Length} parts are finished and kept; to continue: {command}", stopped);
        }

        return [.. finished.OrderBy(part => part.Point).ThenBy(part => part.First)];
    }

    private static async Task<int> RunParts(
        Experiment experiment,
        (int Point, int First, int Replicas)[] open,
        ConcurrentBag<Part> finished,
        Checkpoint checkpoint,
        int before,
        int all,
        int threads,
        IProgress<double> progress,
        CancellationToken cancellation
    )
    {
        double[] fractions = new double[open.Length];
        Stopwatch sinceCheckpoint = Stopwatch.StartNew();
        Lock gate = new();
        ParallelOptions options = new()
        {
            MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads,
            CancellationToken = cancellation,
        };
        await Parallel.ForAsync(
            0,
            open.Length,
            options,
            async (i, stop) =>
            {
                (int index, int first, int replicas) = open[i];
                ExperimentPoint point = experiment.Points[index];
                EnsembleSettings settings = point.Settings with { Replicas = replicas, FirstReplica = (uint)first, Threads = 1 };
                Ensemble ensemble = await point.Simulation.RunEnsembleAsync(settings, new Share(fractions, i, before, all, progress), stop);
                finished.Add(Part.Of(index, first, ensemble));
                lock (gate)
                {
                    if (sinceCheckpoint.Elapsed > s_betweenCheckpoints)
                    {
                        checkpoint.Save([.. finished]);
                        sinceCheckpoint.Restart();
                    }
                }
            }
        );
        return open.Length;
    }

    // Parts of equal size, whole vectors of replicas each, and never too many for one file.
    private static IEnumerable<(int First, int Replicas)> Blocks(int replicas)
    {
        int share = (replicas + MostParts - 1) / MostParts;
        int size = Math.Max(LeastReplicas, (share + LeastReplicas - 1) / LeastReplicas * LeastReplicas);
        for (int first = 0; first < replicas; first += size)
        {
            yield return (first, Math.Min(size, replicas - first));
        }
    }

    // Adds up how far the parts have come.
    private sealed class Share(double[] fractions, int index, int before, int all, IProgress<double> total) : IProgress<double>
    {
        public void Report(double value)
        {
            Volatile.Write(ref fractions[index], value);
            total.Report((before + fractions.Sum()) / all);
        }
    }
}
