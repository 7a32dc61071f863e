namespace AnalogTheory

open AnalogTheory.Kernels.Laws

/// The generic linear device: q₊ = (1+c)(1 − w/τ), q₋ = (1−c)(1 + w/τ); F = 1 − cw/τ, G = w/τ − c, w⋄ = cτ.
[<RequireQualifiedAccess>]
module GenericLinear =

    /// <summary>Generic linear device. At its symmetric point F = 1 − c²; at c = 0 it is the asymmetric linear device.</summary>
    /// <param name="radius">τ &gt; 0, unit of weight: both responses are non-negative on [−τ, τ].</param>
    /// <param name="asymmetry">c, dimensionless, |c| &lt; 1.</param>
    /// <exception cref="T:System.ArgumentException">τ is not a finite positive number, or |c| is not below 1.</exception>
    let create (radius: float) (asymmetry: float) : Device =
        Require.positive "radius" radius
        Require.between "asymmetry" -1.0 1.0 asymmetry

        { Name = "generic linear"
          Parameters = [ "τ", radius; "c", asymmetry ]
          Lower = -radius
          Upper = radius
          Source = Source.sequel "Figure 2"
          Law = GenericLinearLaw(radius, asymmetry) }
