using System;
using AnalogTheory.Kernels.Elementary;

namespace AnalogTheory.Kernels.Algebra;

/// <summary>One float; exp and log are the double polynomials, rounded once more.</summary>
/// <param name="Value">The number.</param>
public readonly record struct ScalarSingle(float Value) : ILanesSingle<ScalarSingle>
{
    /// <summary>The number.</summary>
    public readonly float Value = Value;

    private uint Bits => BitConverter.SingleToUInt32Bits(Value);

    private static ScalarSingle Of(uint bits) => new(BitConverter.UInt32BitsToSingle(bits));

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static ScalarSingle Zero => new(0.0f);

    /// <inheritdoc/>
    public static ScalarSingle One => new(1.0f);

    /// <inheritdoc/>
    public static ScalarSingle operator +(ScalarSingle a, ScalarSingle b) => new(a.Value + b.Value);

    /// <inheritdoc/>
    public static ScalarSingle operator -(ScalarSingle a, ScalarSingle b) => new(a.Value - b.Value);

    /// <inheritdoc/>
    public static ScalarSingle operator *(ScalarSingle a, ScalarSingle b) => new(a.Value * b.Value);

    /// <inheritdoc/>
    public static ScalarSingle operator /(ScalarSingle a, ScalarSingle b) => new(a.Value / b.Value);

    /// <inheritdoc/>
    public static ScalarSingle operator -(ScalarSingle a) => new(-a.Value);

    /// <inheritdoc/>
    public static ScalarSingle Constant(double c) => new((float)c);

    /// <inheritdoc/>
    public static ScalarSingle Abs(ScalarSingle a) => new(MathF.Abs(a.Value));

    /// <inheritdoc/>
    public static ScalarSingle Sqrt(ScalarSingle a) => new(MathF.Sqrt(a.Value));

    /// <inheritdoc/>
    public static ScalarSingle Min(ScalarSingle a, ScalarSingle b) => new(MathF.Min(a.Value, b.Value));

    /// <inheritdoc/>
    public static ScalarSingle Max(ScalarSingle a, ScalarSingle b) => new(MathF.Max(a.Value, b.Value));

    /// <inheritdoc/>
    public static ScalarSingle FusedMultiplyAdd(ScalarSingle a, ScalarSingle b, ScalarSingle c) =>
        new(MathF.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    public static ScalarSingle Exp(ScalarSingle a) => new((float)ExpLog.Exp(new Scalar(a.Value)).Value);

    /// <inheritdoc/>
    public static ScalarSingle Log(ScalarSingle a) => new((float)ExpLog.Log(new Scalar(a.Value)).Value);

    /// <inheritdoc/>
    public static ScalarSingle SelectNonNegative(ScalarSingle test, ScalarSingle then, ScalarSingle otherwise) =>
        test.Value >= 0.0f ? then : otherwise;

    /// <inheritdoc/>
    public static ScalarSingle Map(ScalarFunction function, ScalarSingle argument) => new((float)function.At(argument.Value));

    /// <inheritdoc/>
    public static ScalarSingle Word(uint word) => Of(word);

    /// <inheritdoc/>
    public static ScalarSingle And(ScalarSingle a, ScalarSingle b) => Of(a.Bits & b.Bits);

    /// <inheritdoc/>
    public static ScalarSingle Or(ScalarSingle a, ScalarSingle b) => Of(a.Bits | b.Bits);

    /// <inheritdoc/>
    public static ScalarSingle Xor(ScalarSingle a, ScalarSingle b) => Of(a.Bits ^ b.Bits);

    /// <inheritdoc/>
    public static ScalarSingle AddWords(ScalarSingle a, ScalarSingle b) => Of(unchecked(a.Bits + b.Bits));

    /// <inheritdoc/>
    public static ScalarSingle ShiftLeft(ScalarSingle a, int bits) => Of(a.Bits << bits);

    /// <inheritdoc/>
    public static ScalarSingle ShiftRight(ScalarSingle a, int bits) => Of(a.Bits >>> bits);

    /// <inheritdoc/>
    public static ScalarSingle FromIntegers(ScalarSingle a) => new((int)a.Bits);
}
