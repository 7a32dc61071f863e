using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace AnalogTheory.Benchmarks.Bars;

/// <summary>A piece of work whose time is one side of a ratio.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Operations">Operations of one call: times are per operation.</param>
/// <param name="Run">The work.</param>
internal sealed record Work(string Name, double Operations, Action Run);

/// <summary>Least times of several pieces of work that take turns, so that what else the machine does meets all of them alike.</summary>
internal static class LeastTimes
{
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(4);
    private const int WarmCalls = 8;

    /// <summary>Nanoseconds per operation of each piece of work, by name: the least mean over a turn of some milliseconds.</summary>
    /// <param name="works">The pieces, their names all different.</param>
    /// <param name="budget">Time for all of them.</param>
    internal static Dictionary<string, double> Of(IReadOnlyList<Work> works, TimeSpan budget)
    {
        Dictionary<string, double> least = works.ToDictionary(work => work.Name, _ => double.PositiveInfinity);
        int[] calls = [.. works.Select(Calls)];
        Stopwatch all = Stopwatch.StartNew();
        while (all.Elapsed < budget)
        {
            for (int k = 0; k < works.Count; k++)
            {
                // What ran before has left its own numbers in the caches.
                works[k].Run();
                double nanoseconds = Time(works[k], calls[k]) / (calls[k] * works[k].Operations);
                least[works[k].Name] = Math.Min(least[works[k].Name], nanoseconds);
            }
        }

        return least;
    }

    private static int Calls(Work work)
    {
        double one = double.PositiveInfinity;
        for (int call = 0; call < WarmCalls; call++)
        {
            one = Math.Min(one, Time(work, 1));
        }

        return (int)Math.Clamp(s_turn.TotalNanoseconds / one, 1.0, 1e6);
    }

    private static double Time(Work work, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            work.Run();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }
}
