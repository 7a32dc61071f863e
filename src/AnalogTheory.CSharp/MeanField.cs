using System;
using System.Collections.Immutable;
using Microsoft.FSharp.Core;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>Where Analog SGD settles as its learning rate goes to 0: the weight at which the expected step vanishes. For one weight, D = 1.</summary>
/// <remarks>The expected step per unit of the rate is −[F(w)·f′(w) + G(w)·E|f′(w) + ε|]: the noise moves the fixed point from w* towards w⋄.</remarks>
public static class MeanField
{
    /// <summary>The expected step of Analog SGD per unit of its learning rate.</summary>
    /// <param name="device">Device.</param>
    /// <param name="problem">A problem with D = 1.</param>
    /// <param name="noise">Noise whose E|g + ε| is known.</param>
    /// <param name="w">Weight.</param>
    /// <returns>−[F(w)·f′(w) + G(w)·E|f′(w) + ε|], loss/weight.</returns>
    /// <exception cref="ArgumentNullException">The device, the problem or the noise is null.</exception>
    /// <exception cref="ArgumentException">D is not 1, or the noise belongs to another problem.</exception>
    /// <exception cref="NotSupportedException">E|g + ε| is not known for the noise.</exception>
    public static double Drift(Device device, Problem problem, Noise noise, double w)
    {
        (FSharpFunc<double, double> derivative, FSharpFunc<double, Moments> moments) = Scalar(device, problem, noise);
        return Core.MeanField.drift(device.Inner, derivative, moments, w);
    }

    /// <summary>The weight between two others at which the expected step vanishes; unique between w⋄ and w* for convex f.</summary>
    /// <param name="device">Device.</param>
    /// <param name="problem">A problem with D = 1.</param>
    /// <param name="noise">Noise whose E|g + ε| is known.</param>
    /// <param name="lower">One end, finite; such as the symmetric point.</param>
    /// <param name="upper">The other end, finite; such as the minimiser.</param>
    /// <param name="point">The weight; NaN if there is none.</param>
    /// <returns>Whether the expected step has different signs at the two ends, or vanishes at one.</returns>
    /// <exception cref="ArgumentNullException">The device, the problem or the noise is null.</exception>
    /// <exception cref="ArgumentException">D is not 1, the noise belongs to another problem, or an end is not finite.</exception>
    /// <exception cref="NotSupportedException">E|g + ε| is not known for the noise.</exception>
    public static bool TryFixedPoint(Device device, Problem problem, Noise noise, double lower, double upper, out double point)
    {
        (FSharpFunc<double, double> derivative, FSharpFunc<double, Moments> moments) = Scalar(device, problem, noise);
        FSharpOption<double>? found = Core.MeanField.tryFixedPoint(device.Inner, derivative, moments, lower, upper);
        point = found is null ? double.NaN : found.Value;
        return found is not null;
    }

    private static (FSharpFunc<double, double> Derivative, FSharpFunc<double, Moments> Moments) Scalar(
        Device device,
        Problem problem,
        Noise noise
    )
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(noise);
        if (problem.Dimension != 1)
        {
            throw new ArgumentException($"Expected a problem with D = 1, got {problem}.", nameof(problem));
        }

        noise.RequireFits(problem, nameof(noise));
        return (
            FuncConvert.FromFunc<double, double>(w => problem.Gradient([w])[0]),
            FuncConvert.FromFunc<double, Moments>(w => noise.Inner.Moments.Invoke(Edge.Vector(ImmutableArray.Create(w))).Invoke(0))
        );
    }
}
