using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Benchmarks.Bars;

/// <summary>Fused multiply-adds of floats in registers, twelve sums at a time: no memory, the machine's peak.</summary>
internal static class Peak
{
    private const int Sums = 12;

    /// <summary>Runs them over vectors of the widest kind that the machine has.</summary>
    /// <param name="count">Multiply-adds of one float each.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static float MultiplyAdds(long count) =>
        Vector512.IsHardwareAccelerated ? MultiplyAdds<Lanes512Single>(count) : MultiplyAdds<Lanes256Single>(count);

    [MethodImpl(MethodImplOptions.NoInlining)] // inlined into a caller, its own operations would not be: ILanes
    private static float MultiplyAdds<T>(long count)
        where T : struct, ILanesSingle<T>
    {
        T a = T.Constant(0.5),
            b = T.Constant(0.25);
        T s0 = a,
            s1 = a,
            s2 = a,
            s3 = a,
            s4 = a,
            s5 = a,
            s6 = a,
            s7 = a,
            s8 = a,
            s9 = a,
            s10 = a,
            s11 = a;
        for (long round = count / (Sums * T.Count); round > 0; round--)
        {
            s0 = T.FusedMultiplyAdd(s0, a, b);
            s1 = T.FusedMultiplyAdd(s1, a, b);
            s2 = T.FusedMultiplyAdd(s2, a, b);
            s3 = T.FusedMultiplyAdd(s3, a, b);
            s4 = T.FusedMultiplyAdd(s4, a, b);
            s5 = T.FusedMultiplyAdd(s5, a, b);
            s6 = T.FusedMultiplyAdd(s6, a, b);
            s7 = T.FusedMultiplyAdd(s7, a, b);
            s8 = T.FusedMultiplyAdd(s8, a, b);
            s9 = T.FusedMultiplyAdd(s9, a, b);
            s10 = T.FusedMultiplyAdd(s10, a, b);
            s11 = T.FusedMultiplyAdd(s11, a, b);
        }

        T sum = s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11;
        return Unsafe.As<T, float>(ref sum);
    }
}
