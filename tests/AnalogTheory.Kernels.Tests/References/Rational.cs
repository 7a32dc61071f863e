using System;
using System.Numerics;

namespace AnalogTheory.Kernels.Tests.References;

/// <summary>Exact quotients of integers: what an interval has to enclose.</summary>
internal readonly record struct Rational(BigInteger Numerator, BigInteger Denominator)
{
    /// <summary>The value of a finite double.</summary>
    internal static Rational Of(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int field = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xF_FFFF_FFFF_FFFFL) | (field == 0 ? 0L : 1L << 52);
        int exponent = (field == 0 ? 1 : field) - 1075;
        BigInteger signed = bits < 0 ? -mantissa : mantissa;
        return exponent >= 0 ? new(signed << exponent, BigInteger.One) : new(signed, BigInteger.One << -exponent);
    }

    public static Rational operator +(Rational a, Rational b) =>
        new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) => a + new Rational(-b.Numerator, b.Denominator);

    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) =>
        b.Numerator.Sign > 0
            ? new(a.Numerator * b.Denominator, a.Denominator * b.Numerator)
            : new(-a.Numerator * b.Denominator, -a.Denominator * b.Numerator);

    /// <summary>Whether lower ≤ this ≤ upper; bounds may be infinite.</summary>
    internal bool IsBetween(double lower, double upper) => !Exceeds(lower, this) && !Exceeds(upper, this, below: true);

    private static bool Exceeds(double bound, Rational value, bool below = false)
    {
        if (double.IsInfinity(bound))
        {
            return below ? bound < 0.0 : bound > 0.0;
        }

        Rational b = Of(bound);
        int order = (b.Numerator * value.Denominator).CompareTo(value.Numerator * b.Denominator);
        return below ? order < 0 : order > 0;
    }
}
