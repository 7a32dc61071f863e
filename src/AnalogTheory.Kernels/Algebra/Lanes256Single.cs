using System.Runtime.Intrinsics;
using AnalogTheory.Kernels.Elementary;

namespace AnalogTheory.Kernels.Algebra;

/// <summary>Eight floats side by side (256 bits). exp and log go through the double polynomials, lane halves at a time.</summary>
/// <param name="Value">The lanes.</param>
public readonly record struct Lanes256Single(Vector256<float> Value) : IAlgebra<Lanes256Single>
{
    /// <summary>Number of lanes.</summary>
    public static int Count => 8;

    /// <inheritdoc/>
    public static Lanes256Single operator +(Lanes256Single a, Lanes256Single b) => new(a.Value + b.Value);

    /// <inheritdoc/>
    public static Lanes256Single operator -(Lanes256Single a, Lanes256Single b) => new(a.Value - b.Value);

    /// <inheritdoc/>
    public static Lanes256Single operator *(Lanes256Single a, Lanes256Single b) => new(a.Value * b.Value);

    /// <inheritdoc/>
    public static Lanes256Single operator /(Lanes256Single a, Lanes256Single b) => new(a.Value / b.Value);

    /// <inheritdoc/>
    public static Lanes256Single operator -(Lanes256Single a) => new(-a.Value);

    /// <inheritdoc/>
    public static Lanes256Single Constant(double c) => new(Vector256.Create((float)c));

    /// <inheritdoc/>
    public static Lanes256Single Abs(Lanes256Single a) => new(Vector256.Abs(a.Value));

    /// <inheritdoc/>
    public static Lanes256Single Sqrt(Lanes256Single a) => new(Vector256.Sqrt(a.Value));

    /// <inheritdoc/>
    public static Lanes256Single Min(Lanes256Single a, Lanes256Single b) => new(Vector256.Min(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lanes256Single Max(Lanes256Single a, Lanes256Single b) => new(Vector256.Max(a.Value, b.Value));

    /// <inheritdoc/>
    public static Lanes256Single FusedMultiplyAdd(Lanes256Single a, Lanes256Single b, Lanes256Single c) => new(Vector256.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    public static Lanes256Single Exp(Lanes256Single a)
    {
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(a.Value);
        return new(Vector256.Narrow(ExpLog.Exp(new Lanes256(lower)).Value, ExpLog.Exp(new Lanes256(upper)).Value));
    }

    /// <inheritdoc/>
    public static Lanes256Single Log(Lanes256Single a)
    {
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(a.Value);
        return new(Vector256.Narrow(ExpLog.Log(new Lanes256(lower)).Value, ExpLog.Log(new Lanes256(upper)).Value));
    }

    /// <inheritdoc/>
    public static Lanes256Single SelectNonNegative(Lanes256Single test, Lanes256Single then, Lanes256Single otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(test.Value, Vector256<float>.Zero), then.Value, otherwise.Value));

    /// <inheritdoc/>
    public static Lanes256Single Map(ScalarFunction function, Lanes256Single argument)
    {
        Vector256<float> result = argument.Value;
        for (int lane = 0; lane < Count; lane++)
        {
            result = result.WithElement(lane, (float)function.At(argument.Value.GetElement(lane)));
        }

        return new(result);
    }
}
