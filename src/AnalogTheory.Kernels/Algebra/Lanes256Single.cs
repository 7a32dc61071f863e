using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Kernels.Elementary;
using Reals = System.Runtime.Intrinsics.Vector256<float>;
using Words = System.Runtime.Intrinsics.Vector256<uint>;

namespace AnalogTheory.Kernels.Algebra;

/// <summary>Eight floats side by side (256 bits). exp and log go through the double polynomials, lane halves at a time.</summary>
/// <param name="Value">The lanes.</param>
public readonly record struct Lanes256Single(Vector256<float> Value) : ILanesSingle<Lanes256Single>
{
    /// <summary>The lanes.</summary>
    public readonly Reals Value = Value;

    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    public static Lanes256Single Zero => Unsafe.BitCast<Reals, Lanes256Single>(Reals.Zero);

    /// <inheritdoc/>
    public static Lanes256Single One => Unsafe.BitCast<Reals, Lanes256Single>(Vector256.Create(1.0f));

    /// <inheritdoc/>
    public static Lanes256Single operator +(Lanes256Single a, Lanes256Single b) => Unsafe.BitCast<Reals, Lanes256Single>(a.Value + b.Value);

    /// <inheritdoc/>
    public static Lanes256Single operator -(Lanes256Single a, Lanes256Single b) => Unsafe.BitCast<Reals, Lanes256Single>(a.Value - b.Value);

    /// <inheritdoc/>
    public static Lanes256Single operator *(Lanes256Single a, Lanes256Single b) => Unsafe.BitCast<Reals, Lanes256Single>(a.Value * b.Value);

    /// <inheritdoc/>
    public static Lanes256Single operator /(Lanes256Single a, Lanes256Single b) => Unsafe.BitCast<Reals, Lanes256Single>(a.Value / b.Value);

    /// <inheritdoc/>
    public static Lanes256Single operator -(Lanes256Single a) => Unsafe.BitCast<Reals, Lanes256Single>(-a.Value);

    /// <inheritdoc/>
    public static Lanes256Single Constant(double c) => Unsafe.BitCast<Reals, Lanes256Single>(Vector256.Create((float)c));

    /// <inheritdoc/>
    public static Lanes256Single Abs(Lanes256Single a) => Unsafe.BitCast<Reals, Lanes256Single>(Vector256.Abs(a.Value));

    /// <inheritdoc/>
    public static Lanes256Single Sqrt(Lanes256Single a) => Unsafe.BitCast<Reals, Lanes256Single>(Vector256.Sqrt(a.Value));

    /// <inheritdoc/>
    public static Lanes256Single Min(Lanes256Single a, Lanes256Single b) =>
        Unsafe.BitCast<Reals, Lanes256Single>(Vector256.Min(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lanes256Single Max(Lanes256Single a, Lanes256Single b) =>
        Unsafe.BitCast<Reals, Lanes256Single>(Vector256.Max(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lanes256Single FusedMultiplyAdd(Lanes256Single a, Lanes256Single b, Lanes256Single c) =>
        Unsafe.BitCast<Reals, Lanes256Single>(Vector256.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    public static Lanes256Single Exp(Lanes256Single a)
    {
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(a.Value);
        return Unsafe.BitCast<Reals, Lanes256Single>(
            Vector256.Narrow(ExpLog.Exp(new Lanes256(lower)).Value, ExpLog.Exp(new Lanes256(upper)).Value)
        );
    }

    /// <inheritdoc/>
    public static Lanes256Single Log(Lanes256Single a)
    {
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(a.Value);
        return Unsafe.BitCast<Reals, Lanes256Single>(
            Vector256.Narrow(ExpLog.Log(new Lanes256(lower)).Value, ExpLog.Log(new Lanes256(upper)).Value)
        );
    }

    /// <inheritdoc/>
    public static Lanes256Single SelectNonNegative(Lanes256Single test, Lanes256Single then, Lanes256Single otherwise) =>
        Unsafe.BitCast<Reals, Lanes256Single>(
            Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(test.Value, Reals.Zero), then.Value, otherwise.Value)
        );

    /// <inheritdoc/>
    public static Lanes256Single Map(ScalarFunction function, Lanes256Single argument)
    {
        Reals result = argument.Value;
        for (int lane = 0; lane < Count; lane++)
        {
            result = result.WithElement(lane, (float)function.At(argument.Value.GetElement(lane)));
        }

        return Unsafe.BitCast<Reals, Lanes256Single>(result);
    }

    /// <inheritdoc/>
    public static Lanes256Single Word(uint word) => Unsafe.BitCast<Words, Lanes256Single>(Vector256.Create(word));

    /// <inheritdoc/>
    public static Lanes256Single And(Lanes256Single a, Lanes256Single b) => Unsafe.BitCast<Reals, Lanes256Single>(a.Value & b.Value);

    /// <inheritdoc/>
    public static Lanes256Single Or(Lanes256Single a, Lanes256Single b) => Unsafe.BitCast<Reals, Lanes256Single>(a.Value | b.Value);

    /// <inheritdoc/>
    public static Lanes256Single Xor(Lanes256Single a, Lanes256Single b) => Unsafe.BitCast<Reals, Lanes256Single>(a.Value ^ b.Value);

    /// <inheritdoc/>
    public static Lanes256Single AddWords(Lanes256Single a, Lanes256Single b) =>
        Unsafe.BitCast<Words, Lanes256Single>(a.Value.AsUInt32() + b.Value.AsUInt32());

    /// <inheritdoc/>
    public static Lanes256Single ShiftLeft(Lanes256Single a, int bits) =>
        Unsafe.BitCast<Words, Lanes256Single>(Vector256.ShiftLeft(a.Value.AsUInt32(), bits));

    /// <inheritdoc/>
    public static Lanes256Single ShiftRight(Lanes256Single a, int bits) =>
        Unsafe.BitCast<Words, Lanes256Single>(Vector256.ShiftRightLogical(a.Value.AsUInt32(), bits));

    /// <inheritdoc/>
    public static Lanes256Single FromIntegers(Lanes256Single a) =>
        Unsafe.BitCast<Reals, Lanes256Single>(Vector256.ConvertToSingle(a.Value.AsInt32()));
}
