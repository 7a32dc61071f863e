namespace AnalogTheory.Kernels.Algebra;

/// <summary>Floats side by side whose lanes of 32 bits can also be read as words: what the samplers of single precision need beyond arithmetic.</summary>
/// <remarks>As for <see cref="ILanes{T}"/>, nothing depends on how many lanes there are.</remarks>
/// <typeparam name="T">The instance itself.</typeparam>
public interface ILanesSingle<T> : IAlgebra<T>
    where T : struct, ILanesSingle<T>
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The same 32-bit word in every lane.</summary>
    /// <param name="word">The word.</param>
    static abstract T Word(uint word);

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

    /// <summary>Sum of words modulo 2³².</summary>
    /// <param name="a">First words.</param>
    /// <param name="b">Second words.</param>
    static abstract T AddWords(T a, T b);

    /// <summary>Words shifted left by 0 … 31 bits.</summary>
    /// <param name="a">First words.</param>
    /// <param name="bits">How far, 0 to 31.</param>
    static abstract T ShiftLeft(T a, int bits);

    /// <summary>Words shifted right by 0 … 31 bits, zeros coming in.</summary>
    /// <param name="a">First words.</param>
    /// <param name="bits">How far, 0 to 31.</param>
    static abstract T ShiftRight(T a, int bits);

    /// <summary>Words read as signed integers, as the nearest floats, ties to even.</summary>
    /// <param name="a">Signed integers, as words.</param>
    static abstract T FromIntegers(T a);
}
