using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AnalogTheory.Kernels.Elementary;

namespace AnalogTheory.Kernels.Algebra;

/// <summary>Four doubles side by side (256 bits); without the hardware the same bits at lower speed.</summary>
/// <param name="Value">The lanes.</param>
public readonly record struct Lanes256(Vector256<double> Value) : ILanes<Lanes256>
{
    private Vector256<ulong> Bits => Value.AsUInt64();

    private static Lanes256 Of(Vector256<ulong> bits) => new(bits.AsDouble());

    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    public static Lanes256 LaneIndex => Of(Vector256<ulong>.Indices);

    /// <inheritdoc/>
    public static Lanes256 operator +(Lanes256 a, Lanes256 b) => new(a.Value + b.Value);

    /// <inheritdoc/>
    public static Lanes256 operator -(Lanes256 a, Lanes256 b) => new(a.Value - b.Value);

    /// <inheritdoc/>
    public static Lanes256 operator *(Lanes256 a, Lanes256 b) => new(a.Value * b.Value);

    /// <inheritdoc/>
    public static Lanes256 operator /(Lanes256 a, Lanes256 b) => new(a.Value / b.Value);

    /// <inheritdoc/>
    public static Lanes256 operator -(Lanes256 a) => new(-a.Value);

    /// <inheritdoc/>
    public static Lanes256 Constant(double c) => new(Vector256.Create(c));

    /// <inheritdoc/>
    public static Lanes256 Abs(Lanes256 a) => new(Vector256.Abs(a.Value));

    /// <inheritdoc/>
    public static Lanes256 Sqrt(Lanes256 a) => new(Vector256.Sqrt(a.Value));

    /// <inheritdoc/>
    public static Lanes256 Min(Lanes256 a, Lanes256 b) => new(Vector256.Min(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lanes256 Max(Lanes256 a, Lanes256 b) => new(Vector256.Max(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lanes256 FusedMultiplyAdd(Lanes256 a, Lanes256 b, Lanes256 c) => new(Vector256.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    public static Lanes256 Exp(Lanes256 a) => ExpLog.Exp(a);

    /// <inheritdoc/>
    public static Lanes256 Log(Lanes256 a) => ExpLog.Log(a);

    /// <inheritdoc/>
    public static Lanes256 SelectNonNegative(Lanes256 test, Lanes256 then, Lanes256 otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(test.Value, Vector256<double>.Zero), then.Value, otherwise.Value));

    /// <inheritdoc/>
    public static Lanes256 Map(ScalarFunction function, Lanes256 argument)
    {
        Vector256<double> result = argument.Value;
        for (int lane = 0; lane < Count; lane++)
        {
            result = result.WithElement(lane, function.At(argument.Value.GetElement(lane)));
        }

        return new(result);
    }

    /// <inheritdoc/>
    public static Lanes256 Word(ulong word) => Of(Vector256.Create(word));

    /// <inheritdoc/>
    public static Lanes256 And(Lanes256 a, Lanes256 b) => Of(a.Bits & b.Bits);

    /// <inheritdoc/>
    public static Lanes256 Or(Lanes256 a, Lanes256 b) => Of(a.Bits | b.Bits);

    /// <inheritdoc/>
    public static Lanes256 Xor(Lanes256 a, Lanes256 b) => Of(a.Bits ^ b.Bits);

    /// <inheritdoc/>
    public static Lanes256 AddWords(Lanes256 a, Lanes256 b) => Of(a.Bits + b.Bits);

    /// <inheritdoc/>
    public static Lanes256 MultiplyLow(Lanes256 a, Lanes256 b)
    {
        if (Avx2.IsSupported)
        {
            return Of(Avx2.Multiply(a.Value.AsUInt32(), b.Value.AsUInt32()));
        }

        Vector256<ulong> low = Vector256.Create(0xFFFF_FFFFUL);
        return Of((a.Bits & low) * (b.Bits & low));
    }

    /// <inheritdoc/>
    public static Lanes256 ShiftLeft(Lanes256 a, int bits) => Of(Vector256.ShiftLeft(a.Bits, bits));

    /// <inheritdoc/>
    public static Lanes256 ShiftRight(Lanes256 a, int bits) => Of(Vector256.ShiftRightLogical(a.Bits, bits));

    /// <inheritdoc/>
    public static Lanes256 RoundToEven(Lanes256 a) => new(Vector256.Round(a.Value));
}
