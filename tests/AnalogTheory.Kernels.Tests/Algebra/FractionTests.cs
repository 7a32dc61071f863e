using System;
using System.Numerics;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Tests.References;
using Xunit;

namespace AnalogTheory.Kernels.Tests.Algebra;

/// <summary>Fractions are exact: against the reference rationals, against doubles where those are exact, and at the edges.</summary>
public static class FractionTests
{
    private const int Trials = 2_000;

    private static Fraction Ratio(BigInteger numerator, BigInteger denominator) => new(numerator, denominator);

    [Fact]
    public static void ArithmeticAgreesWithTheReference()
    {
        var draws = new Draws(31);

        for (int trial = 0; trial < Trials; trial++)
        {
            double x = draws.Ordinary(),
                y = draws.Ordinary(),
                z = draws.Ordinary();
            Fraction a = Fraction.Constant(x),
                b = Fraction.Constant(y),
                c = Fraction.Constant(z);
            Rational p = Rational.Of(x),
                q = Rational.Of(y),
                r = Rational.Of(z);
            Same(p + q, a + b);
            Same(p - q, a - b);
            Same(p * q, a * b);
            Same(p * q + r, Fraction.FusedMultiplyAdd(a, b, c));
            Assert.Equal(a, a / b * b);
            Assert.Equal(a, -(-a));
            Assert.Equal(x < y ? a : b, Fraction.Min(a, b));
            Assert.Equal(x < y ? b : a, Fraction.Max(a, b));
            Assert.Equal(x < y, a < b);
            Assert.Equal(x > y, a > b);
            Assert.Equal(Fraction.Constant(Math.Abs(x)), Fraction.Abs(a));
            Assert.Equal(x >= 0.0 ? b : c, Fraction.SelectNonNegative(a, b, c));
        }
    }

    private static void Same(Rational expected, Fraction actual) =>
        Assert.Equal(expected.Numerator * actual.Denominator, actual.Numerator * expected.Denominator);

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.Epsilon)]
    [InlineData(-double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(2.2250738585072014e-308)]
    [InlineData(123456789.123456789)]
    public static void EveryDoubleComesBack(double x) => Assert.Equal(x, Fraction.Constant(x).ToDouble());

    [Fact]
    public static void DoublesAreNearestUpToOneUnit()
    {
        var draws = new Draws(32);

        for (int trial = 0; trial < Trials; trial++)
        {
            double x = draws.Ordinary(),
                y = draws.Ordinary();
            double ratio = (Fraction.Constant(x) / Fraction.Constant(y)).ToDouble();
            Assert.InRange(ratio, Math.BitDecrement(x / y), Math.BitIncrement(x / y));
        }
    }

    [Fact]
    public static void ANumberTooSmallForADoubleKeepsItsSign()
    {
        Fraction tiny = Fraction.Constant(double.Epsilon) * Fraction.Constant(double.Epsilon);
        Assert.Equal(double.Epsilon, tiny.ToDouble());
        Assert.Equal(-double.Epsilon, (-tiny).ToDouble());
        Fraction huge = Fraction.Constant(double.MaxValue) * Fraction.Constant(double.MaxValue);
        Assert.Equal(double.PositiveInfinity, huge.ToDouble());
    }

    [Fact]
    public static void LowestTermsMakeEqualNumbersEqual()
    {
        Assert.Equal(Ratio(1, 2), Ratio(-3, -6));
        Assert.Equal(Ratio(-1, 2), Ratio(3, -6));
        Assert.Equal(BigInteger.One, Ratio(0, -5).Denominator);
        Assert.Equal(default, Fraction.Constant(0.0) + default(Fraction));
    }

    [Fact]
    public static void SquareRootsAreExactOrRefused()
    {
        Assert.Equal(Ratio(3, 7), Fraction.Sqrt(Ratio(9, 49)));
        Assert.Equal(Fraction.Constant(0.0), Fraction.Sqrt(Fraction.Constant(0.0)));
        BigInteger large = BigInteger.Pow(10, 200) + 39;
        Assert.Equal(Ratio(large, 1), Fraction.Sqrt(Ratio(large * large, 1)));
        Assert.Throws<NotSupportedException>(() => Fraction.Sqrt(Ratio(large * large + 1, 1)));
        Assert.Throws<NotSupportedException>(() => Fraction.Sqrt(Ratio(2, 1)));
        Assert.Throws<NotSupportedException>(() => Fraction.Sqrt(Ratio(-4, 1)));
    }

    [Fact]
    public static void TranscendentalFunctionsAreRefused()
    {
        Assert.Equal(Ratio(1, 1), Fraction.Exp(Ratio(0, 1)));
        Assert.Equal(Ratio(0, 1), Fraction.Log(Ratio(1, 1)));
        Assert.Throws<NotSupportedException>(() => Fraction.Exp(Ratio(1, 1)));
        Assert.Throws<NotSupportedException>(() => Fraction.Log(Ratio(2, 1)));
    }

    [Fact]
    public static void BadNumbersAreNamed()
    {
        Assert.Throws<ArgumentException>(() => Fraction.Constant(double.NaN));
        Assert.Throws<ArgumentException>(() => Fraction.Constant(double.NegativeInfinity));
        Assert.Throws<DivideByZeroException>(() => Ratio(1, 1) / Ratio(0, 1));
    }

    [Fact]
    public static void TheUpdateOfADeviceIsExact()
    {
        // U(w, Δ) = w + Δ − |Δ|w/τ at w = 1/3, τ = 2, Δ = −1/5: 1/3 − 1/5 − 1/30 = 1/10.
        var law = new AsymmetricLinear<Fraction>(Ratio(2, 1), Ratio(0, 1));
        Assert.Equal(Ratio(1, 10), AnalogUpdate.Apply(law, Ratio(1, 3), Ratio(-1, 5)));
    }
}
