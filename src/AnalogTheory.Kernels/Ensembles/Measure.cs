namespace AnalogTheory.Kernels.Ensembles;

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
}

/// <summary>What to measure, and the device constants it needs.</summary>
/// <param name="Kind">Quantity.</param>
/// <param name="Radius">τ for the saturation measures, unit of weight.</param>
/// <param name="SymmetricPoint">w⋄ for the saturation measures, unit of weight.</param>
/// <param name="Coordinate">Coordinate for Weight and Auxiliary.</param>
public readonly record struct Measure(MeasureKind Kind, double Radius = 1.0, double SymmetricPoint = 0.0, int Coordinate = 0)
{
    /// <summary>Whether the measure needs the noiseless gradient at W.</summary>
    public bool NeedsGradient =>
        Kind is MeasureKind.Excess or MeasureKind.GradientNormSquared or MeasureKind.UnsaturatedGradient;
}
