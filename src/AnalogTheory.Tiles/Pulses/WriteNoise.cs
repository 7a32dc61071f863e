using System;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>Write noise: the visible weight of an element is drawn anew around the one that pulses act on whenever a pulse came.</summary>
internal static class WriteNoise
{
    /// <summary>Draws the visible weights of a row's elements that received pulses.</summary>
    internal static void Row(PulsedUpdate update, int row, ReadOnlySpan<float> counts, Workspace work)
    {
        if (update.State.Hidden is not null)
        {
            int i = update.FirstRow + row;
            float deviation = (float)(update.Device.WriteNoise * update.Device.Granularity);
            Draw(update.State, update.Draws, i, update.FirstColumn, counts, deviation, work);
        }
    }

    /// <summary>Draws the visible weights of a whole array.</summary>
    internal static void All(ArrayState state, Draws draws, float deviation, Workspace work)
    {
        for (int i = 0; state.Hidden is not null && i < state.Weights.Rows; i++)
        {
            Draw(state, draws, i, 0, [], deviation, work);
        }
    }

    // Element (i, j) takes number i·2³² + j of its stream. Without counts, all are drawn.
    private static void Draw(
        ArrayState state,
        Draws draws,
        int row,
        int firstColumn,
        ReadOnlySpan<float> counts,
        float deviation,
        Workspace work
    )
    {
        ReadOnlySpan<float> hidden = state.Hidden!.Row(row)[firstColumn..];
        Span<float> visible = state.Weights.Row(row)[firstColumn..];
        int length = counts.IsEmpty ? hidden.Length : Math.Min(counts.Length, hidden.Length);
        int skip = firstColumn % 64;
        Span<float> normals = work.WriteNormals.Room(skip + length);
        ulong first = ((ulong)row << 32) + (ulong)(firstColumn - skip);
        Gaussian.Fill(draws.Key, Purpose.WriteNoise, draws.Sample, first, normals);
        for (int j = 0; j < length; j++)
        {
            if (counts.IsEmpty || counts[j] > 0.0f)
            {
                visible[j] = MathF.FusedMultiplyAdd(deviation, normals[skip + j], hidden[j]);
            }
        }
    }
}
