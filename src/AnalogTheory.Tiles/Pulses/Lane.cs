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

    /// <summary>A bit for each lane, set where the number is at or above 0, or −0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint NonNegatives<T>(T value)
        where T : struct, ILanesSingle<T>
    {
        if (typeof(T) == typeof(Lanes512Single))
        {
            Vector512<float> test = Unsafe.BitCast<T, Vector512<float>>(value);
            return (uint)Vector512.GreaterThanOrEqual(test, Vector512<float>.Zero).ExtractMostSignificantBits();
        }

        return ((1u << T.Count) - 1) & ~Signs(value);
    }

    /// <summary>Numbers 0, 1, 2, … of a list, put in order into the lanes that a test says; 0, or anything, in the others.</summary>
    /// <param name="test">At or above 0 in lanes that receive a number, below in the others.</param>
    /// <param name="list">The first number that is used; as many as there are lanes can be read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Expand<T>(T test, ref float list)
        where T : struct, ILanesSingle<T>
    {
        if (typeof(T) == typeof(Lanes512Single) && Avx512F.IsSupported)
        {
            Vector512<float> mask = Vector512.GreaterThanOrEqual(Unsafe.BitCast<T, Vector512<float>>(test), Vector512<float>.Zero);
            return Unsafe.BitCast<Vector512<float>, T>(Avx512F.Expand(Vector512<float>.Zero, mask, Vector512.LoadUnsafe(ref list)));
        }

        return ExpandOneByOne(NonNegatives(test), ref list, default(T));
    }

    /// <summary>Whole numbers of 16 bits, as words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Words<T>(ref ushort start, int at)
        where T : struct, ILanesSingle<T>
    {
        ref ushort first = ref Unsafe.Add(ref start, at);
        if (typeof(T) == typeof(Lanes512Single))
        {
            Vector256<ushort> numbers = Vector256.LoadUnsafe(ref first);
            return Unsafe.BitCast<Vector512<uint>, T>(
                Avx512F.IsSupported
                    ? Avx512F.ConvertToVector512UInt32(numbers)
                    : Vector512.Create(Vector256.WidenLower(numbers), Vector256.WidenUpper(numbers))
            );
        }

        if (typeof(T) == typeof(Lanes256Single))
        {
            Vector128<ushort> numbers = Vector128.LoadUnsafe(ref first);
            return Unsafe.BitCast<Vector256<uint>, T>(Vector256.Create(Vector128.WidenLower(numbers), Vector128.WidenUpper(numbers)));
        }

        return T.Word(first);
    }

    /// <summary>√n. A table where the processor has one of thirty-two floats: a root takes as long as ten multiplications.</summary>
    /// <param name="words">n as words.</param>
    /// <param name="count">n.</param>
    /// <param name="isBelow32">Whether every n is below 32.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Root<T>(T words, T count, bool isBelow32)
        where T : struct, ILanesSingle<T>
    {
        if (typeof(T) == typeof(Lanes512Single) && Avx512F.IsSupported && isBelow32)
        {
            // Roots rounded to nearest, as the instruction rounds.
            Vector512<float> low = Vector512.Create(
                0.0f,
                1.0f,
                1.41421354f,
                1.73205078f,
                2.0f,
                2.23606801f,
                2.44948983f,
                2.64575124f,
                2.82842708f,
                3.0f,
                3.1622777f,
                3.31662488f,
                3.46410155f,
                3.60555124f,
                3.7416575f,
                3.87298346f
            );
            Vector512<float> high = Vector512.Create(
                4.0f,
                4.12310553f,
                4.24264050f,
                4.35889912f,
                4.47213602f,
                4.5825758f,
                4.69041586f,
                4.79583168f,
                4.89897966f,
                5.0f,
                5.09901953f,
                5.19615221f,
                5.29150248f,
                5.38516474f,
                5.47722578f,
                5.56776428f
            );
            Vector512<int> places = Unsafe.BitCast<T, Vector512<int>>(words);
            return Unsafe.BitCast<Vector512<float>, T>(Avx512F.PermuteVar16x32x2(low, places, high));
        }

        return T.Sqrt(count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T ExpandOneByOne<T>(uint lanes, ref float list, T result)
        where T : struct, ILanesSingle<T>
    {
        ref float first = ref Unsafe.As<T, float>(ref result);
        int used = 0;
        for (uint left = lanes; left != 0; left &= left - 1)
        {
            Unsafe.Add(ref first, BitOperations.TrailingZeroCount(left)) = Unsafe.Add(ref list, used++);
        }

        return result;
    }
}
