using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Elementary;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Kernels.Tests.References;

namespace AnalogTheory.Kernels.Tests.Golden;

/// <summary>Everything whose bits are promised, as lines of text: some values in full, and a hash over many.</summary>
internal static class GoldenValues
{
    private const ulong Key = 0x0123_4567_89AB_CDEFUL;
    private const int Count = 10_007;

    /// <summary>The first line says which vector widths this process uses; the rest must be the same everywhere.</summary>
    internal static IEnumerable<string> Lines()
    {
        yield return Capabilities();
        yield return "what,first,second,third,hash of 10007 (FNV-1a over the bits)";
        var doubles = new double[Count];
        Uniform.Fill(Key, 1, 2, doubles);
        yield return Line("uniform", doubles);
        Gaussian.Fill(Key, 3, 4, doubles);
        yield return Line("gaussian", doubles);
        var singles = new float[Count];
        Gaussian.Fill(Key, 5, 6, singles);
        yield return Line("gaussian single", Array.ConvertAll(singles, x => (double)x));

        var draws = new Draws(7);
        yield return Line("exp", Make(() => ExpLog.Exp(new Scalar(draws.Between(-720.0, 720.0))).Value));
        yield return Line(
            "log",
            Make(() => ExpLog.Log(new Scalar(BitConverter.UInt64BitsToDouble(draws.Bits() % 0x7FF0_0000_0000_0000UL))).Value)
        );
        yield return Line(
            "sin and cos of turns",
            Make(() =>
            {
                SinCos.OfTurns(new Scalar(draws.Unit()), out Scalar sin, out Scalar cos);
                return sin.Value + cos.Value;
            })
        );

        // Every width in this process, whether or not the hardware has it.
        yield return Line("replicas uniform 1", Replicas<Scalar>(Uniform.FillUniform));
        yield return Line("replicas uniform 4", Replicas<Lanes256>(Uniform.FillUniform));
        yield return Line("replicas uniform 8", Replicas<Lanes512>(Uniform.FillUniform));
        yield return Line("replicas gaussian 1", Replicas<Scalar>(Gaussian.FillGaussian));
        yield return Line("replicas gaussian 4", Replicas<Lanes256>(Gaussian.FillGaussian));
        yield return Line("replicas gaussian 8", Replicas<Lanes512>(Gaussian.FillGaussian));
    }

    internal static string Capabilities() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"# Vector512={Vector512.IsHardwareAccelerated} Avx512F={Avx512F.IsSupported} Vector256={Vector256.IsHardwareAccelerated} Avx2={Avx2.IsSupported} Fma={Fma.IsSupported} Vector128={Vector128.IsHardwareAccelerated}"
        );

    private delegate void Fill<T>(ulong key, uint purpose, uint firstReplica, ulong firstElement, int elements, int vectors, Span<T> raw);

    private static double[] Replicas<T>(Fill<T> fill)
        where T : struct, ILanes<T>
    {
        const int Elements = 13,
            Replicas = 24;
        var raw = new T[Elements * Replicas / T.Count];
        fill(Key, 8, uint.MaxValue - 10, 1UL << 34, Elements, Replicas / T.Count, raw);
        return MemoryMarshal.Cast<T, double>(raw).ToArray();
    }

    private static double[] Make(Func<double> next)
    {
        var values = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            values[i] = next();
        }

        return values;
    }

    private static string Line(string what, double[] values)
    {
        ulong hash = 0xCBF29CE484222325UL;
        foreach (double value in values)
        {
            hash = (hash ^ BitConverter.DoubleToUInt64Bits(value)) * 0x100000001B3UL;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{what},{values[0]:R},{values[1]:R},{values[2]:R},{hash:x16}");
    }
}
