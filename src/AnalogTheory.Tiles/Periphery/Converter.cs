using System;

namespace AnalogTheory.Tiles.Periphery;

/// <summary>From numbers to multiples of a step, within a bound.</summary>
internal static class Converter
{
    /// <summary>Rounds to the nearest step, ties to even, or up or down at random; then clips.</summary>
    /// <param name="values">Converted in place.</param>
    /// <param name="step">Step; 0 for none.</param>
    /// <param name="bound">Bound; 0 for none.</param>
    /// <param name="uniforms">One for each number for rounding at random; else empty.</param>
    internal static void Convert(Span<float> values, float step, float bound, ReadOnlySpan<double> uniforms)
    {
        float limit = bound > 0.0f ? bound : float.PositiveInfinity;
        if (step > 0.0f && uniforms.IsEmpty)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = Math.Clamp(step * MathF.Round(values[i] / step), -limit, limit);
            }
        }
        else if (step > 0.0f)
        {
            for (int i = 0; i < values.Length; i++)
            {
                float moved = (values[i] / step) + (float)(uniforms[i] - 0.5);
                values[i] = Math.Clamp(step * MathF.Round(moved), -limit, limit);
            }
        }
        else if (bound > 0.0f)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = Math.Clamp(values[i], -limit, limit);
            }
        }
    }

    /// <summary>Whether a number is beyond the bound.</summary>
    internal static bool Exceeds(ReadOnlySpan<float> values, float bound, bool alsoNegative)
    {
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
