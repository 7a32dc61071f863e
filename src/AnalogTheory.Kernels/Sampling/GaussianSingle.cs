using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Sampling;

/// <content>Single precision: a stream of its own, four numbers a block.</content>
/// <remarks>
/// Words w0 and w1 of a block make two numbers, w2 and w3 two more. Of a pair (a, b), u = (⌊a/2⌋ + ½)·2⁻³¹ gives the radius √(−2 ln u); the low 30
/// bits of b give a place in the first quadrant, its bits 31 and 30 mirror the two coordinates. The order keeps stores contiguous: elements come
/// in groups of 64, made of 16 blocks; element 64g + 16c + j is number c of block 16g + j.
/// <para>Tail: |z| ≤ √(64 ln 2) = 6.661, beyond which a normal number lies with probability 2.8·10⁻¹¹. Rounding moves a number by less than
/// 3·10⁻⁷·radius + min(6·10⁻⁸/radius, 2.5·10⁻⁴): next to 1, u has 24 bits, so a radius below 0.4 is coarser. All forms give the same bits.</para>
/// </remarks>
public static partial class Gaussian
{
    private const int SingleGroup = 64;
    private const int SingleBlocks = 16;

    private const uint SignBit = 0x8000_0000;
    private const uint SquareRootOfHalf = 0x3F35_04F3;
    private const uint BitsOfOne = 0x3F80_0000;
    private const uint MantissaMask = 0x007F_FFFF;

    /// <summary>One element of one stream of floats: the definition.</summary>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag: what the numbers are for.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="element">Position in the stream; below 2⁶⁴.</param>
    /// <returns>A standard normal number.</returns>
    public static float AtSingle(ulong key, uint purpose, uint replica, ulong element)
    {
        DrawLog.Note(key, purpose, replica, 1, element, 1, 1);
        ulong group = element / SingleGroup,
            place = element % SingleGroup;
        ulong block = (group * SingleBlocks) + (place % SingleBlocks);
        (uint w0, uint w1, uint w2, uint w3) = Philox.Block(
            (uint)block,
            (uint)(block >> 32),
            replica,
            purpose,
            (uint)key,
            (uint)(key >> 32)
        );
        ulong number = place / SingleBlocks;
        (uint a, uint b) = number < 2 ? (w0, w1) : (w2, w3);
        BoxMullerSingle(ScalarSingle.Word(a), ScalarSingle.Word(b), out ScalarSingle first, out ScalarSingle second);
        return number % 2 == 0 ? first.Value : second.Value;
    }

    /// <summary>Consecutive elements of one stream of floats, from element 0; bit-equal to <see cref="AtSingle"/>.</summary>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="destination">Receives elements 0, 1, 2, …</param>
    public static void Fill(ulong key, uint purpose, uint replica, Span<float> destination) => Fill(key, purpose, replica, 0, destination);

    /// <summary>Consecutive elements of one stream of floats; bit-equal to <see cref="AtSingle"/>.</summary>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="firstElement">First element; a multiple of 64.</param>
    /// <param name="destination">Receives elements firstElement, firstElement + 1, …</param>
    /// <exception cref="ArgumentException">firstElement is no multiple of 64.</exception>
    public static void Fill(ulong key, uint purpose, uint replica, ulong firstElement, Span<float> destination)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Fill<Lanes512, Lanes512Single>(key, purpose, replica, firstElement, destination);
        }
        else
        {
            // Without 256-bit hardware this is slower but the same.
            Fill<Lanes256, Lanes256Single>(key, purpose, replica, firstElement, destination);
        }
    }

    /// <summary><see cref="Fill(ulong, uint, uint, ulong, Span{float})"/> at a chosen width.</summary>
    /// <typeparam name="T">Lanes for the words.</typeparam>
    /// <typeparam name="TSingle">Lanes of the same size for the floats: 8 or 16.</typeparam>
    /// <param name="key">64-bit key.</param>
    /// <param name="purpose">Purpose tag.</param>
    /// <param name="replica">Replica.</param>
    /// <param name="firstElement">First element; a multiple of 64.</param>
    /// <param name="destination">Receives elements firstElement, firstElement + 1, …</param>
    /// <exception cref="ArgumentException">firstElement is no multiple of 64.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    public static void Fill<T, TSingle>(ulong key, uint purpose, uint replica, ulong firstElement, Span<float> destination)
        where T : struct, ILanes<T>
        where TSingle : struct, ILanesSingle<TSingle>
    {
        RequireGroup(firstElement);
        DrawLog.Note(key, purpose, replica, 1, firstElement, destination.Length, 1);
        RoundKeys<T> keyRoom = default;
        Span<T> keys = StackRoom.Align<T>(keyRoom);
        Philox.Schedule(key, keys);
        WordBlocks<T> wordRoom = default;
        Span<T> words = StackRoom.Align<T>(wordRoom);
        int made = 2 * WordBlocks.Chunk * TSingle.Count;
        Span<float> rest = stackalloc float[made];
        T lanes = T.ShiftLeft(T.LaneIndex, 1);
        for (ulong block = firstElement / 4; !destination.IsEmpty; block += (ulong)(WordBlocks.Chunk * T.Count))
        {
            // Vectors 2p and 2p + 1 hold the even and the odd ones of 2·Count consecutive blocks: together they fill the float lanes in order.
            for (int i = 0; i < WordBlocks.Chunk; i++)
            {
                T index = T.AddWords(T.Word(block + (ulong)((i / 2 * TSingle.Count) + (i % 2))), lanes);
                words[i] = index;
                words[WordBlocks.Chunk + i] = T.ShiftRight(index, 32);
                words[(2 * WordBlocks.Chunk) + i] = T.Word(replica);
                words[(3 * WordBlocks.Chunk) + i] = T.Word(purpose);
            }

            WordBlocks.Randomize<T>(keys, words);
            int used = Math.Min(made, destination.Length);
            BoxMullerSingle<T, TSingle>(words, used == made ? destination : rest);
            if (used < made)
            {
                rest[..used].CopyTo(destination);
            }

            destination = destination[used..];
        }
    }

    // Not inlined: its message would use up the temporaries that the caller's loop needs (ILanes).
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RequireGroup(ulong firstElement)
    {
        if (firstElement % SingleGroup != 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Expected a multiple of {SingleGroup}, got {firstElement}."),
                nameof(firstElement)
            );
        }
    }

    /// <summary>A chunk of words to floats, each number where its element belongs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    private static void BoxMullerSingle<T, TSingle>(ReadOnlySpan<T> words, Span<float> destination)
        where T : struct, ILanes<T>
        where TSingle : struct, ILanesSingle<TSingle>
    {
        ref T at = ref MemoryMarshal.GetReference(words[..(4 * WordBlocks.Chunk)]);
        ref float to = ref MemoryMarshal.GetReference(destination[..(2 * WordBlocks.Chunk * TSingle.Count)]);
        int parts = SingleBlocks / TSingle.Count;
        for (int i = 0; i < WordBlocks.Chunk; i += 2)
        {
            int pair = i / 2;
            ref float group = ref Unsafe.Add(ref to, (pair / parts * SingleGroup) + (pair % parts * TSingle.Count));
            for (int half = 0; half < 2; half++)
            {
                ref T a = ref Unsafe.Add(ref at, (2 * half * WordBlocks.Chunk) + i);
                ref T b = ref Unsafe.Add(ref a, WordBlocks.Chunk);
                BoxMullerSingle(
                    Unsafe.BitCast<T, TSingle>(Uniform.Join(a, Unsafe.Add(ref a, 1))),
                    Unsafe.BitCast<T, TSingle>(Uniform.Join(b, Unsafe.Add(ref b, 1))),
                    out TSingle first,
                    out TSingle second
                );
                Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref group, 2 * half * SingleBlocks)), first);
                Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref group, ((2 * half) + 1) * SingleBlocks)), second);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BoxMullerSingle<T>(T a, T b, out T first, out T second)
        where T : struct, ILanesSingle<T>
    {
        // u = (k + ½)·2⁻³¹ with k = ⌊a/2⌋; x = 2ᵉ·m with √½ ≤ m < √2, as in ExpLog.
        T u = T.FusedMultiplyAdd(
            T.FromIntegers(T.ShiftRight(a, 1)),
            T.Constant(4.6566128730773926e-10),
            T.Constant(2.3283064365386963e-10)
        );
        T shifted = T.AddWords(u, T.Word(BitsOfOne - SquareRootOfHalf));
        T m = T.AddWords(T.And(shifted, T.Word(MantissaMask)), T.Word(SquareRootOfHalf));
        T e = T.Or(T.ShiftRight(shifted, 23), T.Constant(8388608.0)) - T.Constant(8388735.0);
        T f = m - T.One;

        // −ln(1 + f) = −f + f²(½ − f·P(f)), P by Remez exchange with weight f², coefficients rounded to single.
        T p = T.FusedMultiplyAdd(T.Constant(-0.079027444), f, T.Constant(0.1262232));
        p = T.FusedMultiplyAdd(p, f, T.Constant(-0.12998185));
        p = T.FusedMultiplyAdd(p, f, T.Constant(0.14214496));
        p = T.FusedMultiplyAdd(p, f, T.Constant(-0.16641282));
        p = T.FusedMultiplyAdd(p, f, T.Constant(0.20001045));
        p = T.FusedMultiplyAdd(p, f, T.Constant(-0.25000307));
        p = T.FusedMultiplyAdd(p, f, T.Constant(0.3333333));
        p = T.FusedMultiplyAdd(p, f, T.Constant(-0.5));
        T minusLog = -T.FusedMultiplyAdd(e, T.Constant(0.6931471805599453), T.FusedMultiplyAdd(p, f * f, f));
        T radius = T.Sqrt(minusLog);

        // t in turns, |t| ≤ ⅛; sin 2πt = t·S(t²) and cos 2πt = 1 + t²·C(t²), S and C by Remez exchange.
        T t = T.FromIntegers(T.ShiftLeft(b, 2)) * T.Constant(5.820766091346741e-11);
        T x = t * t;
        T s = T.FusedMultiplyAdd(T.Constant(-75.401596), x, T.Constant(81.592545));
        s = T.FusedMultiplyAdd(s, x, T.Constant(-41.341663));
        s = T.FusedMultiplyAdd(s, x, T.Constant(6.2831855));
        T sin = s * t;
        T c = T.FusedMultiplyAdd(T.Constant(59.4241), x, T.Constant(-85.44882));
        c = T.FusedMultiplyAdd(c, x, T.Constant(64.93937));
        c = T.FusedMultiplyAdd(c, x, T.Constant(-19.739208));
        T cos = T.FusedMultiplyAdd(c, x, T.One);
        first = T.Xor(radius * (cos - sin), T.And(b, T.Word(SignBit)));
        second = T.Xor(radius * (cos + sin), T.And(T.ShiftLeft(b, 1), T.Word(SignBit)));
    }
}
