using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AnalogTheory.Benchmarks;

/// <summary>An array on a cache line that does not move.</summary>
/// <typeparam name="T">Elements.</typeparam>
internal sealed class Memory<T>
    where T : unmanaged
{
    private const int CacheLine = 64;

    private readonly T[] _room;
    private readonly int _first;
    private readonly int _length;

    /// <summary>Takes the memory.</summary>
    /// <param name="length">Number of elements.</param>
    /// <param name="value">Value of element i.</param>
    internal Memory(int length, Func<int, T> value)
    {
        int line = CacheLine / Unsafe.SizeOf<T>();
        _room = GC.AllocateUninitializedArray<T>(length + line, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_room, 0);
        _first = (int)(-address & (CacheLine - 1)) / Unsafe.SizeOf<T>();
        _length = length;
        for (int i = 0; i < length; i++)
        {
            Span[i] = value(i);
        }
    }

    /// <summary>The elements.</summary>
    internal Span<T> Span => _room.AsSpan(_first, _length);
}
