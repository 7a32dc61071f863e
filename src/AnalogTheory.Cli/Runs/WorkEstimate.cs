using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AnalogTheory.Cli.Config;
using AnalogTheory.Cli.Display;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Runs;

/// <summary>What work needs, said before it starts: what does not fit the memory is refused, what takes long has to be asked for.</summary>
/// <param name="Bytes">Memory at the most.</param>
/// <param name="Seconds">Time on this machine, right within a factor of five or so.</param>
internal sealed record WorkEstimate(double Bytes, double Seconds)
{
    /// <summary>What is started without asking.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    /// <summary>The same for help and messages.</summary>
    internal const string PatienceInWords = "2 hours";

    // A step of one weight of one replica on one thread, with Gaussian noise on the linear device; the others are within a factor of three.
    private const double SecondsPerStep = 4e-9;

    // A reading of one measure of one replica, one weight.
    private const double SecondsPerReading = 2e-9;

    // An update of a row of pulsed elements by one sample, and its share for each element.
    private const double SecondsPerUpdate = 3e-7;
    private const double SecondsPerElement = 4e-9;

    /// <summary>What an experiment needs on a number of threads, 0 for all processors.</summary>
    internal static WorkEstimate Of(Experiment experiment, int threads)
    {
        int workers = Workers(threads);
        double kept = experiment.Points.Sum(Kept);
        double running = experiment.Points.Select(Running).OrderDescending().Take(workers).Sum();
        double inputs = experiment.Points.Count * 64.0 * experiment.Points[0].Simulation.Problem.Dimension;
        return new(kept + running + inputs, experiment.Points.Sum(Work) / workers);
    }

    /// <summary>Threads that a number of the command line stands for.</summary>
    internal static int Workers(int threads) =>
        threads == 0 ? Environment.ProcessorCount : Math.Min(threads, 64 * Environment.ProcessorCount);

    /// <summary>Time of some steps of single weights with some measures read at every step.</summary>
    internal static double SecondsOf(double replicas, double steps, double dimension, double measures, int workers) =>
        replicas * steps * dimension * (SecondsPerStep + measures * SecondsPerReading) / workers;

    /// <summary>What training on arrays needs: every sample of every step is an update of all weights, and again what the algorithm transfers.</summary>
    internal static WorkEstimate OfTiles(
        double cases,
        double replicas,
        double steps,
        double samples,
        double weights,
        double points,
        int threads
    )
    {
        double updates = cases * replicas * steps * samples;
        return new(
            8.0 * cases * replicas * points * 3.0,
            updates * 2.0 * (SecondsPerUpdate + weights * SecondsPerElement) / Workers(threads)
        );
    }

    /// <summary>Says no, or asks.</summary>
    /// <param name="what">What needs it, such as <c>These replicas</c>.</param>
    /// <param name="isAccepted">Whether the command line has <c>--yes</c>.</param>
    /// <exception cref="BadInputException">It does not fit the memory, or takes long and nobody said yes.</exception>
    internal void Require(string what, bool isAccepted)
    {
        double there = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (!(Bytes <= 0.8 * there))
        {
            throw new BadInputException($"{what} needs about {Size(Bytes)} of memory, {Size(there)} are there.");
        }

        if (!(Seconds <= Patience.TotalSeconds) && !isAccepted)
        {
            throw new BadInputException(
                $"{what} takes about {Duration(Seconds)} on this machine, by estimate: give --yes to start it nevertheless."
            );
        }
    }

    // What stays of a point until its results are written.
    private static double Kept(ExperimentPoint point)
    {
        EnsembleSettings settings = point.Settings;
        double blocks = Math.Ceiling((double)settings.Replicas / ReplicaBlocks.Size(settings.Replicas));
        double averages = ReplicaBlocks.AreSummed(settings.Replicas) ? 2.0 * blocks : settings.Replicas;
        // Two numbers a traced step and part; thrice, for tables and pictures.
        double traces = (2.0 * blocks + 12.0) * TracePoints(settings);
        return 8.0 * settings.Measures.Length * (2.0 * averages + traces) + 200.0 * blocks + 20_000.0;
    }

    // What a part of a point holds while it runs.
    private static double Running(ExperimentPoint point)
    {
        EnsembleSettings settings = point.Settings;
        double replicas = ReplicaBlocks.Size(settings.Replicas);
        double arrays = point.Simulation.Rule.HasAuxiliary ? 2.0 : 1.0;
        double dimension = point.Simulation.Problem.Dimension;
        // Final states of all of its replicas; and the states, gradients and noises of the vectors that run at a time.
        return 8.0 * replicas * (arrays * dimension + settings.Measures.Length * (1.0 + TracePoints(settings)))
            + 8.0 * 128.0 * 8.0 * Math.Min(dimension, 64.0)
            + 8.0 * 16.0 * 12.0 * dimension;
    }

    private static double Work(ExperimentPoint point)
    {
        EnsembleSettings settings = point.Settings;
        double averaged = Math.Max(0.0, settings.Steps - (double)(settings.AverageFrom ?? settings.Steps / 2));
        double read = (averaged + TracePoints(settings)) / Math.Max(1.0, settings.Steps) * settings.Measures.Length;
        double samples = point.Config.Problem is LeastSquaresConfig { Matrix.Length: var rows } ? Math.Max(1, rows) : 1.0;
        // Whole vectors run, however few replicas there are.
        return SecondsOf(Math.Max(8.0, settings.Replicas), settings.Steps, point.Simulation.Problem.Dimension * samples, read, 1);
    }

    private static double TracePoints(EnsembleSettings settings) =>
        settings.TraceEvery == 0 ? 0.0 : Math.Floor((double)settings.Steps / settings.TraceEvery) + 1.0;

    /// <summary>Bytes in words.</summary>
    internal static string Size(double bytes)
    {
        (double unit, string name) = bytes switch
        {
            >= 1e18 => (1e18, "EB"),
            >= 1e15 => (1e15, "PB"),
            >= 1e12 => (1e12, "TB"),
            >= 1e9 => (1e9, "GB"),
            _ => (1e6, "MB"),
        };
        return bytes < 1e24 ? Number(bytes / unit) + " " + name : "more than a million EB";
    }

    /// <summary>A time in words.</summary>
    internal static string Duration(double seconds)
    {
        const double Year = 365.25 * 86400.0;
        (double unit, string name) = seconds switch
        {
            >= Year => (Year, "years"),
            >= 2.0 * 86400.0 => (86400.0, "days"),
            >= 2.0 * 3600.0 => (3600.0, "hours"),
            >= 120.0 => (60.0, "minutes"),
            _ => (1.0, "seconds"),
        };
        return seconds / Year > 1e6 ? "more than a million years" : Number(seconds / unit) + " " + name;
    }

    private static string Number(double value) =>
        (value < 10.0 ? Math.Round(value, 1) : Math.Round(value)).ToString(CultureInfo.InvariantCulture);
}
