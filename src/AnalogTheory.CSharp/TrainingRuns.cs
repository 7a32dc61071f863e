using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Kernels.Ensembles;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Problems;

namespace AnalogTheory.CSharp;

/// <summary>Long runs of <see cref="LeastSquaresTraining"/>: many replicas side by side, streamed, with progress and cancellation.</summary>
/// <remarks>Replica r of a seed is the same run, in whatever batch and on however many threads it comes; each draws elements of its own.</remarks>
public static class TrainingRuns
{
    /// <summary>R independent runs of K steps.</summary>
    /// <param name="training">What is trained, and how.</param>
    /// <param name="replicas">R ≥ 1.</param>
    /// <param name="steps">K ≥ 0.</param>
    /// <param name="seed">Seed of all randomness.</param>
    /// <param name="traceEvery">Records the loss at steps 0, t, 2t, … ≤ K; at least 1.</param>
    /// <param name="threads">Worker threads, ≥ 0; 0 is one per processor. Results do not depend on it.</param>
    /// <returns>The losses.</returns>
    /// <exception cref="ArgumentNullException">The training is null.</exception>
    /// <exception cref="ArgumentException">A number is below its least value.</exception>
    public static TrainingRun Run(
        this LeastSquaresTraining training,
        int replicas,
        int steps,
        ulong seed,
        int traceEvery = 1,
        int threads = 0
    )
    {
        Check(training, replicas, steps, traceEvery, threads);
        return Work(training, 0, replicas, steps, seed, traceEvery, threads, null, CancellationToken.None);
    }

    /// <summary>R independent runs of K steps, on the thread pool.</summary>
    /// <param name="training">What is trained, and how.</param>
    /// <param name="replicas">R ≥ 1.</param>
    /// <param name="steps">K ≥ 0.</param>
    /// <param name="seed">Seed of all randomness.</param>
    /// <param name="traceEvery">Records the loss at steps 0, t, 2t, … ≤ K; at least 1.</param>
    /// <param name="threads">Worker threads, ≥ 0; 0 is one per processor. Results do not depend on it.</param>
    /// <param name="progress">Told the fraction done, rising to 1, from worker threads.</param>
    /// <param name="cancellationToken">Stops the run within a step.</param>
    /// <returns>The losses.</returns>
    /// <exception cref="ArgumentNullException">The training is null.</exception>
    /// <exception cref="ArgumentException">A number is below its least value.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Task<TrainingRun> RunAsync(
        this LeastSquaresTraining training,
        int replicas,
        int steps,
        ulong seed,
        int traceEvery = 1,
        int threads = 0,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        Check(training, replicas, steps, traceEvery, threads);
        return Task.Run(
            () => Work(training, 0, replicas, steps, seed, traceEvery, threads, progress, cancellationToken),
            cancellationToken
        );
    }

    /// <summary>Any number of replicas, streamed in batches: no more than one batch is in memory.</summary>
    /// <remarks>A batch is computed when it is asked for, on the thread pool, with the bits of the whole. Stopping the enumeration stops the run.</remarks>
    /// <param name="training">What is trained, and how.</param>
    /// <param name="replicas">R ≥ 1, in all.</param>
    /// <param name="steps">K ≥ 0.</param>
    /// <param name="seed">Seed of all randomness.</param>
    /// <param name="batch">Replicas a batch, at least 1; the last one may hold fewer.</param>
    /// <param name="traceEvery">Records the loss at steps 0, t, 2t, … ≤ K; at least 1.</param>
    /// <param name="threads">Worker threads, ≥ 0; 0 is one per processor. Results do not depend on it.</param>
    /// <param name="cancellationToken">Stops the run within a step.</param>
    /// <returns>⌈R/batch⌉ runs.</returns>
    /// <exception cref="ArgumentNullException">The training is null.</exception>
    /// <exception cref="ArgumentException">A number is below its least value.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, while it is enumerated.</exception>
    public static IAsyncEnumerable<TrainingRun> StreamAsync(
        this LeastSquaresTraining training,
        int replicas,
        int steps,
        ulong seed,
        int batch,
        int traceEvery = 1,
        int threads = 0,
        CancellationToken cancellationToken = default
    )
    {
        Check(training, replicas, steps, traceEvery, threads);
        Require.atLeast(nameof(batch), 1, batch);
        return Batches(training, replicas, steps, seed, batch, traceEvery, threads, cancellationToken);
    }

    /// <summary>One replica, step by step, computed on the thread pool as it is asked for.</summary>
    /// <param name="training">What is trained, and how.</param>
    /// <param name="steps">K ≥ 0.</param>
    /// <param name="seed">Seed of all randomness.</param>
    /// <param name="every">Yields the steps 0, t, 2t, … ≤ K; at least 1.</param>
    /// <param name="replica">Which replica of the seed.</param>
    /// <param name="cancellationToken">Stops the run within a step.</param>
    /// <returns>Loss, weights and pulses at those steps.</returns>
    /// <exception cref="ArgumentNullException">The training is null.</exception>
    /// <exception cref="ArgumentException">A number is below its least value.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, while it is enumerated.</exception>
    public static IAsyncEnumerable<TrainingPoint> TrajectoryAsync(
        this LeastSquaresTraining training,
        int steps,
        ulong seed,
        int every = 1,
        uint replica = 0,
        CancellationToken cancellationToken = default
    )
    {
        Check(training, 1, steps, every, 0);
        return Points(training, steps, seed, every, replica, cancellationToken);
    }

    private static async IAsyncEnumerable<TrainingPoint> Points(
        LeastSquaresTraining training,
        int steps,
        ulong seed,
        int every,
        uint replica,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using IEnumerator<TrainingPoint> points = Walk(training, steps, seed, every, replica, cancellationToken);
        while (await Task.Run(points.MoveNext, cancellationToken))
        {
            yield return points.Current;
        }
    }

    private static async IAsyncEnumerable<TrainingRun> Batches(
        LeastSquaresTraining training,
        int replicas,
        int steps,
        ulong seed,
        int batch,
        int traceEvery,
        int threads,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (int done = 0; done < replicas; done += batch)
        {
            int first = done;
            int count = Math.Min(batch, replicas - done);
            yield return await Task.Run(
                () => Work(training, first, count, steps, seed, traceEvery, threads, null, cancellationToken),
                cancellationToken
            );
            if (done > int.MaxValue - batch)
            {
                yield break;
            }
        }
    }

    private static IEnumerator<TrainingPoint> Walk(
        LeastSquaresTraining training,
        int steps,
        ulong seed,
        int every,
        uint replica,
        CancellationToken cancellation
    ) => training.Trajectory(KeyOf(seed, replica), steps, every, cancellation).GetEnumerator();

    private static TrainingRun Work(
        LeastSquaresTraining training,
        int first,
        int replicas,
        int steps,
        ulong seed,
        int traceEvery,
        int threads,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        int points = (steps / traceEvery) + 1;
        double[] losses = new double[(long)points * replicas];
        long recorded = 0;
        BlockWork.Run(
            threads == 0 ? Environment.ProcessorCount : threads,
            replicas,
            replica =>
            {
                int point = 0;
                foreach (TrainingPoint at in training.Trajectory(KeyOf(seed, (uint)(first + replica)), steps, traceEvery, cancellation))
                {
                    losses[((long)point * replicas) + replica] = at.Loss;
                    point++;
                    progress?.Report((double)Interlocked.Increment(ref recorded) / losses.Length);
                }
            },
            cancellation
        );
        return new(losses, first, replicas, traceEvery);
    }

    private static ulong KeyOf(ulong seed, uint replica) => Keys.Fold(KeyModule.ofSeed(seed).Bits, replica);

    private static void Check(LeastSquaresTraining training, int replicas, int steps, int traceEvery, int threads)
    {
        ArgumentNullException.ThrowIfNull(training);
        Require.atLeast(nameof(replicas), 1, replicas);
        Require.atLeast(nameof(steps), 0, steps);
        Require.atLeast(nameof(traceEvery), 1, traceEvery);
        Require.atLeast(nameof(threads), 0, threads);
    }
}
