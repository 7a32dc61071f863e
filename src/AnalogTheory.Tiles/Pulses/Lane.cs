using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>What the loops over elements need of float lanes beyond arithmetic: memory, tests, bit counts. Nothing here rounds.</summary>
internal static class Lane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Load<T>(ref float start, int at)
        where T : struct, ILanesSingle<T> => Unsafe.As<float, T>(ref Unsafe.Add(ref start, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Load<T>(ref uint start, int at)
        where T : struct, ILanesSingle<T> => Unsafe.As<uint, T>(ref Unsafe.Add(ref start, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store<T>(T value, ref float start, int at)
        where T : struct, ILanesSingle<T> => Unsafe.As<float, T>(ref Unsafe.Add(ref start, at)) = value;

    /// <summary>One number in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Broadcast<T>(ref float start, int at)
        where T : struct, ILanesSingle<T>
    {
        float value = Unsafe.Add(ref start, at);
        if (typeof(T) == typeof(Lanes512Single))
        {
            return Unsafe.BitCast<Vector512<float>, T>(Vector512.Create(value));
        }

        return typeof(T) == typeof(Lanes256Single)
            ? Unsafe.BitCast<Vector256<float>, T>(Vector256.Create(value))
            : Unsafe.BitCast<float, T>(value);
    }

    /// <summary>A bit for each lane, set where the lane's sign bit is: below 0, or −0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Signs<T>(T value)
        where T : struct, ILanesSingle<T>
    {
        if (typeof(T) == typeof(Lanes512Single))
        {
            return (uint)Unsafe.BitCast<T, Vector512<float>>(value).ExtractMostSignificantBits();
        }

        if (typeof(T) == typeof(Lanes256Single))
        {
            return Unsafe.BitCast<T, Vector256<float>>(value).ExtractMostSignificantBits();
        }

        return float.IsNegative(Unsafe.BitCast<T, float>(value)) ? 1u : 0u;
    }

    /// <summary>Numbers 0, 1, 2, … of a list, put into the lanes whose bit is set, in order; 0 in the others.</summary>
    /// <param name="lanes">Bits of the lanes.</param>
    /// <param name="list">The first number that is used; as many as there are lanes can be read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Expand<T>(uint lanes, ref float list)
        where T : struct, ILanesSingle<T>
    {
        if (typeof(T) == typeof(Lanes512Single) && Avx512F.IsSupported)
        {
            Vector512<float> values = Vector512.LoadUnsafe(ref list);
            Vector512<float> mask = MaskOf(lanes);
            return Unsafe.BitCast<Vector512<float>, T>(Avx512F.Expand(Vector512<float>.Zero, mask, values));
        }

        T result = default;
        ref float first = ref Unsafe.As<T, float>(ref result);
        int used = 0;
        for (uint left = lanes; left != 0; left &= left - 1)
        {
            Unsafe.Add(ref first, BitOperations.TrailingZeroCount(left)) = Unsafe.Add(ref list, used++);
        }

        return result;
    }

    /// <summary>Number of bits set in each 32-bit lane, as words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T PopCount<T>(T words)
        where T : struct, ILanesSingle<T>
    {
        if (typeof(T) == typeof(Lanes512Single) && Avx512BW.IsSupported)
        {
            Vector512<byte> bytes = Unsafe.BitCast<T, Vector512<byte>>(words);
            Vector512<byte> table = Vector512.Create(
                Vector256.Create(
                    Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4),
                    Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4)
                ),
                Vector256.Create(
                    Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4),
                    Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4)
                )
            );
            Vector512<byte> nibble = Vector512.Create((byte)15);
            Vector512<byte> low = Avx512BW.Shuffle(table, bytes & nibble);
            Vector512<byte> high = Avx512BW.Shuffle(table, Vector512.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & nibble);
            Vector512<short> pairs = Avx512BW.MultiplyAddAdjacent(low + high, Vector512.Create((sbyte)1));
            return Unsafe.BitCast<Vector512<int>, T>(Avx512BW.MultiplyAddAdjacent(pairs, Vector512.Create((short)1)));
        }

        if (typeof(T) == typeof(ScalarSingle))
        {
            return T.Word((uint)BitOperations.PopCount(Unsafe.BitCast<T, uint>(words)));
        }

        words = Fold(words, 1, 0x5555_5555);
        words = Fold(words, 2, 0x3333_3333);
        words = Fold(words, 4, 0x0F0F_0F0F);
        words = Fold(words, 8, 0x00FF_00FF);
        return Fold(words, 16, 0x0000_FFFF);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Fold<T>(T words, int bits, uint mask)
        where T : struct, ILanesSingle<T> => T.AddWords(T.And(words, T.Word(mask)), T.And(T.ShiftRight(words, bits), T.Word(mask)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> MaskOf(uint lanes)
    {
        Vector512<int> bits = Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
        return Vector512.Equals(Vector512.Create((int)lanes) & bits, bits).AsSingle();
    }
}
