using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace AnalogTheory.Kernels.Ensembles;

/// <summary>Spreads independent pieces of work over threads: whoever is free takes the next piece, and nobody waits by spinning.</summary>
public static class BlockWork
{
    /// <summary>Runs piece 0 … count − 1, each once; a single worker is the calling thread, which then allocates nothing here.</summary>
    /// <param name="workers">Most threads.</param>
    /// <param name="count">Number of pieces.</param>
    /// <param name="piece">One piece; must not depend on the others.</param>
    /// <param name="cancellation">Stops before the next piece.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="Exception">The first exception of a piece, as it was thrown.</exception>
    public static void Run(int workers, int count, Action<int> piece, CancellationToken cancellation)
    {
        int next = -1;
        int threads = Math.Max(1, Math.Min(workers, count));
        cancellation.ThrowIfCancellationRequested();
        if (threads == 1)
        {
            for (int i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                piece(i);
            }

            return;
        }

        // A parallel loop takes stock every tenth of a second, so what it allocates depends on the time it runs.
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        try
        {
            Parallel.For(
                0,
                threads,
                options,
                (_, loop) =>
                {
                    for (int i = Interlocked.Increment(ref next); i < count && !loop.IsExceptional; i = Interlocked.Increment(ref next))
                    {
                        cancellation.ThrowIfCancellationRequested();
                        piece(i);
                    }
                }
            );
        }
        catch (AggregateException failures)
        {
            // A user's function that throws is seen as it threw; with several failures the first stands for all.
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
