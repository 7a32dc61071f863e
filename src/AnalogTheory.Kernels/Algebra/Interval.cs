using System;
using System.Globalization;
using AnalogTheory.Kernels.Elementary;

namespace AnalogTheory.Kernels.Algebra;

/// <summary>A closed interval of reals with outward rounding: it contains every value that the real formula can take on its operands.</summary>
/// <remarks>
/// Each bound is computed in double and moved one representable number outward, which covers the half-ulp rounding of the IEEE operations;
/// exp and log are moved by four, which covers the stated error of their polynomials. NaN in a bound means "nothing is known".
/// </remarks>
public readonly record struct Interval : IAlgebra<Interval>
{
    /// <summary>The interval [lower, upper].</summary>
    /// <param name="lower">Lower bound; may be −∞.</param>
    /// <param name="upper">Upper bound; may be +∞.</param>
    /// <exception cref="ArgumentException">lower exceeds upper.</exception>
    public Interval(double lower, double upper)
    {
        if (lower > upper)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected lower ≤ upper, got lower={lower:R}, upper={upper:R}."),
                nameof(lower)
            );
        }

        Lower = lower;
        Upper = upper;
    }

    /// <summary>Lower bound.</summary>
    public double Lower { get; }

    /// <summary>Upper bound.</summary>
    public double Upper { get; }

    /// <summary>upper − lower, rounded up.</summary>
    public double Width => Math.BitIncrement(Upper - Lower);

    /// <summary>The interval that holds one number only.</summary>
    /// <param name="x">The number.</param>
    public static Interval Point(double x) => new(x, x);

    /// <summary>Everything: the answer when nothing can be said.</summary>
    public static Interval Entire => new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Whether x lies inside, bounds included.</summary>
    /// <param name="x">A number; NaN is never inside.</param>
    public bool Contains(double x) => Lower <= x && x <= Upper;

    private static Interval Outward(double lower, double upper, int steps = 1)
    {
        if (double.IsNaN(lower) || double.IsNaN(upper))
        {
            return Entire;
        }

        for (int i = 0; i < steps; i++)
        {
            lower = Math.BitDecrement(lower);
            upper = Math.BitIncrement(upper);
        }

        return new(lower, upper);
    }

    // 0·∞ is 0 here: an unbounded factor still multiplies a true zero to zero.
    private static double Product(double a, double b) => a == 0.0 || b == 0.0 ? 0.0 : a * b;

    private static Interval Hull(Interval a, Interval b) => new(Math.Min(a.Lower, b.Lower), Math.Max(a.Upper, b.Upper));

    /// <inheritdoc/>
    public static Interval operator +(Interval a, Interval b) => Outward(a.Lower + b.Lower, a.Upper + b.Upper);

    /// <inheritdoc/>
    public static Interval operator -(Interval a, Interval b) => Outward(a.Lower - b.Upper, a.Upper - b.Lower);

    /// <inheritdoc/>
    public static Interval operator *(Interval a, Interval b)
    {
        double p = Product(a.Lower, b.Lower),
            q = Product(a.Lower, b.Upper),
            r = Product(a.Upper, b.Lower),
            s = Product(a.Upper, b.Upper);
        return Outward(Math.Min(Math.Min(p, q), Math.Min(r, s)), Math.Max(Math.Max(p, q), Math.Max(r, s)));
    }

    /// <inheritdoc/>
    public static Interval operator /(Interval a, Interval b)
    {
        if (b.Contains(0.0))
        {
            return Entire;
        }

        double p = a.Lower / b.Lower,
            q = a.Lower / b.Upper,
            r = a.Upper / b.Lower,
            s = a.Upper / b.Upper;
        return Outward(Math.Min(Math.Min(p, q), Math.Min(r, s)), Math.Max(Math.Max(p, q), Math.Max(r, s)));
    }

    /// <inheritdoc/>
    public static Interval operator -(Interval a) => new(-a.Upper, -a.Lower);

    /// <inheritdoc/>
    public static Interval Constant(double c) => Point(c);

    /// <inheritdoc/>
    public static Interval Abs(Interval a) =>
        a.Lower >= 0.0 ? a
        : a.Upper <= 0.0 ? -a
        : new(0.0, Math.Max(-a.Lower, a.Upper));

    /// <inheritdoc/>
    public static Interval Sqrt(Interval a) =>
        a.Upper < 0.0
            ? Entire
            : new(Math.Max(0.0, Math.BitDecrement(Math.Sqrt(Math.Max(a.Lower, 0.0)))), Math.BitIncrement(Math.Sqrt(a.Upper)));

    /// <inheritdoc/>
    public static Interval Min(Interval a, Interval b) => new(Math.Min(a.Lower, b.Lower), Math.Min(a.Upper, b.Upper));

    /// <inheritdoc/>
    public static Interval Max(Interval a, Interval b) => new(Math.Max(a.Lower, b.Lower), Math.Max(a.Upper, b.Upper));

    /// <inheritdoc/>
    public static Interval FusedMultiplyAdd(Interval a, Interval b, Interval c) => a * b + c;

    /// <inheritdoc/>
    public static Interval Exp(Interval a)
    {
        Interval raw = Outward(ExpLog.Exp(new Scalar(a.Lower)).Value, ExpLog.Exp(new Scalar(a.Upper)).Value, 4);
        // Results below the smallest normal number were flushed to zero, so an upper bound of zero would not enclose them.
        return new(Math.Max(0.0, raw.Lower), Math.Max(raw.Upper, 2.3e-308));
    }

    /// <inheritdoc/>
    public static Interval Log(Interval a) =>
        a.Upper < 0.0 ? Entire : Outward(ExpLog.Log(new Scalar(Math.Max(a.Lower, 0.0))).Value, ExpLog.Log(new Scalar(a.Upper)).Value, 4);

    /// <inheritdoc/>
    public static Interval SelectNonNegative(Interval test, Interval then, Interval otherwise) =>
        test.Lower >= 0.0 ? then
        : test.Upper < 0.0 ? otherwise
        : Hull(then, otherwise);

    /// <inheritdoc/>
    public static Interval Map(ScalarFunction function, Interval argument) => function.Enclose(argument);
}
