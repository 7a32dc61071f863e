using System;
using System.Globalization;
using AnalogTheory.Kernels.Ensembles;

namespace AnalogTheory.CSharp;

/// <summary>
/// A quantity of one replica's state before a step, for an ensemble to trace and average. Immutable; equal when it is the same quantity.
/// </summary>
public sealed record Measure
{
    private Measure(Kernels.Ensembles.Measure kernel, string name, string column)
    {
        Kernel = kernel;
        Name = name;
        Column = column;
    }

    /// <summary>f(W) − f*; loss.</summary>
    public static Measure Excess { get; } = new(new(MeasureKind.Excess), "f(W) − f*", "excess");

    /// <summary>‖∇f(W)‖², without noise; (loss/weight)².</summary>
    public static Measure GradientNormSquared { get; } = new(new(MeasureKind.GradientNormSquared), "‖∇f(W)‖²", "gradient_norm_squared");

    /// <summary>‖W‖∞; weight.</summary>
    public static Measure LargestWeight { get; } = new(new(MeasureKind.LargestWeight), "‖W‖∞", "largest_weight");

    /// <summary>‖P‖∞; weight. Only for rules with an auxiliary array.</summary>
    public static Measure LargestAuxiliary { get; } = new(new(MeasureKind.LargestAuxiliary), "‖P‖∞", "largest_auxiliary");

    /// <summary>Symbol, such as <c>‖∇f(W)‖²</c>.</summary>
    public string Name { get; }

    /// <summary>Name in tables for other programs, such as <c>gradient_norm_squared</c>.</summary>
    public string Column { get; }

    internal Kernels.Ensembles.Measure Kernel { get; }

    internal bool NeedsAuxiliary => Kernel.Kind is MeasureKind.Auxiliary or MeasureKind.AuxiliarySquared or MeasureKind.LargestAuxiliary;

    /// <summary>One coordinate of W; weight.</summary>
    /// <param name="coordinate">d in [0, D).</param>
    /// <returns>The measure.</returns>
    /// <exception cref="ArgumentException">d is below 0.</exception>
    public static Measure Weight(int coordinate) =>
        Of(
            MeasureKind.Weight,
            coordinate,
            string.Create(CultureInfo.InvariantCulture, $"W[{coordinate}]"),
            string.Create(CultureInfo.InvariantCulture, $"weight_{coordinate}")
        );

    /// <summary>One coordinate of W, squared; weight².</summary>
    /// <param name="coordinate">d in [0, D).</param>
    /// <returns>The measure.</returns>
    /// <exception cref="ArgumentException">d is below 0.</exception>
    public static Measure WeightSquared(int coordinate) =>
        Of(
            MeasureKind.WeightSquared,
            coordinate,
            string.Create(CultureInfo.InvariantCulture, $"W[{coordinate}]²"),
            string.Create(CultureInfo.InvariantCulture, $"weight_squared_{coordinate}")
        );

    /// <summary>One coordinate of P; weight. Only for rules with an auxiliary array.</summary>
    /// <param name="coordinate">d in [0, D).</param>
    /// <returns>The measure.</returns>
    /// <exception cref="ArgumentException">d is below 0.</exception>
    public static Measure Auxiliary(int coordinate) =>
        Of(
            MeasureKind.Auxiliary,
            coordinate,
            string.Create(CultureInfo.InvariantCulture, $"P[{coordinate}]"),
            string.Create(CultureInfo.InvariantCulture, $"auxiliary_{coordinate}")
        );

    /// <summary>One coordinate of P, squared; weight². Only for rules with an auxiliary array.</summary>
    /// <param name="coordinate">d in [0, D).</param>
    /// <returns>The measure.</returns>
    /// <exception cref="ArgumentException">d is below 0.</exception>
    public static Measure AuxiliarySquared(int coordinate) =>
        Of(
            MeasureKind.AuxiliarySquared,
            coordinate,
            string.Create(CultureInfo.InvariantCulture, $"P[{coordinate}]²"),
            string.Create(CultureInfo.InvariantCulture, $"auxiliary_squared_{coordinate}")
        );

    /// <summary>The saturation a = ‖W − w⋄‖∞²/τ² of an asymmetric linear device; dimensionless.</summary>
    /// <remarks>Source: arXiv 2406.12774v1, a_k.</remarks>
    /// <param name="radius">τ &gt; 0, unit of weight.</param>
    /// <param name="symmetricPoint">w⋄, finite, unit of weight.</param>
    /// <returns>The measure.</returns>
    /// <exception cref="ArgumentException">τ is not a finite number above 0, or w⋄ is not finite.</exception>
    public static Measure Saturation(double radius, double symmetricPoint = 0.0) =>
        Of(MeasureKind.Saturation, radius, symmetricPoint, "a", "saturation");

    /// <summary>a/(1 − a) with a the <see cref="Saturation"/>; dimensionless. Its time average is S_K.</summary>
    /// <remarks>
    /// Source: arXiv 2406.12774v1, S_K. σ²S_K bounds the floor of Analog SGD from above, and only the noise of the lower bound attains it: on the
    /// same saturation Gaussian noise leaves about 0.61 of it and a fair coin (Rademacher) about 0.86.
    /// </remarks>
    /// <param name="radius">τ &gt; 0, unit of weight.</param>
    /// <param name="symmetricPoint">w⋄, finite, unit of weight.</param>
    /// <returns>The measure.</returns>
    /// <exception cref="ArgumentException">τ is not a finite number above 0, or w⋄ is not finite.</exception>
    public static Measure Amplification(double radius, double symmetricPoint = 0.0) =>
        Of(MeasureKind.Amplification, radius, symmetricPoint, "a/(1 − a)", "amplification");

    /// <summary>(1 − a)·‖∇f(W)‖² with a the <see cref="Saturation"/>; (loss/weight)².</summary>
    /// <param name="radius">τ &gt; 0, unit of weight.</param>
    /// <param name="symmetricPoint">w⋄, finite, unit of weight.</param>
    /// <returns>The measure.</returns>
    /// <exception cref="ArgumentException">τ is not a finite number above 0, or w⋄ is not finite.</exception>
    public static Measure UnsaturatedGradient(double radius, double symmetricPoint = 0.0) =>
        Of(MeasureKind.UnsaturatedGradient, radius, symmetricPoint, "(1 − a)·‖∇f(W)‖²", "unsaturated_gradient");

    /// <summary>The symbol, such as <c>‖∇f(W)‖²</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name;

    private static Measure Of(MeasureKind kind, int coordinate, string name, string column)
    {
        Require.atLeast(nameof(coordinate), 0, coordinate);
        return new(new(kind, Coordinate: coordinate), name, column);
    }

    private static Measure Of(MeasureKind kind, double radius, double symmetricPoint, string name, string column)
    {
        Require.positive(nameof(radius), radius);
        Require.finite(nameof(symmetricPoint), symmetricPoint);
        return new(new(kind, radius, symmetricPoint), name, column);
    }
}
