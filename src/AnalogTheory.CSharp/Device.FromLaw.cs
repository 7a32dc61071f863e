using System;
using System.Collections.Generic;
using AnalogTheory.Kernels.Laws;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

public sealed partial class Device
{
    /// <summary>The response factors with their number system open: doubles, lanes, intervals, text for a solver.</summary>
    /// <remarks>
    /// <c>device.Law.At(new Interval(0.0, 0.5)).Up</c> encloses q₊ on [0, ½]; a device of scalar functions has no intervals and says so.
    /// </remarks>
    public DeviceLaw Law => Inner.Law;

    /// <summary>
    /// A device of your own in algebra form: as fast as a built-in one, with intervals that enclose it and text for a solver.
    /// </summary>
    /// <remarks>
    /// Write q₊ and q₋ once, in a struct that implements <see cref="IResponseLaw{T}"/>, and derive from <see cref="DeviceLaw"/> with the one
    /// line that makes it in any number system. Equal formulas have the bits of <see cref="UserDefined"/>.
    /// </remarks>
    /// <param name="law">The law with its number system open.</param>
    /// <param name="lower">Lower end of the range that the law describes, unit of weight; −∞ for none.</param>
    /// <param name="upper">Upper end of that range, unit of weight; +∞ for none.</param>
    /// <param name="parameters">Parameters by their symbols, for tables; null for none.</param>
    /// <param name="name">Name for tables and messages.</param>
    /// <returns>The device.</returns>
    /// <exception cref="ArgumentNullException">The law or the name is null.</exception>
    /// <exception cref="ArgumentException">
    /// The lower end is not below the upper one, or the law gives NaN at an end, in the middle, or at the point of the range
    /// nearest to 0.
    /// </exception>
    public static Device FromLaw(
        DeviceLaw law,
        double lower = double.NegativeInfinity,
        double upper = double.PositiveInfinity,
        IReadOnlyDictionary<string, double>? parameters = null,
        string name = "user-defined"
    )
    {
        ArgumentNullException.ThrowIfNull(law);
        ArgumentNullException.ThrowIfNull(name);
        return new(Core.UserDefined.ofLaw(name, Edge.Listed(parameters), lower, upper, law));
    }
}
