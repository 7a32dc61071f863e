using System;

namespace AnalogTheory.Training.Layers;

/// <summary>One pixel for every square of pixels: its largest, or its mean. Squares do not overlap; a rest at the right or below is dropped.</summary>
/// <param name="Side">Side of a square in pixels, at least 1.</param>
/// <param name="TakesMean">Whether the mean is taken; else the largest.</param>
public sealed record Pooling(int Side, bool TakesMean = false) : LayerSettings
{
    /// <inheritdoc/>
    public override Layer Build(Shape input, ulong deviceKey) =>
        Side >= 1 && input.Height >= Side && input.Width >= Side
            ? new PoolingLayer(this, input, new Shape(input.Channels, input.Height / Side, input.Width / Side))
            : throw new ArgumentException(
                FormattableString.Invariant($"Expected squares within an image of {input}, got {Side}×{Side}."),
                nameof(input)
            );

    private sealed class PoolingLayer(Pooling settings, Shape input, Shape output)
        : Layer(FormattableString.Invariant($"{(settings.TakesMean ? "mean" : "max")} pooling {settings.Side}"), input, output)
    {
        private readonly float _share = 1.0f / (settings.Side * settings.Side);

        public override void Forward(LayerState state, ulong key, ReadOnlySpan<float> x, Span<float> y, Span<float> kept)
        {
            for (int to = 0; to < y.Length; to++)
            {
                int first = First(to);
                if (!settings.TakesMean)
                {
                    y[to] = x[Largest(x, first)];
                    continue;
                }

                float sum = 0.0f;
                for (int row = 0; row < settings.Side; row++)
                {
                    for (int column = 0; column < settings.Side; column++)
                    {
                        sum += x[first + (row * Input.Width) + column];
                    }
                }

                y[to] = sum * _share;
            }
        }

        public override void Backward(LayerState state, ulong key, Seen seen, ReadOnlySpan<float> dy, Span<float> dx)
        {
            dx.Clear();
            for (int from = 0; from < dy.Length; from++)
            {
                int first = First(from);
                if (!settings.TakesMean)
                {
                    dx[Largest(seen.X, first)] += dy[from];
                    continue;
                }

                for (int row = 0; row < settings.Side; row++)
                {
                    for (int column = 0; column < settings.Side; column++)
                    {
                        dx[first + (row * Input.Width) + column] += dy[from] * _share;
                    }
                }
            }
        }

        // First pixel of the square of an output, channels and samples in one count.
        private int First(int output)
        {
            int image = output / (Output.Height * Output.Width);
            int row = output / Output.Width % Output.Height;
            int column = output % Output.Width;
            return (((image * Input.Height) + (row * settings.Side)) * Input.Width) + (column * settings.Side);
        }

        private int Largest(ReadOnlySpan<float> x, int first)
        {
            int largest = first;
            for (int row = 0; row < settings.Side; row++)
            {
                for (int column = 0; column < settings.Side; column++)
                {
                    int at = first + (row * Input.Width) + column;
                    largest = x[at] > x[largest] ? at : largest;
                }
            }

            return largest;
        }
    }
}
