using System;
using System.Numerics;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Elementary;
using AnalogTheory.Kernels.Tests.References;
using Xunit;

namespace AnalogTheory.Kernels.Tests.Elementary;

public static class SinCosTests
{
    private static (double Sin, double Cos) At(double v)
    {
        SinCos.OfTurns(new Scalar(v), out Scalar sin, out Scalar cos);
        return (sin.Value, cos.Value);
    }

    private static double Error(double v)
    {
        (double sin, double cos) = At(v);
        (BigInteger exactSin, BigInteger exactCos) = FixedPoint.SinCosOfTurns(v);
        return Math.Max(FixedPoint.UlpError(sin, exactSin), FixedPoint.UlpError(cos, exactCos));
    }

    [Fact]
    public static void BothAreWithinElevenTenthsOfAnUlp()
    {
        var draws = new Draws(3);
        double worst = 0.0;
        for (int i = 0; i < 100_000; i++)
        {
            worst = Math.Max(worst, Error(draws.Unit()));
        }

        Assert.InRange(worst, 0.5, 1.1);
    }

    [Fact]
    public static void BothAreAccurateNextToTheirZerosAndQuadrantEdges()
    {
        for (int eighth = 0; eighth < 8; eighth++)
        {
            double v = eighth / 8.0;
            foreach (double near in new[] { Math.BitIncrement(v + 1e-20), Math.BitDecrement(v + 0.125), v + 1e-12, v + 0.0625 })
            {
                Assert.InRange(Error(near), 0.0, 1.1);
            }
        }
    }

    [Fact]
    public static void QuartersOfATurnAreExact()
    {
        Assert.Equal((0.0, 1.0), At(0.0));
        Assert.Equal(1.0, At(0.25).Sin);
        Assert.Equal(0.0, Math.Abs(At(0.25).Cos));
        Assert.Equal(0.0, Math.Abs(At(0.5).Sin));
        Assert.Equal(-1.0, At(0.5).Cos);
        Assert.Equal(-1.0, At(0.75).Sin);
        Assert.Equal(0.0, Math.Abs(At(0.75).Cos));
    }
}
