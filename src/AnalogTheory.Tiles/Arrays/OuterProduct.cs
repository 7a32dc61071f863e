using System;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>The exact rank-1 update.</summary>
internal static class OuterProduct
{
    /// <summary>W ← W − α·d·xᵀ.</summary>
    internal static void Add(Grid weights, Part x, Part d, double learningRate)
    {
        for (int i = 0; i < d.Values.Length; i++)
        {
            float factor = (float)(-learningRate * d.Values[i]);
            Span<float> row = weights.Row(d.First + i).Slice(x.First, x.Values.Length);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = MathF.FusedMultiplyAdd(factor, x.Values[j], row[j]);
            }
        }
    }
}
