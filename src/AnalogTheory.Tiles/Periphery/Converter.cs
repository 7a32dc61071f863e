using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AnalogTheory.Tiles.Periphery;

/// <summary>From numbers to multiples of a step, within a bound; and what else a periphery does number by number.</summary>
/// <remarks>Vectors of 512 bits where the rest allows it, numbers one by one for the remainder; the operations round alike in both.</remarks>
internal static class Converter
{
    /// <summary>The largest magnitude; 0 for none.</summary>
    internal static float LargestMagnitude(ReadOnlySpan<float> values)
    {
        ref float start = ref MemoryMarshal.GetReference(values);
        Vector512<float> most = Vector512<float>.Zero;
        int i = 0;
        for (; i + Vector512<float>.Count <= values.Length; i += Vector512<float>.Count)
        {
            most = Vector512.Max(most, Vector512.Abs(Vector512.LoadUnsafe(ref start, (nuint)i)));
        }

        float largest = 0.0f;
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
        {
            largest = MathF.Max(largest, most[lane]);
        }

        for (; i < values.Length; i++)
        {
            largest = MathF.Max(largest, MathF.Abs(values[i]));
        }

        return largest;
    }

    /// <summary>Each number divided, or multiplied, by one.</summary>
    internal static void Scale(ReadOnlySpan<float> values, float factor, bool divide, Span<float> scaled)
    {
        ref float from = ref MemoryMarshal.GetReference(values);
        ref float to = ref MemoryMarshal.GetReference(scaled[..values.Length]);
        Vector512<float> by = Vector512.Create(factor);
        int i = 0;
        for (; i + Vector512<float>.Count <= values.Length; i += Vector512<float>.Count)
        {
            Vector512<float> v = Vector512.LoadUnsafe(ref from, (nuint)i);
            (divide ? v / by : v * by).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            scaled[i] = divide ? values[i] / factor : values[i] * factor;
        }
    }

    /// <summary>Adds a normal number, times a deviation, to each.</summary>
    internal static void AddNoise(Span<float> values, float deviation, ReadOnlySpan<float> normals)
    {
        ref float start = ref MemoryMarshal.GetReference(values);
        ref float xi = ref MemoryMarshal.GetReference(normals[..values.Length]);
        Vector512<float> by = Vector512.Create(deviation);
        int i = 0;
        for (; i + Vector512<float>.Count <= values.Length; i += Vector512<float>.Count)
        {
            Vector512<float> v = Vector512.LoadUnsafe(ref start, (nuint)i);
            Vector512.FusedMultiplyAdd(by, Vector512.LoadUnsafe(ref xi, (nuint)i), v).StoreUnsafe(ref start, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            values[i] = MathF.FusedMultiplyAdd(deviation, normals[i], values[i]);
        }
    }

    /// <summary>Rounds to the nearest step, ties to even, or up or down at random; then clips.</summary>
    /// <param name="values">Converted in place.</param>
    /// <param name="step">Step; 0 for none.</param>
    /// <param name="bound">Bound; 0 for none.</param>
    /// <param name="uniforms">One for each number for rounding at random; else empty.</param>
    internal static void Convert(Span<float> values, float step, float bound, ReadOnlySpan<double> uniforms)
    {
        float limit = bound > 0.0f ? bound : float.PositiveInfinity;
        ref float start = ref MemoryMarshal.GetReference(values);
        Vector512<float> steps = Vector512.Create(step);
        Vector512<float> most = Vector512.Create(limit);
        int i = 0;
        for (; uniforms.IsEmpty && i + Vector512<float>.Count <= values.Length; i += Vector512<float>.Count)
        {
            Vector512<float> v = Vector512.LoadUnsafe(ref start, (nuint)i);
            v = step > 0.0f ? steps * Vector512.Round(v / steps, MidpointRounding.ToEven) : v;
            Vector512.Max(-most, Vector512.Min(most, v)).StoreUnsafe(ref start, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            float moved = values[i] / step;
            moved = uniforms.IsEmpty ? moved : moved + (float)(uniforms[i] - 0.5);
            float v = step > 0.0f ? step * MathF.Round(moved, MidpointRounding.ToEven) : values[i];
            values[i] = MathF.Max(-limit, MathF.Min(limit, v));
        }
    }

    /// <summary>Whether a number is beyond the bound.</summary>
    internal static bool Exceeds(ReadOnlySpan<float> values, float bound, bool alsoNegative)
    {
        if (LargestMagnitude(values) <= bound)
        {
            return false;
        }

        foreach (float value in values)
        {
            if (value > bound || (alsoNegative && value < -bound))
            {
                return true;
            }
        }

        return false;
    }
}
