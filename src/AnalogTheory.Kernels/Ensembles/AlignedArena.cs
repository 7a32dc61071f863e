using System;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Ensembles;

/// <summary>One piece of memory for all arrays of a block, each starting on a cache line.</summary>
/// <typeparam name="T">Lanes.</typeparam>
internal sealed class AlignedArena<T>
    where T : struct, ILanes<T>
{
    private const int LineInDoubles = 8;

    private double[] _memory = [];
    private int _first;
    private int _reserved;

    /// <summary>The array that was reserved as <paramref name="range"/>.</summary>
    internal Span<T> this[Range range]
    {
        get
        {
            int start = range.Start.Value;
            return MemoryMarshal.Cast<double, T>(_memory.AsSpan(_first + start, range.End.Value - start));
        }
    }

    /// <summary>Reserves room for a number of vectors; call before <see cref="Allocate"/>.</summary>
    /// <param name="vectors">Number of vectors, may be 0.</param>
    internal Range Reserve(int vectors)
    {
        int start = _reserved;
        int end = checked(start + vectors * T.Count);
        _reserved = (end + LineInDoubles - 1) / LineInDoubles * LineInDoubles;
        return start..end;
    }

    /// <summary>Takes the memory, zeroed.</summary>
    internal void Allocate()
    {
        _memory = GC.AllocateArray<double>(_reserved + LineInDoubles, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        _first = (int)((LineInDoubles - address / sizeof(double) % LineInDoubles) % LineInDoubles);
    }
}
