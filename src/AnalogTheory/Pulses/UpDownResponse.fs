namespace AnalogTheory

open System
open AnalogTheory.Kernels.Pulses

/// The response curve of an element: pulses up, then pulses down, as a device is characterised.
[<RequireQualifiedAccess>]
module UpDownResponse =

    /// <summary>Weights before the first pulse and after each of `cycles` rounds of pulses up followed by pulses down.</summary>
    /// <param name="pulsed">Element.</param>
    /// <param name="key">Key of the cycle noise; not read without noise.</param>
    /// <param name="cycles">Number of rounds, at least 1.</param>
    /// <param name="up">Pulses up in a round, at least 0.</param>
    /// <param name="down">Pulses down in a round, at least 0; one pulse at least.</param>
    /// <param name="start">Weight before, unit of weight.</param>
    /// <returns>cycles·(up + down) + 1 weights in a fresh array.</returns>
    /// <exception cref="T:System.ArgumentException">A count is below its least value, or the start is not finite.</exception>
    let weights (pulsed: PulsedDevice) (key: Key) (cycles: int) (up: int) (down: int) (start: float) : float[] =
        Require.atLeast "cycles" 1L (int64 cycles)
        Require.atLeast "up" 0L (int64 up)
        Require.atLeast "down" 0L (int64 down)
        Require.atLeast "up + down" 1L (int64 up + int64 down)
        Require.finite "start" start
        let weights = Array.zeroCreate (Require.arrayLength "cycles * (up + down)" (int64 cycles * (int64 up + int64 down) + 1L))
        weights[0] <- start
        PulseTrains.Trace(pulsed.Device.Law, pulsed.Settings, UpThenDown(int64 up, int64 down), start, key.Bits, 0u, weights.AsSpan 1)
        weights

    /// <summary>The response curve as a table with columns "pulse" (0 before the first) and "weight", for one round of pulses.</summary>
    /// <param name="pulsed">Element.</param>
    /// <param name="key">Key of the cycle noise; not read without noise.</param>
    /// <param name="up">Pulses up, at least 0.</param>
    /// <param name="down">Pulses down, at least 0; one pulse at least.</param>
    /// <param name="start">Weight before, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">A count is below its least value, or the start is not finite.</exception>
    let table (pulsed: PulsedDevice) (key: Key) (up: int) (down: int) (start: float) : Table =
        let weights = weights pulsed key 1 up down start

        Table.create $"response of {pulsed.Device.Name}" [ "pulse", Numbers(Array.init weights.Length float); "weight", Numbers weights ]
