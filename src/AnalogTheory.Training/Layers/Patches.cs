using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AnalogTheory.Training.Layers;

/// <summary>The patches of images as vectors, channel after channel and line after line: unfolded from the images, and gradients folded back onto the pixels.</summary>
/// <remarks>
/// A line of a patch is copied eight numbers at a time. What is too much of a line lies where the next one will be, or in the room behind the last one.
/// </remarks>
/// <param name="input">Shape of an image.</param>
/// <param name="output">Shape of what has a pixel for every patch.</param>
/// <param name="settings">Side of a patch, stride and padding.</param>
internal sealed class Patches(Shape input, Shape output, Convolution settings)
{
    private const int Eight = 8;

    private readonly Scratch _frame = new();
    private readonly Scratch _patches = new();
    private readonly int[] _lines = Lines(Framed(input, settings), settings.Kernel);

    // An image with its padding.
    private readonly Shape _framed = Framed(input, settings);

    // Which of the last eight numbers of a line belong to it.
    private readonly Vector256<float> _last = Vector256
        .GreaterThan(Vector256.Create(((settings.Kernel - 1) % Eight) + 1), Vector256<int>.Indices)
        .AsSingle();

    /// <summary>Patches of an image.</summary>
    internal int Count { get; } = output.Height * output.Width;

    /// <summary>Numbers of a patch.</summary>
    internal int Length { get; } = input.Channels * settings.Kernel * settings.Kernel;

    /// <summary>Room for the patches of some images, the same for as many.</summary>
    /// <param name="images">Number of images.</param>
    internal Span<float> Room(int images)
    {
        int length = images * Count * Length;
        return _patches.Room(length + Eight)[..length];
    }

    /// <summary>The patches of all images, in <see cref="Room"/>.</summary>
    /// <param name="images">Images, one after the other.</param>
    internal ReadOnlySpan<float> Unfold(ReadOnlySpan<float> images)
    {
        int count = images.Length / input.Size;
        Span<float> patches = Room(count);
        Span<float> frame = EmptyFrame();
        for (int n = 0; n < count; n++)
        {
            ReadOnlySpan<float> image = images.Slice(n * input.Size, input.Size);
            for (int line = 0; line < ImageLines; line++)
            {
                image.Slice(line * LineLength, LineLength).CopyTo(frame[InFrame(line)..]);
            }

            Unfold(ref MemoryMarshal.GetReference(frame), ref patches[n * Count * Length]);
        }

        return patches;
    }

    /// <summary>Adds up the gradients of a pixel in all patches that it is part of, which are in <see cref="Room"/>, patch after patch.</summary>
    /// <param name="images">Receives the gradients of the pixels of as many images.</param>
    internal void Fold(Span<float> images)
    {
        int count = images.Length / input.Size;
        Span<float> patches = Room(count);
        for (int n = 0; n < count; n++)
        {
            Span<float> frame = EmptyFrame();
            Fold(ref patches[n * Count * Length], ref MemoryMarshal.GetReference(frame));
            Span<float> image = images.Slice(n * input.Size, input.Size);
            for (int line = 0; line < ImageLines; line++)
            {
                frame.Slice(InFrame(line), LineLength).CopyTo(image[(line * LineLength)..]);
            }
        }
    }

    // Without padding the frame is the image, one long line.
    private int ImageLines => settings.Padding == 0 ? 1 : input.Channels * input.Height;

    private int LineLength => settings.Padding == 0 ? input.Size : input.Width;

    private int InFrame(int line)
    {
        int channel = line / input.Height,
            y = (line % input.Height) + settings.Padding;
        return settings.Padding == 0 ? 0 : (((channel * _framed.Height) + y) * _framed.Width) + settings.Padding;
    }

    private Span<float> EmptyFrame()
    {
        Span<float> frame = _frame.Room(_framed.Size + Eight);
        frame.Clear();
        return frame;
    }

    private void Unfold(ref float frame, ref float patches)
    {
        nint kernel = settings.Kernel,
            to = 0;
        for (int patch = 0; patch < Count; patch++)
        {
            nint corner = Corner(patch);
            foreach (int line in _lines)
            {
                for (nint l = 0; l < kernel; l += Eight)
                {
                    Vector256.LoadUnsafe(ref Unsafe.Add(ref frame, corner + line + l)).StoreUnsafe(ref Unsafe.Add(ref patches, to + l));
                }

                to += kernel;
            }
        }
    }

    private void Fold(ref float patches, ref float frame)
    {
        nint kernel = settings.Kernel,
            from = 0;
        for (int patch = 0; patch < Count; patch++)
        {
            nint corner = Corner(patch);
            foreach (int line in _lines)
            {
                for (nint l = 0; l < kernel; l += Eight)
                {
                    ref float sum = ref Unsafe.Add(ref frame, corner + line + l);
                    Vector256<float> some = Vector256.LoadUnsafe(ref Unsafe.Add(ref patches, from + l));
                    some = l + Eight < kernel ? some : some & _last;
                    (Vector256.LoadUnsafe(ref sum) + some).StoreUnsafe(ref sum);
                }

                from += kernel;
            }
        }
    }

    private int Corner(int patch)
    {
        (int row, int column) = Math.DivRem(patch, output.Width);
        return ((row * _framed.Width) + column) * settings.Stride;
    }

    private static Shape Framed(Shape input, Convolution settings) =>
        new(input.Channels, input.Height + (2 * settings.Padding), input.Width + (2 * settings.Padding));

    // Where the lines of the first patch begin in a frame.
    private static int[] Lines(Shape frame, int kernel) =>
        [
            .. from channel in Enumerable.Range(0, frame.Channels)
            from y in Enumerable.Range(0, kernel)
            select ((channel * frame.Height) + y) * frame.Width,
        ];
}
