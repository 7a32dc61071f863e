using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using AnalogTheory.Kernels.Ensembles;

namespace AnalogTheory.CSharp;

/// <summary>Runs the plans of a grid on the core's driver.</summary>
internal static class Engine
{
    internal static ImmutableArray<Ensemble> Run(
        ImmutableArray<Simulation> grid,
        EnsembleSettings settings,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        EnsemblePlan[] plans = [.. grid.Select(simulation => simulation.Plan(settings))];
        IProgress<double>? rising = progress is null ? null : new RisingProgress(progress);
        IReadOnlyList<EnsembleResult> results = EnsembleDriver.Run(plans, settings.Threads, LaneWidth.Widest, rising, cancellation);
        rising?.Report(1.0);
        return [.. results.Select((result, i) => new Ensemble(grid[i], settings, result))];
    }

    // Workers report on their own; a report that was overtaken is dropped, so the last one is 1.
    private sealed class RisingProgress(IProgress<double> target) : IProgress<double>
    {
        private readonly Lock _gate = new();
        private double _highest;

        public void Report(double value)
        {
            lock (_gate)
            {
                if (value > _highest)
                {
                    _highest = value;
                    target.Report(value);
                }
            }
        }
    }
}
