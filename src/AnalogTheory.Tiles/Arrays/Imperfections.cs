using System;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>What makes an array differ from exact numbers; each can be switched off alone, see <see cref="ArrayModel"/>.</summary>
[Flags]
public enum Imperfections
{
    /// <summary>None: exact numbers within the device's bounds.</summary>
    None = 0,

    /// <summary>Steps that depend on the weight and the direction; without it q₊ = q₋ = 1 between the same bounds.</summary>
    Response = 1 << 0,

    /// <summary>Whole pulses at random times; without it weights move by the mean of what pulses would do, in the limit Δw_min → 0.</summary>
    Granularity = 1 << 1,

    /// <summary>Noise from pulse to pulse, of writing and of resets.</summary>
    PulseNoise = 1 << 2,

    /// <summary>Elements that differ from one another, and stuck ones.</summary>
    Spread = 1 << 3,

    /// <summary>Converters, noise and bounds of reads.</summary>
    Reads = 1 << 4,

    /// <summary>Decay and diffusion between mini-batches.</summary>
    Drift = 1 << 5,

    /// <summary>All: the array as it is.</summary>
    All = Response | Granularity | PulseNoise | Spread | Reads | Drift,
}
