using System;
using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Elementary;

namespace AnalogTheory.Kernels.Algebra;

/// <summary>One double: the definition that every wider instance must match bit for bit.</summary>
/// <param name="Value">The number.</param>
public readonly record struct Scalar(double Value) : ILanes<Scalar>
{
    /// <summary>The number.</summary>
    public readonly double Value = Value;

    private ulong Bits => BitConverter.DoubleToUInt64Bits(Value);

    private static Scalar Of(ulong bits) => new(BitConverter.UInt64BitsToDouble(bits));

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static Scalar LaneIndex => Of(0UL);

    /// <inheritdoc/>
    public static Scalar Zero => new(0.0);

    /// <inheritdoc/>
    public static Scalar One => new(1.0);

    /// <inheritdoc/>
    public static Scalar operator +(Scalar a, Scalar b) => new(a.Value + b.Value);

    /// <inheritdoc/>
    public static Scalar operator -(Scalar a, Scalar b) => new(a.Value - b.Value);

    /// <inheritdoc/>
    public static Scalar operator *(Scalar a, Scalar b) => new(a.Value * b.Value);

    /// <inheritdoc/>
    public static Scalar operator /(Scalar a, Scalar b) => new(a.Value / b.Value);

    /// <inheritdoc/>
    public static Scalar operator -(Scalar a) => new(-a.Value);

    /// <inheritdoc/>
    public static Scalar Constant(double c) => new(c);

    /// <inheritdoc/>
    public static Scalar Abs(Scalar a) => new(Math.Abs(a.Value));

    /// <inheritdoc/>
    public static Scalar Sqrt(Scalar a) => new(Math.Sqrt(a.Value));

    /// <inheritdoc/>
    public static Scalar Min(Scalar a, Scalar b) => new(Math.Min(a.Value, b.Value));

    /// <inheritdoc/>
    public static Scalar Max(Scalar a, Scalar b) => new(Math.Max(a.Value, b.Value));

    /// <inheritdoc/>
    public static Scalar FusedMultiplyAdd(Scalar a, Scalar b, Scalar c) => new(Math.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    // Calls of their own: a power inlines neither, since the compiler stops inlining operators where a method has grown too long.

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Scalar Exp(Scalar a) => ExpLog.Exp(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Scalar Log(Scalar a) => ExpLog.Log(a);

    /// <inheritdoc/>
    public static Scalar SelectNonNegative(Scalar test, Scalar then, Scalar otherwise) => test.Value >= 0.0 ? then : otherwise;

    /// <inheritdoc/>
    public static Scalar Map(ScalarFunction function, Scalar argument) => new(function.At(argument.Value));

    /// <inheritdoc/>
    public static Scalar Word(ulong word) => Of(word);

    /// <inheritdoc/>
    public static Scalar And(Scalar a, Scalar b) => Of(a.Bits & b.Bits);

    /// <inheritdoc/>
    public static Scalar Or(Scalar a, Scalar b) => Of(a.Bits | b.Bits);

    /// <inheritdoc/>
    public static Scalar Xor(Scalar a, Scalar b) => Of(a.Bits ^ b.Bits);

    /// <inheritdoc/>
    public static Scalar Xor(Scalar a, Scalar b, Scalar c) => Of(a.Bits ^ b.Bits ^ c.Bits);

    /// <inheritdoc/>
    public static Scalar AddWords(Scalar a, Scalar b) => Of(unchecked(a.Bits + b.Bits));

    /// <inheritdoc/>
    public static Scalar MultiplyLow(Scalar a, Scalar b) => Of((a.Bits & 0xFFFF_FFFFUL) * (b.Bits & 0xFFFF_FFFFUL));

    /// <inheritdoc/>
    public static Scalar ShiftLeft(Scalar a, int bits) => Of(a.Bits << bits);

    /// <inheritdoc/>
    public static Scalar ShiftRight(Scalar a, int bits) => Of(a.Bits >>> bits);

    /// <inheritdoc/>
    public static Scalar RoundToEven(Scalar a) => new(Math.Round(a.Value, MidpointRounding.ToEven));
}
