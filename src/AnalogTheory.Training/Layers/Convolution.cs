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
        private readonly int _patches = output.Height * output.Width;
        private readonly int _length = input.Channels * settings.Kernel * settings.Kernel;
        private readonly TiledMatrix _matrix = new(
            settings.Hardware,
            settings.Matrix,
            settings.Channels,
            input.Channels * settings.Kernel * settings.Kernel,
            deviceKey
        );

        private readonly Scratch _unfolded = new();
        private readonly Scratch _pixels = new();

        public override int Kept => _patches * _matrix.Kept;

        public override LayerState Init() => _matrix.Init();

        public override void Start(LayerState state, ulong key) => _matrix.Start(state, key);

        public override void Forward(LayerState state, ulong key, ReadOnlySpan<float> x, Span<float> y, Span<float> kept)
        {
            Span<float> pixels = _pixels.Room(y.Length);
            _matrix.Forward(state, key, Unfold(x), pixels, kept);
            for (int at = 0; at < y.Length; at += Output.Size)
            {
                ToChannels(pixels.Slice(at, Output.Size), y.Slice(at, Output.Size));
            }
        }

        public override void Backward(LayerState state, ulong key, Seen seen, ReadOnlySpan<float> dy, Span<float> dx)
        {
            Span<float> patches = _unfolded.Room(dx.Length / Input.Size * _patches * _length);
            _matrix.Backward(state, key, seen.Kept, ToPixels(dy), patches);
            dx.Clear();
            for (int n = 0; n < dx.Length / Input.Size; n++)
            {
                Fold(patches.Slice(n * _patches * _length, _patches * _length), dx.Slice(n * Input.Size, Input.Size));
            }
        }

        public override UpdateInfo Update(LayerState state, ulong key, Seen seen, ReadOnlySpan<float> dy, double learningRate) =>
            _matrix.Update(state, key, Unfold(seen.X), seen.Kept, ToPixels(dy), learningRate);

        internal override void CopyVisible(LayerState state, LayerState ideal) => _matrix.CopyVisible(state, ideal);

        private ReadOnlySpan<float> Unfold(ReadOnlySpan<float> x)
        {
            int samples = x.Length / Input.Size;
            Span<float> patches = _unfolded.Room(samples * _patches * _length);
            for (int n = 0; n < samples; n++)
            {
                ReadOnlySpan<float> image = x.Slice(n * Input.Size, Input.Size);
                int at = n * _patches * _length;
                for (int row = 0; row < Output.Height; row++)
                {
                    for (int column = 0; column < Output.Width; column++, at += _length)
                    {
                        Patch(image, row, column, patches.Slice(at, _length));
                    }
                }
            }

            return patches;
        }

        private void Patch(ReadOnlySpan<float> image, int row, int column, Span<float> patch)
        {
            int kernel = settings.Kernel,
                at = 0;
            int left = (column * settings.Stride) - settings.Padding;
            bool isWithin = left >= 0 && left + kernel <= Input.Width;
            for (int channel = 0; channel < Input.Channels; channel++)
            {
                for (int k = 0; k < kernel; k++, at += kernel)
                {
                    int y = (row * settings.Stride) - settings.Padding + k;
                    Span<float> line = patch.Slice(at, kernel);
                    if (y < 0 || y >= Input.Height)
                    {
                        line.Clear();
                    }
                    else if (isWithin)
                    {
                        image.Slice((((channel * Input.Height) + y) * Input.Width) + left, kernel).CopyTo(line);
                    }
                    else
                    {
                        for (int l = 0; l < kernel; l++)
                        {
                            int x = left + l;
                            line[l] = x < 0 || x >= Input.Width ? 0.0f : image[(((channel * Input.Height) + y) * Input.Width) + x];
                        }
                    }
                }
            }
        }

        // Adds the gradients of the patches to the pixels that they came from.
        private void Fold(ReadOnlySpan<float> patches, Span<float> image)
        {
            int kernel = settings.Kernel,
                at = 0;
            for (int row = 0; row < Output.Height; row++)
            {
                for (int column = 0; column < Output.Width; column++)
                {
                    int left = (column * settings.Stride) - settings.Padding;
                    for (int channel = 0; channel < Input.Channels; channel++)
                    {
                        for (int k = 0; k < kernel; k++, at += kernel)
                        {
                            int y = (row * settings.Stride) - settings.Padding + k;
                            for (int l = 0; l < kernel && y >= 0 && y < Input.Height; l++)
                            {
                                int x = left + l;
                                if (x >= 0 && x < Input.Width)
                                {
                                    image[(((channel * Input.Height) + y) * Input.Width) + x] += patches[at + l];
                                }
                            }
                        }
                    }
                }
            }
        }

        private void ToChannels(ReadOnlySpan<float> pixels, Span<float> channels)
        {
            for (int c = 0; c < Output.Channels; c++)
            {
                for (int p = 0; p < _patches; p++)
                {
                    channels[(c * _patches) + p] = pixels[(p * Output.Channels) + c];
                }
            }
        }

        private ReadOnlySpan<float> ToPixels(ReadOnlySpan<float> dy)
        {
            Span<float> pixels = _pixels.Room(dy.Length);
            for (int at = 0; at < dy.Length; at += Output.Size)
            {
                for (int p = 0; p < _patches; p++)
                {
                    for (int c = 0; c < Output.Channels; c++)
                    {
                        pixels[at + (p * Output.Channels) + c] = dy[at + (c * _patches) + p];
                    }
                }
            }

            return pixels;
        }
    }
}
