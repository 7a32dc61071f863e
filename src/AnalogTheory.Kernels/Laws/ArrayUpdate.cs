using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>The analog update of a whole array of elements of one device.</summary>
public static class ArrayUpdate
{
    /// <summary>next_i = U(w_i, Δ_i).</summary>
    /// <param name="device">Device of every element.</param>
    /// <param name="w">Weights; n.</param>
    /// <param name="increment">Desired changes Δ, unit of w; n.</param>
    /// <param name="next">Receives the new weights; n. May be the same memory as w, but must not overlap it otherwise.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static void Apply(DeviceLaw device, ReadOnlySpan<double> w, ReadOnlySpan<double> increment, Span<double> next)
    {
        ArgumentNullException.ThrowIfNull(device);
        RequireEqual(w.Length, increment.Length, next.Length);
        int done = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            done = Vectorised<double, Lanes512>(device, w, increment, next);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            done = Vectorised<double, Lanes256>(device, w, increment, next);
        }

        Vectorised<double, Scalar>(device, w[done..], increment[done..], next[done..]);
    }

    /// <summary>next_i = U(w_i, Δ_i) in single precision.</summary>
    /// <param name="device">Device of every element.</param>
    /// <param name="w">Weights; n.</param>
    /// <param name="increment">Desired changes Δ, unit of w; n.</param>
    /// <param name="next">Receives the new weights; n. May be the same memory as w, but must not overlap it otherwise.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static void Apply(DeviceLaw device, ReadOnlySpan<float> w, ReadOnlySpan<float> increment, Span<float> next)
    {
        ArgumentNullException.ThrowIfNull(device);
        RequireEqual(w.Length, increment.Length, next.Length);
        int done = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            done = Vectorised<float, Lanes512Single>(device, w, increment, next);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            done = Vectorised<float, Lanes256Single>(device, w, increment, next);
        }

        Vectorised<float, ScalarSingle>(device, w[done..], increment[done..], next[done..]);
    }

    private static void RequireEqual(int w, int increment, int next)
    {
        if (w != increment || w != next)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected equal lengths, got w={w}, increment={increment}, next={next}.")
            );
        }
    }

    // Updates as many whole vectors as fit; returns the number of elements done.
    private static int Vectorised<TElement, T>(
        DeviceLaw device,
        ReadOnlySpan<TElement> w,
        ReadOnlySpan<TElement> increment,
        Span<TElement> next
    )
        where TElement : struct
        where T : struct, IAlgebra<T>
    {
        ReadOnlySpan<T> vectors = MemoryMarshal.Cast<TElement, T>(w);
        device.Accept<T, Loop<T>, int>(
            new Loop<T>(vectors, MemoryMarshal.Cast<TElement, T>(increment), MemoryMarshal.Cast<TElement, T>(next))
        );
        return vectors.Length
            * (System.Runtime.CompilerServices.Unsafe.SizeOf<T>() / System.Runtime.CompilerServices.Unsafe.SizeOf<TElement>());
    }

    private readonly ref struct Loop<T> : ILawVisitor<T, int>
        where T : struct, IAlgebra<T>
    {
        private readonly ReadOnlySpan<T> _w;
        private readonly ReadOnlySpan<T> _increment;
        private readonly Span<T> _next;

        internal Loop(ReadOnlySpan<T> w, ReadOnlySpan<T> increment, Span<T> next)
        {
            _w = w;
            _increment = increment;
            _next = next;
        }

        public int Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<T>
        {
            ReadOnlySpan<T> w = _w;
            ReadOnlySpan<T> increment = _increment[..w.Length];
            Span<T> next = _next[..w.Length];
            TLaw device = law;
            for (int i = 0; i < w.Length; i++)
            {
                next[i] = AnalogUpdate.Apply(device, w[i], increment[i]);
            }

            return w.Length;
        }
    }
}
