using System;
using System.Runtime.InteropServices;

namespace AnalogTheory.Kernels.Algebra;

/// <summary>Views of plain numbers as lanes and back; no copy.</summary>
public static class Lanes
{
    /// <summary>Doubles seen as one-lane numbers.</summary>
    /// <param name="values">The doubles; the view is as long.</param>
    public static ReadOnlySpan<Scalar> Of(ReadOnlySpan<double> values) => MemoryMarshal.Cast<double, Scalar>(values);

    /// <summary>Doubles seen as one-lane numbers.</summary>
    /// <param name="values">The doubles; the view is as long.</param>
    public static Span<Scalar> Of(Span<double> values) => MemoryMarshal.Cast<double, Scalar>(values);

    /// <summary>Lanes seen as doubles.</summary>
    /// <param name="lanes">The lanes; the view holds all of each.</param>
    public static ReadOnlySpan<double> Doubles<T>(ReadOnlySpan<T> lanes)
        where T : struct, ILanes<T> => MemoryMarshal.Cast<T, double>(lanes);

    /// <summary>Lanes seen as doubles.</summary>
    /// <param name="lanes">The lanes; the view holds all of each.</param>
    public static Span<double> Doubles<T>(Span<T> lanes)
        where T : struct, ILanes<T> => MemoryMarshal.Cast<T, double>(lanes);
}
