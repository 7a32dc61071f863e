using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AnalogTheory.Kernels.Elementary;

namespace AnalogTheory.Kernels.Algebra;

/// <summary>Eight doubles side by side (512 bits); without the hardware the same bits at lower speed.</summary>
/// <param name="Value">The lanes.</param>
public readonly record struct Lanes512(Vector512<double> Value) : ILanes<Lanes512>
{
    private Vector512<ulong> Bits => Value.AsUInt64();

    private static Lanes512 Of(Vector512<ulong> bits) => new(bits.AsDouble());

    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    public static Lanes512 LaneIndex => Of(Vector512<ulong>.Indices);

    /// <inheritdoc/>
    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => new(a.Value + b.Value);

    /// <inheritdoc/>
    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => new(a.Value - b.Value);

    /// <inheritdoc/>
    public static Lanes512 operator *(Lanes512 a, Lanes512 b) => new(a.Value * b.Value);

    /// <inheritdoc/>
    public static Lanes512 operator /(Lanes512 a, Lanes512 b) => new(a.Value / b.Value);

    /// <inheritdoc/>
    public static Lanes512 operator -(Lanes512 a) => new(-a.Value);

    /// <inheritdoc/>
    public static Lanes512 Constant(double c) => new(Vector512.Create(c));

    /// <inheritdoc/>
    public static Lanes512 Abs(Lanes512 a) => new(Vector512.Abs(a.Value));

    /// <inheritdoc/>
    public static Lanes512 Sqrt(Lanes512 a) => new(Vector512.Sqrt(a.Value));

    /// <inheritdoc/>
    public static Lanes512 Min(Lanes512 a, Lanes512 b) => new(Vector512.Min(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lanes512 Max(Lanes512 a, Lanes512 b) => new(Vector512.Max(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lanes512 FusedMultiplyAdd(Lanes512 a, Lanes512 b, Lanes512 c) => new(Vector512.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    public static Lanes512 Exp(Lanes512 a) => ExpLog.Exp(a);

    /// <inheritdoc/>
    public static Lanes512 Log(Lanes512 a) => ExpLog.Log(a);

    /// <inheritdoc/>
    public static Lanes512 SelectNonNegative(Lanes512 test, Lanes512 then, Lanes512 otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(test.Value, Vector512<double>.Zero), then.Value, otherwise.Value));

    /// <inheritdoc/>
    public static Lanes512 Map(ScalarFunction function, Lanes512 argument)
    {
        Vector512<double> result = argument.Value;
        for (int lane = 0; lane < Count; lane++)
        {
            result = result.WithElement(lane, function.At(argument.Value.GetElement(lane)));
        }

        return new(result);
    }

    /// <inheritdoc/>
    public static Lanes512 Word(ulong word) => Of(Vector512.Create(word));

    /// <inheritdoc/>
    public static Lanes512 And(Lanes512 a, Lanes512 b) => Of(a.Bits & b.Bits);

    /// <inheritdoc/>
    public static Lanes512 Or(Lanes512 a, Lanes512 b) => Of(a.Bits | b.Bits);

    /// <inheritdoc/>
    public static Lanes512 Xor(Lanes512 a, Lanes512 b) => Of(a.Bits ^ b.Bits);

    /// <inheritdoc/>
    public static Lanes512 AddWords(Lanes512 a, Lanes512 b) => Of(a.Bits + b.Bits);

    /// <inheritdoc/>
    public static Lanes512 MultiplyLow(Lanes512 a, Lanes512 b)
    {
        if (Avx512F.IsSupported)
        {
            return Of(Avx512F.Multiply(a.Value.AsUInt32(), b.Value.AsUInt32()));
        }

        Vector512<ulong> low = Vector512.Create(0xFFFF_FFFFUL);
        return Of((a.Bits & low) * (b.Bits & low));
    }

    /// <inheritdoc/>
    public static Lanes512 ShiftLeft(Lanes512 a, int bits) => Of(Vector512.ShiftLeft(a.Bits, bits));

    /// <inheritdoc/>
    public static Lanes512 ShiftRight(Lanes512 a, int bits) => Of(Vector512.ShiftRightLogical(a.Bits, bits));

    /// <inheritdoc/>
    public static Lanes512 RoundToEven(Lanes512 a) => new(Vector512.Round(a.Value));
}
