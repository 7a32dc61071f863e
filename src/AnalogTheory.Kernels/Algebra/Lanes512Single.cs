using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Kernels.Elementary;
using Reals = System.Runtime.Intrinsics.Vector512<float>;
using Words = System.Runtime.Intrinsics.Vector512<uint>;

namespace AnalogTheory.Kernels.Algebra;

/// <summary>Sixteen floats side by side (512 bits). exp and log go through the double polynomials, lane halves at a time.</summary>
/// <param name="Value">The lanes.</param>
public readonly record struct Lanes512Single(Vector512<float> Value) : ILanesSingle<Lanes512Single>
{
    /// <summary>The lanes.</summary>
    public readonly Reals Value = Value;

    /// <inheritdoc/>
    public static int Count => 16;

    /// <inheritdoc/>
    public static Lanes512Single Zero => Unsafe.BitCast<Reals, Lanes512Single>(Reals.Zero);

    /// <inheritdoc/>
    public static Lanes512Single One => Unsafe.BitCast<Reals, Lanes512Single>(Vector512.Create(1.0f));

    /// <inheritdoc/>
    public static Lanes512Single operator +(Lanes512Single a, Lanes512Single b) => Unsafe.BitCast<Reals, Lanes512Single>(a.Value + b.Value);

    /// <inheritdoc/>
    public static Lanes512Single operator -(Lanes512Single a, Lanes512Single b) => Unsafe.BitCast<Reals, Lanes512Single>(a.Value - b.Value);

    /// <inheritdoc/>
    public static Lanes512Single operator *(Lanes512Single a, Lanes512Single b) => Unsafe.BitCast<Reals, Lanes512Single>(a.Value * b.Value);

    /// <inheritdoc/>
    public static Lanes512Single operator /(Lanes512Single a, Lanes512Single b) => Unsafe.BitCast<Reals, Lanes512Single>(a.Value / b.Value);

    /// <inheritdoc/>
    public static Lanes512Single operator -(Lanes512Single a) => Unsafe.BitCast<Reals, Lanes512Single>(-a.Value);

    /// <inheritdoc/>
    public static Lanes512Single Constant(double c) => Unsafe.BitCast<Reals, Lanes512Single>(Vector512.Create((float)c));

    /// <inheritdoc/>
    public static Lanes512Single Abs(Lanes512Single a) => Unsafe.BitCast<Reals, Lanes512Single>(Vector512.Abs(a.Value));

    /// <inheritdoc/>
    public static Lanes512Single Sqrt(Lanes512Single a) => Unsafe.BitCast<Reals, Lanes512Single>(Vector512.Sqrt(a.Value));

    /// <inheritdoc/>
    public static Lanes512Single Min(Lanes512Single a, Lanes512Single b) =>
        Unsafe.BitCast<Reals, Lanes512Single>(Vector512.Min(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lanes512Single Max(Lanes512Single a, Lanes512Single b) =>
        Unsafe.BitCast<Reals, Lanes512Single>(Vector512.Max(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lanes512Single FusedMultiplyAdd(Lanes512Single a, Lanes512Single b, Lanes512Single c) =>
        Unsafe.BitCast<Reals, Lanes512Single>(Vector512.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    public static Lanes512Single Exp(Lanes512Single a)
    {
        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(a.Value);
        return Unsafe.BitCast<Reals, Lanes512Single>(
            Vector512.Narrow(ExpLog.Exp(new Lanes512(lower)).Value, ExpLog.Exp(new Lanes512(upper)).Value)
        );
    }

    /// <inheritdoc/>
    public static Lanes512Single Log(Lanes512Single a)
    {
        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(a.Value);
        return Unsafe.BitCast<Reals, Lanes512Single>(
            Vector512.Narrow(ExpLog.Log(new Lanes512(lower)).Value, ExpLog.Log(new Lanes512(upper)).Value)
        );
    }

    /// <inheritdoc/>
    public static Lanes512Single SelectNonNegative(Lanes512Single test, Lanes512Single then, Lanes512Single otherwise) =>
        Unsafe.BitCast<Reals, Lanes512Single>(
            Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(test.Value, Reals.Zero), then.Value, otherwise.Value)
        );

    /// <inheritdoc/>
    public static Lanes512Single Map(ScalarFunction function, Lanes512Single argument)
    {
        Reals result = argument.Value;
        for (int lane = 0; lane < Count; lane++)
        {
            result = result.WithElement(lane, (float)function.At(argument.Value.GetElement(lane)));
        }

        return Unsafe.BitCast<Reals, Lanes512Single>(result);
    }

    /// <inheritdoc/>
    public static Lanes512Single Word(uint word) => Unsafe.BitCast<Words, Lanes512Single>(Vector512.Create(word));

    /// <inheritdoc/>
    public static Lanes512Single And(Lanes512Single a, Lanes512Single b) => Unsafe.BitCast<Reals, Lanes512Single>(a.Value & b.Value);

    /// <inheritdoc/>
    public static Lanes512Single Or(Lanes512Single a, Lanes512Single b) => Unsafe.BitCast<Reals, Lanes512Single>(a.Value | b.Value);

    /// <inheritdoc/>
    public static Lanes512Single Xor(Lanes512Single a, Lanes512Single b) => Unsafe.BitCast<Reals, Lanes512Single>(a.Value ^ b.Value);

    /// <inheritdoc/>
    public static Lanes512Single AddWords(Lanes512Single a, Lanes512Single b) =>
        Unsafe.BitCast<Words, Lanes512Single>(a.Value.AsUInt32() + b.Value.AsUInt32());

    /// <inheritdoc/>
    public static Lanes512Single ShiftLeft(Lanes512Single a, int bits) =>
        Unsafe.BitCast<Words, Lanes512Single>(Vector512.ShiftLeft(a.Value.AsUInt32(), bits));

    /// <inheritdoc/>
    public static Lanes512Single ShiftRight(Lanes512Single a, int bits) =>
        Unsafe.BitCast<Words, Lanes512Single>(Vector512.ShiftRightLogical(a.Value.AsUInt32(), bits));

    /// <inheritdoc/>
    public static Lanes512Single FromIntegers(Lanes512Single a) =>
        Unsafe.BitCast<Reals, Lanes512Single>(Vector512.ConvertToSingle(a.Value.AsInt32()));
}
