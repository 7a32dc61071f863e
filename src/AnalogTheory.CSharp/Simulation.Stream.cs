using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AnalogTheory.CSharp;

public sealed partial class Simulation
{
    /// <summary>An ensemble of any size, streamed in batches of replicas: no more than one batch is in memory.</summary>
    /// <remarks>
    /// Batch by batch, in the order of the replicas, with the bits of the whole; a batch is computed when it is asked for, on the thread pool.
    /// Each is an <see cref="Ensemble"/> whose settings say which replicas it holds. Stopping the enumeration stops the run.
    /// </remarks>
    /// <param name="settings">What to run and look at; R replicas in all.</param>
    /// <param name="batch">Replicas a batch, at least 1; the last one may hold fewer. Some hundred keep all processors busy.</param>
    /// <param name="cancellationToken">Stops the run within a few steps.</param>
    /// <returns>⌈R/batch⌉ ensembles.</returns>
    /// <exception cref="ArgumentNullException">The settings are null.</exception>
    /// <exception cref="ArgumentException">The batch is below 1, or a measure does not fit the rule or D.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, while it is enumerated.</exception>
    public IAsyncEnumerable<Ensemble> StreamEnsembleAsync(
        EnsembleSettings settings,
        int batch,
        CancellationToken cancellationToken = default
    )
    {
        ImmutableArray<Simulation> alone = Checked([this], settings);
        Require.atLeast(nameof(batch), 1, batch);
        return Batches(alone, settings, batch, cancellationToken);
    }

    private static async IAsyncEnumerable<Ensemble> Batches(
        ImmutableArray<Simulation> alone,
        EnsembleSettings settings,
        int batch,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (int done = 0; done < settings.Replicas; )
        {
            int count = Math.Min(batch, settings.Replicas - done);
            EnsembleSettings part = settings with { Replicas = count, FirstReplica = unchecked(settings.FirstReplica + (uint)done) };
            yield return (await Task.Run(() => Engine.Run(alone, part, null, cancellationToken), cancellationToken))[0];
            done += count;
        }
    }
}
