using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>How many pulses each element of a row receives, and how many elements receive any.</summary>
internal static class PulseCounts
{
    /// <summary>Counts of one row.</summary>
    /// <param name="update">Update.</param>
    /// <param name="row">Row, counted from the update's first.</param>
    /// <param name="counts">Receives a whole number for each column of the update.</param>
    /// <returns>Elements that receive a pulse, and all pulses.</returns>
    internal static (int Elements, long Pulses) Of<T>(PulsedUpdate update, int row, Span<float> counts)
        where T : struct, ILanesSingle<T>
    {
        switch (update.Type)
        {
            case PulseType.StochasticCompressed:
                return Coincidences<T>(update, row, counts);
            case PulseType.Stochastic:
                return SplitCoincidences<T>(update, row, counts);
            default:
                return Products(update, row, counts);
        }
    }

    private static (int Elements, long Pulses) Coincidences<T>(PulsedUpdate update, int row, Span<float> counts)
        where T : struct, ILanesSingle<T>
    {
        int words = BitTrains.Words(update.Plan.BitLength);
        ReadOnlySpan<uint> outputs = update.OutputWords;
        ref uint inputs = ref MemoryMarshal.GetReference(update.InputWords);
        ref float to = ref MemoryMarshal.GetReference(counts);
        if (words == 1)
        {
            uint word = outputs[row];
            return word == 0 ? default : Count<T>(word, ref inputs, ref to, counts.Length);
        }

        counts.Clear();
        uint any = 0;
        for (int k = 0; k < words; k++)
        {
            uint word = outputs[(k * update.Rows) + row];
            any |= word;
            if (word != 0)
            {
                Add<T>(T.Word(word), ref Unsafe.Add(ref inputs, k * counts.Length), ref to, counts.Length);
            }
        }

        return any == 0 ? default : Total(counts);
    }

    private static (int Elements, long Pulses) SplitCoincidences<T>(PulsedUpdate update, int row, Span<float> counts)
        where T : struct, ILanesSingle<T>
    {
        int words = BitTrains.Words(update.Plan.BitLength);
        ReadOnlySpan<uint> outputs = update.OutputWords;
        ref uint inputs = ref MemoryMarshal.GetReference(update.InputWords);
        ref float x = ref MemoryMarshal.GetReference(update.X);
        ref float to = ref MemoryMarshal.GetReference(counts);
        counts.Clear();
        for (int k = 0; k < words; k++)
        {
            T positive = T.Word(outputs[(k * update.Rows) + row]);
            T negative = T.Word(outputs[((words + k) * update.Rows) + row]);
            for (int c = 0; c < counts.Length; c += T.Count)
            {
                T train = T.SelectNonNegative(Lane.Load<T>(ref x, c), positive, negative);
                T bits = T.And(train, Lane.Load<T>(ref inputs, (k * counts.Length) + c));
                Lane.Store(Lane.Load<T>(ref to, c) + T.FromIntegers(Lane.PopCount(bits)), ref to, c);
            }
        }

        return Total(counts);
    }

    // round(BL·p_d·p_x), ties to even; in floats and in this order, so that a tie of the kit's is one here.
    private static (int Elements, long Pulses) Products(PulsedUpdate update, int row, Span<float> counts)
    {
        float length = update.Plan.BitLength;
        float p = (float)update.OutputProbabilities[row];
        ReadOnlySpan<double> inputs = update.InputProbabilities;
        if (update.Type == PulseType.MeanCount)
        {
            float rows = MathF.Round(length * p);
            for (int j = 0; j < counts.Length; j++)
            {
                counts[j] = MathF.Round(rows * MathF.Round(length * (float)inputs[j]) / length);
            }
        }
        else
        {
            for (int j = 0; j < counts.Length; j++)
            {
                counts[j] = MathF.Round(length * p * (float)inputs[j]);
            }
        }

        return Total(counts);
    }

    // One word a train: the common case, counted while it is hot.
    private static (int Elements, long Pulses) Count<T>(uint word, ref uint inputs, ref float to, int length)
        where T : struct, ILanesSingle<T>
    {
        T row = T.Word(word);
        T sum = T.Zero;
        int elements = 0;
        for (int c = 0; c < length; c += T.Count)
        {
            T bits = T.And(row, Lane.Load<T>(ref inputs, c));
            T count = T.FromIntegers(Lane.PopCount(bits));
            Lane.Store(count, ref to, c);
            elements += T.Count - BitOperations.PopCount(Lane.Signs(count - T.One));
            sum += count;
        }

        return (elements, Sum(sum));
    }

    private static void Add<T>(T row, ref uint inputs, ref float to, int length)
        where T : struct, ILanesSingle<T>
    {
        for (int c = 0; c < length; c += T.Count)
        {
            T bits = T.And(row, Lane.Load<T>(ref inputs, c));
            Lane.Store(Lane.Load<T>(ref to, c) + T.FromIntegers(Lane.PopCount(bits)), ref to, c);
        }
    }

    private static (int Elements, long Pulses) Total(ReadOnlySpan<float> counts)
    {
        int elements = 0;
        long pulses = 0;
        foreach (float count in counts)
        {
            elements += count > 0.0f ? 1 : 0;
            pulses += (long)count;
        }

        return (elements, pulses);
    }

    // Whole numbers: no order of adding them rounds.
    private static long Sum<T>(T lanes)
        where T : struct, ILanesSingle<T>
    {
        float sum = 0.0f;
        for (int lane = 0; lane < T.Count; lane++)
        {
            sum += Unsafe.Add(ref Unsafe.As<T, float>(ref lanes), lane);
        }

        return (long)sum;
    }
}
