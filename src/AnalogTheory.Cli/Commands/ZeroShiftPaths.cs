using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Commands;

/// <summary>When a simulation of zero-shifting ends: after a number of pulses, or once the mean weight is near w⋄.</summary>
/// <param name="Pulses">The number; otherwise the number that the mean drift gives, which is simulated first.</param>
/// <param name="Tolerance">How near the mean must come, unit of weight; null for the number of pulses alone.</param>
/// <param name="Point">w⋄.</param>
internal sealed record ZeroShiftGoal(int Pulses, double? Tolerance, double Point)
{
    internal static ZeroShiftGoal Exactly(int pulses) => new(pulses, null, double.NaN);

    internal static ZeroShiftGoal Within(double tolerance, double point, int drift) => new(Math.Max(drift, 1), tolerance, point);
}

/// <summary>What is simulated.</summary>
/// <param name="Start">Weight before.</param>
/// <param name="Signs">Directions of the pulses.</param>
/// <param name="Replicas">Devices.</param>
/// <param name="Seed">Seed of all randomness.</param>
/// <param name="Threads">Worker threads; 0 for one per processor.</param>
internal sealed record ZeroShiftSetting(double Start, ShiftingSigns Signs, int Replicas, ulong Seed, int Threads);

/// <summary>Devices that were zero-shifted together.</summary>
/// <param name="Pulses">Pulses sent to each.</param>
/// <param name="Reached">First number of pulses after which the mean was as near to w⋄ as asked; null if it never was, or nothing was asked.</param>
/// <param name="Mean">Mean weight after the pulses.</param>
internal sealed record ZeroShiftPaths(int Pulses, int? Reached, Estimate Mean)
{
    // Beyond the number that the mean drift gives: a device that is not there after four times as many pulses rests elsewhere.
    internal const int Patience = 4;

    /// <summary>Simulates; where a distance is asked for, as many pulses as it takes, and at most four times those of the mean drift.</summary>
    internal static ZeroShiftPaths Simulate(
        PulsedDevice pulsed,
        ZeroShiftSetting setting,
        ZeroShiftGoal goal,
        IProgress<double> progress,
        CancellationToken cancellation
    )
    {
        if (goal.Tolerance is not { } tolerance)
        {
            return new(goal.Pulses, null, Estimate.Of(Ends(pulsed, setting, goal.Pulses, progress, cancellation)));
        }

        int most = (int)Math.Min(goal.Pulses * (long)Patience, Array.MaxLength - 1L);
        foreach (int pulses in goal.Pulses < most ? new[] { goal.Pulses, most } : [goal.Pulses])
        {
            double[] means = Means(pulsed, setting, pulses, progress, cancellation);
            if (Array.FindIndex(means, mean => Math.Abs(mean - goal.Point) <= tolerance) is var reached and >= 0)
            {
                return new(reached, reached, Estimate.Of(Ends(pulsed, setting, reached, progress, cancellation)));
            }
        }

        return new(most, null, Estimate.Of(Ends(pulsed, setting, most, progress, cancellation)));
    }

    private static double[] Ends(
        PulsedDevice pulsed,
        ZeroShiftSetting setting,
        int pulses,
        IProgress<double> progress,
        CancellationToken cancellation
    )
    {
        double[] ends = new double[setting.Replicas];
        int done = 0;
        Parallel.For(
            0,
            ends.Length,
            Options(setting, cancellation),
            i =>
            {
                ends[i] = pulsed.ZeroShifted(setting.Start, pulses, setting.Signs, SeedOf(setting.Seed, i));
                progress.Report((double)Interlocked.Increment(ref done) / ends.Length);
            }
        );
        return ends;
    }

    // Mean weights before the first pulse and after each. Blocks of devices are summed in order, so that the bits do not depend on the threads.
    private static double[] Means(
        PulsedDevice pulsed,
        ZeroShiftSetting setting,
        int pulses,
        IProgress<double> progress,
        CancellationToken cancellation
    )
    {
        const int Blocks = 16;
        double[][] sums = new double[Blocks][];
        int done = 0;
        Parallel.For(
            0,
            Blocks,
            Options(setting, cancellation),
            block =>
            {
                double[] sum = new double[pulses + 1];
                for (int i = block; i < setting.Replicas; i += Blocks)
                {
                    cancellation.ThrowIfCancellationRequested();
                    ImmutableArray<double> path = pulsed.ZeroShift(setting.Start, pulses, setting.Signs, SeedOf(setting.Seed, i));
                    for (int n = 0; n < sum.Length; n++)
                    {
                        sum[n] += path[n];
                    }

                    progress.Report((double)Interlocked.Increment(ref done) / setting.Replicas);
                }

                sums[block] = sum;
            }
        );
        double[] means = new double[pulses + 1];
        for (int n = 0; n < means.Length; n++)
        {
            foreach (double[] sum in sums)
            {
                means[n] += sum[n];
            }

            means[n] /= setting.Replicas;
        }

        return means;
    }

    private static ParallelOptions Options(ZeroShiftSetting setting, CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = Runs.WorkEstimate.Workers(setting.Threads), CancellationToken = cancellation };

    // Seeds that differ in one bit give unrelated numbers, so neighbouring seeds are independent devices.
    private static ulong SeedOf(ulong seed, int replica) => unchecked(seed * 0x9E3779B97F4A7C15UL + (ulong)replica);
}
