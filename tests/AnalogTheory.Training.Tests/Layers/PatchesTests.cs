using System;
using AnalogTheory.Training.Layers;
using Xunit;

namespace AnalogTheory.Training.Tests.Layers;

/// <summary>Patches pixel by pixel, for lines that are shorter and longer than what is copied at a time.</summary>
public class PatchesTests
{
    private const int Images = 2;

    public static TheoryData<int, int, int> Settings =>
        new()
        {
            { 1, 1, 0 },
            { 3, 1, 1 },
            { 5, 1, 0 },
            { 5, 2, 2 },
            { 8, 1, 0 },
            { 8, 3, 1 },
            { 9, 1, 0 },
            { 9, 2, 4 },
            { 11, 1, 1 },
        };

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_patch_is_its_pixels_and_zeros_beyond_the_image(int kernel, int stride, int padding)
    {
        Case at = new(kernel, stride, padding);
        float[] images = Numbers.Between(Images * at.Input.Size, 3, -1.0, 1.0);
        float[] expected = new float[Images * at.Patches.Count * at.Patches.Length];
        at.ForEach((pixel, number) => expected[number] = images[pixel]);

        // Twice, since the room is used again, and once for fewer images in it.
        for (int round = 0; round < 2; round++)
        {
            Assert.Equal(expected, at.Patches.Unfold(images).ToArray());
            Assert.Equal(expected[..(expected.Length / Images)], at.Patches.Unfold(images.AsSpan(0, at.Input.Size)).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Gradients_of_a_pixel_are_added_patch_after_patch(int kernel, int stride, int padding)
    {
        Case at = new(kernel, stride, padding);
        Span<float> patches = at.Patches.Room(Images);
        Numbers.Between(patches.Length, 4, -1.0, 1.0).CopyTo(patches);
        float[] given = patches.ToArray();
        float[] expected = new float[Images * at.Input.Size];
        at.ForEach((pixel, number) => expected[pixel] += given[number]);
        float[] folded = new float[expected.Length];
        Array.Fill(folded, 7f);
        at.Patches.Fold(folded);
        Assert.Equal(expected, folded);
    }

    private sealed class Case
    {
        private readonly Shape _output;
        private readonly Convolution _settings;

        internal Case(int kernel, int stride, int padding)
        {
            _settings = new(1, kernel, Hardware.Digital) { Stride = stride, Padding = padding };
            _output = _settings.Build(Input, 1).Output;
            Patches = new(Input, _output, _settings);
        }

        internal Shape Input { get; } = new(3, 13, 12);

        internal Patches Patches { get; }

        /// <summary>Every number of every patch that is a pixel: where the pixel is, and where the number.</summary>
        internal void ForEach(Action<int, int> visit)
        {
            int side = _settings.Kernel;
            int[] sizes = [Images, _output.Height, _output.Width, Input.Channels, side, side];
            for (int number = 0; number < Images * Patches.Count * Patches.Length; number++)
            {
                int[] at = new int[sizes.Length];
                int left = number;
                for (int d = sizes.Length - 1; d >= 0; d--)
                {
                    (left, at[d]) = Math.DivRem(left, sizes[d]);
                }

                int y = (at[1] * _settings.Stride) - _settings.Padding + at[4],
                    x = (at[2] * _settings.Stride) - _settings.Padding + at[5];
                if (y >= 0 && y < Input.Height && x >= 0 && x < Input.Width)
                {
                    visit((((((at[0] * Input.Channels) + at[3]) * Input.Height) + y) * Input.Width) + x, number);
                }
            }
        }
    }
}
