using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>Gradient noise ε with E ε = 0 in every state. Immutable.</summary>
/// <remarks>
/// Deviations s are per coordinate, in loss/weight: the theory's σ² = E‖ε‖² is D·s². A noise of your own is yours to centre: <see cref="Mean"/>
/// shows E ε, and a claim about a biased noise is vacuous by its hypothesis A3′.
/// </remarks>
public sealed partial class Noise
{
    private Noise(Core.Noise inner, Problem? problem = null)
    {
        Inner = inner;
        Problem = problem;
        Parameters = Edge.Parameters(inner.Parameters);
    }

    /// <summary>No noise: ε = 0.</summary>
    public static Noise None { get; } = new(NoiseModule.none);

    /// <summary>Name, such as <c>Gaussian</c>.</summary>
    public string Name => Inner.Name;

    /// <summary>Parameters by their symbols, such as <c>s</c>.</summary>
    public IReadOnlyDictionary<string, double> Parameters { get; }

    /// <summary>Whether the distribution depends on the weights.</summary>
    public bool DependsOnState => Inner.DependsOnState;

    internal Core.Noise Inner { get; }

    /// <summary>The only problem that the noise fits, or null if it fits all.</summary>
    internal Problem? Problem { get; }

    /// <summary>Independent normals.</summary>
    /// <param name="deviation">s ≥ 0, loss/weight.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentException">s is not a finite number of at least 0.</exception>
    public static Noise Gaussian(double deviation) => new(NoiseModule.gaussian(deviation));

    /// <summary>Independent normals clipped to ±c deviations, so that their range is known.</summary>
    /// <param name="deviation">s ≥ 0 before clipping, loss/weight.</param>
    /// <param name="clip">c &gt; 0, in deviations.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentException">A parameter is outside its range.</exception>
    public static Noise ClippedGaussian(double deviation, double clip) => new(NoiseModule.clippedGaussian(deviation, clip));

    /// <summary>Independent ±s with probability one half each.</summary>
    /// <param name="deviation">s ≥ 0, loss/weight.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentException">s is not a finite number of at least 0.</exception>
    public static Noise Rademacher(double deviation) => new(NoiseModule.rademacher(deviation));

    /// <summary>Independent uniforms on [−s√3, s√3].</summary>
    /// <param name="deviation">s ≥ 0, loss/weight.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentException">s is not a finite number of at least 0.</exception>
    public static Noise Uniform(double deviation) => new(NoiseModule.uniform(deviation));

    /// <summary>Independent two-point noise: +s√((1 − p)/p) with probability p, −s√(p/(1 − p)) otherwise.</summary>
    /// <param name="deviation">s ≥ 0, loss/weight.</param>
    /// <param name="probability">p in (0, 1).</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentException">A parameter is outside its range.</exception>
    public static Noise TwoPoint(double deviation, double probability) => new(NoiseModule.twoPoint(deviation, probability));

    /// <summary>
    /// The lower bound's noise ε = ξ·1: two-point with p = ½(1 − w/τ) at the current weight, one draw for all coordinates.
    /// </summary>
    /// <remarks>Source: arXiv 2406.12774v1, Theorem 3. p is clamped to [0, 1]; at its ends the noise is 0.</remarks>
    /// <param name="deviation">s ≥ 0, loss/weight.</param>
    /// <param name="radius">τ &gt; 0, unit of weight.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentException">A parameter is outside its range.</exception>
    public static Noise StateDependentTwoPoint(double deviation, double radius) =>
        new(NoiseModule.stateDependentTwoPoint(deviation, radius));

    /// <summary>
    /// The noise with the highest floor on a device, ε = ξ·1: two-point with p = q₊/(q₊ + q₋) at the current weight, one draw for all coordinates.
    /// </summary>
    /// <remarks>
    /// On the asymmetric linear device with w⋄ = 0 it is <see cref="StateDependentTwoPoint"/>. p is clamped to [0, 1]; at its ends the noise is 0.
    /// Source: theory N1.
    /// </remarks>
    /// <param name="deviation">s ≥ 0, loss/weight.</param>
    /// <param name="device">Device that the noise leans against.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentException">The deviation is negative or not finite.</exception>
    /// <exception cref="ArgumentNullException">The device is null.</exception>
    public static Noise LeaningTwoPoint(double deviation, Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new(NoiseModule.leaningTwoPoint(deviation, device.Inner));
    }

    /// <summary>Random sampling: the gradient of samples drawn with replacement instead of all of them.</summary>
    /// <remarks>Source: arXiv 2406.12774v1, assumption A7.</remarks>
    /// <param name="problem">A mean over samples: least squares, or a problem of your own with samples; the noise fits this problem only.</param>
    /// <param name="batch">Samples per step, at least 1.</param>
    /// <returns>The noise.</returns>
    /// <exception cref="ArgumentNullException">The problem is null.</exception>
    /// <exception cref="ArgumentException">The problem is not a mean over samples, or the batch is below 1.</exception>
    public static Noise MiniBatch(Problem problem, int batch)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(NoiseModule.miniBatch(batch, problem.Inner), problem);
    }

    /// <summary>E ε at weights w; 0 for every family of the theory.</summary>
    /// <param name="w">Weights; length D ≥ 1.</param>
    /// <returns>E ε, loss/weight; length D; NaN where nobody knows it.</returns>
    /// <exception cref="ArgumentException">
    /// w is <c>default</c> or empty, or has another length than the problem that the noise belongs to.
    /// </exception>
    public ImmutableArray<double> Mean(ImmutableArray<double> w)
    {
        Weights at = At(w);
        return [.. Enumerable.Range(0, at.Length).Select(d => Inner.Moments.Invoke(at).Invoke(d).Mean)];
    }

    /// <summary>σ² = E‖ε‖² at weights w.</summary>
    /// <param name="w">Weights; length D ≥ 1.</param>
    /// <returns>σ², (loss/weight)²; NaN where nobody knows it.</returns>
    /// <exception cref="ArgumentException">
    /// w is <c>default</c> or empty, or has another length than the problem that the noise belongs to.
    /// </exception>
    public double Variance(ImmutableArray<double> w) => NoiseModule.variance(Inner, At(w));

    /// <summary>Name and parameters, such as <c>Gaussian (s = 0.3)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Inner.ToString();

    internal void RequireFits(Problem problem, string name)
    {
        if (Problem is not null && Problem != problem)
        {
            throw new ArgumentException($"Expected noise of this problem, {problem}, got {this} of another, {Problem}.", name);
        }
    }

    private Weights At(ImmutableArray<double> w) => Problem is null ? Edge.Vector(w) : Edge.Vector(Problem.Dimension, w);
}
