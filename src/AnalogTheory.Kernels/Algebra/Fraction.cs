using System;
using System.Globalization;
using System.Numerics;

namespace AnalogTheory.Kernels.Algebra;

/// <summary>An exact rational number: the instance that decides comparisons which every rounding would blur.</summary>
/// <remarks>
/// A double enters as the dyadic number that it is, so 0.1 means the double 0.1 and not one tenth; write one tenth as 1/10. Square roots are
/// exact or refused, exp and log are refused except where they are rational: a refusal raises <see cref="NotSupportedException"/>, and the
/// caller falls back on <see cref="Interval"/>. Numbers are kept in lowest terms.
/// </remarks>
public readonly record struct Fraction : IAlgebra<Fraction>
{
    // The denominator less one, so that the default of the struct is 0/1.
    private readonly BigInteger _beyondOne;

    /// <summary>numerator / denominator in lowest terms.</summary>
    /// <param name="numerator">Numerator.</param>
    /// <param name="denominator">Denominator, not zero.</param>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException("Expected a denominator other than zero in an exact fraction.");
        }

        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        _beyondOne = denominator / divisor - BigInteger.One;
    }

    /// <summary>Numerator in lowest terms; carries the sign.</summary>
    public BigInteger Numerator { get; }

    /// <summary>Denominator in lowest terms, positive.</summary>
    public BigInteger Denominator => _beyondOne + BigInteger.One;

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => Numerator.Sign;

    /// <summary>The nearest double up to one unit in the last place; never zero unless the number is zero, so the sign survives.</summary>
    public double ToDouble()
    {
        if (Numerator.IsZero)
        {
            return 0.0;
        }

        BigInteger magnitude = BigInteger.Abs(Numerator);
        long shift = 64 - (magnitude.GetBitLength() - Denominator.GetBitLength());
        BigInteger scaled = shift >= 0 ? (magnitude << (int)shift) / Denominator : magnitude / (Denominator << (int)-shift);
        double value = Math.ScaleB((double)scaled, (int)Math.Clamp(-shift, -4000, 4000));
        return Sign * (value == 0.0 ? double.Epsilon : value);
    }

    /// <summary>a &lt; b.</summary>
    /// <param name="a">The fraction.</param>
    /// <param name="b">Second fraction.</param>
    public static bool operator <(Fraction a, Fraction b) => (a - b).Sign < 0;

    /// <summary>a &gt; b.</summary>
    /// <param name="a">The fraction.</param>
    /// <param name="b">Second fraction.</param>
    public static bool operator >(Fraction a, Fraction b) => (a - b).Sign > 0;

    /// <inheritdoc/>
    public static Fraction operator +(Fraction a, Fraction b) =>
        new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    /// <inheritdoc/>
    public static Fraction operator -(Fraction a, Fraction b) =>
        new(a.Numerator * b.Denominator - b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    /// <inheritdoc/>
    public static Fraction operator *(Fraction a, Fraction b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <inheritdoc/>
    /// <exception cref="DivideByZeroException">b is zero.</exception>
    public static Fraction operator /(Fraction a, Fraction b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    /// <inheritdoc/>
    public static Fraction operator -(Fraction a) => new(-a.Numerator, a.Denominator);

    /// <summary>The double c, exactly.</summary>
    /// <param name="c">A finite number.</param>
    /// <exception cref="ArgumentException">c is NaN or infinite.</exception>
    public static Fraction Constant(double c)
    {
        if (!double.IsFinite(c))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected a finite constant in an exact fraction, got {c:R}."),
                nameof(c)
            );
        }

        long bits = BitConverter.DoubleToInt64Bits(c);
        int field = (int)((bits >> 52) & 0x7FF);
        long mantissa = (bits & 0xF_FFFF_FFFF_FFFFL) | (field == 0 ? 0L : 1L << 52);
        int exponent = Math.Max(field, 1) - 1075;
        BigInteger numerator = bits < 0 ? -mantissa : mantissa;
        return exponent >= 0 ? new(numerator << exponent, BigInteger.One) : new(numerator, BigInteger.One << -exponent);
    }

    /// <inheritdoc/>
    public static Fraction Abs(Fraction a) => a.Sign < 0 ? -a : a;

    /// <summary>Square root of a square of a rational.</summary>
    /// <param name="a">The fraction.</param>
    /// <exception cref="NotSupportedException">The root is irrational or imaginary.</exception>
    public static Fraction Sqrt(Fraction a)
    {
        BigInteger top = Root(a.Numerator),
            bottom = Root(a.Denominator);
        return a.Sign >= 0 && top * top == a.Numerator && bottom * bottom == a.Denominator ? new(top, bottom) : throw Refused("sqrt");
    }

    /// <inheritdoc/>
    public static Fraction Min(Fraction a, Fraction b) => b < a ? b : a;

    /// <inheritdoc/>
    public static Fraction Max(Fraction a, Fraction b) => b > a ? b : a;

    /// <inheritdoc/>
    public static Fraction FusedMultiplyAdd(Fraction a, Fraction b, Fraction c) => a * b + c;

    /// <summary>e⁰ = 1.</summary>
    /// <param name="a">The fraction.</param>
    /// <exception cref="NotSupportedException">a is not 0.</exception>
    public static Fraction Exp(Fraction a) => a.Sign == 0 ? Constant(1.0) : throw Refused("exp");

    /// <summary>log 1 = 0.</summary>
    /// <param name="a">The fraction.</param>
    /// <exception cref="NotSupportedException">a is not 1.</exception>
    public static Fraction Log(Fraction a) => a == Constant(1.0) ? Constant(0.0) : throw Refused("log");

    /// <inheritdoc/>
    public static Fraction SelectNonNegative(Fraction test, Fraction then, Fraction otherwise) => test.Sign >= 0 ? then : otherwise;

    /// <summary>Refused: a supplied function is known in doubles only.</summary>
    /// <param name="function">The supplied function.</param>
    /// <param name="argument">Its argument.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public static Fraction Map(ScalarFunction function, Fraction argument) => throw Refused("a supplied function");

    private static NotSupportedException Refused(string function) =>
        new($"Expected a formula that stays rational, got an irrational value of {function}.");

    // Largest r with r² ≤ n, by Newton's iteration from above.
    private static BigInteger Root(BigInteger n)
    {
        if (n.Sign <= 0)
        {
            return BigInteger.Zero;
        }

        BigInteger root = BigInteger.One << (int)((n.GetBitLength() + 1) / 2);

        while (true)
        {
            BigInteger next = (root + n / root) >> 1;

            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }
}
