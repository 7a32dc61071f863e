using System;
using System.Linq;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Pulses;

/// <summary>The exact rank-1 updates of a mini-batch, in blocks.</summary>
public class ExactUpdateTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 17, 2)]
    [InlineData(9, 40, 5)]
    [InlineData(22, 150, 10)]
    [InlineData(8, 64, 3)]
    public void A_mini_batch_is_its_samples_one_by_one_at_every_width(int rows, int columns, int samples)
    {
        float[] start = Normals(1, rows * columns);
        float[] x = Normals(2, samples * columns);
        float[] d = Normals(3, samples * rows);
        float[] expected = [.. start];
        for (int n = 0; n < samples; n++)
        {
            for (int e = 0; e < expected.Length; e++)
            {
                float factor = (float)(0.3 * d[(n * rows) + (e / columns)]);
                expected[e] = MathF.FusedMultiplyAdd(factor, x[(n * columns) + (e % columns)], expected[e]);
            }
        }

        Assert.Equal(expected, After(w => OuterProduct.AddSamples<Lanes512Single>(w, x, d, 0.3)));
        Assert.Equal(expected, After(w => OuterProduct.AddSamples<Lanes256Single>(w, x, d, 0.3)));
        Assert.Equal(expected, After(w => OuterProduct.AddSamples<ScalarSingle>(w, x, d, 0.3)));

        float[] After(Action<Grid> update)
        {
            Grid weights = new(rows, columns);
            weights.Load(start);
            update(weights);
            float[] after = new float[start.Length];
            weights.Store(after);
            return after;
        }
    }

    [Fact]
    public void Padding_stays_0_where_an_update_overflows()
    {
        // 0 times infinity is no number, and padding is read by every product.
        IdealArray array = new(5, 3);
        ArrayState state = array.Init();
        array.Update(state, 1, UpdateSettings.Default, new float[6], [.. Enumerable.Repeat(float.MaxValue, 10)], 1e10);
        for (int i = 0; i < 5; i++)
        {
            Assert.All(state.Weights.Values.Slice(i * 16, 16)[3..].ToArray(), padding => Assert.Equal(0.0f, padding));
        }
    }

    private static float[] Normals(uint replica, int count)
    {
        float[] normals = new float[count];
        Gaussian.Fill(1, Purpose.General, replica, normals);
        return normals;
    }
}
