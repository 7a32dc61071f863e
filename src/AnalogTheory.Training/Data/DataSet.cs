using System;
using System.Globalization;
using AnalogTheory.Training.Layers;

namespace AnalogTheory.Training.Data;

/// <summary>Labelled images of one size.</summary>
public sealed class DataSet
{
    private readonly byte[] _pixels;
    private readonly byte[] _labels;

    /// <summary>A set from its numbers.</summary>
    /// <param name="shape">Shape of an image.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="pixels">Images one after the other, 0 … 255.</param>
    /// <param name="labels">Class of every image, below <paramref name="classes"/>.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, or a label is no class.</exception>
    public DataSet(Shape shape, int classes, byte[] pixels, byte[] labels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Length == 0 || pixels.Length != (long)labels.Length * shape.Size)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected {shape.Size} pixels for each of {labels.Length} labels, got {pixels.Length}."
                ),
                nameof(pixels)
            );
        }

        int wrong = Array.FindIndex(labels, label => label >= classes);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected labels below {classes}, got {labels[wrong]} at image {wrong}."),
                nameof(labels)
            );
        }

        (Shape, Classes, _pixels, _labels) = (shape, classes, pixels, labels);
    }

    /// <summary>Shape of an image.</summary>
    public Shape Shape { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>Class of every image.</summary>
    public ReadOnlySpan<byte> Labels => _labels;

    /// <summary>All pixels, image after image, 0 … 255.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>Writes an image as numbers in [0, 1].</summary>
    /// <param name="index">Which image.</param>
    /// <param name="to">Receives as many numbers as an image has.</param>
    /// <returns>Its class.</returns>
    public byte Image(int index, Span<float> to)
    {
        ReadOnlySpan<byte> from = _pixels.AsSpan(index * Shape.Size, Shape.Size);
        for (int p = 0; p < from.Length; p++)
        {
            to[p] = from[p] / 255.0f;
        }

        return _labels[index];
    }

    /// <summary>The first images alone.</summary>
    /// <param name="count">How many, 1 … <see cref="Count"/>; more are all.</param>
    /// <returns>A set.</returns>
    public DataSet First(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count >= Count ? this : new(Shape, Classes, _pixels[..(count * Shape.Size)], _labels[..count]);
    }
}

/// <summary>Images to train on, and images to test with.</summary>
/// <param name="Name">What the data are called, such as "mnist".</param>
/// <param name="Train">Images to train on.</param>
/// <param name="Test">Images to test with.</param>
public sealed record DataPair(string Name, DataSet Train, DataSet Test);
