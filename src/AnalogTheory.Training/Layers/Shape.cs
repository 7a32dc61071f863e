using System;
using System.Globalization;

namespace AnalogTheory.Training.Layers;

/// <summary>Shape of what one sample is between two layers: channels of images. A vector is as many channels of one pixel.</summary>
/// <param name="Channels">Number of channels, at least 1.</param>
/// <param name="Height">Rows of pixels, at least 1.</param>
/// <param name="Width">Columns of pixels, at least 1.</param>
public readonly record struct Shape(int Channels, int Height, int Width)
{
    /// <summary>Numbers a sample has; they stand channel after channel, row after row.</summary>
    public int Size => Channels * Height * Width;

    /// <summary>A vector.</summary>
    /// <param name="length">Number of numbers.</param>
    /// <returns>The shape.</returns>
    public static Shape Vector(int length) => new(length, 1, 1);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Channels}×{Height}×{Width}");

    internal Shape Require(string name) =>
        Channels >= 1 && Height >= 1 && Width >= 1 && (long)Channels * Height * Width < 1 << 24
            ? this
            : throw new ArgumentException($"Expected at least one number a sample and fewer than 2^24, got {this}.", name);
}
