using System;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

public sealed partial class PulsedDevice
{
    /// <summary>How many pulses a desired change takes: the bit length, with its direction.</summary>
    /// <remarks>Source: arXiv 2406.12774v1, appendix B. The quotient is that of the two doubles: 3·0.1 is above 0.3 and takes 4 pulses of 0.1.</remarks>
    /// <param name="increment">Desired change Δ, finite, unit of weight.</param>
    /// <param name="rounding">How |Δ|/Δw_min becomes a whole number.</param>
    /// <param name="seed">Seed of stochastic rounding; not read otherwise.</param>
    /// <returns>Pulses, positive up and negative down.</returns>
    /// <exception cref="ArgumentException">Δ is not finite, or takes 2³¹ pulses or more.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rounding has no name.</exception>
    public int BitLength(double increment, PulseRounding rounding = PulseRounding.Up, ulong seed = 0) =>
        Core.BitLength.ofIncrement(Kind(rounding), Granularity, KeyModule.ofSeed(seed), increment);

    /// <summary>The weight after an update by Δ, sent as pulses.</summary>
    /// <remarks>Source: arXiv 2406.12774v1, appendix B.</remarks>
    /// <param name="w">Weight before, finite, unit of weight.</param>
    /// <param name="increment">Desired change Δ, finite, unit of weight.</param>
    /// <param name="rounding">How |Δ|/Δw_min becomes a whole number.</param>
    /// <param name="seed">Seed of the noise and of stochastic rounding, which are independent.</param>
    /// <returns>The weight after the last pulse.</returns>
    /// <exception cref="ArgumentException">w or Δ is not finite, or Δ takes 2³¹ pulses or more.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rounding has no name.</exception>
    public double Update(double w, double increment, PulseRounding rounding = PulseRounding.Up, ulong seed = 0)
    {
        Require.finite(nameof(w), w);
        return PulseTrain.update(Inner, Kind(rounding), KeyModule.ofSeed(seed), increment, w);
    }

    internal static Core.PulseRounding Kind(PulseRounding rounding) =>
        rounding switch
        {
            PulseRounding.Up => Core.PulseRounding.Up,
            PulseRounding.Nearest => Core.PulseRounding.Nearest,
            PulseRounding.Stochastic => Core.PulseRounding.Stochastic,
            _ => throw Edge.Undefined(rounding),
        };
}

/// <summary>How a desired change becomes a whole number of pulses.</summary>
public enum PulseRounding
{
    /// <summary>Up, BL = ⌈|Δ|/Δw_min⌉: the first paper's. Every change but 0 sends a pulse at least.</summary>
    Up,

    /// <summary>To the nearest, ties to even: changes of at most Δw_min/2 are lost.</summary>
    Nearest,

    /// <summary>At random to one of the two neighbours, so that the mean number of pulses is |Δ|/Δw_min.</summary>
    Stochastic,
}
