using System;

namespace AnalogTheory.Kernels.Ensembles;

/// <summary>A quantity of one replica's state that a caller supplies; must be a pure function of its arguments.</summary>
/// <param name="w">W; length D.</param>
/// <param name="gradient">∇f(W) without noise; length D.</param>
/// <returns>The quantity.</returns>
public delegate double StateFunction(ReadOnlySpan<double> w, ReadOnlySpan<double> gradient);

/// <summary>A quantity of one replica's state before a step.</summary>
public enum MeasureKind
{
    /// <summary>f(W) − f*.</summary>
    Excess,

    /// <summary>‖∇f(W)‖².</summary>
    GradientNormSquared,

    /// <summary>a = ‖W − w⋄‖∞²/τ² (v1: a_k).</summary>
    Saturation,

    /// <summary>a/(1 − a), whose time average is S_K.</summary>
    Amplification,

    /// <summary>(1 − a)·‖∇f(W)‖², the left side of S3-weighted.</summary>
    UnsaturatedGradient,

    /// <summary>‖W‖∞.</summary>
    LargestWeight,

    /// <summary>One coordinate of W.</summary>
    Weight,

    /// <summary>One coordinate of W, squared.</summary>
    WeightSquared,

    /// <summary>One coordinate of P.</summary>
    Auxiliary,

    /// <summary>One coordinate of P, squared.</summary>
    AuxiliarySquared,

    /// <summary>‖P‖∞.</summary>
    LargestAuxiliary,

    /// <summary>A function of W and ∇f(W) that the caller supplies.</summary>
    Supplied,
}

/// <summary>What to measure, and the device constants it needs.</summary>
/// <param name="Kind">Quantity.</param>
/// <param name="Radius">τ for the saturation measures, unit of weight.</param>
/// <param name="SymmetricPoint">w⋄ for the saturation measures, unit of weight.</param>
/// <param name="Coordinate">Coordinate for Weight and Auxiliary.</param>
/// <param name="Function">The function of a supplied measure; called once per replica and step, from several threads.</param>
public readonly record struct Measure(
    MeasureKind Kind,
    double Radius = 1.0,
    double SymmetricPoint = 0.0,
    int Coordinate = 0,
    StateFunction? Function = null
)
{
    /// <summary>Whether the measure needs the noiseless gradient at W.</summary>
    public bool NeedsGradient =>
        Kind is MeasureKind.Excess or MeasureKind.GradientNormSquared or MeasureKind.UnsaturatedGradient or MeasureKind.Supplied;

    /// <summary>A function of W and ∇f(W) as a measure.</summary>
    /// <param name="function">The function; pure.</param>
    public static Measure Of(StateFunction function) => new(MeasureKind.Supplied, Function: function);
}
