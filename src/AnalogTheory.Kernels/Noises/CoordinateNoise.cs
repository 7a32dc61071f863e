using System;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Noises;

/// <summary>How one raw number and the weight become ε of one coordinate.</summary>
public interface INoiseShape<T>
    where T : struct, ILanes<T>
{
    /// <summary>ε, unit of the gradient.</summary>
    /// <param name="raw">A raw number of the kind that the model asked for.</param>
    /// <param name="w">The coordinate's weight.</param>
    T At(T raw, T w);
}

/// <summary>Noise made coordinate by coordinate; <paramref name="shared"/> uses one raw number for all coordinates (ε = ξ·1).</summary>
internal sealed class CoordinateNoiseKernel<T, TShape>(TShape shape, bool shared) : NoiseKernel<T>
    where T : struct, ILanes<T>
    where TShape : struct, INoiseShape<T>
{
    public override void Add(ReadOnlySpan<T> raw, ReadOnlySpan<T> w, Span<T> gradient, Span<T> magnitude, int vectors)
    {
        if (shared)
        {
            for (int d = 0; d < w.Length; d += vectors)
            {
                AddRange(raw, w.Slice(d, vectors), gradient.Slice(d, vectors), magnitude.IsEmpty ? default : magnitude.Slice(d, vectors));
            }
        }
        else
        {
            AddRange(raw, w, gradient, magnitude);
        }
    }

    // Without the sums of |ε| the loop is free of a branch that the JIT would carry into it.
    private void AddRange(ReadOnlySpan<T> raw, ReadOnlySpan<T> w, Span<T> gradient, Span<T> magnitude)
    {
        TShape at = shape;
        raw = raw[..w.Length];
        gradient = gradient[..w.Length];
        if (magnitude.IsEmpty)
        {
            for (int i = 0; i < w.Length; i++)
            {
                gradient[i] += at.At(raw[i], w[i]);
            }
        }
        else
        {
            magnitude = magnitude[..w.Length];
            for (int i = 0; i < w.Length; i++)
            {
                T noise = at.At(raw[i], w[i]);
                gradient[i] += noise;
                magnitude[i] += T.Abs(noise);
            }
        }
    }
}

/// <summary>ε = 0.</summary>
public sealed class NoNoise : NoiseModel
{
    /// <inheritdoc/>
    public override RawKind Raw => RawKind.None;

    /// <inheritdoc/>
    public override int RawPerStep(int dimension) => 0;

    /// <inheritdoc/>
    public override NoiseKernel<T> In<T>() => new Kernel<T>();

    private sealed class Kernel<T> : NoiseKernel<T>
        where T : struct, ILanes<T>
    {
        public override void Add(ReadOnlySpan<T> raw, ReadOnlySpan<T> w, Span<T> gradient, Span<T> magnitude, int vectors) { }
    }
}
