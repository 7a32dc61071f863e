namespace AnalogTheory

open AnalogTheory.Kernels.Laws

/// The asymmetric linear device (ALD): q₊ = 1 − (w−w⋄)/τ, q₋ = 1 + (w−w⋄)/τ; F = 1, G = (w−w⋄)/τ.
[<RequireQualifiedAccess>]
module AsymmetricLinear =

    /// <summary>ALD with a symmetric point.</summary>
    /// <remarks>
    /// Theorem 1 is about real numbers. In floating point a step from near the boundary, with |Δ| just below τ, can end past it by rounding alone:
    /// up to 3 units in the last place of τ were seen, and bounds on weights here leave room for that.
    /// </remarks>
    /// <param name="radius">τ &gt; 0, unit of weight: the weight stays in [w⋄ − τ, w⋄ + τ] while |Δ| ≤ τ (Theorem 1).</param>
    /// <param name="symmetricPoint">w⋄, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">τ is not a finite positive number, or w⋄ is not finite.</exception>
    let createAt (radius: float) (symmetricPoint: float) : Device =
        Require.positive "radius" radius
        Require.finite "symmetricPoint" symmetricPoint

        { Name = "asymmetric linear"
          Parameters = [ "τ", radius; "w⋄", symmetricPoint ]
          Lower = symmetricPoint - radius
          Upper = symmetricPoint + radius
          Source = Source.paper "eq. 8"
          Law = AsymmetricLinearLaw(radius, symmetricPoint) }

    /// <summary>ALD with its symmetric point at 0.</summary>
    /// <param name="radius">τ &gt; 0, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">τ is not a finite positive number.</exception>
    let create (radius: float) : Device = createAt radius 0.0
