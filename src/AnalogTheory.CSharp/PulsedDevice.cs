using System;
using System.Collections.Immutable;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>A device as pulses see it: its response, the size of a pulse, and what happens to a pulse besides. Immutable.</summary>
/// <remarks>
/// Made by <see cref="Device.WithPulses"/>. Each pulse sees the weight that the last one left; equal seeds give equal trains, and a longer
/// train begins with the shorter one. Source: arXiv 2406.12774v1, appendix B.
/// </remarks>
public sealed partial class PulsedDevice
{
    internal PulsedDevice(Core.PulsedDevice inner)
    {
        Inner = inner;
        Device = new Device(inner.Device);
    }

    /// <summary>The device that the pulses act on.</summary>
    public Device Device { get; }

    /// <summary>Δw_min, unit of weight.</summary>
    public double Granularity => Inner.Granularity;

    /// <summary>w_min, unit of weight: the weight is clipped to it after every pulse; −∞ for none.</summary>
    public double Floor => Inner.Floor;

    /// <summary>w_max, unit of weight: the weight is clipped to it after every pulse; +∞ for none.</summary>
    public double Ceiling => Inner.Ceiling;

    internal Core.PulsedDevice Inner { get; }

    /// <summary>The same pulses, each step scaled by 1 + σ·ξ with its own standard normal ξ.</summary>
    /// <param name="deviation">σ ≥ 0, dimensionless.</param>
    /// <returns>The pulsed device; this one stays as it is.</returns>
    /// <exception cref="ArgumentException">σ is not a finite number of at least 0.</exception>
    public PulsedDevice WithMultiplicativeNoise(double deviation) => With(Core.CycleNoise.NewMultiplicative(deviation));

    /// <summary>The same pulses, σ·ξ·Δw_min added to each step with its own standard normal ξ.</summary>
    /// <param name="deviation">σ ≥ 0, dimensionless.</param>
    /// <returns>The pulsed device; this one stays as it is.</returns>
    /// <exception cref="ArgumentException">σ is not a finite number of at least 0.</exception>
    public PulsedDevice WithAdditiveNoise(double deviation) => With(Core.CycleNoise.NewAdditive(deviation));

    /// <summary>The same pulses, the weight clipped after each.</summary>
    /// <param name="floor">w_min, unit of weight; −∞ for none.</param>
    /// <param name="ceiling">w_max &gt; w_min, unit of weight; +∞ for none.</param>
    /// <returns>The pulsed device; this one stays as it is.</returns>
    /// <exception cref="ArgumentException">The floor is not below the ceiling.</exception>
    public PulsedDevice ClippedTo(double floor, double ceiling) => new(PulsedDeviceModule.clippedTo(floor, ceiling, Inner));

    /// <summary>The weights before a train of pulses of one direction and after each of its pulses.</summary>
    /// <param name="w">Weight before, finite.</param>
    /// <param name="pulses">Number of pulses, positive up and negative down.</param>
    /// <param name="seed">Seed of the noise; not read without noise.</param>
    /// <returns>|pulses| + 1 weights, the first one w.</returns>
    /// <exception cref="ArgumentException">w is not finite, or there are 2³¹ − 1 pulses or more.</exception>
    public ImmutableArray<double> Train(double w, int pulses, ulong seed = 0)
    {
        Require.finite(nameof(w), w);
        Require.within(nameof(pulses), -Array.MaxLength, Array.MaxLength - 1, pulses);
        return Edge.Frozen(PulseTrain.trajectory(Inner, KeyModule.ofSeed(seed), pulses, w));
    }

    /// <summary>The response curve of a device as it is characterised: rounds of pulses up, then pulses down.</summary>
    /// <param name="up">Pulses up in a round, at least 0.</param>
    /// <param name="down">Pulses down in a round, at least 0; one pulse at least.</param>
    /// <param name="start">Weight before, finite.</param>
    /// <param name="rounds">Number of rounds, at least 1.</param>
    /// <param name="seed">Seed of the noise; not read without noise.</param>
    /// <returns>rounds·(up + down) + 1 weights, the first one the start.</returns>
    /// <exception cref="ArgumentException">A count is below its least value, or the start is not finite.</exception>
    public ImmutableArray<double> UpDownResponse(int up, int down, double start = 0.0, int rounds = 1, ulong seed = 0)
    {
        Require.atLeast(nameof(rounds), 1, rounds);
        return Edge.Frozen(Core.UpDownResponse.weights(Inner, KeyModule.ofSeed(seed), rounds, up, down, start));
    }

    /// <summary>
    /// Zero-shifting: the weights before and after each of n pulses of zero-mean direction, which pull a device to its symmetric point.
    /// </summary>
    /// <param name="w">Weight before, finite.</param>
    /// <param name="pulses">Number of pulses n, at least 0.</param>
    /// <param name="signs">Directions of the pulses.</param>
    /// <param name="seed">Seed of the directions and of the noise.</param>
    /// <returns>n + 1 weights, the first one w.</returns>
    /// <exception cref="ArgumentException">n is below 0, or w is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The kind of directions has no name.</exception>
    public ImmutableArray<double> ZeroShift(double w, int pulses, ShiftingSigns signs = ShiftingSigns.Alternating, ulong seed = 0)
    {
        Require.finite(nameof(w), w);
        return Edge.Frozen(ZeroShifting.trajectory(Inner, Kind(signs), KeyModule.ofSeed(seed), pulses, w));
    }

    /// <summary>The weight after zero-shifting, without the weights on the way.</summary>
    /// <param name="w">Weight before, finite.</param>
    /// <param name="pulses">Number of pulses n, at least 0.</param>
    /// <param name="signs">Directions of the pulses.</param>
    /// <param name="seed">Seed of the directions and of the noise.</param>
    /// <returns>The last weight of <see cref="ZeroShift"/>, unit of weight.</returns>
    /// <exception cref="ArgumentException">n is below 0, or w is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The kind of directions has no name.</exception>
    public double ZeroShifted(double w, int pulses, ShiftingSigns signs = ShiftingSigns.Alternating, ulong seed = 0)
    {
        Require.finite(nameof(w), w);
        return ZeroShifting.run(Inner, Kind(signs), KeyModule.ofSeed(seed), pulses, w);
    }

    /// <summary>Mean and variance of the weight after zero-shifting, pulse by pulse.</summary>
    /// <remarks>Exact where the responses are straight lines (claim D8 for the asymmetric linear device), else by their tangents at w⋄.</remarks>
    /// <param name="w">Weight before, finite.</param>
    /// <param name="pulses">Number of pulses n, at least 0.</param>
    /// <param name="signs">Directions of the pulses.</param>
    /// <returns>Mean and variance.</returns>
    /// <exception cref="ArgumentException">n is below 0, w is not finite, or the device has no symmetric point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The kind of directions has no name.</exception>
    public ZeroShiftMoments ZeroShiftMoments(double w, int pulses, ShiftingSigns signs = ShiftingSigns.Alternating)
    {
        Core.ZeroShiftMoments moments = ZeroShiftMomentsModule.after(Inner, Kind(signs), pulses, w);
        return new(moments.Mean, moments.Variance, moments.IsExact);
    }

    private static Core.ShiftingSigns Kind(ShiftingSigns signs) =>
        signs switch
        {
            ShiftingSigns.Alternating => Core.ShiftingSigns.Alternating,
            ShiftingSigns.Independent => Core.ShiftingSigns.Independent,
            _ => throw Edge.Undefined(signs),
        };

    /// <summary>What zero-shifting will do: where the weight goes, how fast, and how much it keeps moving there (claim D8).</summary>
    /// <returns>The prediction; null where no symmetric point attracts, or pulses are too coarse to settle.</returns>
    public ZeroShiftPrediction? PredictZeroShift() =>
        ZeroShiftPredictionModule.tryCreate(Inner) is { Value: var found }
            ? new ZeroShiftPrediction(found.SymmetricPoint, found.Contraction, found.StationaryVariance)
            : null;

    /// <summary>The mean weight before and after each of n pulses of random direction, by the mean drift w − Δw_min·G(w).</summary>
    /// <remarks>Exact for linear G; else it leaves out how the spread of the weight bends the mean.</remarks>
    /// <param name="w">Weight before, finite.</param>
    /// <param name="pulses">Number of pulses n, at least 0.</param>
    /// <returns>n + 1 weights, the first one w.</returns>
    /// <exception cref="ArgumentException">n is below 0, or w is not finite.</exception>
    public ImmutableArray<double> ZeroShiftMean(double w, int pulses) => Edge.Frozen(ZeroShiftPredictionModule.mean(Inner, pulses, w));

    /// <summary>Pulses of zero-mean direction until the mean weight is within a distance of w⋄.</summary>
    /// <param name="distance">ε &gt; 0, unit of weight.</param>
    /// <param name="w">Weight before, finite.</param>
    /// <returns>The number; null if it is above a million, or no symmetric point attracts.</returns>
    /// <exception cref="ArgumentException">ε is not a finite number above 0, or w is not finite.</exception>
    public int? ZeroShiftPulses(double distance, double w) => ZeroShiftPredictionModule.pulsesToReach(Inner, distance, w)?.Value;

    private PulsedDevice With(Core.CycleNoise noise) => new(PulsedDeviceModule.withCycleNoise(noise, Inner));
}

/// <summary>Mean and variance of a weight after zero-shifting, by theory.</summary>
/// <param name="Mean">E[w_n], unit of weight.</param>
/// <param name="Variance">Var[w_n] over directions and cycle noise, unit of weight².</param>
/// <param name="IsExact">
/// Whether the numbers are exact: the responses are straight lines and no weight is clipped; otherwise they are taken by their tangents at w⋄.
/// </param>
public readonly record struct ZeroShiftMoments(double Mean, double Variance, bool IsExact);

/// <summary>What zero-shifting will do to an element.</summary>
/// <param name="SymmetricPoint">w⋄, unit of weight.</param>
/// <param name="Contraction">Factor of the mean distance to w⋄ per pulse; 1 − Δw_min/τ for the asymmetric linear device.</param>
/// <param name="StationaryVariance">Variance that independent directions keep up, weight²; Δw_min·τ/(2 − Δw_min/τ) there without noise.</param>
public readonly record struct ZeroShiftPrediction(double SymmetricPoint, double Contraction, double StationaryVariance);

/// <summary>Directions of the pulses of zero-shifting.</summary>
public enum ShiftingSigns
{
    /// <summary>Up and down in turn, the first direction a fair coin.</summary>
    Alternating,

    /// <summary>Every direction an independent fair coin.</summary>
    Independent,
}
