using System;
using System.Threading;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Objectives;

/// <summary>An objective f: R^D → R with its lane width still open.</summary>
public abstract class Objective
{
    /// <summary>D.</summary>
    public abstract int Dimension { get; }

    /// <summary>Whether the gradient is a mean over samples, each available alone; only then can a batch be sent sample by sample.</summary>
    public virtual bool HasSamples => false;

    /// <summary>A kernel over lanes T; it may own scratch memory, so each worker makes its own.</summary>
    public abstract ObjectiveKernel<T> In<T>()
        where T : struct, ILanes<T>;

    /// <summary>∇f(w) of one weight vector; the one-lane instance of the kernel that ensembles run.</summary>
    /// <param name="w">Weights; length D.</param>
    /// <param name="gradient">Receives ∇f(w); length D.</param>
    public void Gradient(ReadOnlySpan<double> w, Span<double> gradient) => In<Scalar>().Gradient(Lanes.Of(w), Lanes.Of(gradient), 1);

    /// <summary>∇f(w) and the total of the absolute values of its samples' gradients, coordinate by coordinate.</summary>
    /// <param name="w">Weights; length D.</param>
    /// <param name="gradient">Receives ∇f(w); length D.</param>
    /// <param name="magnitude">Receives Σₙ|∂f_n|/N; length D.</param>
    public void GradientBySample(ReadOnlySpan<double> w, Span<double> gradient, Span<double> magnitude) =>
        In<Scalar>().GradientBySample(Lanes.Of(w), Lanes.Of(gradient), Lanes.Of(magnitude), 1);

    /// <summary>f(w) − f*, the same bits as an ensemble's trace.</summary>
    /// <param name="w">Weights; length D.</param>
    public double Excess(ReadOnlySpan<double> w)
    {
        ObjectiveKernel<Scalar> kernel = In<Scalar>();
        Span<Scalar> value = stackalloc Scalar[1];
        Scalar[] gradient = new Scalar[Dimension];
        kernel.Gradient(Lanes.Of(w), gradient, 1);
        kernel.Excess(Lanes.Of(w), gradient, value, 1);
        return value[0].Value;
    }
}

/// <summary>An objective that is written over an algebra, so that it can be enclosed and computed in exact fractions.</summary>
public interface IAlgebraicObjective
{
    /// <summary>∇f(w) in any number system.</summary>
    /// <param name="w">Weights; length D.</param>
    T[] GradientIn<T>(T[] w)
        where T : struct, IAlgebra<T>;

    /// <summary>f(w) in any number system, up to a constant that does not depend on w.</summary>
    /// <param name="w">Weights; length D.</param>
    T ValueIn<T>(T[] w)
        where T : struct, IAlgebra<T>;
}

/// <summary>An objective over lanes: replicas side by side, coordinate-major, <c>w[d·vectors + v]</c>.</summary>
/// <remarks>Every lane accumulates in index order, so a replica's bits depend neither on the lane width nor on its neighbours.</remarks>
/// <typeparam name="T">Lanes.</typeparam>
public abstract class ObjectiveKernel<T>
    where T : struct, ILanes<T>
{
    /// <summary>Tells the kernel before a run how many lanes count, and what stops it; for objectives whose functions are slow.</summary>
    /// <param name="replicas">Lanes from the first that belong to replicas; what the others receive is dropped.</param>
    /// <param name="cancellation">Raises an <see cref="OperationCanceledException"/> between two replicas.</param>
    public virtual void Begin(int replicas, CancellationToken cancellation) { }

    /// <summary>Writes ∇f(w).</summary>
    /// <param name="w">Weights; D·vectors.</param>
    /// <param name="gradient">Receives the gradient; D·vectors.</param>
    /// <param name="vectors">Vectors of lanes per coordinate, ≥ 1.</param>
    public abstract void Gradient(ReadOnlySpan<T> w, Span<T> gradient, int vectors);

    /// <summary>Writes f(w) − f*.</summary>
    /// <param name="w">Weights; D·vectors.</param>
    /// <param name="gradient">∇f(w), which some objectives use; D·vectors.</param>
    /// <param name="excess">Receives f(w) − f*; vectors.</param>
    /// <param name="vectors">Vectors of lanes per coordinate, ≥ 1.</param>
    public abstract void Excess(ReadOnlySpan<T> w, ReadOnlySpan<T> gradient, Span<T> excess, int vectors);

    /// <summary>Writes ∇f(w) and Σₙ|∂f_n|/N over the samples.</summary>
    /// <param name="w">Weights; D·vectors.</param>
    /// <param name="gradient">Receives the gradient; D·vectors.</param>
    /// <param name="magnitude">Receives the total of absolute values; D·vectors.</param>
    /// <param name="vectors">Vectors of lanes per coordinate, ≥ 1.</param>
    /// <exception cref="NotSupportedException">The objective has no samples; the default.</exception>
    public virtual void GradientBySample(ReadOnlySpan<T> w, Span<T> gradient, Span<T> magnitude, int vectors) =>
        throw new NotSupportedException(
            "This objective is not a mean over samples; use a least-squares objective, or send the batch as one update."
        );
}
