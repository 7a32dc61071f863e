using System;
using System.Threading;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Objectives;

/// <summary>Writes ∇f(w) of one weight vector.</summary>
/// <param name="w">Weights; length D.</param>
/// <param name="gradient">Receives ∇f(w); length D.</param>
public delegate void GradientFunction(ReadOnlySpan<double> w, Span<double> gradient);

/// <summary>A loss at one weight vector: f(w), or f(w) − f*.</summary>
/// <param name="w">Weights; length D.</param>
public delegate double LossFunction(ReadOnlySpan<double> w);

/// <summary>Writes the gradient of one sample alone, whose mean over the samples is ∇f(w).</summary>
/// <param name="sample">n in [0, N).</param>
/// <param name="w">Weights; length D.</param>
/// <param name="gradient">Receives ∇f_n(w); length D.</param>
public delegate void SampleGradientFunction(int sample, ReadOnlySpan<double> w, Span<double> gradient);

/// <summary>An objective that is a mean over samples, each of which can be asked for its gradient.</summary>
public interface ISampledObjective
{
    /// <summary>N; 0 if there are no samples after all.</summary>
    int Samples { get; }

    /// <summary>Gradient of sample n alone, whose mean over n is the full gradient.</summary>
    /// <param name="sample">n in [0, N).</param>
    /// <param name="w">Weights; length D.</param>
    /// <param name="gradient">Receives the gradient; length D.</param>
    void SampleGradient(int sample, ReadOnlySpan<double> w, Span<double> gradient);
}

/// <summary>An objective that a user supplies as functions of one weight vector; called once per replica, from several threads.</summary>
/// <param name="dimension">D ≥ 1.</param>
/// <param name="gradient">∇f; must be a pure function of w.</param>
/// <param name="excess">f − f*; must be a pure function of w.</param>
/// <param name="samples">N ≥ 0; 0 for an objective that is no mean over samples.</param>
/// <param name="sampleGradient">∇f_n; must be a pure function of n and w. Null without samples.</param>
public sealed class SuppliedObjective(
    int dimension,
    GradientFunction gradient,
    LossFunction excess,
    int samples = 0,
    SampleGradientFunction? sampleGradient = null
) : Objective, ISampledObjective
{
    /// <inheritdoc/>
    public override int Dimension => dimension;

    /// <inheritdoc/>
    public override bool HasSamples => Samples > 0;

    /// <inheritdoc/>
    public int Samples => sampleGradient is null ? 0 : samples;

    /// <inheritdoc/>
    public void SampleGradient(int sample, ReadOnlySpan<double> w, Span<double> gradient)
    {
        if (sampleGradient is null)
        {
            throw new NotSupportedException("Expected an objective that is a mean over samples, got one without.");
        }

        sampleGradient(sample, w, gradient);
    }

    /// <inheritdoc/>
    public override ObjectiveKernel<T> In<T>() => new Kernel<T>(this, gradient, excess);

    /// <summary>Gathers one replica after the other, so the functions never see lanes; a buffer is zero when a function gets it.</summary>
    private sealed class Kernel<T>(SuppliedObjective objective, GradientFunction gradient, LossFunction excess) : ObjectiveKernel<T>
        where T : struct, ILanes<T>
    {
        private readonly double[] _w = new double[objective.Dimension];
        private readonly double[] _gradient = new double[objective.Dimension];
        private int _replicas = int.MaxValue;
        private CancellationToken _cancellation;

        public override void Begin(int replicas, CancellationToken cancellation)
        {
            _replicas = replicas;
            _cancellation = cancellation;
        }

        public override void Gradient(ReadOnlySpan<T> w, Span<T> result, int vectors)
        {
            int stride = vectors * T.Count;
            Span<double> output = Lanes.Doubles(result);
            Surplus(output, stride);
            for (int replica = 0; replica < Math.Min(stride, _replicas); replica++)
            {
                Gather(w, replica, stride);
                _gradient.AsSpan().Clear();
                gradient(_w, _gradient);
                for (int d = 0; d < _w.Length; d++)
                {
                    output[d * stride + replica] = _gradient[d];
                }
            }
        }

        public override void Excess(ReadOnlySpan<T> w, ReadOnlySpan<T> gradientAtW, Span<T> result, int vectors)
        {
            int stride = vectors * T.Count;
            Span<double> output = Lanes.Doubles(result);
            Surplus(output, stride);
            for (int replica = 0; replica < Math.Min(stride, _replicas); replica++)
            {
                Gather(w, replica, stride);
                output[replica] = excess(_w);
            }
        }

        public override void GradientBySample(ReadOnlySpan<T> w, Span<T> result, Span<T> magnitude, int vectors)
        {
            if (!objective.HasSamples)
            {
                base.GradientBySample(w, result, magnitude, vectors);
            }

            int stride = vectors * T.Count;
            Span<double> output = Lanes.Doubles(result);
            Span<double> size = Lanes.Doubles(magnitude);
            output.Clear();
            size.Clear();
            for (int replica = 0; replica < Math.Min(stride, _replicas); replica++)
            {
                Gather(w, replica, stride);
                for (int n = 0; n < objective.Samples; n++)
                {
                    _cancellation.ThrowIfCancellationRequested();
                    _gradient.AsSpan().Clear();
                    objective.SampleGradient(n, _w, _gradient);
                    for (int d = 0; d < _w.Length; d++)
                    {
                        output[d * stride + replica] += _gradient[d] / objective.Samples;
                        size[d * stride + replica] += Math.Abs(_gradient[d]) / objective.Samples;
                    }
                }
            }
        }

        // Lanes beyond the replicas stay where they are.
        private void Surplus(Span<double> output, int stride)
        {
            if (_replicas < stride)
            {
                output.Clear();
            }
        }

        // Also the place where a slow function is interrupted: before each of its calls.
        private void Gather(ReadOnlySpan<T> w, int replica, int stride)
        {
            _cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<double> input = Lanes.Doubles(w);
            for (int d = 0; d < _w.Length; d++)
            {
                _w[d] = input[d * stride + replica];
            }
        }
    }
}
