using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Objectives;
using AnalogTheory.Kernels.Sampling;

namespace AnalogTheory.Kernels.Noises;

/// <summary>Which raw randomness a noise is made of.</summary>
public enum RawKind
{
    /// <summary>No randomness.</summary>
    None,

    /// <summary>Uniforms in (0, 1) from 32-bit words.</summary>
    Uniform,

    /// <summary>Standard normals.</summary>
    Gaussian,
}

/// <summary>Gradient noise ε with its lane width still open: raw randomness, and a map from it and the state to ε.</summary>
public abstract class NoiseModel
{
    /// <summary>Which raw randomness is needed.</summary>
    public abstract RawKind Raw { get; }

    /// <summary>How many raw numbers one step of a D-dimensional chain takes.</summary>
    /// <param name="dimension">D.</param>
    public abstract int RawPerStep(int dimension);

    /// <summary>Whether the noise is one of this objective; a mini-batch is, of the objective whose rows it draws.</summary>
    /// <param name="objective">Objective whose gradient the noise is added to.</param>
    public virtual bool Fits(Objective objective) => true;

    /// <summary>A kernel over lanes T; each worker makes its own.</summary>
    public abstract NoiseKernel<T> In<T>()
        where T : struct, ILanes<T>;

    /// <summary>Adds the noise of one step of one replica; the one-lane instance of what ensembles do, from the same numbers.</summary>
    /// <param name="key">Key of the random stream.</param>
    /// <param name="replica">Number of the replica.</param>
    /// <param name="step">Number of the step.</param>
    /// <param name="w">Weights where the gradient was taken; length D.</param>
    /// <param name="gradient">∇f(w) on entry, g on return; length D.</param>
    /// <param name="magnitude">Σ|∂f_n|/N on entry, plus |ε| on return; length D, or empty.</param>
    public void Add(ulong key, uint replica, ulong step, ReadOnlySpan<double> w, Span<double> gradient, Span<double> magnitude)
    {
        double[] raw = new double[RawPerStep(w.Length)];
        ulong first = step * (ulong)raw.Length;
        for (int i = 0; i < raw.Length; i++)
        {
            raw[i] =
                Raw == RawKind.Uniform
                    ? Uniform.At(key, Purpose.GradientNoise, replica, first + (ulong)i)
                    : Gaussian.At(key, Purpose.GradientNoise, replica, first + (ulong)i);
        }

        In<Scalar>().Add(Lanes.Of(raw), Lanes.Of(w), Lanes.Of(gradient), Lanes.Of(magnitude), 1);
    }
}

/// <summary>Gradient noise over lanes.</summary>
/// <typeparam name="T">Lanes.</typeparam>
public abstract class NoiseKernel<T>
    where T : struct, ILanes<T>
{
    /// <summary>Adds ε to a gradient, and |ε| to the magnitude if one is kept: the noise counts as one more sample of the batch.</summary>
    /// <param name="raw">Raw numbers of this step; RawPerStep·vectors.</param>
    /// <param name="w">Weights where the gradient was taken; D·vectors.</param>
    /// <param name="gradient">∇f(w) on entry, g = ∇f(w) + ε on return; D·vectors.</param>
    /// <param name="magnitude">Σ|∂f_n|/N on entry, plus |ε| on return; D·vectors, or empty if nobody reads it.</param>
    /// <param name="vectors">Vectors of lanes per coordinate.</param>
    public abstract void Add(ReadOnlySpan<T> raw, ReadOnlySpan<T> w, Span<T> gradient, Span<T> magnitude, int vectors);
}
