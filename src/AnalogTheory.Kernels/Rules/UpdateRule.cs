using System;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Rules;

/// <summary>A training rule with its lane width still open: a map of (W, P, g) to (W′, P′).</summary>
public abstract class UpdateRule
{
    /// <summary>Whether the rule keeps an auxiliary array P.</summary>
    public abstract bool HasAuxiliary { get; }

    /// <summary>γ: the gradient is taken at W + γP; 0 takes it at W.</summary>
    public virtual double Mixing => 0.0;

    /// <summary>A kernel over lanes T.</summary>
    public abstract RuleKernel<T> In<T>()
        where T : struct, ILanes<T>;

    /// <summary>One step of one replica, in place; the one-lane instance of the kernel that ensembles run.</summary>
    /// <param name="w">W on entry, W′ on return; length D.</param>
    /// <param name="p">P on entry, P′ on return; length D, or empty for rules without it.</param>
    /// <param name="gradient">Stochastic gradient g; length D.</param>
    /// <param name="magnitude">Total of |gₙ| over the parts of the batch; empty means |g|.</param>
    public void Step(Span<double> w, Span<double> p, ReadOnlySpan<double> gradient, ReadOnlySpan<double> magnitude) =>
        In<Scalar>().Advance(Lanes.Of(w), Lanes.Of(p), Lanes.Of(gradient), Lanes.Of(magnitude));
}

/// <summary>A training rule over lanes; every lane is independent of the others. Each block of replicas makes its own.</summary>
/// <typeparam name="T">Lanes.</typeparam>
public abstract class RuleKernel<T>
    where T : struct, ILanes<T>
{
    /// <summary>Called once before a run's first step; where a rule that keeps a state of its own starts it. The default does nothing.</summary>
    /// <param name="key">Key of the run.</param>
    /// <param name="firstReplica">Number of the replica in lane 0.</param>
    /// <param name="w">W₀, which the rule may replace; D·vectors.</param>
    /// <param name="p">P₀, which the rule may replace; D·vectors, or empty.</param>
    /// <param name="vectors">Vectors of lanes per coordinate.</param>
    public virtual void Begin(ulong key, uint firstReplica, Span<T> w, Span<T> p, int vectors) { }

    /// <summary>Advances W and P by one step, in place.</summary>
    /// <param name="w">W; D·vectors.</param>
    /// <param name="p">P; D·vectors, or empty.</param>
    /// <param name="gradient">g; D·vectors.</param>
    /// <param name="magnitude">Total of |gₙ|; D·vectors, or empty for |g|.</param>
    public abstract void Advance(Span<T> w, Span<T> p, ReadOnlySpan<T> gradient, ReadOnlySpan<T> magnitude);
}
