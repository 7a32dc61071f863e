using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AnalogTheory.Kernels.Elementary;
using Reals = System.Runtime.Intrinsics.Vector512<double>;
using Words = System.Runtime.Intrinsics.Vector512<ulong>;

namespace AnalogTheory.Kernels.Algebra;

/// <summary>Eight doubles side by side (512 bits); without the hardware the same bits at lower speed.</summary>
/// <param name="Value">The lanes.</param>
public readonly record struct Lanes512(Vector512<double> Value) : ILanes<Lanes512>
{
    /// <summary>The lanes.</summary>
    public readonly Reals Value = Value;

    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    public static Lanes512 LaneIndex => Unsafe.BitCast<Words, Lanes512>(Words.Indices);

    /// <inheritdoc/>
    public static Lanes512 Zero => Unsafe.BitCast<Reals, Lanes512>(Reals.Zero);

    /// <inheritdoc/>
    public static Lanes512 One => Unsafe.BitCast<Reals, Lanes512>(Vector512.Create(1.0));

    /// <inheritdoc/>
    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => Unsafe.BitCast<Reals, Lanes512>(a.Value + b.Value);

    /// <inheritdoc/>
    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => Unsafe.BitCast<Reals, Lanes512>(a.Value - b.Value);

    /// <inheritdoc/>
    public static Lanes512 operator *(Lanes512 a, Lanes512 b) => Unsafe.BitCast<Reals, Lanes512>(a.Value * b.Value);

    /// <inheritdoc/>
    public static Lanes512 operator /(Lanes512 a, Lanes512 b) => Unsafe.BitCast<Reals, Lanes512>(a.Value / b.Value);

    /// <inheritdoc/>
    public static Lanes512 operator -(Lanes512 a) => Unsafe.BitCast<Reals, Lanes512>(-a.Value);

    /// <inheritdoc/>
    public static Lanes512 Constant(double c) => Unsafe.BitCast<Reals, Lanes512>(Vector512.Create(c));

    /// <inheritdoc/>
    public static Lanes512 Abs(Lanes512 a) => Unsafe.BitCast<Reals, Lanes512>(Vector512.Abs(a.Value));

    /// <inheritdoc/>
    public static Lanes512 Sqrt(Lanes512 a) => Unsafe.BitCast<Reals, Lanes512>(Vector512.Sqrt(a.Value));

    /// <inheritdoc/>
    public static Lanes512 Min(Lanes512 a, Lanes512 b) => Unsafe.BitCast<Reals, Lanes512>(Vector512.Min(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lanes512 Max(Lanes512 a, Lanes512 b) => Unsafe.BitCast<Reals, Lanes512>(Vector512.Max(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lanes512 FusedMultiplyAdd(Lanes512 a, Lanes512 b, Lanes512 c) =>
        Unsafe.BitCast<Reals, Lanes512>(Vector512.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    public static Lanes512 Exp(Lanes512 a) => ExpLog.Exp(a);

    /// <inheritdoc/>
    public static Lanes512 Log(Lanes512 a) => ExpLog.Log(a);

    /// <inheritdoc/>
    public static Lanes512 SelectNonNegative(Lanes512 test, Lanes512 then, Lanes512 otherwise) =>
        Unsafe.BitCast<Reals, Lanes512>(
            Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(test.Value, Reals.Zero), then.Value, otherwise.Value)
        );

    /// <inheritdoc/>
    public static Lanes512 Map(ScalarFunction function, Lanes512 argument) =>
        Unsafe.BitCast<Reals, Lanes512>(ScalarCalls.Map(function, argument.Value));

    /// <inheritdoc/>
    public static Lanes512 Word(ulong word) => Unsafe.BitCast<Words, Lanes512>(Vector512.Create(word));

    /// <inheritdoc/>
    public static Lanes512 And(Lanes512 a, Lanes512 b) => Unsafe.BitCast<Reals, Lanes512>(a.Value & b.Value);

    /// <inheritdoc/>
    public static Lanes512 Or(Lanes512 a, Lanes512 b) => Unsafe.BitCast<Reals, Lanes512>(a.Value | b.Value);

    /// <inheritdoc/>
    public static Lanes512 Xor(Lanes512 a, Lanes512 b) => Unsafe.BitCast<Reals, Lanes512>(a.Value ^ b.Value);

    /// <inheritdoc/>
    public static Lanes512 Xor(Lanes512 a, Lanes512 b, Lanes512 c) =>
        Avx512F.IsSupported
            ? Unsafe.BitCast<Reals, Lanes512>(Avx512F.TernaryLogic(a.Value, b.Value, c.Value, 0x96))
            : Unsafe.BitCast<Reals, Lanes512>(a.Value ^ b.Value ^ c.Value);

    /// <inheritdoc/>
    public static Lanes512 AddWords(Lanes512 a, Lanes512 b) => Unsafe.BitCast<Words, Lanes512>(a.Value.AsUInt64() + b.Value.AsUInt64());

    /// <inheritdoc/>
    public static Lanes512 MultiplyLow(Lanes512 a, Lanes512 b)
    {
        if (Avx512F.IsSupported)
        {
            return Unsafe.BitCast<Words, Lanes512>(Avx512F.Multiply(a.Value.AsUInt32(), b.Value.AsUInt32()));
        }

        Words low = Vector512.Create(0xFFFF_FFFFUL);
        return Unsafe.BitCast<Words, Lanes512>((a.Value.AsUInt64() & low) * (b.Value.AsUInt64() & low));
    }

    /// <inheritdoc/>
    public static Lanes512 ShiftLeft(Lanes512 a, int bits) =>
        Unsafe.BitCast<Words, Lanes512>(Vector512.ShiftLeft(a.Value.AsUInt64(), bits));

    /// <inheritdoc/>
    public static Lanes512 ShiftRight(Lanes512 a, int bits) =>
        Unsafe.BitCast<Words, Lanes512>(Vector512.ShiftRightLogical(a.Value.AsUInt64(), bits));

    /// <inheritdoc/>
    public static Lanes512 RoundToEven(Lanes512 a) => Unsafe.BitCast<Reals, Lanes512>(Vector512.Round(a.Value));
}
