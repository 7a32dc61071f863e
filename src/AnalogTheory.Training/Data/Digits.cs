using System;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Training.Layers;

namespace AnalogTheory.Training.Data;

/// <summary>Digits drawn by the program, 28×28 like MNIST: strokes, each image placed, sheared, scaled and thickened at random. Needs no file.</summary>
/// <remarks>A function of its arguments, the same bits everywhere: only exact operations and the square root are used.</remarks>
public static class Digits
{
    private const int Side = 28;

    // Ten classes: strokes as polylines on a grid of 4 × 6, x to the right and y down; −1 lifts the pen.
    private static readonly sbyte[][] s_strokes =
    [
        [1, 0, 3, 0, 4, 1, 4, 5, 3, 6, 1, 6, 0, 5, 0, 1, 1, 0],
        [1, 1, 2, 0, 2, 6, -1, -1, 1, 6, 3, 6],
        [0, 1, 1, 0, 3, 0, 4, 1, 4, 2, 0, 6, 4, 6],
        [0, 0, 4, 0, 2, 2, 3, 2, 4, 3, 4, 5, 3, 6, 1, 6, 0, 5],
        [3, 6, 3, 0, 0, 4, 4, 4],
        [4, 0, 0, 0, 0, 3, 3, 3, 4, 4, 4, 5, 3, 6, 0, 6],
        [3, 0, 1, 1, 0, 3, 0, 5, 1, 6, 3, 6, 4, 5, 4, 4, 3, 3, 1, 3, 0, 4],
        [0, 0, 4, 0, 2, 3, 1, 6],
        [1, 0, 3, 0, 4, 1, 3, 3, 1, 3, 0, 1, 1, 0, -1, -1, 1, 3, 0, 5, 1, 6, 3, 6, 4, 5, 3, 3],
        [4, 2, 3, 3, 1, 3, 0, 2, 0, 1, 1, 0, 3, 0, 4, 1, 4, 3, 3, 5, 1, 6],
    ];

    /// <summary>Images, the classes in turn.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="key">64-bit key.</param>
    /// <returns>The set.</returns>
    public static DataSet Draw(int count, ulong key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        byte[] pixels = new byte[count * Side * Side];
        byte[] labels = new byte[count];
        for (int n = 0; n < count; n++)
        {
            labels[n] = (byte)(n % 10);
            Draw(labels[n], Keys.Fold(key, (ulong)n), pixels.AsSpan(n * Side * Side, Side * Side));
        }

        return new(new Shape(1, Side, Side), 10, pixels, labels);
    }

    /// <summary>The set that <c>digits</c> names: 6000 images to train on and 1000 to test with.</summary>
    public static DataPair Standard { get; } = new("digits", Draw(6000, 1), Draw(1000, 2));

    private static void Draw(int digit, ulong key, Span<byte> image)
    {
        Span<double> u = stackalloc double[12];
        Uniform.Fill(key, Purpose.General, 0, u);

        // Pixels = centre + matrix·(grid − middle): scales of 2.4 … 3.4 pixels a unit, shear and slant, a shift of up to 2 pixels.
        double a = 2.8 + (0.9 * (u[0] - 0.5)),
            d = 2.9 + (0.8 * (u[1] - 0.5));
        double b = -0.35 + (1.2 * (u[2] - 0.5)),
            c = 0.8 * (u[3] - 0.5);
        double x0 = 13.5 + (4.0 * (u[4] - 0.5)),
            y0 = 13.5 + (4.0 * (u[5] - 0.5));
        double radius = 0.9 + (0.9 * u[6]);
        double ink = 200.0 + (55.0 * u[7]);
        Span<double> room = stackalloc double[Side * Side];
        room.Fill(double.PositiveInfinity);
        ReadOnlySpan<sbyte> strokes = s_strokes[digit];
        for (int p = 0; p + 3 < strokes.Length; p += 2)
        {
            if (strokes[p] < 0 || strokes[p + 2] < 0)
            {
                continue;
            }

            (double ax, double ay) = At(strokes[p], strokes[p + 1]);
            (double bx, double by) = At(strokes[p + 2], strokes[p + 3]);
            Distance(ax, ay, bx, by, room);
        }

        for (int at = 0; at < image.Length; at++)
        {
            // Ink fades over one pixel around the stroke's edge.
            double share = Math.Clamp(radius + 0.5 - Math.Sqrt(room[at]), 0.0, 1.0);
            image[at] = (byte)(share * ink);
        }

        (double X, double Y) At(double x, double y) => (x0 + (a * (x - 2.0)) + (b * (y - 3.0)), y0 + (c * (x - 2.0)) + (d * (y - 3.0)));
    }

    // Least squared distance of every pixel from a segment so far.
    private static void Distance(double ax, double ay, double bx, double by, Span<double> least)
    {
        double dx = bx - ax,
            dy = by - ay;
        double length = (dx * dx) + (dy * dy);
        for (int at = 0; at < least.Length; at++)
        {
            double px = (at % Side) - ax,
                py = (at / Side) - ay;
            double t = Math.Clamp(((px * dx) + (py * dy)) / length, 0.0, 1.0);
            double ex = px - (t * dx),
                ey = py - (t * dy);
            least[at] = Math.Min(least[at], (ex * ex) + (ey * ey));
        }
    }
}
