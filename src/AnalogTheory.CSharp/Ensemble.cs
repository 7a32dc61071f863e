using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using AnalogTheory.Kernels.Ensembles;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>What an ensemble run leaves: traces and time averages of its measures, and the final states. Immutable.</summary>
public sealed partial class Ensemble
{
    private readonly EnsembleResult _result;

    internal Ensemble(Simulation simulation, EnsembleSettings settings, EnsembleResult result)
    {
        Simulation = simulation;
        Settings = settings;
        _result = result;
    }

    /// <summary>What was simulated.</summary>
    public Simulation Simulation { get; }

    /// <summary>How it was run.</summary>
    public EnsembleSettings Settings { get; }

    /// <summary>Steps at which the measures were recorded: 0, t, 2t, … ≤ K; empty without a trace.</summary>
    public ImmutableArray<long> TracedSteps =>
        [.. Enumerable.Range(0, _result.Plan.TracePoints).Select(point => point * Settings.TraceEvery)];

    /// <summary>Number of replicas whose final weights are not all finite; divergence is data.</summary>
    public int Diverged => Core.Ensemble.diverged(_result);

    /// <summary>A measure's average over the averaged steps, as a mean over replicas.</summary>
    /// <param name="measure">One of the measures of the settings.</param>
    /// <returns>The estimate, unit of the measure.</returns>
    /// <exception cref="ArgumentNullException">The measure is null.</exception>
    /// <exception cref="ArgumentException">The measure is none of the settings'.</exception>
    /// <exception cref="InvalidOperationException">No step was averaged.</exception>
    public Estimate Average(Measure measure) => Estimate.Of(AverageByReplica(measure));

    /// <summary>A measure's average over the averaged steps, replica by replica.</summary>
    /// <param name="measure">One of the measures of the settings.</param>
    /// <returns>Averages, unit of the measure; length R.</returns>
    /// <exception cref="ArgumentNullException">The measure is null.</exception>
    /// <exception cref="ArgumentException">The measure is none of the settings'.</exception>
    /// <exception cref="InvalidOperationException">No step was averaged.</exception>
    public ReadOnlySpan<double> AverageByReplica(Measure measure)
    {
        int index = IndexOf(measure);
        return Settings.AveragedFrom < Settings.Steps
            ? _result.Average(index)
            : throw new InvalidOperationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected AverageFrom below the number of steps {Settings.Steps}, got AverageFrom = {Settings.AveragedFrom}: no step was averaged."
                )
            );
    }

    /// <summary>A measure at each recorded step, as means over replicas.</summary>
    /// <param name="measure">One of the measures of the settings.</param>
    /// <returns>Estimates, unit of the measure; as long as <see cref="TracedSteps"/>.</returns>
    /// <exception cref="ArgumentNullException">The measure is null.</exception>
    /// <exception cref="ArgumentException">The measure is none of the settings'.</exception>
    /// <exception cref="InvalidOperationException">Nothing was traced.</exception>
    public ImmutableArray<Estimate> Trace(Measure measure)
    {
        int index = TracedIndexOf(measure);
        return [.. Enumerable.Range(0, _result.Plan.TracePoints).Select(point => Estimate.Of(_result.Trace(index, point)))];
    }

    /// <summary>A measure at one recorded step, replica by replica.</summary>
    /// <param name="measure">One of the measures of the settings.</param>
    /// <param name="point">Index into <see cref="TracedSteps"/>.</param>
    /// <returns>Values, unit of the measure; length R.</returns>
    /// <exception cref="ArgumentNullException">The measure is null.</exception>
    /// <exception cref="ArgumentException">The measure is none of the settings', or the index is none of a recorded step.</exception>
    /// <exception cref="InvalidOperationException">Nothing was traced.</exception>
    public ReadOnlySpan<double> TraceByReplica(Measure measure, int point)
    {
        int index = TracedIndexOf(measure);
        Require.within(nameof(point), 0, _result.Plan.TracePoints - 1, point);
        return _result.Trace(index, point);
    }

    /// <summary>W of one replica after the last step.</summary>
    /// <param name="replica">Index of the replica, 0 … R − 1.</param>
    /// <returns>Weights; length D.</returns>
    /// <exception cref="ArgumentException">The index is none of a replica.</exception>
    public ImmutableArray<double> FinalWeights(int replica)
    {
        Require.within(nameof(replica), 0, Settings.Replicas - 1, replica);
        return [.. Enumerable.Range(0, Simulation.Problem.Dimension).Select(d => _result.FinalWeight(d)[replica])];
    }

    /// <summary>P of one replica after the last step.</summary>
    /// <param name="replica">Index of the replica, 0 … R − 1.</param>
    /// <returns>Auxiliary weights; length D, or empty for rules without them.</returns>
    /// <exception cref="ArgumentException">The index is none of a replica.</exception>
    public ImmutableArray<double> FinalAuxiliary(int replica)
    {
        Require.within(nameof(replica), 0, Settings.Replicas - 1, replica);
        int dimension = Simulation.Rule.HasAuxiliary ? Simulation.Problem.Dimension : 0;
        return [.. Enumerable.Range(0, dimension).Select(d => _result.FinalAuxiliary(d)[replica])];
    }

    /// <summary>One coordinate of W after the last step, replica by replica.</summary>
    /// <param name="coordinate">d in [0, D).</param>
    /// <returns>Weights; length R.</returns>
    /// <exception cref="ArgumentException">The coordinate is not in [0, D).</exception>
    public ReadOnlySpan<double> FinalWeightByReplica(int coordinate)
    {
        Require.within(nameof(coordinate), 0, Simulation.Problem.Dimension - 1, coordinate);
        return _result.FinalWeight(coordinate);
    }

    /// <summary>One coordinate of P after the last step, replica by replica.</summary>
    /// <param name="coordinate">d in [0, D).</param>
    /// <returns>Auxiliary weights; length R, or empty for rules without them.</returns>
    /// <exception cref="ArgumentException">The coordinate is not in [0, D).</exception>
    public ReadOnlySpan<double> FinalAuxiliaryByReplica(int coordinate)
    {
        Require.within(nameof(coordinate), 0, Simulation.Problem.Dimension - 1, coordinate);
        return _result.FinalAuxiliary(coordinate);
    }

    private int IndexOf(Measure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        int index = Settings.Measures.IndexOf(measure);
        return index >= 0
            ? index
            : throw new ArgumentException(
                $"Expected one of the measures that were run, [{string.Join(", ", Settings.Measures)}], got {measure}.",
                nameof(measure)
            );
    }

    private int TracedIndexOf(Measure measure) =>
        _result.Plan.TracePoints > 0
            ? IndexOf(measure)
            : throw new InvalidOperationException(
                "Expected TraceEvery of at least 1 in the settings, got TraceEvery = 0: nothing was traced."
            );
}
