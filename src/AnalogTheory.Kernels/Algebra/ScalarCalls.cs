using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AnalogTheory.Kernels.Algebra;

/// <summary>Calls of functions that are not ours from the middle of loops over vectors.</summary>
/// <remarks>
/// A wide instruction leaves the upper halves of the vector registers dirty until one that zeroes them. Code compiled without optimisation, as a user's
/// is in a debug build, calls the C library (Math.Exp, Math.Pow) without zeroing them first, and where that library was compiled for narrow
/// registers every one of its instructions then waits for the upper halves. The storing method below is a call of its own because the compiler
/// zeroes the upper halves at the end of every method that used them: what follows it runs in a clean state. A slowdown of debug builds by a factor of
/// ten and more was reported on one machine; on the machines tried since neither form showed it.
/// </remarks>
internal static class ScalarCalls
{
    /// <summary>The values of a function at four numbers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Vector256<double> Map(ScalarFunction function, Vector256<double> argument)
    {
        Span<double> numbers = stackalloc double[4];
        Store(argument, ref numbers[0]);
        function.Replace(numbers);
        return Vector256.LoadUnsafe(ref numbers[0]);
    }

    /// <summary>The values of a function at eight numbers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Vector512<double> Map(ScalarFunction function, Vector512<double> argument)
    {
        Span<double> numbers = stackalloc double[8];
        Store(argument, ref numbers[0]);
        function.Replace(numbers);
        return Vector512.LoadUnsafe(ref numbers[0]);
    }

    /// <summary>Replaces numbers by a function's values at them, from a clean vector state.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Replace(ScalarFunction function, Span<double> numbers)
    {
        Clean(numbers);
        function.Replace(numbers);
    }

    // Leaves the numbers as they are; that it uses a wide register is what makes the compiler zero the upper halves at its end.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Clean(Span<double> numbers)
    {
        if (Vector256.IsHardwareAccelerated && numbers.Length >= 4)
        {
            Vector256.LoadUnsafe(ref numbers[0]).StoreUnsafe(ref numbers[0]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Store(Vector256<double> vector, ref double target) => vector.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Store(Vector512<double> vector, ref double target) => vector.StoreUnsafe(ref target);
}
