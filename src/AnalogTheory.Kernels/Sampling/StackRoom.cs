using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AnalogTheory.Kernels.Sampling;

/// <summary>Vectors on the stack that start on a cache line: the stack itself is aligned to 16 bytes only, and split lines cost a fifth of the speed.</summary>
internal static class StackRoom
{
    private const int CacheLine = 64;

    /// <summary>The part of a stack buffer that starts on a cache line, one vector shorter than the buffer.</summary>
    /// <remarks>Only for memory that does not move, which a local inline array is. Nothing but speed depends on the alignment.</remarks>
    /// <typeparam name="T">Lanes, 64 bytes or fewer.</typeparam>
    /// <param name="room">The buffer, a local.</param>
    internal static Span<T> Align<T>(Span<T> room)
        where T : struct
    {
        ref byte start = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(room));
        nint address = Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref start);
        nint skip = -address & (Math.Min(CacheLine, Unsafe.SizeOf<T>()) - 1);
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref Unsafe.Add(ref start, skip)), room.Length - 1);
    }
}
