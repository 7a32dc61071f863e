using System;
using System.Collections.Immutable;
using System.Linq;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

public sealed partial class Device
{
    /// <summary>The device without asymmetry, q₊ = q₋ = 1: every analog rule on it is its digital one, bit for bit.</summary>
    public static Device Ideal { get; } = new(Core.Ideal.create());

    /// <summary>The asymmetric linear device: q₊ = 1 − (w − w⋄)/τ, q₋ = 1 + (w − w⋄)/τ, hence F = 1 and G = (w − w⋄)/τ.</summary>
    /// <remarks>Source: arXiv 2406.12774v1, eq. 8.</remarks>
    /// <param name="radius">τ &gt; 0, unit of weight: the weight stays in [w⋄ − τ, w⋄ + τ] while |Δ| ≤ τ (Theorem 1).</param>
    /// <param name="symmetricPoint">w⋄, finite, unit of weight.</param>
    /// <returns>The device.</returns>
    /// <exception cref="ArgumentException">τ is not a finite number above 0, or w⋄ is not finite.</exception>
    public static Device AsymmetricLinear(double radius, double symmetricPoint = 0.0) =>
        new(Core.AsymmetricLinear.createAt(radius, symmetricPoint));

    /// <summary>The generic linear device: q₊ = (1 + c)(1 − w/τ), q₋ = (1 − c)(1 + w/τ), hence w⋄ = cτ.</summary>
    /// <remarks>Source: arXiv 2502.06309, Figure 2.</remarks>
    /// <param name="radius">τ &gt; 0, unit of weight.</param>
    /// <param name="asymmetry">c, dimensionless, |c| &lt; 1.</param>
    /// <returns>The device.</returns>
    /// <exception cref="ArgumentException">τ is not a finite number above 0, or |c| is not below 1.</exception>
    public static Device GenericLinear(double radius, double asymmetry) => new(Core.GenericLinear.create(radius, asymmetry));

    /// <summary>The linear-step (soft-bounds) device: q₊ = 1 − (w − w⋄)/τ_max, q₋ = 1 − (w − w⋄)/τ_min.</summary>
    /// <remarks>
    /// τ_max and τ_min are offsets from w⋄; the bounds are w⋄ + τ_max and w⋄ + τ_min. Source: arXiv 2406.12774v1, appendix C.
    /// </remarks>
    /// <param name="upper">τ_max &gt; 0, unit of weight.</param>
    /// <param name="lower">τ_min &lt; 0, unit of weight.</param>
    /// <param name="symmetricPoint">w⋄, finite, unit of weight.</param>
    /// <returns>The device.</returns>
    /// <exception cref="ArgumentException">τ_max is not finite and above 0, τ_min not finite and below 0, or w⋄ not finite.</exception>
    public static Device LinearStep(double upper, double lower, double symmetricPoint = 0.0) =>
        new(Core.LinearStep.createAt(upper, lower, symmetricPoint));

    /// <summary>The power-step device: q₊ = ((τ_max − w)/R)^γ₊, q₋ = ((w − τ_min)/R)^γ₋, R = τ_max − τ_min.</summary>
    /// <remarks>
    /// The first paper's normalisation, in which F(w⋄) is not 1; <see cref="SymmetricPower"/> is the second's. Source: arXiv 2406.12774v1,
    /// appendix C.
    /// </remarks>
    /// <param name="upper">τ_max, unit of weight.</param>
    /// <param name="lower">τ_min &lt; τ_max, unit of weight.</param>
    /// <param name="upExponent">γ₊ &gt; 0, dimensionless.</param>
    /// <param name="downExponent">γ₋ &gt; 0, dimensionless.</param>
    /// <returns>The device.</returns>
    /// <exception cref="ArgumentException">
    /// A bound is not finite, τ_min is not below τ_max, or an exponent is not finite and above 0.
    /// </exception>
    public static Device PowerStep(double upper, double lower, double upExponent, double downExponent) =>
        new(Core.PowerStep.create(upper, lower, upExponent, downExponent));

    /// <summary>The power device: q₊ = (1 − w/τ)^γ, q₋ = (1 + w/τ)^γ, both 1 at w⋄ = 0.</summary>
    /// <remarks>The second paper's normalisation; <see cref="PowerStep"/> is the first's. Source: arXiv 2502.06309, appendix K.1.</remarks>
    /// <param name="radius">τ &gt; 0, unit of weight.</param>
    /// <param name="exponent">γ &gt; 0, dimensionless.</param>
    /// <returns>The device.</returns>
    /// <exception cref="ArgumentException">τ or γ is not a finite number above 0.</exception>
    public static Device SymmetricPower(double radius, double exponent) => new(Core.SymmetricPower.create(radius, exponent));

    /// <summary>The exponential-step device: q₊ = 1 − exp(−γ₊(τ_max − w)/R), q₋ = 1 − exp(−γ₋(w − τ_min)/R), R = τ_max − τ_min.</summary>
    /// <remarks>
    /// The first paper's normalisation, in which F(w⋄) is not 1; <see cref="SymmetricExponential"/> is the second's. Source: arXiv
    /// 2406.12774v1, appendix C.
    /// </remarks>
    /// <param name="upper">τ_max, unit of weight.</param>
    /// <param name="lower">τ_min &lt; τ_max, unit of weight.</param>
    /// <param name="upExponent">γ₊ &gt; 0, dimensionless.</param>
    /// <param name="downExponent">γ₋ &gt; 0, dimensionless.</param>
    /// <returns>The device.</returns>
    /// <exception cref="ArgumentException">
    /// A bound is not finite, τ_min is not below τ_max, or an exponent is not finite and above 0.
    /// </exception>
    public static Device ExponentialStep(double upper, double lower, double upExponent, double downExponent) =>
        new(Core.ExponentialStep.create(upper, lower, upExponent, downExponent));

    /// <summary>The exponential device: q± = (exp(γ(1 ∓ w/τ)) − 1)/(exp(γ) − 1), both 1 at w⋄ = 0.</summary>
    /// <remarks>
    /// The second paper's normalisation; <see cref="ExponentialStep"/> is the first's. Source: arXiv 2502.06309, appendix K.1.
    /// </remarks>
    /// <param name="radius">τ &gt; 0, unit of weight.</param>
    /// <param name="exponent">γ in (0, 350], dimensionless.</param>
    /// <returns>The device.</returns>
    /// <exception cref="ArgumentException">τ is not a finite number above 0, or γ lies outside (0, 350].</exception>
    public static Device SymmetricExponential(double radius, double exponent) => new(Core.SymmetricExponential.create(radius, exponent));

    /// <summary>A device of your own, from its two response factors.</summary>
    /// <remarks>
    /// Ensembles call the functions once per element and step, from several threads: they must be pure, and return NaN rather than throw.
    /// </remarks>
    /// <param name="up">q₊ as a function of the weight, dimensionless.</param>
    /// <param name="down">q₋ as a function of the weight, dimensionless.</param>
    /// <param name="lower">Lower end of the range that the functions describe, unit of weight; −∞ for none.</param>
    /// <param name="upper">Upper end of that range, unit of weight; +∞ for none.</param>
    /// <param name="name">Name for tables and messages.</param>
    /// <returns>The device.</returns>
    /// <exception cref="ArgumentNullException">A function or the name is null.</exception>
    /// <exception cref="ArgumentException">
    /// The lower end is not below the upper one, or a function returns NaN at an end, in the middle, or at the point of the
    /// range nearest to 0.
    /// </exception>
    public static Device UserDefined(
        Func<double, double> up,
        Func<double, double> down,
        double lower = double.NegativeInfinity,
        double upper = double.PositiveInfinity,
        string name = "user-defined"
    )
    {
        ArgumentNullException.ThrowIfNull(up);
        ArgumentNullException.ThrowIfNull(down);
        ArgumentNullException.ThrowIfNull(name);
        return new(Core.UserDefined.ofDelegates(name, lower, upper, up, down));
    }

    /// <summary>A device from tables of its response factors, linear between nodes and constant beyond them.</summary>
    /// <param name="up">Nodes of q₊, their weights strictly increasing; at least one.</param>
    /// <param name="down">Nodes of q₋, their weights strictly increasing; at least one, and two weights at least in both tables.</param>
    /// <param name="name">Name for tables and messages.</param>
    /// <returns>The device.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">
    /// A table is <c>default</c>, empty, not finite or not increasing, or all nodes coincide.
    /// </exception>
    public static Device Tabulated(ImmutableArray<ResponseNode> up, ImmutableArray<ResponseNode> down, string name = "tabulated")
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(Core.Tabulated.create(name, Pairs(Edge.Initialised(up)), Pairs(Edge.Initialised(down))));
    }

    private static Tuple<double, double>[] Pairs(ImmutableArray<ResponseNode> nodes) =>
        [.. nodes.Select(node => Tuple.Create(node.Weight, node.Factor))];
}

/// <summary>One node of a table of a response factor.</summary>
/// <param name="Weight">Weight, finite.</param>
/// <param name="Factor">Response factor at that weight, dimensionless, finite.</param>
public readonly record struct ResponseNode(double Weight, double Factor);
