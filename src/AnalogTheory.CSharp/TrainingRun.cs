using System;
using System.Collections.Immutable;
using System.Linq;

namespace AnalogTheory.CSharp;

/// <summary>What training on arrays leaves: the loss of every replica over the steps. Immutable.</summary>
public sealed class TrainingRun
{
    private readonly double[] _losses;
    private readonly int _traceEvery;

    internal TrainingRun(double[] losses, int firstReplica, int replicas, int traceEvery)
    {
        _losses = losses;
        FirstReplica = firstReplica;
        Replicas = replicas;
        _traceEvery = traceEvery;
    }

    /// <summary>Number of the first replica.</summary>
    public int FirstReplica { get; }

    /// <summary>R.</summary>
    public int Replicas { get; }

    /// <summary>Steps at which the loss was recorded: 0, t, 2t, … ≤ K.</summary>
    public ImmutableArray<long> TracedSteps => [.. Enumerable.Range(0, Points).Select(point => (long)point * _traceEvery)];

    /// <summary>The loss at each recorded step, as means over replicas; not finite where a replica diverged.</summary>
    public ImmutableArray<Estimate> Losses => [.. Enumerable.Range(0, Points).Select(point => Estimate.Of(LossByReplica(point)))];

    private int Points => _losses.Length / Replicas;

    /// <summary>The loss at one recorded step, replica by replica.</summary>
    /// <param name="point">Index into <see cref="TracedSteps"/>.</param>
    /// <returns>Losses; length R.</returns>
    /// <exception cref="ArgumentException">The index is none of a recorded step.</exception>
    public ReadOnlySpan<double> LossByReplica(int point)
    {
        Require.within(nameof(point), 0, Points - 1, point);
        return _losses.AsSpan(point * Replicas, Replicas);
    }

    /// <summary>The mean loss from a step to the end, replica by replica.</summary>
    /// <param name="fromStep">First step, at most the last recorded one.</param>
    /// <returns>Means over the recorded steps; length R.</returns>
    /// <exception cref="ArgumentException">No step is recorded from there on, or the step is negative.</exception>
    public ImmutableArray<double> AverageByReplica(long fromStep)
    {
        Require.within(nameof(fromStep), 0, (double)(Points - 1) * _traceEvery, fromStep);
        int first = (int)((fromStep + _traceEvery - 1) / _traceEvery);
        double[] sums = new double[Replicas];
        for (int point = first; point < Points; point++)
        {
            ReadOnlySpan<double> losses = LossByReplica(point);
            for (int r = 0; r < sums.Length; r++)
            {
                sums[r] += losses[r];
            }
        }

        return [.. sums.Select(sum => sum / (Points - first))];
    }

    /// <summary>The mean loss from a step to the end, as a mean over replicas with its uncertainty.</summary>
    /// <param name="fromStep">First step, at most the last recorded one.</param>
    /// <returns>The estimate.</returns>
    /// <exception cref="ArgumentException">No step is recorded from there on, or the step is negative.</exception>
    public Estimate Average(long fromStep) => Estimate.Of(AverageByReplica(fromStep).AsSpan());
}
