using System;
using System.Numerics;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Kernels.Tests.References;
using Xunit;

namespace AnalogTheory.Kernels.Tests.Sampling;

/// <summary>Each number is the real formula of its block's words, up to the stated rounding.</summary>
public static class GaussianAccuracyTests
{
    private const ulong Key = 0xACC0_5EED;

    [Fact]
    public static void DoublesFollowTheFormulaWithin4e16OfTheRadius()
    {
        double worst = 0.0;
        for (uint block = 0; block < 20_000; block++)
        {
            (uint w0, uint w1, uint w2, uint w3) = Philox.Block(block, 0, 2, 1, (uint)Key, (uint)(Key >> 32));
            double u = ((((ulong)w1 << 32) | w0) >> 12) * Math.ScaleB(1.0, -52) + Math.ScaleB(1.0, -53);
            BigInteger radius = FixedPoint.Sqrt(-2 * FixedPoint.Log(u));
            double turns = 0.125 + (((((ulong)w3 << 32) | w2) >> 12) * Math.ScaleB(1.0, -54)) - 0.125;
            (BigInteger sin, BigInteger cos) = FixedPoint.SinCosOfTurns(turns);
            worst = Math.Max(worst, Error(Gaussian.At(Key, 1, 2, 2 * block), (w2 & 1) == 0 ? cos : -cos, radius));
            worst = Math.Max(worst, Error(Gaussian.At(Key, 1, 2, (2 * block) + 1), (w2 & 2) == 0 ? sin : -sin, radius));
        }

        Assert.InRange(worst, 1e-16, 4e-16);
    }

    [Fact]
    public static void FloatsFollowTheFormulaWithinTheStatedRounding()
    {
        double worst = 0.0;
        for (uint block = 0; block < 50_000; block++)
        {
            (uint w0, uint w1, uint w2, uint w3) = Philox.Block(block, 0, 2, 1, (uint)Key, (uint)(Key >> 32));
            ulong element = (64UL * (block / 16)) + (block % 16);
            for (uint pair = 0; pair < 2; pair++)
            {
                (uint a, uint b) = pair == 0 ? (w0, w1) : (w2, w3);
                double radius = Math.Sqrt(-2.0 * Math.Log(((a >> 1) + 0.5) * Math.ScaleB(1.0, -31)));
                // The low 30 bits as a signed number: a place within an eighth of a turn of the first diagonal.
                double angle = 2.0 * Math.PI * (0.125 + ((int)(b << 2) * Math.ScaleB(1.0, -34)));
                double first = (int)b < 0 ? -Math.Cos(angle) : Math.Cos(angle);
                double second = (int)(b << 1) < 0 ? -Math.Sin(angle) : Math.Sin(angle);
                double allowed = (3e-7 * radius) + Math.Min(6e-8 / radius, 2.5e-4);
                worst = Math.Max(worst, Math.Abs(Gaussian.AtSingle(Key, 1, 2, element + (32 * pair)) - (radius * first)) / allowed);
                worst = Math.Max(worst, Math.Abs(Gaussian.AtSingle(Key, 1, 2, element + (32 * pair) + 16) - (radius * second)) / allowed);
            }
        }

        Assert.InRange(worst, 0.3, 1.0);
    }

    private static double Error(double z, BigInteger direction, BigInteger radius) =>
        FixedPoint.ToDouble(((BigInteger.Abs(FixedPoint.Of(z) - FixedPoint.Times(direction, radius))) << FixedPoint.Scale) / radius);
}
