using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Kernels.Algebra;
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
    internal const int WordBits = 32;

    private const int LineBits = 16;

    /// <summary>Number of words of a train.</summary>
    internal static int Words(int slots) => (slots + WordBits - 1) / WordBits;

    /// <summary>Draws the trains of a stretch of lines.</summary>
    /// <param name="draws">Key and sample.</param>
    /// <param name="group">Number of the group of lines.</param>
    /// <param name="firstLine">Number of the first line, a multiple of 16.</param>
    /// <param name="probabilities">One for each line; a multiple of 16 of them.</param>
    /// <param name="slots">Bits of a train.</param>
    /// <param name="words">Receives word k of line j at k·(number of lines) + j.</param>
    /// <param name="work">Buffers.</param>
    internal static void Draw(
        Draws draws,
        int group,
        int firstLine,
        ReadOnlySpan<double> probabilities,
        int slots,
        Span<uint> words,
        Workspace work
    )
    {
        int lines = probabilities.Length;
        Span<ulong> marks = work.Marks.Room(lines);
        Span<double> uniforms = work.Uniforms.Room(lines);
        for (int first = 0; first < slots; first += WordBits)
        {
            marks.Clear();
            for (int k = first; k < Math.Min(first + WordBits, slots); k++)
            {
                ulong element = ((ulong)group << 32) + ((ulong)k << LineBits) + (ulong)firstLine;
                Uniform.Fill(draws.Key, Purpose.Pulses, draws.Sample, element, uniforms);
                Mark(1UL << (k - first), uniforms, probabilities, marks);
            }

            Narrow(marks, words.Slice(first / WordBits * lines, lines));
        }
    }

    private static void Mark(ulong bit, ReadOnlySpan<double> uniforms, ReadOnlySpan<double> probabilities, Span<ulong> marks)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Mark<Lanes512>(bit, uniforms, probabilities, marks);
        }
        else
        {
            Mark<Lanes256>(bit, uniforms, probabilities, marks);
        }
    }

    private static void Mark<T>(ulong bit, ReadOnlySpan<double> uniforms, ReadOnlySpan<double> probabilities, Span<ulong> marks)
        where T : struct, ILanes<T>
    {
        ReadOnlySpan<T> u = MemoryMarshal.Cast<double, T>(uniforms);
        ReadOnlySpan<T> p = MemoryMarshal.Cast<double, T>(probabilities)[..u.Length];
        Span<T> m = MemoryMarshal.Cast<ulong, T>(marks)[..u.Length];
        T word = T.Word(bit);
        for (int v = 0; v < u.Length; v++)
        {
            m[v] = T.Or(m[v], T.SelectNonNegative(u[v] - p[v], T.Zero, word));
        }
    }

    private static void Narrow(ReadOnlySpan<ulong> marks, Span<uint> words)
    {
        for (int j = 0; j < marks.Length; j++)
        {
            words[j] = (uint)marks[j];
        }
    }
}
