using System;
using AnalogTheory.Kernels.Sampling;

namespace AnalogTheory.Training.Runs;

/// <summary>The order in which an epoch sees its images.</summary>
internal static class Permutation
{
    /// <summary>A random order (Fisher and Yates), a function of the key.</summary>
    internal static int[] Of(int count, ulong key)
    {
        int[] order = new int[count];
        double[] uniforms = new double[count];
        Uniform.Fill(key, Purpose.General, 0, uniforms);
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)(uniforms[i] * (i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
