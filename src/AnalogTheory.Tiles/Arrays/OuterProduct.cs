using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>The exact rank-1 update.</summary>
internal static class OuterProduct
{
    /// <summary>W ← W − α·d·xᵀ.</summary>
    internal static void Add(Grid weights, Part x, Part d, double learningRate)
    {
        for (int i = 0; i < d.Values.Length; i++)
        {
            AddRow(weights.Row(d.First + i).Slice(x.First, x.Values.Length), x.Values, (float)(-learningRate * d.Values[i]));
        }
    }

    /// <summary>A row of W ← W + scale·Σ dₙ·xₙᵀ: a row stays in the nearest cache for all samples, and sees them in their order.</summary>
    /// <param name="row">Row <paramref name="output"/>, one number an input.</param>
    /// <param name="output">Number of the row.</param>
    /// <param name="outputs">Numbers of d a sample.</param>
    /// <param name="x">x of all samples, one after the other.</param>
    /// <param name="d">d of all samples, one after the other.</param>
    /// <param name="scale">Factor of all samples.</param>
    internal static void AddSamples(Span<float> row, int output, int outputs, ReadOnlySpan<float> x, ReadOnlySpan<float> d, double scale)
    {
        for (int n = 0; n < d.Length / outputs; n++)
        {
            AddRow(row, x.Slice(n * row.Length, row.Length), (float)(scale * d[(n * outputs) + output]));
        }
    }

    /// <summary>row ← row + factor·x, each element by one fused multiply-add, so that its bits depend on no vector width.</summary>
    internal static void AddRow(Span<float> row, ReadOnlySpan<float> x, float factor)
    {
        ref float w = ref MemoryMarshal.GetReference(row);
        ref float v = ref MemoryMarshal.GetReference(x);
        int j = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> factors = Vector512.Create(factor);
            for (; j + Vector512<float>.Count <= row.Length; j += Vector512<float>.Count)
            {
                Vector512
                    .FusedMultiplyAdd(factors, Vector512.LoadUnsafe(ref v, (nuint)j), Vector512.LoadUnsafe(ref w, (nuint)j))
                    .StoreUnsafe(ref w, (nuint)j);
            }
        }

        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> factors = Vector256.Create(factor);
            for (; j + Vector256<float>.Count <= row.Length; j += Vector256<float>.Count)
            {
                Vector256
                    .FusedMultiplyAdd(factors, Vector256.LoadUnsafe(ref v, (nuint)j), Vector256.LoadUnsafe(ref w, (nuint)j))
                    .StoreUnsafe(ref w, (nuint)j);
            }
        }

        for (; j < row.Length; j++)
        {
            ref float at = ref Unsafe.Add(ref w, j);
            at = MathF.FusedMultiplyAdd(factor, Unsafe.Add(ref v, j), at);
        }
    }
}
