using System;
using System.Numerics;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Elementary;
using AnalogTheory.Kernels.Tests.References;
using Xunit;

namespace AnalogTheory.Kernels.Tests.Elementary;

public static class ExpLogTests
{
    private const int Points = 50_000;

    private static double Exp(double x) => ExpLog.Exp(new Scalar(x)).Value;

    private static double Log(double x) => ExpLog.Log(new Scalar(x)).Value;

    private static double ExpError(double x)
    {
        (BigInteger y, int n) = FixedPoint.Exp(x);
        // Two steps, since 2⁻ⁿ itself may overflow.
        return FixedPoint.UlpError(Math.ScaleB(Math.ScaleB(Exp(x), -n / 2), -(n - (n / 2))), y);
    }

    [Theory]
    [InlineData(-708.39, 709.78)]
    [InlineData(-1.0, 1.0)]
    [InlineData(-1e-6, 1e-6)]
    public static void ExpIsWithinSevenTenthsOfAnUlp(double low, double high)
    {
        var draws = new Draws(1);
        double worst = 0.0;
        for (int i = 0; i < Points; i++)
        {
            worst = Math.Max(worst, ExpError(draws.Between(low, high)));
        }

        Assert.InRange(worst, 0.49, 0.7);
    }

    [Fact]
    public static void ExpIsAccurateAtItsEdges()
    {
        foreach (
            double x in new[] { -708.3964185322641, 709.782712893384, 0.34657359027997264, -0.34657359027997264, 1.0, -1.0, 1e-300, 0.5 }
        )
        {
            Assert.InRange(ExpError(x), 0.0, 0.7);
        }

        Assert.Equal(1.0, Exp(0.0));
        Assert.Equal(0.0, Exp(-708.3964185322642));
        Assert.Equal(0.0, Exp(-1e308));
        Assert.Equal(0.0, Exp(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, Exp(709.7827128933841));
        Assert.Equal(double.PositiveInfinity, Exp(1e308));
        Assert.Equal(double.PositiveInfinity, Exp(double.PositiveInfinity));
        Assert.True(double.IsNaN(Exp(double.NaN)));
    }

    [Theory]
    [InlineData(0x0010_0000_0000_0000UL, 0x7FEF_FFFF_FFFF_FFFFUL)] // every normal
    [InlineData(0x0000_0000_0000_0001UL, 0x000F_FFFF_FFFF_FFFFUL)] // every subnormal
    [InlineData(0x3FE0_0000_0000_0000UL, 0x4000_0000_0000_0000UL)] // ½ … 2
    [InlineData(0x3FEF_FFFF_F000_0000UL, 0x3FF0_0000_0800_0000UL)] // next to 1
    public static void LogIsWithinNineTenthsOfAnUlp(ulong low, ulong high)
    {
        var draws = new Draws(2);
        double worst = 0.0;
        for (int i = 0; i < Points; i++)
        {
            double x = BitConverter.UInt64BitsToDouble(low + (draws.Bits() % (high - low + 1)));
            worst = Math.Max(worst, FixedPoint.UlpError(Log(x), FixedPoint.Log(x)));
        }

        Assert.InRange(worst, 0.4, 0.9);
    }

    [Fact]
    public static void LogIsAccurateAtItsEdges()
    {
        foreach (
            double x in new[]
            {
                double.Epsilon,
                2.2250738585072014e-308,
                double.MaxValue,
                Math.Sqrt(0.5),
                Math.Sqrt(2.0),
                0.9999999999999999,
                1.0000000000000002,
                Math.E,
            }
        )
        {
            Assert.InRange(FixedPoint.UlpError(Log(x), FixedPoint.Log(x)), 0.0, 0.9);
        }

        Assert.Equal(0.0, Log(1.0));
        Assert.Equal(double.NegativeInfinity, Log(0.0));
        Assert.Equal(double.NegativeInfinity, Log(-0.0));
        Assert.Equal(double.PositiveInfinity, Log(double.PositiveInfinity));
        Assert.True(double.IsNaN(Log(-double.Epsilon)));
        Assert.True(double.IsNaN(Log(-1.0)));
        Assert.True(double.IsNaN(Log(double.NegativeInfinity)));
        Assert.True(double.IsNaN(Log(double.NaN)));
    }

    [Fact]
    public static void TheReferenceItselfAgreesWithPublishedDigits()
    {
        // e and ln 10 to 30 digits, Abramowitz and Stegun, table 1.1.
        (BigInteger e, int n) = FixedPoint.Exp(1.0);
        BigInteger tenTo30 = BigInteger.Pow(10, 30);
        Assert.Equal(
            BigInteger.Parse("2718281828459045235360287471352", System.Globalization.CultureInfo.InvariantCulture),
            ((e << n) * tenTo30) >> FixedPoint.Scale
        );
        Assert.Equal(
            BigInteger.Parse("2302585092994045684017991454684", System.Globalization.CultureInfo.InvariantCulture),
            (FixedPoint.Log(10.0) * tenTo30) >> FixedPoint.Scale
        );
    }
}
