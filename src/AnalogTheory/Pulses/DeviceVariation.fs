namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Sampling

/// <summary>Device-to-device variation of soft-bounds elements: what is drawn for each element, and how widely.</summary>
/// <remarks>
/// Element i draws four standard normals ξ₁ … ξ₄ (elements 4i … 4i + 3 of its key's stream) and has
/// <para>b₊ = τ_max(1 + σ_max ξ₁),  b₋ = τ_min(1 + σ_min ξ₂),  g = 1 + σ_g ξ₃ (or exp(σ_g ξ₃)),  r = σ_ud ξ₄,</para>
/// <para>s₊ = Δw_min(g + r + min(u, 0)),  s₋ = Δw_min(g − r − max(u, 0)),</para>
/// steps s₊(1 − w/b₊) up and s₋(1 − w/b₋) down. The gain g is common to both directions; the bias u reduces one of them. Draws on the wrong
/// side of zero are folded: steps by absolute value, bounds by exchange where b₋ &gt; b₊ and then by absolute value. All spreads are relative:
/// σ_max and σ_min to τ_max and τ_min, the others to Δw_min. The element is then the linear-step device of `LinearStep.ofSteps`.
/// Source: the construction of IBM AIHWKIT (v1.1.0) with consistency enforced.
/// </remarks>
type DeviceVariation =
    {
        /// τ_max &gt; 0, unit of weight: mean upper bound.
        Upper: float
        /// τ_min &lt; 0, unit of weight: mean lower bound.
        Lower: float
        /// Δw_min &gt; 0, unit of weight: mean step at w = 0.
        Granularity: float
        /// σ_max ≥ 0, relative to τ_max.
        UpperDeviation: float
        /// σ_min ≥ 0, relative to τ_min.
        LowerDeviation: float
        /// σ_g ≥ 0, relative to Δw_min.
        GranularityDeviation: float
        /// Whether the gain is log-normal, exp(σ_g ξ), whose mean is exp(σ_g²/2) and not 1.
        LogNormalGain: bool
        /// u, relative to Δw_min, |u| &lt; 1: above 0 it shortens the steps down, below 0 the steps up.
        UpDownBias: float
        /// σ_ud ≥ 0, relative to Δw_min.
        UpDownDeviation: float
        /// Cycle-to-cycle noise of every element.
        CycleNoise: CycleNoise
    }

/// One element as it was drawn: steps s₊(1 − w/b₊) up and s₋(1 − w/b₋) down.
[<Struct>]
type DrawnElement =
    {
        /// s₊ ≥ 0, unit of weight.
        UpStep: float
        /// s₋ ≥ 0, unit of weight.
        DownStep: float
        /// b₊ ≥ 0, unit of weight.
        Upper: float
        /// b₋ ≤ 0, unit of weight.
        Lower: float
    }

/// Drawing elements, and the names that AIHWKIT gives to the same parameters.
[<RequireQualifiedAccess>]
module DeviceVariation =

    let private require (variation: DeviceVariation) =
        Require.positive "Upper" variation.Upper
        Require.negative "Lower" variation.Lower
        Require.positive "Granularity" variation.Granularity
        Require.nonNegative "UpperDeviation" variation.UpperDeviation
        Require.nonNegative "LowerDeviation" variation.LowerDeviation
        Require.nonNegative "GranularityDeviation" variation.GranularityDeviation
        Require.between "UpDownBias" -1.0 1.0 variation.UpDownBias
        Require.nonNegative "UpDownDeviation" variation.UpDownDeviation

    /// <summary>No variation: every element is the same.</summary>
    /// <param name="upper">τ_max &gt; 0, unit of weight.</param>
    /// <param name="lower">τ_min &lt; 0, unit of weight.</param>
    /// <param name="granularity">Δw_min &gt; 0, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">τ_max or Δw_min is not finite and positive, or τ_min not finite and negative.</exception>
    let none (upper: float) (lower: float) (granularity: float) : DeviceVariation =
        let variation =
            { Upper = upper
              Lower = lower
              Granularity = granularity
              UpperDeviation = 0.0
              LowerDeviation = 0.0
              GranularityDeviation = 0.0
              LogNormalGain = false
              UpDownBias = 0.0
              UpDownDeviation = 0.0
              CycleNoise = CycleNoise.Absent }

        require variation
        variation

    let private drawChecked (variation: DeviceVariation) (key: Key) (element: uint64) : DrawnElement =
        let xi i = Gaussian.At(key.Bits, Purpose.DeviceVariation, 0u, 4UL * element + i)
        let upper = variation.Upper * (1.0 + variation.UpperDeviation * xi 0UL)
        let lower = variation.Lower * (1.0 + variation.LowerDeviation * xi 1UL)
        let spread = variation.GranularityDeviation * xi 2UL
        let gain = if variation.LogNormalGain then Scalar.Exp(Scalar spread).Value else 1.0 + spread
        let r = variation.UpDownDeviation * xi 3UL

        { UpStep = abs (variation.Granularity * (gain + r + min variation.UpDownBias 0.0))
          DownStep = abs (variation.Granularity * (gain - r - max variation.UpDownBias 0.0))
          Upper = abs (max upper lower)
          Lower = -abs(min upper lower) }

    /// <summary>Element i of an array, a function of the key and i alone.</summary>
    /// <param name="variation">Spreads of step, asymmetry and bounds from element to element.</param>
    /// <param name="key">Randomness of the array; one key is one array.</param>
    /// <param name="element">Index i ≥ 0 of the element.</param>
    /// <exception cref="T:System.ArgumentException">A parameter is outside its range.</exception>
    let draw (variation: DeviceVariation) (key: Key) (element: int) : DrawnElement =
        require variation
        Require.atLeast "element" 0L (int64 element)
        drawChecked variation key (uint64 element)

    /// <summary>Elements 0 … n − 1 of an array.</summary>
    /// <param name="variation">Spreads of step, asymmetry and bounds from element to element.</param>
    /// <param name="key">Randomness of the array; one key is one array.</param>
    /// <param name="count">Number of elements n ≥ 1.</param>
    /// <exception cref="T:System.ArgumentException">A parameter is outside its range, or n is below 1.</exception>
    let drawMany (variation: DeviceVariation) (key: Key) (count: int) : DrawnElement[] =
        require variation
        Require.atLeast "count" 1L (int64 count)
        Array.init count (fun i -> drawChecked variation key (uint64 i))

    /// <summary>The pulsed linear-step device of a drawn element, clipped to its bounds.</summary>
    /// <param name="variation">Spreads of step, asymmetry and bounds from element to element.</param>
    /// <param name="element">What was drawn for the element.</param>
    /// <exception cref="T:System.ArgumentException">A step or a bound was drawn as exactly 0.</exception>
    let device (variation: DeviceVariation) (element: DrawnElement) : PulsedDevice =
        let struct (device, granularity) = LinearStep.ofSteps element.UpStep element.DownStep element.Upper element.Lower

        PulsedDevice.create granularity device
        |> PulsedDevice.withCycleNoise variation.CycleNoise
        |> PulsedDevice.clippedTo element.Lower element.Upper

    let private kitNames =
        [ "w_max"
          "w_min"
          "w_max_dtod"
          "w_min_dtod"
          "dw_min"
          "dw_min_dtod"
          "dw_min_dtod_log_normal"
          "up_down"
          "up_down_dtod"
          "dw_min_std"
          "mult_noise" ]

    /// <summary>Variation from AIHWKIT's parameters of a soft-bounds device, by their names; flags are 0 or 1.</summary>
    /// <remarks>
    /// Names not given have the kit's defaults for `SoftBoundsReferenceDevice`: w_max 0.6, w_min −0.6, w_max_dtod = w_min_dtod = dw_min_dtod =
    /// dw_min_std = 0.3, dw_min 0.001, up_down 0, up_down_dtod 0.01, dw_min_dtod_log_normal 0, mult_noise 0. The kit scales additive cycle noise by
    /// the element's own s±, this library by its Δw_min at w⋄: the same thing only where up and down steps do not differ.
    /// </remarks>
    /// <param name="parameters">Names and values.</param>
    /// <exception cref="T:System.ArgumentException">A name is unknown or given twice, a flag is neither 0 nor 1, or a value is outside its range.</exception>
    let ofKit (parameters: (string * float) list) : DeviceVariation =
        for name, count in List.countBy fst parameters do
            if not (List.contains name kitNames) || count > 1 then
                let known = String.Join(", ", kitNames)

                raise (
                    ArgumentException(
                        invariant $"Expected each of the names {known} at most once, got '{name}' {count} times.",
                        nameof parameters
                    )
                )

        let value name byDefault =
            parameters |> List.tryFind (fun (n, _) -> n = name) |> Option.map snd |> Option.defaultValue byDefault

        let flag name =
            match value name 0.0 with
            | 0.0 -> false
            | 1.0 -> true
            | other -> raise (ArgumentException(invariant $"Expected {name} to be 0 or 1, got {other}.", nameof parameters))

        let deviation = value "dw_min_std" 0.3
        Require.nonNegative "dw_min_std" deviation

        let variation =
            { Upper = value "w_max" 0.6
              Lower = value "w_min" -0.6
              Granularity = value "dw_min" 0.001
              UpperDeviation = value "w_max_dtod" 0.3
              LowerDeviation = value "w_min_dtod" 0.3
              GranularityDeviation = value "dw_min_dtod" 0.3
              LogNormalGain = flag "dw_min_dtod_log_normal"
              UpDownBias = value "up_down" 0.0
              UpDownDeviation = value "up_down_dtod" 0.01
              CycleNoise =
                if deviation = 0.0 then CycleNoise.Absent
                elif flag "mult_noise" then CycleNoise.Multiplicative deviation
                else CycleNoise.Additive deviation }

        require variation
        variation

    /// <summary>AIHWKIT's names for the parameters of a variation, in the kit's own units; flags are 0 or 1.</summary>
    /// <param name="variation">Spreads of step, asymmetry and bounds from element to element.</param>
    let toKit (variation: DeviceVariation) : (string * float) list =
        let ofFlag flag = if flag then 1.0 else 0.0

        let deviation, multiplicative =
            match variation.CycleNoise with
            | CycleNoise.Absent -> 0.0, false
            | CycleNoise.Multiplicative deviation -> deviation, true
            | CycleNoise.Additive deviation -> deviation, false

        [ "w_max", variation.Upper
          "w_min", variation.Lower
          "w_max_dtod", variation.UpperDeviation
          "w_min_dtod", variation.LowerDeviation
          "dw_min", variation.Granularity
          "dw_min_dtod", variation.GranularityDeviation
          "dw_min_dtod_log_normal", ofFlag variation.LogNormalGain
          "up_down", variation.UpDownBias
          "up_down_dtod", variation.UpDownDeviation
          "dw_min_std", deviation
          "mult_noise", ofFlag multiplicative ]
