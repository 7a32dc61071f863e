using System.Collections.Generic;
using System.Linq;
using System.Threading;
using AnalogTheory.Kernels.Ensembles;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>A core chain with the state type of its rule hidden.</summary>
internal abstract class Runner
{
    /// <summary>The chain of a simulation.</summary>
    internal static Runner Of(Simulation simulation) => simulation.Rule.Inner.Accept(new Maker(simulation));

    /// <summary>What the ensemble driver runs.</summary>
    internal abstract EnsemblePlan Plan(EnsembleSettings settings);

    /// <summary>The states of one replica before steps 0, t, 2t, … ≤ K.</summary>
    internal abstract IEnumerable<Snapshot> Trajectory(long steps, ulong seed, long every, uint replica, CancellationToken cancellation);

    private sealed class Maker(Simulation simulation) : IRuleVisitor<Runner>
    {
        public Runner Visit<TState>(Rule<TState> rule) =>
            new Runner<TState>(
                new Chain<TState>(
                    simulation.Problem.Inner,
                    simulation.Noise.Inner,
                    rule,
                    simulation.Batch == BatchMode.PerSample ? Core.Batch.PerSample : Core.Batch.FullBatch,
                    Edge.Vector(simulation.Start)
                )
            );
    }
}

internal sealed class Runner<TState>(Chain<TState> chain) : Runner
{
    internal override EnsemblePlan Plan(EnsembleSettings settings) =>
        Core.Ensemble.plan(
            new Core.EnsembleSettings(
                settings.Replicas,
                settings.Steps,
                KeyModule.ofSeed(settings.Seed),
                settings.FirstReplica,
                ListModule.OfSeq(settings.Measures.Select(measure => measure.Kernel)),
                settings.TraceEvery,
                FSharpOption<long>.Some(settings.AveragedFrom)
            ),
            chain
        );

    internal override IEnumerable<Snapshot> Trajectory(long steps, ulong seed, long every, uint replica, CancellationToken cancellation)
    {
        foreach (Moment<TState> moment in Chain.trajectory(KeyModule.ofSeed(seed), replica, chain))
        {
            cancellation.ThrowIfCancellationRequested();
            if (moment.Step % every == 0)
            {
                yield return Snapshot(moment);
            }

            if (moment.Step >= steps)
            {
                yield break;
            }
        }
    }

    private Snapshot Snapshot(Moment<TState> moment) =>
        new(
            moment.Step,
            chain.Rule.Weights.Invoke(moment.State).Values,
            chain.Rule.Auxiliary.Invoke(moment.State) is { } auxiliary ? auxiliary.Value.Values : [],
            moment.Info is { } info ? info.Value.LargestChange : 0.0,
            moment.Info is null || moment.Info.Value.IsFinite
        );
}
