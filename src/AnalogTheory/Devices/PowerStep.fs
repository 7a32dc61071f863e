namespace AnalogTheory

open AnalogTheory.Kernels.Laws

/// <summary>The power-step device in the paper's normalisation: q₊ = ((τ_max−w)/R)^γ₊, q₋ = ((w−τ_min)/R)^γ₋, R = τ_max − τ_min.</summary>
/// <remarks>Here τ_max and τ_min are the bounds themselves. Both responses are below 1, and F(w⋄) is not 1: for γ = 1 it is ½.</remarks>
[<RequireQualifiedAccess>]
module PowerStep =

    /// <summary>Power-step device, paper's normalisation; `SymmetricPower` is the sequel's.</summary>
    /// <param name="upper">τ_max, unit of weight.</param>
    /// <param name="lower">τ_min &lt; τ_max, unit of weight.</param>
    /// <param name="upExponent">γ₊ &gt; 0, dimensionless.</param>
    /// <param name="downExponent">γ₋ &gt; 0, dimensionless.</param>
    /// <exception cref="T:System.ArgumentException">A bound is not finite, τ_min is not below τ_max, or an exponent is not finite and positive.</exception>
    let create (upper: float) (lower: float) (upExponent: float) (downExponent: float) : Device =
        Require.finite "upper" upper
        Require.between "lower" -infinity upper lower
        Require.positive "upExponent" upExponent
        Require.positive "downExponent" downExponent

        { Name = "power step"
          Parameters = [ "τ_max", upper; "τ_min", lower; "γ₊", upExponent; "γ₋", downExponent ]
          Lower = lower
          Upper = upper
          Source = Source.paper "appendix C"
          Law = PowerStepLaw(upper, lower, upExponent, downExponent) }

/// The power device in the sequel's normalisation: q₊ = (1 − w/τ)^γ, q₋ = (1 + w/τ)^γ; both are 1 at w⋄ = 0.
[<RequireQualifiedAccess>]
module SymmetricPower =

    /// <summary>Power device, sequel's normalisation; `PowerStep` is the paper's. At γ = 1 it is the asymmetric linear device up to rounding.</summary>
    /// <param name="radius">τ &gt; 0, unit of weight.</param>
    /// <param name="exponent">γ_res &gt; 0, dimensionless; not the mixing γ of residual learning.</param>
    /// <exception cref="T:System.ArgumentException">τ or γ is not a finite positive number.</exception>
    let create (radius: float) (exponent: float) : Device =
        Require.positive "radius" radius
        Require.positive "exponent" exponent

        { Name = "symmetric power"
          Parameters = [ "τ", radius; "γ", exponent ]
          Lower = -radius
          Upper = radius
          Source = Source.sequel "appendix K.1"
          Law = SymmetricPowerLaw(radius, exponent) }
