namespace AnalogTheory.Tiles.Elements;

/// <summary>What the noise of a pulse is proportional to.</summary>
internal enum NoiseKind
{
    /// <summary>The step at the element's weight.</summary>
    OfStep,

    /// <summary>The element's step at unit response.</summary>
    OfUnitStep,

    /// <summary>|step| + a + b·|w|.</summary>
    OfStepAndWeight,
}

/// <summary>Noise of a pulse.</summary>
/// <param name="Kind">What it is proportional to.</param>
/// <param name="Relative">σ ≥ 0.</param>
/// <param name="Constant">a, unit of weight.</param>
/// <param name="OfWeight">b.</param>
internal readonly record struct NoiseShape(NoiseKind Kind, double Relative, double Constant = 0.0, double OfWeight = 0.0);
