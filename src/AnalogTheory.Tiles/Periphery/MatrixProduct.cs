using System;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Periphery;

/// <summary>Products of an array's weights with mini-batches, in single precision.</summary>
internal static class MatrixProduct
{
    internal static void Forward(Grid weights, ReadOnlySpan<float> x, Span<float> y, int samples)
    {
        for (int n = 0; n < samples; n++)
        {
            for (int i = 0; i < weights.Rows; i++)
            {
                float sum = 0.0f;
                for (int j = 0; j < weights.Columns; j++)
                {
                    sum = MathF.FusedMultiplyAdd(weights[i, j], x[(n * weights.Columns) + j], sum);
                }

                y[(n * weights.Rows) + i] = sum;
            }
        }
    }

    internal static void Backward(Grid weights, ReadOnlySpan<float> d, Span<float> x, int samples)
    {
        x.Clear();
        for (int n = 0; n < samples; n++)
        {
            for (int i = 0; i < weights.Rows; i++)
            {
                for (int j = 0; j < weights.Columns; j++)
                {
                    ref float sum = ref x[(n * weights.Columns) + j];
                    sum = MathF.FusedMultiplyAdd(weights[i, j], d[(n * weights.Rows) + i], sum);
                }
            }
        }
    }
}
