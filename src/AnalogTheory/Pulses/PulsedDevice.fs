namespace AnalogTheory

open System
open AnalogTheory.Kernels.Pulses

/// Cycle-to-cycle noise: how pulses of one kind differ; ξ is standard normal and independent from pulse to pulse.
[<RequireQualifiedAccess>]
type CycleNoise =
    /// Every pulse is the same.
    | Absent
    /// The whole step is scaled by 1 + σ_c2c·ξ; σ_c2c ≥ 0, dimensionless.
    | Multiplicative of deviation: float
    /// σ_c2c·ξ·Δw_min is added to the step, whatever the weight; σ_c2c ≥ 0, dimensionless.
    | Additive of deviation: float

/// A device as pulses see it: its response, the size of a pulse, and what happens to a pulse besides.
[<NoEquality; NoComparison>]
type PulsedDevice =
    {
        /// Response factors.
        Device: Device
        /// Δw_min &gt; 0, unit of weight: one pulse of sign s gives w + s·Δw_min·q_s(w).
        Granularity: float
        /// Cycle-to-cycle noise.
        CycleNoise: CycleNoise
        /// w_min, unit of weight: the weight is clipped to it after every pulse; −∞ for none.
        Floor: float
        /// w_max, unit of weight: the weight is clipped to it after every pulse; +∞ for none.
        Ceiling: float
    }

    /// The pulse settings that kernels read.
    member internal pulsed.Settings =
        match pulsed.CycleNoise with
        | CycleNoise.Absent -> PulseSettings(pulsed.Granularity, 0.0, 0.0, pulsed.Floor, pulsed.Ceiling)
        | CycleNoise.Multiplicative deviation -> PulseSettings(pulsed.Granularity, deviation, 0.0, pulsed.Floor, pulsed.Ceiling)
        | CycleNoise.Additive deviation -> PulseSettings(pulsed.Granularity, 0.0, deviation, pulsed.Floor, pulsed.Ceiling)

/// Making pulsed devices.
[<RequireQualifiedAccess>]
module PulsedDevice =

    /// <summary>Noiseless pulses without clipping.</summary>
    /// <param name="granularity">Δw_min &gt; 0, unit of weight.</param>
    /// <param name="device">Response.</param>
    /// <exception cref="T:System.ArgumentException">Δw_min is not a finite positive number.</exception>
    let create (granularity: float) (device: Device) : PulsedDevice =
        Require.positive "granularity" granularity

        { Device = device
          Granularity = granularity
          CycleNoise = CycleNoise.Absent
          Floor = -infinity
          Ceiling = infinity }

    /// <summary>The same pulses with cycle-to-cycle noise.</summary>
    /// <param name="noise">Standard deviation of the noise, relative to the step, and how it enters.</param>
    /// <param name="pulsed">The pulsed device; it stays as it is.</param>
    /// <exception cref="T:System.ArgumentException">σ_c2c is not a finite number of at least 0.</exception>
    let withCycleNoise (noise: CycleNoise) (pulsed: PulsedDevice) : PulsedDevice =
        match noise with
        | CycleNoise.Absent -> ()
        | CycleNoise.Multiplicative deviation
        | CycleNoise.Additive deviation -> Require.nonNegative "deviation" deviation

        { pulsed with CycleNoise = noise }

    /// <summary>The same pulses with the weight clipped to [floor, ceiling] after each.</summary>
    /// <param name="floor">w_min, unit of weight; −∞ for none.</param>
    /// <param name="ceiling">w_max, unit of weight; +∞ for none.</param>
    /// <param name="pulsed">Pulses.</param>
    /// <exception cref="T:System.ArgumentException">floor is not below ceiling.</exception>
    let clippedTo (floor: float) (ceiling: float) (pulsed: PulsedDevice) : PulsedDevice =
        if not (floor < ceiling) then
            raise (ArgumentException(invariant $"Expected floor below ceiling, got floor = {floor}, ceiling = {ceiling}.", nameof floor))

        { pulsed with Floor = floor; Ceiling = ceiling }
