using System;
using System.Linq;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Sampling;
using Xunit;

namespace AnalogTheory.Kernels.Tests.Sampling;

/// <summary>The numbers follow their laws: fixed keys, thresholds that a correct generator exceeds with the stated probability δ.</summary>
public static class LawTests
{
    private const ulong Key = 0x5EED_0F_1A35UL;
    private const int N = 1 << 20;

    // A standard normal exceeds this with probability 10⁻⁶, both sides together; each moment below uses it once.
    private const double Threshold = 4.8916;

    // Dvoretzky–Kiefer–Wolfowitz: √N·D exceeds √(ln(2/δ)/2) with probability at most δ = 10⁻⁶.
    private static readonly double KolmogorovSmirnov = Math.Sqrt(Math.Log(2e6) / 2.0);

    private static double[] Doubles()
    {
        var z = new double[N];
        Gaussian.Fill(Key, 1, 2, z);
        return z;
    }

    private static double[] Singles()
    {
        var z = new float[N];
        Gaussian.Fill(Key, 1, 2, z);
        return Array.ConvertAll(z, x => (double)x);
    }

    public static TheoryData<string> Both => ["double", "single"];

    private static double[] Draw(string precision) => precision == "double" ? Doubles() : Singles();

    [Theory]
    [MemberData(nameof(Both))]
    public static void GaussianMomentsAreThoseOfTheStandardNormal(string precision)
    {
        double[] z = Draw(precision);
        double root = Math.Sqrt(N);
        // Variances of z, z², z³, z⁴ are 1, 2, 15, 96; neighbours are uncorrelated.
        Assert.InRange(z.Average() * root, -Threshold, Threshold);
        Assert.InRange((z.Average(x => x * x) - 1.0) * root / Math.Sqrt(2.0), -Threshold, Threshold);
        Assert.InRange(z.Average(x => x * x * x) * root / Math.Sqrt(15.0), -Threshold, Threshold);
        Assert.InRange((z.Average(x => x * x * x * x) - 3.0) * root / Math.Sqrt(96.0), -Threshold, Threshold);
        foreach (int lag in new[] { 1, 2, 16 })
        {
            Assert.InRange(z.Zip(z.Skip(lag), (a, b) => a * b).Average() * root, -Threshold, Threshold);
            Assert.InRange(z.Zip(z.Skip(lag), (a, b) => ((a * a) - 1.0) * ((b * b) - 1.0)).Average() * root / 2.0, -Threshold, Threshold);
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public static void GaussianDistributionPassesKolmogorovSmirnov(string precision) =>
        Assert.InRange(Distance(Draw(precision), NormalProbability) * Math.Sqrt(N), 0.0, KolmogorovSmirnov);

    [Theory]
    [MemberData(nameof(Both))]
    public static void GaussianTailsHaveTheRightWeight(string precision)
    {
        double[] z = Draw(precision);
        foreach (double t in new[] { 2.0, 3.0, 4.0, 4.5 })
        {
            foreach (double sign in new[] { 1.0, -1.0 })
            {
                // Bernstein: |count − Np| exceeds √(2Npλ) + 2λ/3 with probability at most 2e^(−λ); λ = 14.5 makes it 10⁻⁶.
                const double Lambda = 14.5;
                double mean = N * NormalProbability(-t);
                Assert.InRange(
                    z.Count(x => sign * x > t) - mean,
                    -Math.Sqrt(2.0 * mean * Lambda) - (2.0 * Lambda / 3.0),
                    Math.Sqrt(2.0 * mean * Lambda) + (2.0 * Lambda / 3.0)
                );
            }
        }

        Assert.InRange(z.Max(Math.Abs), 4.0, precision == "double" ? 8.572 : 6.661);
    }

    [Fact]
    public static void UniformsAreUniform()
    {
        var u = new double[N];
        Uniform.Fill(Key, 3, 4, u);
        Assert.InRange(Distance(u, x => x) * Math.Sqrt(N), 0.0, KolmogorovSmirnov);
        Assert.All(u.Take(1000), x => Assert.Equal(0.5, (x * 4294967296.0) % 1.0));
        Assert.InRange(u.Min(), 1.1641532182693481e-10, 0.5);
        Assert.InRange(u.Max(), 0.5, 1.0 - 1.1641532182693481e-10);
    }

    [Fact]
    public static void ExtremeWordsGiveTheEndsOfTheOpenInterval()
    {
        Assert.Equal(1.1641532182693481e-10, Uniform.FromWord(Scalar.Word(0)).Value);
        Assert.Equal(1.0 - 1.1641532182693481e-10, Uniform.FromWord(Scalar.Word(ulong.MaxValue)).Value);
    }

    [Fact]
    public static void KeysPurposesReplicasAndElementsAllMatter()
    {
        double z = Gaussian.At(1, 2, 3, 4);
        Assert.NotEqual(z, Gaussian.At(1UL << 32, 2, 3, 4));
        Assert.NotEqual(z, Gaussian.At(1, 3, 3, 4));
        Assert.NotEqual(z, Gaussian.At(1, 2, 4, 4));
        Assert.NotEqual(z, Gaussian.At(1, 2, 3, 5));
        Assert.NotEqual(z, Gaussian.At(1, 2, 3, 4 + (1UL << 33)));
    }

    [Fact]
    public static void MapsFromRawNumbersCutWhereTheySay()
    {
        static Scalar S(double x) => new(x);
        Assert.Equal(-1.0, FromRaw.Rademacher(S(Math.BitDecrement(0.5))).Value);
        Assert.Equal(1.0, FromRaw.Rademacher(S(0.5)).Value);
        Assert.Equal(7.0, FromRaw.TwoPoint(S(0.2), S(0.25), S(7.0), S(8.0)).Value);
        Assert.Equal(8.0, FromRaw.TwoPoint(S(0.25), S(0.25), S(7.0), S(8.0)).Value);
        Assert.Equal(3.0, FromRaw.Clip(S(4.0), S(3.0)).Value);
        Assert.Equal(-3.0, FromRaw.Clip(S(-4.0), S(3.0)).Value);
        Assert.Equal(-2.5, FromRaw.Clip(S(-2.5), S(3.0)).Value);
    }

    private static double Distance(double[] sample, Func<double, double> probability)
    {
        Array.Sort(sample);
        double worst = 0.0;
        for (int i = 0; i < sample.Length; i++)
        {
            double p = probability(sample[i]);
            worst = Math.Max(worst, Math.Max(p - ((double)i / sample.Length), ((double)(i + 1) / sample.Length) - p));
        }

        return worst;
    }

    // Φ by its alternating-free series about 0 and, in the tails, by the continued fraction of Mills' ratio; both to about 10⁻¹⁴.
    private static double NormalProbability(double x)
    {
        double density = Math.Exp(-0.5 * x * x) / Math.Sqrt(2.0 * Math.PI);
        if (Math.Abs(x) < 3.0)
        {
            double sum = x,
                term = x;
            for (int k = 1; Math.Abs(term) > 1e-18; k++)
            {
                term *= x * x / ((2 * k) + 1);
                sum += term;
            }

            return 0.5 + (density * sum);
        }

        double ratio = 0.0,
            a = Math.Abs(x);
        for (int k = 60; k > 0; k--)
        {
            ratio = k / (a + ratio);
        }

        double tail = density / (a + ratio);
        return x < 0.0 ? tail : 1.0 - tail;
    }
}
