namespace AnalogTheory

open AnalogTheory.Kernels.Laws

/// <summary>The exponential-step device in the paper's normalisation: q₊ = 1 − exp(−γ₊(τ_max−w)/R), q₋ = 1 − exp(−γ₋(w−τ_min)/R), R = τ_max − τ_min.</summary>
/// <remarks>Here τ_max and τ_min are the bounds themselves. Both responses are below 1 on [τ_min, τ_max], and F(w⋄) is not 1.</remarks>
[<RequireQualifiedAccess>]
module ExponentialStep =

    /// <summary>Exponential-step device, paper's normalisation; `SymmetricExponential` is the sequel's.</summary>
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

        { Name = "exponential step"
          Parameters = [ "τ_max", upper; "τ_min", lower; "γ₊", upExponent; "γ₋", downExponent ]
          Lower = lower
          Upper = upper
          Source = Source.paper "appendix C"
          Law = ExponentialStepLaw(upper, lower, upExponent, downExponent) }

/// The exponential device in the sequel's normalisation: q± = (exp(γ(1 ∓ w/τ)) − 1)/(exp(γ) − 1); both are 1 at w⋄ = 0.
[<RequireQualifiedAccess>]
module SymmetricExponential =

    /// <summary>Exponential device, sequel's normalisation; `ExponentialStep` is the paper's.</summary>
    /// <param name="radius">τ &gt; 0, unit of weight.</param>
    /// <param name="exponent">γ_res &gt; 0 and at most 350, so that exp(2γ) is finite; dimensionless.</param>
    /// <exception cref="T:System.ArgumentException">τ is not a finite positive number, or γ lies outside (0, 350].</exception>
    let create (radius: float) (exponent: float) : Device =
        Require.positive "radius" radius
        Require.positive "exponent" exponent
        Require.within "exponent" 0.0 350.0 exponent

        { Name = "symmetric exponential"
          Parameters = [ "τ", radius; "γ", exponent ]
          Lower = -radius
          Upper = radius
          Source = Source.sequel "appendix K.1"
          Law = SymmetricExponentialLaw(radius, exponent) }
