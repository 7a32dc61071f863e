namespace AnalogTheory.Kernels.Algebra;

/// <summary>Replicas side by side: lanes of 64 bits that can be read as reals or as words.</summary>
/// <remarks>
/// The scalar double is the one-lane instance, so a loop written over lanes has its own definition as an instance. Word operations never
/// round; <see cref="RoundToEven"/>, the four operations, sqrt and fused multiply-add round as IEEE 754 prescribes. Nothing here depends on
/// how many lanes there are, which is why an ensemble's bits do not depend on the vector width.
/// <para>The instances hold their vector in a field and wrap results with <c>Unsafe.BitCast</c>: a property and a constructor call would each cost
/// the JIT several temporaries an operation, and past about a thousand of them a method's calls are no longer inlined. Measured in one method:
/// 85 fused multiply-adds with a property, 337 with a field, 673 with field and cast.</para>
/// </remarks>
/// <typeparam name="T">The instance itself.</typeparam>
public interface ILanes<T> : IAlgebra<T>
    where T : struct, ILanes<T>
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The same 64-bit word in every lane.</summary>
    /// <param name="word">The word.</param>
    static abstract T Word(ulong word);

    /// <summary>Words 0, 1, 2, … in lanes 0, 1, 2, …</summary>
    static abstract T LaneIndex { get; }

    /// <summary>Bitwise and.</summary>
    /// <param name="a">First words.</param>
    /// <param name="b">Second words.</param>
    static abstract T And(T a, T b);

    /// <summary>Bitwise or.</summary>
    /// <param name="a">First words.</param>
    /// <param name="b">Second words.</param>
    static abstract T Or(T a, T b);

    /// <summary>Bitwise exclusive or.</summary>
    /// <param name="a">First words.</param>
    /// <param name="b">Second words.</param>
    static abstract T Xor(T a, T b);

    /// <summary>Bitwise exclusive or of three.</summary>
    /// <param name="a">First words.</param>
    /// <param name="b">Second words.</param>
    /// <param name="c">Third words.</param>
    static abstract T Xor(T a, T b, T c);

    /// <summary>Sum of words modulo 2⁶⁴.</summary>
    /// <param name="a">First words.</param>
    /// <param name="b">Second words.</param>
    static abstract T AddWords(T a, T b);

    /// <summary>Full 64-bit product of the low 32 bits of each lane; the high 32 bits of the operands are ignored.</summary>
    /// <param name="a">First words.</param>
    /// <param name="b">Second words.</param>
    static abstract T MultiplyLow(T a, T b);

    /// <summary>Words shifted left by 0 … 63 bits.</summary>
    /// <param name="a">First words.</param>
    /// <param name="bits">How far, 0 to 63.</param>
    static abstract T ShiftLeft(T a, int bits);

    /// <summary>Words shifted right by 0 … 63 bits, zeros coming in.</summary>
    /// <param name="a">First words.</param>
    /// <param name="bits">How far, 0 to 63.</param>
    static abstract T ShiftRight(T a, int bits);

    /// <summary>Reals rounded to the nearest integer, ties to even.</summary>
    /// <param name="a">Reals of size below 2⁵¹.</param>
    static abstract T RoundToEven(T a);
}
