using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Sampling;

/// <content>Two numbers of one random word: half the random bits, for noise that many draws add up to, such as that of pulses.</content>
/// <remarks>
/// Each word of a block makes two numbers. Its high 20 bits k give u = (k + ½)·2⁻²⁰ and the radius √(−2 ln u); its low 12 bits choose one of 4096 directions,
/// evenly spaced: ten bits the place in the first quadrant, bits 11 and 10 mirror the two coordinates. Elements come in groups of 128, made of 16 blocks;
/// element 128g + 32w + 16h + j is number h of word w of block 16g + j.
/// <para>Every moment of a number is that of its radius times an exact factor, since evenly spaced directions average powers exactly. The variance is
/// below 1 by 3.3·10⁻⁷, the fourth moment below 3 by 2·10⁻⁵. Tail: |z| ≤ √(42 ln 2) = 5.396, beyond which a normal number lies with probability
/// 7·10⁻⁸. Rounding is that of single precision (<see cref="AtSingle"/>). All forms give the same bits.</para>
/// </remarks>
public static partial class Gaussian
{
    /// <summary>No number of <see cref="AtPaired"/> has a larger magnitude.</summary>
    public const float LargestPaired = 5.3956f;

    private const int PairedGroup = 128;

    /// <summary>One element of one stream of paired floats: the definition.</summary>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="element">Position in the stream; below 2⁶⁴.</param>
    /// <returns>A standard normal number, see the remarks on its tail.</returns>
    public static float AtPaired(ulong key, uint purpose, uint replica, ulong element)
    {
        ulong place = element % PairedGroup;
        ulong block = (element / PairedGroup * SingleBlocks) + (place % SingleBlocks);
        (uint w0, uint w1, uint w2, uint w3) = Philox.Block(
            (uint)block,
            (uint)(block >> 32),
            replica,
            purpose,
            (uint)key,
            (uint)(key >> 32)
        );
        ulong number = place / SingleBlocks;
        uint word = (number / 2) switch
        {
            0 => w0,
            1 => w1,
            2 => w2,
            _ => w3,
        };
        BoxMullerPaired(ScalarSingle.Word(word), out ScalarSingle first, out ScalarSingle second);
        return number % 2 == 0 ? first.Value : second.Value;
    }

    /// <summary>Consecutive elements of one stream of paired floats; bit-equal to <see cref="AtPaired"/>.</summary>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="firstElement">First element; a multiple of 128.</param>
    /// <param name="destination">Receives elements firstElement, firstElement + 1, …</param>
    /// <exception cref="ArgumentException">firstElement is no multiple of 128.</exception>
    public static void FillPaired(ulong key, uint purpose, uint replica, ulong firstElement, Span<float> destination)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            FillPaired<Lanes512, Lanes512Single>(key, purpose, replica, firstElement, destination);
        }
        else
        {
            // Without 256-bit hardware this is slower but the same.
            FillPaired<Lanes256, Lanes256Single>(key, purpose, replica, firstElement, destination);
        }
    }

    /// <summary><see cref="FillPaired(ulong, uint, uint, ulong, Span{float})"/> at a chosen width.</summary>
    /// <typeparam name="T">Lanes for the words.</typeparam>
    /// <typeparam name="TSingle">Lanes of the same size for the floats: 8 or 16.</typeparam>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="firstElement">First element; a multiple of 128.</param>
    /// <param name="destination">Receives elements firstElement, firstElement + 1, …</param>
    /// <exception cref="ArgumentException">firstElement is no multiple of 128.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    public static void FillPaired<T, TSingle>(ulong key, uint purpose, uint replica, ulong firstElement, Span<float> destination)
        where T : struct, ILanes<T>
        where TSingle : struct, ILanesSingle<TSingle>
    {
        RequireMultiple(firstElement, PairedGroup);
        RoundKeys<T> keyRoom = default;
        Span<T> keys = StackRoom.Align<T>(keyRoom);
        Philox.Schedule(key, keys);
        WordBlocks<T> wordRoom = default;
        Span<T> words = StackRoom.Align<T>(wordRoom);
        int made = 4 * WordBlocks.Chunk * TSingle.Count;
        Span<float> rest = stackalloc float[made];
        for (ulong block = firstElement / 8; !destination.IsEmpty; block += (ulong)(WordBlocks.Chunk * T.Count))
        {
            CountConsecutiveBlocks<T, TSingle>(block, replica, purpose, words);
            WordBlocks.Randomize<T>(keys, words);
            int used = Math.Min(made, destination.Length);
            BoxMullerPaired<T, TSingle>(words, used == made ? destination : rest, used);
            if (used < made)
            {
                rest[..used].CopyTo(destination);
            }

            destination = destination[used..];
        }
    }

    /// <summary>A chunk of words to floats, each number where its element belongs; may stop after the first ones.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    private static void BoxMullerPaired<T, TSingle>(ReadOnlySpan<T> words, Span<float> destination, int used)
        where T : struct, ILanes<T>
        where TSingle : struct, ILanesSingle<TSingle>
    {
        ref T at = ref MemoryMarshal.GetReference(words[..(4 * WordBlocks.Chunk)]);
        ref float to = ref MemoryMarshal.GetReference(destination[..(4 * WordBlocks.Chunk * TSingle.Count)]);
        int parts = SingleBlocks / TSingle.Count;
        for (int i = 0; i < WordBlocks.Chunk; i += 2)
        {
            int pair = i / 2;
            int start = (pair / parts * PairedGroup) + (pair % parts * TSingle.Count);
            if (start >= used)
            {
                return;
            }

            for (int word = 0; word < 4; word++)
            {
                ref T a = ref Unsafe.Add(ref at, (word * WordBlocks.Chunk) + i);
                BoxMullerPaired(Unsafe.BitCast<T, TSingle>(Uniform.Join(a, Unsafe.Add(ref a, 1))), out TSingle first, out TSingle second);
                ref float place = ref Unsafe.Add(ref to, start + (2 * word * SingleBlocks));
                Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref place), first);
                Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref place, SingleBlocks)), second);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BoxMullerPaired<T>(T word, out T first, out T second)
        where T : struct, ILanesSingle<T>
    {
        T u = T.FusedMultiplyAdd(T.FromIntegers(T.ShiftRight(word, 12)), T.Constant(9.5367431640625e-07), T.Constant(4.76837158203125e-07));
        T radius = T.Sqrt(MinusLog(u));
        T t = T.FusedMultiplyAdd(
            T.FromIntegers(T.And(word, T.Word(1023))),
            T.Constant(0.000244140625),
            T.Constant(0.0001220703125 - 0.125)
        );
        Direction(t, out T cos, out T sin);
        first = T.Xor(radius * (cos - sin), T.And(T.ShiftLeft(word, 20), T.Word(SignBit)));
        second = T.Xor(radius * (cos + sin), T.And(T.ShiftLeft(word, 21), T.Word(SignBit)));
    }
}
