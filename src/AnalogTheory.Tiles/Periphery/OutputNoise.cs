using System;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Periphery;

/// <summary>Noise of the outputs and of the weights: two normal numbers that nothing tells apart, so one is drawn with the joint deviation.</summary>
internal static class OutputNoise
{
    internal static void Add(
        PeripherySettings settings,
        Grid weights,
        bool transposed,
        ReadOnlySpan<float> x,
        Span<float> y,
        ReadOnlySpan<float> normals,
        int line
    )
    {
        double ofOutput = settings.OutputNoise * settings.OutputNoise;
        double ofWeights = settings.WeightNoise * settings.WeightNoise;
        if (settings.WeightNoiseKind == WeightNoise.RootOfWeight)
        {
            for (int i = 0; i < y.Length; i++)
            {
                float deviation = (float)Math.Sqrt(ofOutput + (ofWeights * WeightedSquares(weights, transposed, x, i, line)));
                y[i] = MathF.FusedMultiplyAdd(deviation, normals[i], y[i]);
            }

            return;
        }

        double variance = ofOutput;
        if (settings.WeightNoiseKind == WeightNoise.AdditiveConstant)
        {
            double squares = 0.0;
            foreach (float value in x)
            {
                squares += (double)value * value;
            }

            variance += ofWeights * squares;
        }

        float common = (float)Math.Sqrt(variance);
        Converter.AddNoise(y, common, normals);
    }

    // Σ|w|·x² of one output; the whole line, or its one element that a one-hot read has.
    private static double WeightedSquares(Grid weights, bool transposed, ReadOnlySpan<float> x, int output, int line)
    {
        double sum = 0.0;
        for (int j = 0; j < x.Length; j++)
        {
            int input = line >= 0 ? line : j;
            float w = transposed ? weights[input, output] : weights[output, input];
            sum += (double)MathF.Abs(w) * x[j] * x[j];
        }

        return sum;
    }
}
