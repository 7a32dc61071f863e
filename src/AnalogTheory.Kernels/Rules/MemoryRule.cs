using System;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Rules;

/// <summary>One step of one weight of a rule that remembers some numbers of it; must depend on its arguments only.</summary>
/// <param name="w">W on entry, W′ on return.</param>
/// <param name="memory">What is remembered of this weight; zeros before the first step.</param>
/// <param name="gradient">g, loss/weight.</param>
/// <param name="magnitude">Total of |gₙ| over the parts that g was sent in; |g| if it was sent as one.</param>
/// <param name="step">Number of the step, from 0.</param>
public delegate void MemoryStep(ref double w, Span<double> memory, double gradient, double magnitude, long step);

/// <summary>A rule that remembers some numbers of every weight, such as a momentum: a scalar function that every lane calls.</summary>
/// <param name="memory">Numbers of a weight, at least 1.</param>
/// <param name="step">One step of one weight.</param>
public sealed class MemoryRule(int memory, MemoryStep step) : UpdateRule
{
    /// <inheritdoc/>
    public override bool HasAuxiliary => false;

    /// <inheritdoc/>
    public override RuleKernel<T> In<T>() => new Kernel<T>(memory, step);

    /// <summary>One step of many weights, in place; what ensembles and pure steps run.</summary>
    /// <param name="step">One step of one weight.</param>
    /// <param name="memory">Numbers of a weight.</param>
    /// <param name="w">W on entry, W′ on return.</param>
    /// <param name="gradient">g; as long as w.</param>
    /// <param name="magnitude">Total of |gₙ|; as long as w, or empty for |g|.</param>
    /// <param name="memories">What is remembered, weight after weight.</param>
    /// <param name="number">Number of the step, from 0.</param>
    public static void Advance(
        MemoryStep step,
        int memory,
        Span<double> w,
        ReadOnlySpan<double> gradient,
        ReadOnlySpan<double> magnitude,
        Span<double> memories,
        long number
    )
    {
        ArgumentNullException.ThrowIfNull(step);
        for (int i = 0; i < w.Length; i++)
        {
            double size = magnitude.IsEmpty ? Math.Abs(gradient[i]) : magnitude[i];
            step(ref w[i], memories.Slice(i * memory, memory), gradient[i], size, number);
        }
    }

    private sealed class Kernel<T>(int memory, MemoryStep step) : RuleKernel<T>
        where T : struct, ILanes<T>
    {
        private double[] _memories = [];
        private long _step;

        public override void Begin(ulong key, uint firstReplica, Span<T> w, Span<T> p, int vectors)
        {
            _memories = new double[w.Length * T.Count * memory];
            _step = 0;
        }

        public override void Advance(Span<T> w, Span<T> p, ReadOnlySpan<T> gradient, ReadOnlySpan<T> magnitude)
        {
            if (_memories.Length == 0)
            {
                throw new InvalidOperationException(
                    "Expected a run that was begun, got a lone step of a rule that keeps its memory in the run."
                );
            }

            MemoryRule.Advance(step, memory, Lanes.Doubles(w), Lanes.Doubles(gradient), Lanes.Doubles(magnitude), _memories, _step++);
        }
    }
}
