using System;
using AnalogTheory.Kernels.Elementary;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>What does not fit an array is refused by name, before anything changes.</summary>
internal static class Shapes
{
    /// <summary>Most inputs or outputs of an array.</summary>
    internal const int LargestSide = 1 << 14;

    internal static void RequireState(IWeightArray array, ArrayState state)
    {
        if (state.Weights.Rows != array.Outputs || state.Weights.Columns != array.Inputs)
        {
            throw new ArgumentException(
                $"Expected a state of {array.Outputs} outputs and {array.Inputs} inputs, got one of {state.Weights.Rows} and {state.Weights.Columns}.",
                nameof(state)
            );
        }
    }

    internal static void RequireCount(int count, string name)
    {
        if (count is < 1 or > LargestSide)
        {
            throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"Expected 1 … {LargestSide}, got {count}."));
        }
    }

    /// <summary>The number of samples of a mini-batch.</summary>
    internal static int Samples(int length, int perSample, string name)
    {
        if (length == 0 || length % perSample != 0)
        {
            throw new ArgumentException($"Expected {perSample} numbers for each of one or more samples, got {length}.", name);
        }

        return length / perSample;
    }

    /// <summary>A mini-batch and a learning rate, whole and finite; the number of its samples.</summary>
    internal static int RequireBatch(int inputs, int outputs, ReadOnlySpan<float> x, ReadOnlySpan<float> d, double learningRate)
    {
        int samples = Samples(x.Length, inputs, nameof(x));
        RequireLength(d.Length, samples * outputs, nameof(d));
        RequireFinite(x, nameof(x));
        RequireFinite(d, nameof(d));
        RequireFinite(learningRate, nameof(learningRate));
        return samples;
    }

    internal static void RequireLength(int length, int expected, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"Expected {expected} numbers, got {length}.", name);
        }
    }

    internal static void RequireIndex(int index, int count, string name)
    {
        if (index < 0 || index >= count)
        {
            throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"Expected 0 … {count - 1}, got {index}."));
        }
    }

    internal static void RequireFinite(double value, string name)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException(FormattableString.Invariant($"Expected a finite number, got {value}."), name);
        }
    }

    internal static void RequireFinite(ReadOnlySpan<float> values, string name)
    {
        if (!Finite.All(values))
        {
            int i = 0;
            while (float.IsFinite(values[i]))
            {
                i++;
            }

            throw new ArgumentException(FormattableString.Invariant($"Expected finite numbers, got {values[i]} at {i}."), name);
        }
    }
}
