using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Elementary;

namespace AnalogTheory.Training.Layers;

/// <summary>Logarithms of the probabilities of classes, y = x − ln Σ eˣ: what the negative log-likelihood is taken of.</summary>
public sealed record LogSoftmax : LayerSettings
{
    /// <inheritdoc/>
    public override Layer Build(Shape input, ulong deviceKey) => new LogSoftmaxLayer(input);

    private sealed class LogSoftmaxLayer(Shape input) : Layer("log-softmax", input, input)
    {
        public override void Forward(LayerState state, ulong key, ReadOnlySpan<float> x, Span<float> y, Span<float> kept)
        {
            for (int at = 0; at < x.Length; at += Input.Size)
            {
                ReadOnlySpan<float> sample = x.Slice(at, Input.Size);
                double largest = double.NegativeInfinity;
                foreach (float value in sample)
                {
                    largest = Math.Max(largest, value);
                }

                double sum = 0.0;
                foreach (float value in sample)
                {
                    sum += Exp(value - largest);
                }

                double log = largest + ExpLog.Log(Scalar.Constant(sum)).Value;
                for (int i = 0; i < sample.Length; i++)
                {
                    y[at + i] = (float)(sample[i] - log);
                }
            }
        }

        // dx = dy − softmax·Σ dy.
        public override void Backward(LayerState state, ulong key, Seen seen, ReadOnlySpan<float> dy, Span<float> dx)
        {
            for (int at = 0; at < dx.Length; at += Input.Size)
            {
                double sum = 0.0;
                for (int i = 0; i < Input.Size; i++)
                {
                    sum += dy[at + i];
                }

                for (int i = 0; i < Input.Size; i++)
                {
                    dx[at + i] = (float)(dy[at + i] - (Exp(seen.Y[at + i]) * sum));
                }
            }
        }

        private static double Exp(double x) => ExpLog.Exp(Scalar.Constant(x)).Value;
    }
}
