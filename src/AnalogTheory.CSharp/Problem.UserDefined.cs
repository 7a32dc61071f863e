using System;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Objectives;
using Microsoft.FSharp.Core;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

public sealed partial class Problem
{
    /// <summary>An objective of your own, from f and ∇f.</summary>
    /// <remarks>
    /// Ensembles call the functions once per replica and step, from several threads: they must be pure. What they throw ends the run.
    /// <see cref="UserDefinedInPlace"/> allocates nothing per step and knows samples.
    /// </remarks>
    /// <param name="smoothness">L &gt; 0, loss/weight², which you vouch for.</param>
    /// <param name="minimizer">W*, finite, which you vouch for; its length is D ≥ 1.</param>
    /// <param name="value">f; gets D weights, returns a loss.</param>
    /// <param name="gradient">∇f; gets D weights, returns D elements, loss/weight.</param>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="constants">What else you vouch for; null for nothing.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="ArgumentNullException">A function or the name is null.</exception>
    /// <exception cref="ArgumentException">
    /// L is not a finite number above 0, W* is <c>default</c>, empty, not finite or outside the domain, another constant is outside its
    /// range, or ∇f(W*) has another length than D.
    /// </exception>
    public static Problem UserDefined(
        double smoothness,
        ImmutableArray<double> minimizer,
        Func<ImmutableArray<double>, double> value,
        Func<ImmutableArray<double>, ImmutableArray<double>> gradient,
        string name = "user-defined",
        ObjectiveConstants? constants = null
    )
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(name);
        Require.positive(nameof(smoothness), smoothness);

        // The core hands out a fresh array at each call, so it can be frozen; a result of another length is caught whenever it comes.
        FSharpFunc<double[], double> f = FuncConvert.FromFunc<double[], double>(w => value(Edge.Frozen(w)));
        FSharpFunc<double[], double[]> slope = FuncConvert.FromFunc<double[], double[]>(w =>
        {
            ImmutableArray<double> result = Edge.Initialised(gradient(Edge.Frozen(w)), "gradient(w)");
            Require.length("gradient(w)", w.Length, result.Length);
            return ImmutableCollectionsMarshal.AsArray(result)!;
        });
        return new(UserDefinedProblem.ofArrays(name, (constants ?? new()).With(smoothness), Edge.Elements(minimizer), f, slope));
    }

    /// <summary>An objective of your own whose gradient is written into a span: a step allocates nothing, whatever D is.</summary>
    /// <remarks>
    /// Ensembles call the functions once per replica and step, from several threads: they must be pure but for what they write. What they
    /// throw ends the run.
    /// </remarks>
    /// <param name="smoothness">L &gt; 0, loss/weight², which you vouch for.</param>
    /// <param name="minimizer">W*, finite, which you vouch for; its length is D ≥ 1.</param>
    /// <param name="value">f.</param>
    /// <param name="gradient">Writes ∇f.</param>
    /// <param name="constants">What else you vouch for; null for nothing.</param>
    /// <param name="samples">
    /// N, if f is a mean over samples: then a batch can be sent per sample, and <see cref="Noise.MiniBatch"/> draws from them. 0 if not.
    /// </param>
    /// <param name="sampleGradient">Writes ∇f_n, whose mean over n is ∇f; checked at W*. Null without samples.</param>
    /// <param name="name">Name for tables and messages.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="ArgumentNullException">A function or the name is null; or samples are given without their gradient.</exception>
    /// <exception cref="ArgumentException">
    /// L is not a finite number above 0, W* is <c>default</c>, empty, not finite or outside the domain, another constant is outside its
    /// range, N is below 0, or the samples' gradients do not average to ∇f at W*.
    /// </exception>
    public static Problem UserDefinedInPlace(
        double smoothness,
        ImmutableArray<double> minimizer,
        ObjectiveValue value,
        ObjectiveGradient gradient,
        ObjectiveConstants? constants = null,
        int samples = 0,
        SampleGradient? sampleGradient = null,
        string name = "user-defined"
    )
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(name);
        Require.positive(nameof(smoothness), smoothness);
        Require.atLeast(nameof(samples), sampleGradient is null ? 0 : 1, samples);
        if (samples > 0)
        {
            ArgumentNullException.ThrowIfNull(sampleGradient);
        }

        return new(
            UserDefinedProblem.ofSpans(
                name,
                (constants ?? new()).With(smoothness),
                Edge.Elements(minimizer),
                new LossFunction(value),
                new GradientFunction(gradient),
                sampleGradient is null
                    ? FSharpOption<ObjectiveSamples>.None
                    : FSharpOption<ObjectiveSamples>.Some(new ObjectiveSamples(samples, new SampleGradientFunction(sampleGradient)))
            )
        );
    }
}

/// <summary>f of an objective of your own; must be pure.</summary>
/// <param name="w">Weights; length D.</param>
/// <returns>f(w), loss.</returns>
public delegate double ObjectiveValue(ReadOnlySpan<double> w);

/// <summary>Writes ∇f of an objective of your own; must be pure but for that.</summary>
/// <param name="w">Weights; length D.</param>
/// <param name="gradient">Receives ∇f(w), loss/weight; zeros on entry; length D.</param>
public delegate void ObjectiveGradient(ReadOnlySpan<double> w, Span<double> gradient);

/// <summary>Writes the gradient of one sample of an objective of your own; must be pure but for that.</summary>
/// <param name="sample">n in [0, N).</param>
/// <param name="w">Weights; length D.</param>
/// <param name="gradient">Receives ∇f_n(w), loss/weight; zeros on entry; length D.</param>
public delegate void SampleGradient(int sample, ReadOnlySpan<double> w, Span<double> gradient);
