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

    [Fact]
    public void Vector_widths_agree_bit_for_bit()
    {
        float[] x = Numbers.Between(1003, 8, -12.0, 12.0);
        foreach (bool isTanh in (bool[])[false, true])
        {
            float[] one = new float[x.Length],
                four = new float[x.Length],
                eight = new float[x.Length];
            Elementwise.Logistic<Kernels.Algebra.Scalar>(x, one, isTanh);
            Elementwise.Logistic<Kernels.Algebra.Lanes256>(x, four, isTanh);
            Elementwise.Logistic<Kernels.Algebra.Lanes512>(x, eight, isTanh);
            Assert.Equal(one, four);
            Assert.Equal(one, eight);
            for (int i = 0; i < x.Length; i++)
            {
                double exact = isTanh ? Math.Tanh(x[i]) : 1.0 / (1.0 + Math.Exp(-(double)x[i]));
                Assert.Equal((float)exact, one[i], 1e-7f);
            }
        }
    }
}
