namespace AnalogTheory

open AnalogTheory.Kernels.Laws

/// <summary>The linear-step (soft-bounds) device: q₊ = 1 − (w−w⋄)/τ_max, q₋ = 1 − (w−w⋄)/τ_min.</summary>
/// <remarks>
/// τ_max and τ_min are offsets from w⋄, so that q₊(w⋄) = q₋(w⋄) = 1; the bounds themselves are w⋄ + τ_max and w⋄ + τ_min. With τ_max = τ and
/// τ_min = −τ it is the asymmetric linear device.
/// </remarks>
[<RequireQualifiedAccess>]
module LinearStep =

    /// <summary>Linear-step device with a symmetric point.</summary>
    /// <param name="upper">τ_max &gt; 0, unit of weight: offset of the upper bound from w⋄.</param>
    /// <param name="lower">τ_min &lt; 0, unit of weight: offset of the lower bound from w⋄.</param>
    /// <param name="symmetricPoint">w⋄, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">τ_max is not finite and positive, τ_min not finite and negative, or w⋄ not finite.</exception>
    let createAt (upper: float) (lower: float) (symmetricPoint: float) : Device =
        Require.positive "upper" upper
        Require.negative "lower" lower
        Require.finite "symmetricPoint" symmetricPoint

        { Name = "linear step"
          Parameters = [ "τ_max", upper; "τ_min", lower; "w⋄", symmetricPoint ]
          Lower = symmetricPoint + lower
          Upper = symmetricPoint + upper
          Source = Source.paper "appendix C"
          Law = LinearStepLaw(upper, lower, symmetricPoint) }

    /// <summary>Linear-step device with its symmetric point at 0.</summary>
    /// <param name="upper">τ_max &gt; 0, unit of weight.</param>
    /// <param name="lower">τ_min &lt; 0, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">τ_max is not finite and positive, or τ_min not finite and negative.</exception>
    let create (upper: float) (lower: float) : Device = createAt upper lower 0.0

    /// <summary>The linear-step device of an element whose steps fall off linearly to 0 at its bounds, s₊(1 − w/b₊) up and s₋(1 − w/b₋) down.</summary>
    /// <remarks>
    /// Any such element is a linear-step device once its granularity is the step that both directions share at the symmetric point:
    /// w⋄ = (s₊ − s₋)/(s₊/b₊ − s₋/b₋), Δw_min = s₊(1 − w⋄/b₊), τ_max = b₊ − w⋄, τ_min = b₋ − w⋄. A bias between up and down steps is a shift
    /// of w⋄, not another kind of response.
    /// </remarks>
    /// <param name="upStep">s₊ &gt; 0, unit of weight: step of a pulse up at w = 0.</param>
    /// <param name="downStep">s₋ &gt; 0, unit of weight: size of the step of a pulse down at w = 0.</param>
    /// <param name="upper">b₊ &gt; 0, unit of weight: where the steps up vanish.</param>
    /// <param name="lower">b₋ &lt; 0, unit of weight: where the steps down vanish.</param>
    /// <returns>The device, and its granularity Δw_min in units of weight.</returns>
    /// <exception cref="T:System.ArgumentException">A step is not finite and positive, b₊ not finite and positive, or b₋ not finite and negative.</exception>
    let ofSteps (upStep: float) (downStep: float) (upper: float) (lower: float) : struct (Device * float) =
        Require.positive "upStep" upStep
        Require.positive "downStep" downStep
        Require.positive "upper" upper
        Require.negative "lower" lower
        let symmetricPoint = (upStep - downStep) / (upStep / upper - downStep / lower)
        let device = createAt (upper - symmetricPoint) (lower - symmetricPoint) symmetricPoint
        device, upStep * (1.0 - symmetricPoint / upper)
