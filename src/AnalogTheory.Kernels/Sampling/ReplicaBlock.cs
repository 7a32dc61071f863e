using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Sampling;

/// <summary>The layout shared by the fills for a block of replicas: element-major, replicas contiguous.</summary>
internal static class ReplicaBlock
{
    /// <summary>Replica numbers firstReplica + vector·Count + lane, in the low half of each lane.</summary>
    /// <typeparam name="T">Lanes.</typeparam>
    /// <param name="firstReplica">Replica in lane 0 of vector 0.</param>
    /// <param name="vector">Which lanes vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Lanes<T>(uint firstReplica, int vector)
        where T : struct, ILanes<T> =>
        // A carry into the high half is harmless: the first multiplication ignores it.
        T.AddWords(T.Word(firstReplica + ((ulong)(uint)vector * (ulong)T.Count)), T.LaneIndex);

    /// <summary>Refuses a misaligned start and a buffer that is too short.</summary>
    /// <param name="firstElement">First element of the fill.</param>
    /// <param name="elements">Number of elements.</param>
    /// <param name="vectors">Lanes vectors side by side.</param>
    /// <param name="raw">The buffer.</param>
    /// <typeparam name="T">Lanes.</typeparam>
    // Not inlined: its messages would use up the temporaries that the caller's loop needs (ILanes).
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Check<T>(ulong firstElement, int elements, int vectors, ReadOnlySpan<T> raw)
    {
        if (firstElement % 4 != 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected a multiple of 4, got {firstElement}."),
                nameof(firstElement)
            );
        }

        if (elements < 0 || vectors < 0 || raw.Length < (long)elements * vectors)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected room for elements·vectors = {elements}·{vectors} lanes vectors, got {raw.Length}."
                ),
                nameof(raw)
            );
        }
    }

    /// <summary>A place in the layout, run through row by row.</summary>
    internal struct Cursor
    {
        /// <summary>Row: a block of the stream.</summary>
        internal int Row;

        /// <summary>Lanes vector within the row.</summary>
        internal int Vector;

        /// <summary>To the next vector, or to the next row after the last.</summary>
        /// <param name="vectors">Vectors in a row.</param>
        internal void Advance(int vectors)
        {
            if (++Vector == vectors)
            {
                Vector = 0;
                Row++;
            }
        }
    }
}
