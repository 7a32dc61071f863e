using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AnalogTheory.Kernels.Elementary;
using Reals = System.Runtime.Intrinsics.Vector256<double>;
using Words = System.Runtime.Intrinsics.Vector256<ulong>;

namespace AnalogTheory.Kernels.Algebra;

/// <summary>Four doubles side by side (256 bits); without the hardware the same bits at lower speed.</summary>
/// <param name="Value">The lanes.</param>
public readonly record struct Lanes256(Vector256<double> Value) : ILanes<Lanes256>
{
    /// <summary>The lanes.</summary>
    public readonly Reals Value = Value;

    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    public static Lanes256 LaneIndex => Unsafe.BitCast<Words, Lanes256>(Words.Indices);

    /// <inheritdoc/>
    public static Lanes256 Zero => Unsafe.BitCast<Reals, Lanes256>(Reals.Zero);

    /// <inheritdoc/>
    public static Lanes256 One => Unsafe.BitCast<Reals, Lanes256>(Vector256.Create(1.0));

    /// <inheritdoc/>
    public static Lanes256 operator +(Lanes256 a, Lanes256 b) => Unsafe.BitCast<Reals, Lanes256>(a.Value + b.Value);

    /// <inheritdoc/>
    public static Lanes256 operator -(Lanes256 a, Lanes256 b) => Unsafe.BitCast<Reals, Lanes256>(a.Value - b.Value);

    /// <inheritdoc/>
    public static Lanes256 operator *(Lanes256 a, Lanes256 b) => Unsafe.BitCast<Reals, Lanes256>(a.Value * b.Value);

    /// <inheritdoc/>
    public static Lanes256 operator /(Lanes256 a, Lanes256 b) => Unsafe.BitCast<Reals, Lanes256>(a.Value / b.Value);

    /// <inheritdoc/>
    public static Lanes256 operator -(Lanes256 a) => Unsafe.BitCast<Reals, Lanes256>(-a.Value);

    /// <inheritdoc/>
    public static Lanes256 Constant(double c) => Unsafe.BitCast<Reals, Lanes256>(Vector256.Create(c));

    /// <inheritdoc/>
    public static Lanes256 Abs(Lanes256 a) => Unsafe.BitCast<Reals, Lanes256>(Vector256.Abs(a.Value));

    /// <inheritdoc/>
    public static Lanes256 Sqrt(Lanes256 a) => Unsafe.BitCast<Reals, Lanes256>(Vector256.Sqrt(a.Value));

    /// <inheritdoc/>
    public static Lanes256 Min(Lanes256 a, Lanes256 b) => Unsafe.BitCast<Reals, Lanes256>(Vector256.Min(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lanes256 Max(Lanes256 a, Lanes256 b) => Unsafe.BitCast<Reals, Lanes256>(Vector256.Max(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lanes256 FusedMultiplyAdd(Lanes256 a, Lanes256 b, Lanes256 c) =>
        Unsafe.BitCast<Reals, Lanes256>(Vector256.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    public static Lanes256 Exp(Lanes256 a) => ExpLog.Exp(a);

    /// <inheritdoc/>
    public static Lanes256 Log(Lanes256 a) => ExpLog.Log(a);

    /// <inheritdoc/>
    public static Lanes256 SelectNonNegative(Lanes256 test, Lanes256 then, Lanes256 otherwise) =>
        Unsafe.BitCast<Reals, Lanes256>(
            Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(test.Value, Reals.Zero), then.Value, otherwise.Value)
        );

    /// <inheritdoc/>
    public static Lanes256 Map(ScalarFunction function, Lanes256 argument) =>
        Unsafe.BitCast<Reals, Lanes256>(ScalarCalls.Map(function, argument.Value));

    /// <inheritdoc/>
    public static Lanes256 Word(ulong word) => Unsafe.BitCast<Words, Lanes256>(Vector256.Create(word));

    /// <inheritdoc/>
    public static Lanes256 And(Lanes256 a, Lanes256 b) => Unsafe.BitCast<Reals, Lanes256>(a.Value & b.Value);

    /// <inheritdoc/>
    public static Lanes256 Or(Lanes256 a, Lanes256 b) => Unsafe.BitCast<Reals, Lanes256>(a.Value | b.Value);

    /// <inheritdoc/>
    public static Lanes256 Xor(Lanes256 a, Lanes256 b) => Unsafe.BitCast<Reals, Lanes256>(a.Value ^ b.Value);

    /// <inheritdoc/>
    public static Lanes256 Xor(Lanes256 a, Lanes256 b, Lanes256 c) =>
        Avx512F.VL.IsSupported
            ? Unsafe.BitCast<Reals, Lanes256>(Avx512F.VL.TernaryLogic(a.Value, b.Value, c.Value, 0x96))
            : Unsafe.BitCast<Reals, Lanes256>(a.Value ^ b.Value ^ c.Value);

    /// <inheritdoc/>
    public static Lanes256 AddWords(Lanes256 a, Lanes256 b) => Unsafe.BitCast<Words, Lanes256>(a.Value.AsUInt64() + b.Value.AsUInt64());

    /// <inheritdoc/>
    public static Lanes256 MultiplyLow(Lanes256 a, Lanes256 b)
    {
        if (Avx2.IsSupported)
        {
            return Unsafe.BitCast<Words, Lanes256>(Avx2.Multiply(a.Value.AsUInt32(), b.Value.AsUInt32()));
        }

        Words low = Vector256.Create(0xFFFF_FFFFUL);
        return Unsafe.BitCast<Words, Lanes256>((a.Value.AsUInt64() & low) * (b.Value.AsUInt64() & low));
    }

    /// <inheritdoc/>
    public static Lanes256 ShiftLeft(Lanes256 a, int bits) =>
        Unsafe.BitCast<Words, Lanes256>(Vector256.ShiftLeft(a.Value.AsUInt64(), bits));

    /// <inheritdoc/>
    public static Lanes256 ShiftRight(Lanes256 a, int bits) =>
        Unsafe.BitCast<Words, Lanes256>(Vector256.ShiftRightLogical(a.Value.AsUInt64(), bits));

    /// <inheritdoc/>
    public static Lanes256 RoundToEven(Lanes256 a) => Unsafe.BitCast<Reals, Lanes256>(Vector256.Round(a.Value));
}
