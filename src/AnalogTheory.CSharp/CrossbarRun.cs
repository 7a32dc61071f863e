using System;
using System.Collections.Immutable;
using System.Linq;
using AnalogTheory.Kernels.Crossbars;

namespace AnalogTheory.CSharp;

/// <summary>What a training run on a crossbar leaves: the loss ‖A(W + γP) + bias − b‖²/(2N) of every replica over the steps. Immutable.</summary>
public sealed class CrossbarRun
{
    private readonly RankOnePlan _plan;
    private readonly double[] _losses;

    internal CrossbarRun(RankOnePlan plan, double[] losses)
    {
        _plan = plan;
        _losses = losses;
    }

    /// <summary>Steps at which the loss was recorded: 0, t, 2t, … ≤ K.</summary>
    public ImmutableArray<long> TracedSteps => [.. Enumerable.Range(0, _plan.TracePoints).Select(point => (long)point * _plan.TraceEvery)];

    /// <summary>The loss at each recorded step, as means over replicas.</summary>
    public ImmutableArray<Estimate> Losses =>
        [.. Enumerable.Range(0, _plan.TracePoints).Select(point => Estimate.Of(LossByReplica(point)))];

    /// <summary>The loss at one recorded step, replica by replica.</summary>
    /// <param name="point">Index into <see cref="TracedSteps"/>.</param>
    /// <returns>Losses; length R.</returns>
    /// <exception cref="ArgumentException">The index is none of a recorded step.</exception>
    public ReadOnlySpan<double> LossByReplica(int point)
    {
        Require.within(nameof(point), 0, _plan.TracePoints - 1, point);
        return _losses.AsSpan(point * _plan.Replicas, _plan.Replicas);
    }
}
