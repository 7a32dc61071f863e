using System;

namespace AnalogTheory.Kernels.Algebra;

/// <summary>A number with its derivative along one variable, both enclosed: whether a law rises or falls over a whole range of weights.</summary>
/// <remarks>
/// Forward differentiation over <see cref="Interval"/>. Where a formula has a kink inside the argument, the derivative encloses the slopes on both
/// sides; where it may jump, and where a supplied function is called, nothing is known of it.
/// </remarks>
/// <param name="Value">Contains the value.</param>
/// <param name="Derivative">Contains the derivative wherever there is one.</param>
public readonly record struct Slope(Interval Value, Interval Derivative) : IAlgebra<Slope>
{
    /// <summary>The variable itself, over an interval: its derivative is 1.</summary>
    /// <param name="x">The interval.</param>
    public static Slope Variable(Interval x) => new(x, Interval.Point(1.0));

    private static Interval Hull(Interval a, Interval b) => new(Math.Min(a.Lower, b.Lower), Math.Max(a.Upper, b.Upper));

    /// <inheritdoc/>
    public static Slope operator +(Slope a, Slope b) => new(a.Value + b.Value, a.Derivative + b.Derivative);

    /// <inheritdoc/>
    public static Slope operator -(Slope a, Slope b) => new(a.Value - b.Value, a.Derivative - b.Derivative);

    /// <inheritdoc/>
    public static Slope operator *(Slope a, Slope b) => new(a.Value * b.Value, a.Derivative * b.Value + a.Value * b.Derivative);

    /// <inheritdoc/>
    public static Slope operator /(Slope a, Slope b)
    {
        Interval quotient = a.Value / b.Value;
        return new(quotient, (a.Derivative - quotient * b.Derivative) / b.Value);
    }

    /// <inheritdoc/>
    public static Slope operator -(Slope a) => new(-a.Value, -a.Derivative);

    /// <inheritdoc/>
    public static Slope Constant(double c) => new(Interval.Point(c), Interval.Point(0.0));

    /// <inheritdoc/>
    public static Slope Abs(Slope a) =>
        new(
            Interval.Abs(a.Value),
            a.Value.Lower >= 0.0 ? a.Derivative
                : a.Value.Upper <= 0.0 ? -a.Derivative
                : Hull(a.Derivative, -a.Derivative)
        );

    /// <inheritdoc/>
    public static Slope Sqrt(Slope a)
    {
        Interval root = Interval.Sqrt(a.Value);
        return new(root, a.Derivative / (Interval.Point(2.0) * root));
    }

    /// <inheritdoc/>
    public static Slope Min(Slope a, Slope b) => new(Interval.Min(a.Value, b.Value), Chosen(b.Value - a.Value, a.Derivative, b.Derivative));

    /// <inheritdoc/>
    public static Slope Max(Slope a, Slope b) => new(Interval.Max(a.Value, b.Value), Chosen(a.Value - b.Value, a.Derivative, b.Derivative));

    /// <inheritdoc/>
    public static Slope FusedMultiplyAdd(Slope a, Slope b, Slope c) => a * b + c;

    /// <inheritdoc/>
    public static Slope Exp(Slope a)
    {
        Interval value = Interval.Exp(a.Value);
        return new(value, value * a.Derivative);
    }

    /// <inheritdoc/>
    public static Slope Log(Slope a) => new(Interval.Log(a.Value), a.Derivative / a.Value);

    /// <inheritdoc/>
    public static Slope SelectNonNegative(Slope test, Slope then, Slope otherwise) =>
        test.Value.Lower >= 0.0 ? then
        : test.Value.Upper < 0.0 ? otherwise
        : new(Hull(then.Value, otherwise.Value), Interval.Entire);

    /// <inheritdoc/>
    public static Slope Map(ScalarFunction function, Slope argument) => new(Interval.Map(function, argument.Value), Interval.Entire);

    // The first where the test is not negative, the second where it is, both where that is open.
    private static Interval Chosen(Interval test, Interval first, Interval second) =>
        test.Lower >= 0.0 ? first
        : test.Upper < 0.0 ? second
        : Hull(first, second);
}
