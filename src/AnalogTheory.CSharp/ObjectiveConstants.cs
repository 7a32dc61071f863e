using System;
using Microsoft.FSharp.Core;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>What you know of an objective of your own besides L; the claims take it at your word. Immutable, made by an initialiser.</summary>
/// <remarks>The defaults say nothing: not known to be convex, L valid everywhere, f* = f(W*).</remarks>
public sealed record ObjectiveConstants
{
    /// <summary>Nothing that you vouch for yet.</summary>
    public ObjectiveConstants() { }

    /// <summary>μ in [0, L], the strong convexity on the domain, loss/weight²; 0 if only convex, or not convex.</summary>
    public double StrongConvexity { get; init; }

    /// <summary>Whether f is convex; μ above 0 says so too.</summary>
    public bool IsConvex { get; init; }

    /// <summary>R, the largest ‖W‖∞ for which L and μ hold, unit of weight; +∞ where they hold everywhere.</summary>
    public double Domain { get; init; } = double.PositiveInfinity;

    /// <summary>f*, loss; null for f(W*).</summary>
    public double? Minimum { get; init; }

    internal Core.ObjectiveConstants With(double smoothness) =>
        new(
            smoothness,
            StrongConvexity,
            IsConvex,
            Domain,
            Minimum is { } minimum ? FSharpOption<double>.Some(minimum) : FSharpOption<double>.None
        );
}
