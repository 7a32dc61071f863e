using System;
using System.Numerics;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>How many pulses each element of a row receives, and how many elements receive any. Whole numbers, so that no order of adding them rounds.</summary>
internal static class PulseCounts
{
    // Planes that bytes can add up.
    private const int PlanesOfByte = 255;

    /// <summary>Counts of one row.</summary>
    /// <param name="update">Update.</param>
    /// <param name="row">Row, counted from the update's first.</param>
    /// <param name="counts">Receives a number for each column of the update; <see cref="BitPlanes.Padded"/> of them. Left as they are where the row receives none.</param>
    /// <param name="work">Buffers of the thread.</param>
    /// <returns>Elements that receive a pulse, and all pulses.</returns>
    internal static (int Elements, long Pulses) Of(PulsedUpdate update, int row, Span<ushort> counts, Workspace work) =>
        update.HasTrains
            ? Coincidences(update, row, counts, work.FiringPlanes.Room(PlanesOfByte))
            : Products(update, row, counts[..update.Columns]);

    // The planes of the slots in which the row fires, added up; of split trains, the second set of words goes with the second set of planes.
    private static (int Elements, long Pulses) Coincidences(PulsedUpdate update, int row, Span<ushort> counts, Span<int> planes)
    {
        int length = update.Plan.BitLength;
        int words = BitTrains.Words(length);
        ReadOnlySpan<uint> outputs = update.OutputWords;
        ReadOnlySpan<int> totals = update.PlaneTotals;
        int used = 0;
        int elements = 0;
        long pulses = 0;
        bool onTop = false;
        for (int word = 0; word < outputs.Length / update.Rows; word++)
        {
            int first = (word / words * length) + (word % words * BitTrains.WordBits);
            for (uint left = outputs[(word * update.Rows) + row]; left != 0; left &= left - 1)
            {
                if (used == PlanesOfByte)
                {
                    elements = BitPlanes.Add(update.InputPlanes, planes, counts, onTop);
                    onTop = true;
                    used = 0;
                }

                int plane = first + BitOperations.TrailingZeroCount(left);
                planes[used++] = plane;
                pulses += totals[plane];
            }
        }

        if (used > 0)
        {
            elements = BitPlanes.Add(update.InputPlanes, planes[..used], counts, onTop);
        }

        return (elements, pulses);
    }

    // round(BL·p_d·p_x), ties to even; in floats and in this order, so that a tie of the kit's is one here.
    private static (int Elements, long Pulses) Products(PulsedUpdate update, int row, Span<ushort> counts)
    {
        float length = update.Plan.BitLength;
        float p = (float)update.OutputProbabilities[row];
        ReadOnlySpan<double> inputs = update.InputProbabilities;
        if (update.Type == PulseType.MeanCount)
        {
            float rows = MathF.Round(length * p);
            for (int j = 0; j < counts.Length; j++)
            {
                counts[j] = (ushort)MathF.Round(rows * MathF.Round(length * (float)inputs[j]) / length);
            }
        }
        else
        {
            for (int j = 0; j < counts.Length; j++)
            {
                counts[j] = (ushort)MathF.Round(length * p * (float)inputs[j]);
            }
        }

        long pulses = 0;
        foreach (ushort count in counts)
        {
            pulses += count;
        }

        return (counts.Length - MemoryExtensions.Count<ushort>(counts, 0), pulses);
    }
}
