using System;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>Random bit trains of lines, rows or columns: bit k of a line is set with the line's probability, each independently.</summary>
/// <remarks>
/// Bit k of line j compares its probability with number k·2¹⁶ + j of the stream (key, <see cref="Purpose.Pulses"/>, sample), moved on by 2³² for each
/// group of lines. A probability above 1 sets every bit, 0 sets none.
/// </remarks>
internal static class BitTrains
{
    /// <summary>Bits in a word of a train.</summary>
    internal const int WordBits = Bernoulli.WordBits;

    private const ulong Slot = 1UL << 16;

    /// <summary>Number of words of a train.</summary>
    internal static int Words(int slots) => (slots + WordBits - 1) / WordBits;

    /// <summary>Draws the trains of a stretch of lines.</summary>
    /// <param name="draws">Key and sample.</param>
    /// <param name="group">Number of the group of lines.</param>
    /// <param name="firstLine">Number of the first line, a multiple of 16.</param>
    /// <param name="probabilities">One for each line.</param>
    /// <param name="slots">Bits of a train.</param>
    /// <param name="words">Receives word k of line j at k·(number of lines) + j.</param>
    internal static void Draw(Draws draws, int group, int firstLine, ReadOnlySpan<double> probabilities, int slots, Span<uint> words)
    {
        int lines = probabilities.Length;
        for (int first = 0; first < slots; first += WordBits)
        {
            ulong element = ((ulong)group << 32) + ((ulong)first * Slot) + (ulong)firstLine;
            int bits = Math.Min(WordBits, slots - first);
            Span<uint> word = words.Slice(first / WordBits * lines, lines);
            Bernoulli.Fill(draws.Key, Purpose.Pulses, draws.Sample, element, Slot, bits, probabilities, word);
        }
    }
}
