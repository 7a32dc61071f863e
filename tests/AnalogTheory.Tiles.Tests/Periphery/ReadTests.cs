using System;
using System.Linq;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Periphery;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Periphery;

/// <summary>Reads against their definitions.</summary>
public class ReadTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 17, 1)]
    [InlineData(9, 40, 5)]
    [InlineData(21, 150, 10)]
    [InlineData(10, 200, 7)]
    [InlineData(3, 4, 19)]
    [InlineData(4, 4, 18)]
    [InlineData(16, 25, 64)]
    [InlineData(21, 16, 33)]
    [InlineData(37, 41, 43)]
    public void A_product_is_its_definition_at_every_width_and_in_every_batch(int rows, int columns, int samples)
    {
        Grid weights = new(rows, columns);
        weights.Load(Normals(1, rows * columns));
        float[] x = Normals(2, samples * columns);
        float[] d = Normals(3, samples * rows);
        float[] forward = new float[samples * rows];
        float[] backward = new float[samples * columns];
        for (int n = 0; n < samples; n++)
        {
            for (int i = 0; i < rows; i++)
            {
                forward[(n * rows) + i] = InSixteenParts(weights.Row(i), x.AsSpan(n * columns, columns));
                for (int j = 0; j < columns; j++)
                {
                    ref float sum = ref backward[(n * columns) + j];
                    sum = MathF.FusedMultiplyAdd(weights[i, j], d[(n * rows) + i], sum);
                }
            }
        }

        Assert.Equal(forward, Output(forward.Length, y => MatrixProduct.Forward<Lanes512Single>(weights, x, y, samples)));
        Assert.Equal(forward, Output(forward.Length, y => MatrixProduct.Forward<Lanes256Single>(weights, x, y, samples)));
        Assert.Equal(forward, Output(forward.Length, y => MatrixProduct.Forward<ScalarSingle>(weights, x, y, samples)));
        Assert.Equal(backward, Output(backward.Length, y => MatrixProduct.Backward<Lanes512Single>(weights, d, y, samples)));
        Assert.Equal(backward, Output(backward.Length, y => MatrixProduct.Backward<Lanes256Single>(weights, d, y, samples)));
        Assert.Equal(backward, Output(backward.Length, y => MatrixProduct.Backward<ScalarSingle>(weights, d, y, samples)));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(25)]
    [InlineData(32)]
    public void A_product_has_the_same_zeros_in_a_large_batch(int columns)
    {
        // Every product is below half of the least number: its sum is −0, unless the zeros of a padded row come after it.
        const int Rows = 5,
            Samples = 40;
        Grid weights = new(Rows, columns);
        weights.Load(Enumerable.Repeat(1e-30f, Rows * columns).ToArray());
        float[] x = Enumerable.Repeat(-1e-30f, Samples * columns).ToArray();
        float[] one = Output(Rows, y => MatrixProduct.Forward<ScalarSingle>(weights, x.AsSpan(0, columns), y, 1));
        Assert.All(one, zero => Assert.Equal(columns % Grid.Line == 0, float.IsNegative(zero)));
        int[] expected = [.. Enumerable.Range(0, Samples).SelectMany(_ => one).Select(BitConverter.SingleToInt32Bits)];
        float[] large = Output(Rows * Samples, y => MatrixProduct.Forward<Lanes512Single>(weights, x, y, Samples));
        float[] medium = Output(Rows * Samples, y => MatrixProduct.Forward<Lanes256Single>(weights, x, y, Samples));
        Assert.Equal(expected, Array.ConvertAll(large, BitConverter.SingleToInt32Bits));
        Assert.Equal(expected, Array.ConvertAll(medium, BitConverter.SingleToInt32Bits));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void A_sample_without_numbers_leaves_the_others_as_they_are(int samples)
    {
        const int Rows = 20,
            Columns = 25;
        Grid weights = new(Rows, Columns);
        weights.Load(Normals(5, Rows * Columns));
        float[] x = Normals(6, samples * Columns);
        float[] all = Output(Rows * samples, y => MatrixProduct.Forward(weights, x, y, samples));
        x.AsSpan(Columns, Columns).Fill(float.NaN);
        float[] spoilt = Output(Rows * samples, y => MatrixProduct.Forward(weights, x, y, samples));
        Assert.All(spoilt[Rows..(2 * Rows)], y => Assert.True(float.IsNaN(y)));
        Assert.Equal([.. all[..Rows], .. all[(2 * Rows)..]], [.. spoilt[..Rows], .. spoilt[(2 * Rows)..]]);
    }

    [Fact]
    public void A_column_is_the_one_hot_read_with_managements_off()
    {
        // Input 1 is 63 steps, so no rounding: the column's number plus noise, to the nearest of the output's steps.
        IdealArray array = new(30, 40) { TransferPeriphery = PeripherySettings.Default };
        ArrayState state = array.Init();
        array.Set(state, 1, Normals(4, 1200));
        float[] column = new float[30];
        array.ReadColumn(state, 5, 7, column);
        float[] normals = new float[30];
        Gaussian.Fill(5, Purpose.ReadNoise, 0x8000_0000 + 7, normals);
        const float Step = 24.0f / 510.0f;
        for (int i = 0; i < 30; i++)
        {
            float read = MathF.FusedMultiplyAdd(0.06f, normals[i], state.Weights[i, 7]);
            Assert.Equal(Step * MathF.Round(read / Step), column[i], 1e-6);
        }
    }

    [Fact]
    public void Bound_management_halves_the_input_until_it_fits_and_no_further_than_the_steps_allow()
    {
        // y = 100 needs ρ = 16 to come below 12; y = 1000 still saturates there, since 16 > 0.25·63.
        PeripherySettings periphery = PeripherySettings.Default with
        {
            OutputNoise = 0.0,
        };
        IdealArray array = new(2, 1) { ForwardPeriphery = periphery };
        ArrayState state = array.Init();
        float[] y = new float[2];
        array.Set(state, 1, [100.0f, 1.0f]);
        array.Forward(state, 1, [1.0f], y);

        // 1/16 is 4 of 63 steps (3.9375, rounded), and 100·4/63 = 6.349 is 135 steps of 24/510.
        Assert.Equal(16.0f * 135.0f * 24.0f / 510.0f, y[0], 1e-3);
        array.Set(state, 1, [1000.0f, 1.0f]);
        array.Forward(state, 1, [1.0f], y);
        Assert.Equal(16.0f * 12.0f, y[0], 1e-3);
        array.Backward(state, 1, [1.0f, 0.0f], y.AsSpan(0, 1));
        Assert.Equal(1000.0f, y[0], 1e-3);

        // Up to a factor of 4 it doubles once more, to 8, where 100/8 still saturates.
        IdealArray limited = new(1, 1)
        {
            ForwardPeriphery = periphery with { LargestBoundFactor = 4, InputResolution = 0.0, OutputResolution = 0.0 },
        };
        ArrayState one = limited.Init();
        limited.Set(one, 1, [100.0f]);
        limited.Forward(one, 1, [1.0f], y.AsSpan(0, 1));
        Assert.Equal(8.0f * 12.0f, y[0], 1e-3);
    }

    [Fact]
    public void Sums_of_either_sign_scale_the_input_and_a_threshold_clips_it()
    {
        // A hundred inputs of 1 need .6·100/12 = 5 times more room than the largest of them: 1/5 is 12.6 of 63 steps.
        PeripherySettings sums = PeripherySettings.Default with
        {
            OutputNoise = 0.0,
            NoiseManagement = NoiseManagement.LargestMagnitudeOrSum,
        };
        float[] ones = [.. Enumerable.Repeat(1.0f, 100)];
        float up = Read(sums, [.. ones]);
        Assert.Equal(-up, Read(sums, [.. ones.Select(x => -x)]));
        Assert.Equal(5.0 * 100.0 * 0.1 * 13.0 / 63.0, up, 5.0 * 12.0 / 510.0);

        // Scaled by .5, an input of 1 is 2, which the converter clips to 1.
        PeripherySettings threshold = PeripherySettings.Default with
        {
            OutputNoise = 0.0,
            NoiseManagementThreshold = 0.5,
        };
        Assert.Equal(0.5 * 0.1, Read(threshold, [1.0f]), 0.5 * 12.0 / 510.0);

        static float Read(PeripherySettings periphery, float[] x)
        {
            IdealArray array = new(1, x.Length) { ForwardPeriphery = periphery };
            ArrayState state = array.Init();
            array.Set(state, 1, [.. x.Select(_ => 0.1f)]);
            float[] y = new float[1];
            array.Forward(state, 1, x, y);
            return y[0];
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(40)]
    public void A_converter_rounds_ties_to_even_and_clips(int count)
    {
        float[] values = [.. Enumerable.Range(0, count).Select(i => (i % 6) - 2.5f)];
        float[] expected = [.. values.Select(v => MathF.Max(-2.0f, MathF.Min(2.0f, MathF.Round(v))))];
        Converter.Convert(values, 1.0f, 2.0f, []);
        Assert.Equal(expected, values);
    }

    [Fact]
    public void Rounding_at_random_keeps_the_mean_and_a_bound_may_be_tested_on_one_side_only()
    {
        float[] values = [.. Enumerable.Repeat(0.3f, 1000)];
        Converter.Convert(values, 1.0f, 0.0f, [.. Enumerable.Range(0, 1000).Select(k => (k + 0.5) / 1000.0)]);
        Assert.Equal(0.3, values.Average(), 1e-3);
        Assert.False(Converter.Exceeds([0.5f, -2.0f], 1.0f, alsoNegative: false));
        Assert.True(Converter.Exceeds([0.5f, -2.0f], 1.0f, alsoNegative: true));
        Assert.True(Converter.Exceeds([2.0f, -0.5f], 1.0f, alsoNegative: false));
    }

    [Fact]
    public void Nothing_in_gives_nothing_out()
    {
        IdealArray array = new(3, 4) { ForwardPeriphery = PeripherySettings.Default };
        float[] y = [1.0f, 2.0f, 3.0f];
        array.Forward(array.Init(), 1, new float[4], y);
        Assert.Equal(new float[3], y);
    }

    [Fact]
    public void Samples_of_a_batch_read_as_they_would_alone_but_with_noise_of_their_own()
    {
        IdealArray array = new(20, 30) { ForwardPeriphery = PeripherySettings.Default };
        ArrayState state = array.Init();
        array.Set(state, 1, Normals(5, 600));
        float[] x = Normals(6, 30);
        float[] batch = new float[60];
        float[] alone = new float[20];
        array.Forward(state, 9, [.. x, .. x, .. x], batch);
        array.Forward(state, 9, x, alone);
        Assert.Equal(alone, batch[..20]);
        Assert.NotEqual(alone, batch[20..40]);
        Assert.NotEqual(batch[20..40], batch[40..]);
    }

    private static float[] Output(int length, Action<float[]> fill)
    {
        float[] output = new float[length];
        fill(output);
        return output;
    }

    private static float[] Normals(uint replica, int count)
    {
        float[] normals = new float[count];
        Gaussian.Fill(77, Purpose.General, replica, normals);
        return normals;
    }

    private static float InSixteenParts(ReadOnlySpan<float> w, ReadOnlySpan<float> x)
    {
        float[] parts = new float[16];
        for (int j = 0; j < w.Length; j++)
        {
            parts[j % 16] = MathF.FusedMultiplyAdd(w[j], x[j], parts[j % 16]);
        }

        for (int apart = 8; apart > 0; apart /= 2)
        {
            parts = [.. Enumerable.Range(0, apart).Select(k => parts[k] + parts[k + apart])];
        }

        return parts[0];
    }
}
