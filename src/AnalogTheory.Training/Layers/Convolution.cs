using System;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Training.Layers;

/// <summary>A convolution: every patch of the image is one input vector of the layer's matrix, whose outputs are the pixels of the output channels.</summary>
/// <param name="Channels">Number of output channels, at least 1.</param>
/// <param name="Kernel">Side of a patch in pixels, at least 1.</param>
/// <param name="Hardware">What its weights are made of.</param>
public sealed record Convolution(int Channels, int Kernel, Hardware Hardware) : LayerSettings
{
    /// <summary>Pixels from one patch to the next, at least 1.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Pixels of zeros around the image, at least 0.</summary>
    public int Padding { get; init; }

    /// <summary>How its weights lie on tiles.</summary>
    public MatrixSettings Matrix { get; init; } = MatrixSettings.Default;

    /// <inheritdoc/>
    public override Layer Build(Shape input, ulong deviceKey)
    {
        int height = Side(input.Height),
            width = Side(input.Width);
        if (Stride < 1 || Padding < 0 || Kernel < 1 || height < 1 || width < 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"Expected a patch within an image of {input}, got {Kernel}×{Kernel} with stride {Stride} and padding {Padding}."
                ),
                nameof(input)
            );
        }

        return new ConvolutionLayer(this, input, new Shape(Channels, height, width), deviceKey);
    }

    /// <inheritdoc/>
    public override LayerSettings OnExactArrays() => this with { Hardware = Hardware.Digital };

    private int Side(int pixels) => Stride < 1 || pixels + (2 * Padding) < Kernel ? 0 : ((pixels + (2 * Padding) - Kernel) / Stride) + 1;

    private sealed class ConvolutionLayer(Convolution settings, Shape input, Shape output, ulong deviceKey)
        : Layer(
            FormattableString.Invariant($"convolution {settings.Kernel}×{settings.Kernel} {input.Channels} → {settings.Channels}"),
            input,
            output
        )
    {
        private readonly Patches _patches = new(input, output, settings);
        private readonly TiledMatrix _matrix = new(
            settings.Hardware,
            settings.Matrix,
            settings.Channels,
            input.Channels * settings.Kernel * settings.Kernel,
            deviceKey
        );

        private readonly Scratch _pixels = new();

        public override int Kept => _patches.Count * _matrix.Kept;

        public override LayerState Init() => _matrix.Init();

        public override void Start(LayerState state, ulong key) => _matrix.Start(state, key);

        public override void Forward(LayerState state, ulong key, ReadOnlySpan<float> x, Span<float> y, Span<float> kept)
        {
            Span<float> pixels = _pixels.Room(y.Length);
            _matrix.Forward(state, key, _patches.Unfold(x), pixels, kept);
            for (int at = 0; at < y.Length; at += Output.Size)
            {
                Elementwise.Transpose(pixels.Slice(at, Output.Size), Output.Channels, y.Slice(at, Output.Size));
            }
        }

        public override void Backward(LayerState state, ulong key, Seen seen, ReadOnlySpan<float> dy, Span<float> dx)
        {
            _matrix.Backward(state, key, seen.Kept, ToPixels(dy), _patches.Room(dx.Length / Input.Size));
            _patches.Fold(dx);
        }

        public override UpdateInfo Update(LayerState state, ulong key, Seen seen, ReadOnlySpan<float> dy, double learningRate) =>
            _matrix.Update(state, key, _patches.Unfold(seen.X), seen.Kept, ToPixels(dy), learningRate);

        internal override void CopyVisible(LayerState state, LayerState ideal) => _matrix.CopyVisible(state, ideal);

        // The numbers of all channels for a pixel, pixel after pixel, as the matrix has them.
        private ReadOnlySpan<float> ToPixels(ReadOnlySpan<float> dy)
        {
            Span<float> pixels = _pixels.Room(dy.Length);
            for (int at = 0; at < dy.Length; at += Output.Size)
            {
                Elementwise.Transpose(dy.Slice(at, Output.Size), _patches.Count, pixels.Slice(at, Output.Size));
            }

            return pixels;
        }
    }
}
