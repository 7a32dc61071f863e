using System;
using System.Linq;
using System.Runtime.CompilerServices;

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

        // First pixel of the square of every output of a sample.
        private readonly int[] _first =
        [
            .. from channel in Enumerable.Range(0, output.Channels)
            from row in Enumerable.Range(0, output.Height)
            from column in Enumerable.Range(0, output.Width)
            select (((channel * input.Height) + (row * settings.Side)) * input.Width) + (column * settings.Side),
        ];

        public override void Forward(LayerState state, ulong key, ReadOnlySpan<float> x, Span<float> y, Span<float> kept)
        {
            for (int n = 0; n < x.Length / Input.Size; n++)
            {
                ReadOnlySpan<float> image = x.Slice(n * Input.Size, Input.Size);
                Span<float> pooled = y.Slice(n * Output.Size, Output.Size);
                for (int to = 0; to < pooled.Length; to++)
                {
                    pooled[to] = settings.TakesMean ? Sum(image, _first[to]) * _share : image[Largest(image, _first[to])];
                }
            }
        }

        public override void Backward(LayerState state, ulong key, Seen seen, ReadOnlySpan<float> dy, Span<float> dx)
        {
            dx.Clear();
            for (int n = 0; n < dx.Length / Input.Size; n++)
            {
                ReadOnlySpan<float> image = seen.X.Slice(n * Input.Size, Input.Size);
                ReadOnlySpan<float> pooled = dy.Slice(n * Output.Size, Output.Size);
                Span<float> gradient = dx.Slice(n * Input.Size, Input.Size);
                for (int from = 0; from < pooled.Length; from++)
                {
                    if (settings.TakesMean)
                    {
                        Spread(pooled[from] * _share, gradient, _first[from]);
                    }
                    else
                    {
                        gradient[Largest(image, _first[from])] += pooled[from];
                    }
                }
            }
        }

        private float Sum(ReadOnlySpan<float> image, int first)
        {
            float sum = 0.0f;
            for (int row = 0; row < settings.Side; row++)
            {
                foreach (float pixel in image.Slice(first + (row * Input.Width), settings.Side))
                {
                    sum += pixel;
                }
            }

            return sum;
        }

        private void Spread(float share, Span<float> image, int first)
        {
            for (int row = 0; row < settings.Side; row++)
            {
                foreach (ref float pixel in image.Slice(first + (row * Input.Width), settings.Side))
                {
                    pixel += share;
                }
            }
        }

        private int Largest(ReadOnlySpan<float> image, int first)
        {
            int largest = first;
            for (int row = 0; row < settings.Side; row++)
            {
                for (int column = 0; column < settings.Side; column++)
                {
                    // Without a branch, which could not be predicted.
                    int at = first + (row * Input.Width) + column;
                    int isLarger = Unsafe.BitCast<bool, byte>(image[at] > image[largest]);
                    largest += isLarger * (at - largest);
                }
            }

            return largest;
        }
    }
}
