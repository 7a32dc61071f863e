using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.Intrinsics;
using System.Threading;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Ensembles;

/// <summary>Width of the lanes; results do not depend on it.</summary>
public enum LaneWidth
{
    /// <summary>The widest that this machine accelerates.</summary>
    Widest,

    /// <summary>One double.</summary>
    Scalar,

    /// <summary>Four doubles.</summary>
    Bits256,

    /// <summary>Eight doubles.</summary>
    Bits512,
}

/// <summary>Runs ensembles in place: replicas in SIMD lanes, blocks of replicas and plans in parallel.</summary>
public static class EnsembleDriver
{
    /// <summary>Runs plans; results depend on the plans only, not on threads, lane width or order.</summary>
    /// <param name="plans">What to run; a grid of parameters is a list of plans.</param>
    /// <param name="threads">Workers, ≥ 1; 0 means one per processor.</param>
    /// <param name="width">Lane width.</param>
    /// <param name="progress">Called with the fraction of blocks done, from worker threads.</param>
    /// <param name="cancellation">Stops between chunks of steps.</param>
    /// <returns>One result per plan, in the order of the plans.</returns>
    /// <exception cref="ArgumentException">A plan's parts do not fit together; the message says which.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <remarks>What a supplied objective or the progress throws comes out as itself; the other workers then take no further block.</remarks>
    public static IReadOnlyList<EnsembleResult> Run(
        IReadOnlyList<EnsemblePlan> plans,
        int threads = 0,
        LaneWidth width = LaneWidth.Widest,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        EnsembleResult[] results = new EnsembleResult[plans.Count];
        List<(int Plan, int Block)> blocks = [];
        int lanes = LanesOf(width);
        for (int i = 0; i < plans.Count; i++)
        {
            Validate(plans[i]);
            results[i] = new EnsembleResult(plans[i]);
            int size = VectorsPerBlock(plans[i].Objective.Dimension) * lanes;
            for (int first = 0; first < plans[i].Replicas; first += size)
            {
                blocks.Add((i, first));
            }
        }

        int workers = Math.Min(threads == 0 ? Environment.ProcessorCount : threads, Math.Max(blocks.Count, 1));
        int done = 0;
        BlockWork.Run(
            workers,
            blocks.Count,
            i =>
            {
                (int plan, int first) = blocks[i];
                RunBlock(plans[plan], first, lanes, results[plan], cancellation);
                progress?.Report((double)Interlocked.Increment(ref done) / blocks.Count);
            },
            cancellation
        );
        return results;
    }

    private static int LanesOf(LaneWidth width) =>
        width switch
        {
            LaneWidth.Scalar => 1,
            LaneWidth.Bits256 => 4,
            LaneWidth.Bits512 => 8,
            _ => Vector512.IsHardwareAccelerated ? 8
            : Vector256.IsHardwareAccelerated ? 4
            : 1,
        };

    // Small chains need several vectors to hide the latency of one step and to share its calls; large ones must stay in the first-level cache.
    private static int VectorsPerBlock(int dimension) =>
        dimension switch
        {
            1 => 16,
            <= 4 => 8,
            <= 16 => 4,
            _ => 2,
        };

    private static void RunBlock(EnsemblePlan plan, int first, int lanes, EnsembleResult result, CancellationToken cancellation)
    {
        int needed = (plan.Replicas - first + lanes - 1) / lanes;
        int vectors = Math.Min(needed, VectorsPerBlock(plan.Objective.Dimension));
        switch (lanes)
        {
            case 8:
                new BlockRunner<Lanes512>(plan, first, vectors).Run(result, cancellation);
                break;
            case 4:
                new BlockRunner<Lanes256>(plan, first, vectors).Run(result, cancellation);
                break;
            default:
                new BlockRunner<Scalar>(plan, first, vectors).Run(result, cancellation);
                break;
        }
    }

    private static void Validate(EnsemblePlan plan)
    {
        int dimension = plan.Objective.Dimension;
        if (plan.Start.IsDefault || plan.Start.Length != dimension)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected a start of length D = {dimension}, got length {(plan.Start.IsDefault ? 0 : plan.Start.Length)}."
                ),
                nameof(plan)
            );
        }

        int auxiliary = plan.AuxiliaryStart.IsDefault ? 0 : plan.AuxiliaryStart.Length;
        if (auxiliary != 0 && auxiliary != dimension)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected an auxiliary start of length 0 or D = {dimension}, got length {auxiliary}."
                ),
                nameof(plan)
            );
        }

        if (plan.Replicas < 1 || plan.Steps < 0)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected replicas ≥ 1 and steps ≥ 0, got replicas={plan.Replicas}, steps={plan.Steps}."
                ),
                nameof(plan)
            );
        }

        if (plan.Batch == BatchMode.PerSample && !plan.Objective.HasSamples)
        {
            throw new ArgumentException(
                "Expected an objective that is a mean over samples for a batch sent sample by sample, got one without samples.",
                nameof(plan)
            );
        }

        if (!plan.Noise.Fits(plan.Objective))
        {
            throw new ArgumentException("Expected a mini-batch of the plan's own objective, got rows of another one.", nameof(plan));
        }

        foreach (Measure measure in plan.Measures.AddRange(plan.Peaks))
        {
            bool auxiliaryMeasure = measure.Kind is MeasureKind.Auxiliary or MeasureKind.AuxiliarySquared or MeasureKind.LargestAuxiliary;
            if (auxiliaryMeasure && !plan.Rule.HasAuxiliary)
            {
                throw new ArgumentException(
                    $"Expected a rule with an auxiliary array for the measure {measure.Kind}, got one without.",
                    nameof(plan)
                );
            }

            if (measure.Kind == MeasureKind.Supplied && measure.Function is null)
            {
                throw new ArgumentException("Expected a function for the measure Supplied, got none.", nameof(plan));
            }

            if (measure.Coordinate < 0 || measure.Coordinate >= dimension)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Expected a coordinate in [0, {dimension}), got {measure.Coordinate}."),
                    nameof(plan)
                );
            }
        }
    }
}
