using System;
using System.Collections.Generic;
using System.Runtime.Intrinsics;
using System.Threading;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Ensembles;
using AnalogTheory.Kernels.Laws;

namespace AnalogTheory.Kernels.Crossbars;

/// <summary>Runs rank-1 training plans; replicas in lanes, blocks of replicas in parallel.</summary>
public static class RankOneTraining
{
    /// <summary>Loss ‖A(W+γP) + bias − b‖²/(2N) of replica r at trace point t, at <c>[t·R + r]</c>, one array per plan.</summary>
    /// <param name="plans">What to run.</param>
    /// <param name="threads">Workers; 0 means one per processor.</param>
    /// <param name="cancellation">Checked every step.</param>
    /// <exception cref="ArgumentException">A plan's parts do not fit together.</exception>
    public static IReadOnlyList<double[]> Run(IReadOnlyList<RankOnePlan> plans, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plans);
        int lanes =
            Vector512.IsHardwareAccelerated ? 8
            : Vector256.IsHardwareAccelerated ? 4
            : 1;
        double[][] losses = new double[plans.Count][];
        List<(int Plan, int First)> blocks = [];
        for (int i = 0; i < plans.Count; i++)
        {
            plans[i].Validate();
            losses[i] = new double[plans[i].TracePoints * plans[i].Replicas];
            for (int first = 0; first < plans[i].Replicas; first += lanes)
            {
                blocks.Add((i, first));
            }
        }

        int workers = threads == 0 ? Environment.ProcessorCount : threads;
        BlockWork.Run(
            workers,
            blocks.Count,
            i =>
            {
                (int plan, int first) = blocks[i];
                switch (lanes)
                {
                    case 8:
                        Block<Lanes512>(plans[plan], first, losses[plan], cancellation);
                        break;
                    case 4:
                        Block<Lanes256>(plans[plan], first, losses[plan], cancellation);
                        break;
                    default:
                        Block<Scalar>(plans[plan], first, losses[plan], cancellation);
                        break;
                }
            },
            cancellation
        );
        return losses;
    }

    private static void Block<T>(RankOnePlan plan, int first, double[] losses, CancellationToken cancellation)
        where T : struct, ILanes<T> => plan.Device.Accept<T, Maker<T>, int>(new Maker<T>(plan, first, losses, cancellation));

    private readonly struct Maker<T>(RankOnePlan plan, int first, double[] losses, CancellationToken cancellation) : ILawVisitor<T, int>
        where T : struct, ILanes<T>
    {
        public int Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<T>
        {
            new RankOneBlock<T, TLaw>(plan, law, first).Run(losses, cancellation);
            return 0;
        }
    }
}
