using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;

namespace AnalogTheory.Cli.Cells;

/// <summary>What a sweep needs, from a short timed sample of a few of its cells.</summary>
/// <param name="Cells">Number of cells.</param>
/// <param name="Work">Work of all cells.</param>
/// <param name="Unit">What work is counted in.</param>
/// <param name="ThreadSeconds">Time on one thread of this machine.</param>
/// <param name="LargestCell">Time of the cell with the most work, on one thread.</param>
/// <param name="Bytes">Size of the merged tables, about.</param>
internal sealed record SweepEstimate(long Cells, double Work, string Unit, double ThreadSeconds, double LargestCell, double Bytes)
{
    private const int TimedCells = 5;
    private const int WeighedCells = 200;
    private const double BytesOfRow = 200.0;

    /// <summary>Times a little of some cells, spread over the sweep, each twice, the first time to warm up.</summary>
    internal static async Task<SweepEstimate> Of(SweepFile file, CancellationToken cancellation)
    {
        long count = file.Definition.Grid.Count;
        double worked = 0.0;
        double seconds = 0.0;
        foreach (long cell in Spread(count, TimedCells))
        {
            await file.Target.Sample(cell, cancellation);
            Stopwatch clock = Stopwatch.StartNew();
            worked += await file.Target.Sample(cell, cancellation);
            seconds += clock.Elapsed.TotalSeconds;
        }

        double[] work = [.. Spread(count, WeighedCells).Select(file.Target.WorkOf)];
        double all = work.Average() * count;
        double rate = seconds / worked;
        return new(count, all, file.Target.Unit, all * rate, work.Max() * rate, BytesOfRow * file.Target.RowsOfCell * count);
    }

    /// <summary>Time on some machines like this one, all of whose threads work; no cell is divided among machines.</summary>
    internal double SecondsOn(int nodes, int threads) => Math.Max(ThreadSeconds / nodes / threads, LargestCell / threads);

    internal Answer Answer(int nodes, int threads, ToolConsole console) =>
        new(
            Display.Answer.Node(
                new
                {
                    Cells,
                    Work,
                    Unit,
                    ThreadSeconds,
                    Here = SecondsOn(1, threads),
                    Nodes = nodes,
                    OnNodes = SecondsOn(nodes, threads),
                    Bytes,
                }
            ),
            _ =>
            {
                console.Say($"{Cells} cells, {Work:0.0e+0} {Unit}");
                console.Say($"this machine, {threads} threads: about {WorkEstimate.Duration(SecondsOn(1, threads))}");
                console.Say($"{nodes} machines like it: about {WorkEstimate.Duration(SecondsOn(nodes, threads))}");
                console.Say($"results: about {WorkEstimate.Size(Bytes)}");
            }
        );

    private static IEnumerable<long> Spread(long count, int most) =>
        Enumerable
            .Range(0, (int)Math.Min(count, most))
            .Select(i => count <= most ? i : (long)((double)i * (count - 1) / (most - 1)))
            .Distinct();
}
