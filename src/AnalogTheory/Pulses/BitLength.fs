namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra
open AnalogTheory.Kernels.Pulses
open AnalogTheory.Kernels.Sampling

/// How a desired change becomes a whole number of pulses.
[<RequireQualifiedAccess>]
type PulseRounding =
    /// Up, BL = ⌈|Δ|/Δw_min⌉: the paper's (v1 appendix B). Every change but 0 sends a pulse at least.
    | Up
    /// To the nearest, ties to even: changes of at most Δw_min/2 are lost.
    | Nearest
    /// At random to one of the two neighbours, so that the mean of the pulses is |Δ|/Δw_min.
    | Stochastic

/// The bit length: how many pulses an update sends.
[<RequireQualifiedAccess>]
module BitLength =

    let private require (granularity: float) (increment: float) =
        Require.positive "granularity" granularity
        Require.finite "increment" increment

        if not (abs increment / granularity < 2147483647.0) then
            raise (
                ArgumentException(
                    invariant $"Expected fewer than 2³¹ pulses, got increment = {increment} at granularity = {granularity}.",
                    nameof increment
                )
            )

    /// <summary>BL = ⌈|Δ|/Δw_min⌉ (v1 appendix B), the quotient taken of the two doubles as they are: 3·0.1 is above 0.3 and takes 4 pulses of 0.1.</summary>
    /// <param name="granularity">Δw_min &gt; 0, unit of weight.</param>
    /// <param name="increment">Desired change Δ, unit of weight.</param>
    /// <returns>Number of pulses, at least 0.</returns>
    /// <exception cref="T:System.ArgumentException">Δw_min is not finite and positive, Δ not finite, or the pulses are 2³¹ or more.</exception>
    let roundedUp (granularity: float) (increment: float) : int =
        require granularity increment
        int (PulseCount.RoundedUp(Scalar(abs increment), Scalar granularity).Value)

    /// <summary>|Δ|/Δw_min rounded to the nearest integer, ties to even.</summary>
    /// <param name="granularity">Δw_min &gt; 0, unit of weight.</param>
    /// <param name="increment">Desired change Δ, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">Δw_min is not finite and positive, Δ not finite, or the pulses are 2³¹ or more.</exception>
    let nearest (granularity: float) (increment: float) : int =
        require granularity increment
        int (Math.Round(abs increment / granularity, MidpointRounding.ToEven))

    /// <summary>|Δ|/Δw_min rounded at random, with that number as its mean: up with the probability of the fractional part.</summary>
    /// <param name="granularity">Δw_min &gt; 0, unit of weight.</param>
    /// <param name="uniform">A uniform number in (0, 1).</param>
    /// <param name="increment">Desired change Δ, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">Δw_min is not finite and positive, Δ not finite, or the pulses are 2³¹ or more.</exception>
    let stochastic (granularity: float) (uniform: float) (increment: float) : int =
        require granularity increment
        let quotient = abs increment / granularity
        int (floor quotient) + (if uniform < quotient - floor quotient then 1 else 0)

    /// <summary>Pulses of an update with their direction: positive up, negative down.</summary>
    /// <param name="rounding">How a fractional number of pulses is rounded.</param>
    /// <param name="granularity">Δw_min &gt; 0, unit of weight.</param>
    /// <param name="key">Read only by stochastic rounding.</param>
    /// <param name="increment">Desired change Δ, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">Δw_min is not finite and positive, Δ not finite, or the pulses are 2³¹ or more.</exception>
    let ofIncrement (rounding: PulseRounding) (granularity: float) (key: Key) (increment: float) : int =
        let length =
            match rounding with
            | PulseRounding.Up -> roundedUp granularity increment
            | PulseRounding.Nearest -> nearest granularity increment
            | PulseRounding.Stochastic -> stochastic granularity (Uniform.At(key.Bits, Purpose.Pulses, 0u, 0UL)) increment

        if increment < 0.0 then -length else length
