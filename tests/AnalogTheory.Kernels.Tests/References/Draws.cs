using System;

namespace AnalogTheory.Kernels.Tests.References;

/// <summary>Operands for tests: a SplitMix64 sequence from a fixed seed, independent of the generator under test.</summary>
internal sealed class Draws(ulong seed)
{
    private ulong _state = seed;

    private static readonly double[] SpecialValues =
    [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        double.Epsilon,
        -double.Epsilon,
        2.2250738585072014e-308,
        double.MaxValue,
        double.MinValue,
        double.PositiveInfinity,
        double.NegativeInfinity,
        double.NaN,
        1e-310,
        709.782712893384,
        -708.3964185322641,
        3.5,
        2.5,
        -2.5,
        4503599627370497.5,
    ];

    /// <summary>64 random bits.</summary>
    internal ulong Bits()
    {
        ulong z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    internal double Unit() => (Bits() >> 11) * (1.0 / 9007199254740992.0);

    /// <summary>Uniform in [low, high).</summary>
    internal double Between(double low, double high) => low + ((high - low) * Unit());

    /// <summary>A zero of either sign, an infinity, NaN, an extreme, an edge of exp, or a tie for rounding.</summary>
    internal double Special() => SpecialValues[(int)(Bits() % (ulong)SpecialValues.Length)];

    /// <summary>Any bit pattern.</summary>
    internal double AnyDouble() => BitConverter.UInt64BitsToDouble(Bits());

    /// <summary>Any bit pattern.</summary>
    internal float AnySingle() => BitConverter.UInt32BitsToSingle((uint)Bits());

    /// <summary>A number of ordinary size: magnitude 2⁻⁴⁰ … 2⁴⁰, either sign.</summary>
    internal double Ordinary() => Math.ScaleB(Between(-1.0, 1.0), (int)(Bits() % 81) - 40);
}
