using System;
using System.Numerics;

namespace AnalogTheory.Kernels.Tests.References;

/// <summary>Elementary functions to about 180 bits, in integers scaled by 2¹⁹²: the yardstick for the polynomials.</summary>
internal static class FixedPoint
{
    internal const int Scale = 192;

    private static readonly BigInteger One = BigInteger.One << Scale;
    private static readonly BigInteger Ln2 = 2 * InverseHyperbolicTangentOf(3);
    private static readonly BigInteger Pi = 4 * ((4 * ArcTangentOf(5)) - ArcTangentOf(239));

    /// <summary>x·2¹⁹², exact unless x has bits below 2⁻¹⁹², which are cut off.</summary>
    internal static BigInteger Of(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int field = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xF_FFFF_FFFF_FFFFL) | (field == 0 ? 0L : 1L << 52);
        int shift = (field == 0 ? 1 : field) - 1075 + Scale;
        BigInteger magnitude = shift >= 0 ? mantissa << shift : mantissa >> -shift;
        return bits < 0 ? -magnitude : magnitude;
    }

    /// <summary>eˣ as y·2ⁿ with y in about [0.7, 1.42].</summary>
    internal static (BigInteger Y, int Exponent) Exp(double x)
    {
        int n = (int)Math.Round(x * 1.4426950408889634);
        return (ExpOfSmall(Of(x) - (n * Ln2)), n);
    }

    /// <summary>ln x for x &gt; 0, subnormal or not.</summary>
    internal static BigInteger Log(double x)
    {
        int k = Math.ILogB(x);
        // Exact: subnormals are scaled up by hand.
        double m = k < -1022 ? x * Math.ScaleB(1.0, 60) * Math.ScaleB(1.0, -k - 60) : Math.ScaleB(x, -k);
        double guess = Math.Log(m);
        BigInteger e = ExpOfSmall(Of(guess));
        BigInteger d = ((Of(m) - e) << Scale) / e;
        BigInteger square = Times(d, d);
        return Of(guess) + d - (square / 2) + (Times(square, d) / 3) + (k * Ln2);
    }

    /// <summary>sin 2πv and cos 2πv.</summary>
    internal static (BigInteger Sin, BigInteger Cos) SinCosOfTurns(double v)
    {
        double q = Math.Round(4.0 * v);
        (BigInteger sin, BigInteger cos) = SinCosOfSmall(Times(Of(v - (0.25 * q)), 2 * Pi));
        return ((int)q & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }

    /// <summary>√x for x ≥ 0 in this scale.</summary>
    internal static BigInteger Sqrt(BigInteger x)
    {
        BigInteger target = x << Scale;
        if (target.IsZero)
        {
            return target;
        }

        BigInteger y = BigInteger.One << (int)((target.GetBitLength() + 2) / 2);
        while (true)
        {
            BigInteger next = (y + (target / y)) >> 1;
            if (next >= y)
            {
                return y;
            }

            y = next;
        }
    }

    /// <summary>Product in this scale.</summary>
    internal static BigInteger Times(BigInteger a, BigInteger b) => (a * b) >> Scale;

    /// <summary>The nearest double, near enough for printing and for ratios.</summary>
    internal static double ToDouble(BigInteger a) => Math.ScaleB((double)a, -Scale);

    /// <summary>Distance of y from the reference, in units in the last place of the reference.</summary>
    internal static double UlpError(double y, BigInteger reference)
    {
        if (reference.IsZero)
        {
            return y == 0.0 ? 0.0 : double.PositiveInfinity;
        }

        int lastPlace = (int)BigInteger.Abs(reference).GetBitLength() - 53;
        return Math.ScaleB((double)BigInteger.Abs(Of(y) - reference), -lastPlace);
    }

    private static BigInteger ExpOfSmall(BigInteger r)
    {
        BigInteger sum = One,
            term = One;
        for (int i = 1; !term.IsZero; i++)
        {
            term = Times(term, r) / i;
            sum += term;
        }

        return sum;
    }

    private static (BigInteger Sin, BigInteger Cos) SinCosOfSmall(BigInteger a)
    {
        BigInteger sin = a,
            cos = One,
            odd = a,
            even = One,
            square = Times(a, a);
        for (int i = 1; !odd.IsZero || !even.IsZero; i += 2)
        {
            even = -Times(even, square) / (i * (i + 1));
            odd = -Times(odd, square) / ((i + 1) * (i + 2));
            cos += even;
            sin += odd;
        }

        return (sin, cos);
    }

    // artanh(1/n) and arctan(1/n) by their series.
    private static BigInteger InverseHyperbolicTangentOf(int n) => Series(n, 1);

    private static BigInteger ArcTangentOf(int n) => Series(n, -1);

    private static BigInteger Series(int n, int sign)
    {
        const int Guard = 32;
        BigInteger power = (BigInteger.One << (Scale + Guard)) / n,
            sum = power;
        for (int i = 3, s = sign; !power.IsZero; i += 2, s *= sign)
        {
            power /= n * n;
            sum += s * power / i;
        }

        return sum >> Guard;
    }
}
