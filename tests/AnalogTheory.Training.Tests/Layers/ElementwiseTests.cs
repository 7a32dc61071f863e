using System;
using AnalogTheory.Training.Layers;
using Xunit;

namespace AnalogTheory.Training.Tests.Layers;

/// <summary>Functions over many numbers against the numbers one by one, with lengths that leave a rest.</summary>
public class ElementwiseTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 9)]
    [InlineData(4, 8)]
    [InlineData(7, 5)]
    [InlineData(64, 16)]
    public void Columns_become_rows(int rows, int columns)
    {
        float[] from = Numbers.Between(rows * columns, 5, -1.0, 1.0);
        float[] expected = new float[from.Length];
        for (int i = 0; i < from.Length; i++)
        {
            expected[(i % columns * rows) + (i / columns)] = from[i];
        }

        float[] to = new float[from.Length];
        Elementwise.Transpose(from, columns, to);
        Assert.Equal(expected, to);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(37)]
    public void Sums_and_products_are_those_of_single_numbers(int length)
    {
        const int Vectors = 3;
        float[] factors = Numbers.Between(length, 6, -1.0, 1.0),
            one = Numbers.Between(length, 10, -1.0, 1.0),
            from = Numbers.Between(Vectors * length, 7, -1.0, 1.0),
            to = Numbers.Between(Vectors * length, 8, -1.0, 1.0),
            raw = Numbers.Between(Vectors * length, 9, -2.0, 2.0);
        (raw[3], raw[4], raw[5], raw[6]) = (1f, -1f, float.NaN, MathF.BitDecrement(1f));
        float[] added = [.. to],
            onto = [.. to],
            ontoOne = [.. to],
            within = [.. to],
            sigmoid = [.. to],
            tanh = [.. to];
        Elementwise.LogisticGradient(to, raw, sigmoid, isTanh: false);
        Elementwise.LogisticGradient(to, raw, tanh, isTanh: true);
        Elementwise.Add(from, added);
        Elementwise.MultiplyAdd(factors, from, onto, onto);
        Elementwise.MultiplyAdd(factors, from, one, ontoOne);
        Elementwise.MultiplyWithin(factors, from, raw, 1f, within);
        for (int i = 0; i < to.Length; i++)
        {
            float factor = factors[i % length];
            Assert.Equal(to[i] + from[i], added[i]);
            Assert.Equal(MathF.FusedMultiplyAdd(factor, from[i], to[i]), onto[i]);
            Assert.Equal(MathF.FusedMultiplyAdd(factor, from[i], one[i % length]), ontoOne[i]);
            Assert.Equal(raw[i] * (to[i] * (1f - to[i])), sigmoid[i]);
            Assert.Equal(raw[i] * (1f - (to[i] * to[i])), tanh[i]);
            Assert.Equal(Math.Abs(raw[i]) >= 1f ? 0f : factor * from[i], within[i]);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(19)]
    public void Vectors_are_added_up_in_their_order(int length)
    {
        // Large and small numbers, so that another order gives another sum.
        float[] from = Array.ConvertAll(Numbers.Between(7 * length, 11, -40.0, 40.0), MathF.Exp),
            by = Numbers.Between(7 * length, 12, -1.0, 1.0);
        double[] sums = new double[length],
            products = new double[length],
            expectedSums = new double[length],
            expectedProducts = new double[length];
        for (int i = 0; i < from.Length; i++)
        {
            expectedSums[i % length] += from[i];
            expectedProducts[i % length] += (double)from[i] * by[i];
        }

        Elementwise.AddUp(from, [], sums);
        Elementwise.AddUp(from, by, products);
        Assert.Equal(expectedSums, sums);
        Assert.Equal(expectedProducts, products);
    }

    [Theory]
    [InlineData(false, new[] { 9f, 4f, 8f, -1f })]
    [InlineData(true, new[] { 4f, 2.5f, 2f, -4f })]
    public void A_square_becomes_its_largest_pixel_or_its_mean(bool takesMean, float[] expected)
    {
        float[] lines = [1f, 9f, 2f, 2f, 3f, 3f, 2f, 4f, 8f, 0f, -5f, -1f, 0f, 0f, -3f, -7f];
        float[] image = [.. lines, 99f, 99f, 99f, 99f];
        float[] pooled = new float[4];
        Layer layer = new Pooling(2, takesMean).Build(new Shape(1, 5, 4), 1);
        layer.Forward(layer.Init(), 1, image, pooled, []);
        Assert.Equal(expected, pooled);
    }
}
