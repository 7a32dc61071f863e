namespace AnalogTheory

open System
open AnalogTheory.Kernels.Pulses

/// <summary>Pulses sent to one element, one after the other, each seeing the weight that the last one left.</summary>
/// <remarks>
/// Source: v1 appendix B. Without cycle noise a train is the fold of w ± Δw_min·q±(w) over its pulses, bit for bit, which is U(w, ±Δw_min) by cases
/// (v1 eq. 6) up to the rounding of the product; `Pulse` in the kernels sends arrays' pulses too. Noise of pulse n is element n of the key's stream, so a train is a function of its arguments, and the start of a longer train is the shorter one.
/// </remarks>
[<RequireQualifiedAccess>]
module PulseTrain =

    let private sign (pulses: int) : SameSign = SameSign(if pulses < 0 then -1.0 else 1.0)

    /// <summary>The weight after a train of pulses of one direction.</summary>
    /// <param name="pulsed">Element.</param>
    /// <param name="key">Key of the cycle noise; not read without noise.</param>
    /// <param name="pulses">Number of pulses, positive up and negative down.</param>
    /// <param name="w">Weight before, unit of weight.</param>
    let send (pulsed: PulsedDevice) (key: Key) (pulses: int) (w: float) : float =
        PulseTrains.Send(pulsed.Device.Law, pulsed.Settings, sign pulses, w, abs (int64 pulses), key.Bits, 0u)

    /// <summary>The weights before a train and after each of its pulses.</summary>
    /// <param name="pulsed">Element.</param>
    /// <param name="key">Key of the cycle noise; not read without noise.</param>
    /// <param name="pulses">Number of pulses, positive up and negative down.</param>
    /// <param name="w">Weight before, unit of weight.</param>
    /// <returns>|pulses| + 1 weights in a fresh array, the first one w.</returns>
    let trajectory (pulsed: PulsedDevice) (key: Key) (pulses: int) (w: float) : float[] =
        let weights = Array.zeroCreate (Require.arrayLength "pulses" (abs (int64 pulses) + 1L))
        weights[0] <- w
        PulseTrains.Trace(pulsed.Device.Law, pulsed.Settings, sign pulses, w, key.Bits, 0u, weights.AsSpan 1)
        weights

    /// <summary>The weight after an update by Δ, sent as pulses (v1 appendix B).</summary>
    /// <param name="pulsed">Element.</param>
    /// <param name="rounding">How |Δ|/Δw_min becomes a whole number; `Up` in the paper.</param>
    /// <param name="key">Key of cycle noise and stochastic rounding, which read different streams of it.</param>
    /// <param name="increment">Desired change Δ, unit of weight.</param>
    /// <param name="w">Weight before, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">Δ is not finite, or takes 2³¹ pulses or more.</exception>
    let update (pulsed: PulsedDevice) (rounding: PulseRounding) (key: Key) (increment: float) (w: float) : float =
        send pulsed key (BitLength.ofIncrement rounding pulsed.Granularity key increment) w
