using System;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Pulses;

namespace AnalogTheory.Tiles.Periphery;

/// <summary>Reads of an array's weights through a periphery.</summary>
internal static class NoisyRead
{
    /// <summary>Products of a mini-batch, forward or transposed: the first pass of all samples is one blocked product.</summary>
    /// <param name="settings">Periphery.</param>
    /// <param name="weights">Weights.</param>
    /// <param name="transposed">Whether inputs are the rows.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="inputs">Numbers of a mini-batch.</param>
    /// <param name="outputs">Receives the products.</param>
    /// <param name="samples">Number of samples.</param>
    internal static void Read(
        PeripherySettings settings,
        Grid weights,
        bool transposed,
        ulong key,
        ReadOnlySpan<float> inputs,
        Span<float> outputs,
        int samples
    )
    {
        if (settings.IsPerfect)
        {
            MatrixProduct.Of(weights, transposed, inputs, outputs, samples);
            return;
        }

        Workspace work = Workspace.OfThread;
        int length = inputs.Length / samples;
        int width = outputs.Length / samples;
        Span<float> scaled = work.ReadInputs.Room(inputs.Length);
        Span<float> scales = work.ReadScales.Room(samples);
        for (int n = 0; n < samples; n++)
        {
            ReadOnlySpan<float> x = inputs.Slice(n * length, length);
            scales[n] = Scale(settings, x);
            Convert(settings, x, scales[n], Draws(n), 0, scaled.Slice(n * length, length), work);
        }

        MatrixProduct.Of(weights, transposed, scaled, outputs, samples);
        for (int n = 0; n < samples; n++)
        {
            Span<float> x = scaled.Slice(n * length, length);
            Span<float> y = outputs.Slice(n * width, width);
            float factor = scales[n];
            if (factor <= 0.0f && settings.InputNoise == 0.0)
            {
                y.Clear();
                continue;
            }

            float rho = 1.0f;
            for (int round = 1; Finish(settings, weights, transposed, x, y, Draws(n), round - 1, work) && MayHalve(settings, rho); round++)
            {
                rho *= 2.0f;
                Convert(settings, inputs.Slice(n * length, length), factor * rho, Draws(n), round, x, work);
                MatrixProduct.Of(weights, transposed, x, y, 1);
            }

            float back = (float)(settings.OutputScale * (factor > 0.0f ? factor : 1.0f) * rho);
            Converter.Scale(y, back, divide: false, y);
        }

        ReadDraws Draws(int sample) => transposed ? ReadDraws.Backward(key, sample) : ReadDraws.Forward(key, sample);
    }

    /// <summary>One column, or one row, by a one-hot input.</summary>
    internal static void ReadOneHot(PeripherySettings settings, Grid weights, bool transposed, ulong key, int line, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = transposed ? weights[line, i] : weights[i, line];
        }

        if (settings.IsPerfect)
        {
            return;
        }

        Workspace work = Workspace.OfThread;
        Span<float> input = [1.0f];
        ReadDraws draws = (transposed ? ReadDraws.Backward(key, line) : ReadDraws.Forward(key, line)).AsOneHot;
        Convert(settings, [1.0f], 1.0f, draws, 0, input, work);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= input[0];
        }

        // As if the array were this line alone; bound management is off.
        Finish(settings, weights, transposed, input, values, draws, 0, work, line);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= (float)settings.OutputScale;
        }
    }

    private static float Scale(PeripherySettings settings, ReadOnlySpan<float> x)
    {
        float threshold = (float)settings.NoiseManagementThreshold;
        float magnitude = Converter.LargestMagnitude(x);
        float largest = 0.0f,
            positive = 0.0f,
            negative = 0.0f;

        switch (settings.NoiseManagement)
        {
            case NoiseManagement.None:
                return 1.0f;
            case NoiseManagement.Constant:
                return threshold > 0.0f ? threshold : 1.0f;
            case NoiseManagement.LargestValue:
                foreach (float value in x)
                {
                    largest = MathF.Max(largest, value);
                }

                magnitude = largest;
                break;
            case NoiseManagement.LargestMagnitudeOrSum:
                foreach (float value in x)
                {
                    positive += MathF.Max(value, 0.0f);
                    negative -= MathF.Min(value, 0.0f);
                }

                float sum = MathF.Max(positive, negative) * (float)(settings.AssumedLargestWeight / settings.OutputBound);
                magnitude = settings.OutputBound > 0.0 ? MathF.Max(magnitude, sum) : magnitude;
                break;
            case NoiseManagement.LargestMagnitude:
                break;
        }

        return threshold > 0.0f ? MathF.Min(magnitude, threshold) : magnitude;
    }

    private static void Convert(
        PeripherySettings settings,
        ReadOnlySpan<float> x,
        float scale,
        ReadDraws draws,
        int round,
        Span<float> scaled,
        Workspace work
    )
    {
        float divisor = scale > 0.0f ? scale : 1.0f;
        Converter.Scale(x, divisor, divide: true, scaled);

        Span<double> uniforms = default;
        if (settings.InputStochasticRounding)
        {
            uniforms = work.Uniforms.Room(x.Length);
            draws.InputUniforms(round, uniforms);
        }

        Converter.Convert(scaled, settings.InputStep, (float)settings.InputBound, uniforms);
        if (settings.InputNoise > 0.0)
        {
            Span<float> normals = work.ReadNoise.Room(x.Length);
            draws.InputNormals(round, normals);
            Converter.AddNoise(scaled, (float)settings.InputNoise, normals);
        }
    }

    private static bool MayHalve(PeripherySettings settings, float rho) =>
        settings.BoundManagement
        && rho <= settings.LargestBoundFactor
        && (settings.InputStep == 0.0f || rho <= settings.LargestBoundResolution / settings.InputStep);

    // Noise, converter and bound of the outputs; tells whether one exceeded the bound.
    private static bool Finish(
        PeripherySettings settings,
        Grid weights,
        bool transposed,
        ReadOnlySpan<float> x,
        Span<float> y,
        ReadDraws draws,
        int round,
        Workspace work,
        int line = -1
    )
    {
        if (settings.OutputNoise > 0.0 || settings.WeightNoiseKind != WeightNoise.None)
        {
            Span<float> normals = work.ReadNoise.Room(y.Length);
            draws.OutputNormals(round, normals);
            OutputNoise.Add(settings, weights, transposed, x, y, normals, line);
        }

        Span<double> uniforms = default;
        if (settings.OutputStochasticRounding)
        {
            uniforms = work.Uniforms.Room(y.Length);
            draws.OutputUniforms(round, uniforms);
        }

        float bound = (float)settings.OutputBound;
        bool exceeds = settings.BoundManagement && bound > 0.0f && Converter.Exceeds(y, bound, settings.TestsNegativeBound);
        Converter.Convert(y, settings.OutputStep, bound, uniforms);
        return exceeds;
    }
}
