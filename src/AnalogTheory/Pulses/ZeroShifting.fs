namespace AnalogTheory

open System
open AnalogTheory.Kernels.Pulses
open AnalogTheory.Kernels.Sampling

/// Directions of the pulses that bring an element to its symmetric point.
[<RequireQualifiedAccess>]
type ShiftingSigns =
    /// Up and down in turn, the first direction a fair coin.
    | Alternating
    /// Every direction an independent fair coin.
    | Independent

/// <summary>Zero-shifting: pulses of zero-mean direction pull an element to its symmetric point, whatever its weight was.</summary>
/// <remarks>
/// Claim D8, for the asymmetric linear device: after n pulses E[w_n − w⋄] = (1 − Δw_min/τ)ⁿ(w₀ − w⋄) for both kinds of signs. Independent signs
/// keep a stationary variance Δw_min·τ/(2 − Δw_min/τ); alternation ends on w⋄ ± Δw_min/(2 − Δw_min/τ), the sign being that of the last pulse.
/// </remarks>
[<RequireQualifiedAccess>]
module ZeroShifting =

    // Element 0 of the stream that independent signs are drawn from; one train uses the stream in one way only.
    let private firstSign (key: Key) : float = if Uniform.At(key.Bits, Purpose.Pulses, 0u, 0UL) < 0.5 then 1.0 else -1.0

    /// <summary>The weight after n pulses.</summary>
    /// <param name="pulsed">Element.</param>
    /// <param name="signs">Directions of the pulses.</param>
    /// <param name="key">Key of the directions and of the cycle noise, which read different streams of it.</param>
    /// <param name="pulses">Number of pulses n, at least 0.</param>
    /// <param name="w">Weight before, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">n is below 0.</exception>
    let run (pulsed: PulsedDevice) (signs: ShiftingSigns) (key: Key) (pulses: int) (w: float) : float =
        Require.atLeast "pulses" 0L (int64 pulses)

        match signs with
        | ShiftingSigns.Alternating ->
            PulseTrains.Send(pulsed.Device.Law, pulsed.Settings, AlternatingSigns(firstSign key), w, int64 pulses, key.Bits, 0u)
        | ShiftingSigns.Independent ->
            PulseTrains.Send(pulsed.Device.Law, pulsed.Settings, IndependentSigns(), w, int64 pulses, key.Bits, 0u)

    /// <summary>The weights before the first pulse and after each.</summary>
    /// <param name="pulsed">Element.</param>
    /// <param name="signs">Directions of the pulses.</param>
    /// <param name="key">Key of the directions and of the cycle noise.</param>
    /// <param name="pulses">Number of pulses n, at least 0.</param>
    /// <param name="w">Weight before, unit of weight.</param>
    /// <returns>n + 1 weights in a fresh array, the first one w.</returns>
    /// <exception cref="T:System.ArgumentException">n is below 0.</exception>
    let trajectory (pulsed: PulsedDevice) (signs: ShiftingSigns) (key: Key) (pulses: int) (w: float) : float[] =
        Require.atLeast "pulses" 0L (int64 pulses)
        let weights = Array.zeroCreate (Require.arrayLength "pulses" (int64 pulses + 1L))
        weights[0] <- w
        let rest = weights.AsSpan 1

        match signs with
        | ShiftingSigns.Alternating ->
            PulseTrains.Trace(pulsed.Device.Law, pulsed.Settings, AlternatingSigns(firstSign key), w, key.Bits, 0u, rest)
        | ShiftingSigns.Independent -> PulseTrains.Trace(pulsed.Device.Law, pulsed.Settings, IndependentSigns(), w, key.Bits, 0u, rest)

        weights
