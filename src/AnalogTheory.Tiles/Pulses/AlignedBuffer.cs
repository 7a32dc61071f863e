using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>Memory that is kept between calls and grows when needed; it starts on a cache line.</summary>
/// <typeparam name="T">Plain numbers.</typeparam>
internal struct AlignedBuffer<T>
    where T : unmanaged
{
    private const int CacheLine = 64;

    private T[]? _memory;
    private int _first;

    /// <summary>Room for a number of elements; what is in it is left over from earlier.</summary>
    internal Span<T> Room(int length)
    {
        if (_memory is null || _memory.Length - (CacheLine / Unsafe.SizeOf<T>()) < length)
        {
            Grow(length);
        }

        return _memory.AsSpan(_first, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // rare, and long where it is inlined
    private void Grow(int length)
    {
        int line = CacheLine / Unsafe.SizeOf<T>();
        _memory = GC.AllocateArray<T>(Math.Max(length, 2 * (_memory?.Length ?? 0)) + line, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        _first = (int)((line - (address / Unsafe.SizeOf<T>() % line)) % line);
    }
}
