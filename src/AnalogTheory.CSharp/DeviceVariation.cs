using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>How the elements of an array of soft-bounds devices differ, and the noise of their pulses. Immutable, changed by <c>with</c>.</summary>
/// <remarks>
/// Element i draws four standard normals ξ₁ … ξ₄ and has b₊ = τ_max(1 + σ_max ξ₁), b₋ = τ_min(1 + σ_min ξ₂), g = 1 + σ_g ξ₃ (or exp(σ_g ξ₃)),
/// r = σ_ud ξ₄, and steps Δw_min(g + r + min(u, 0))·(1 − w/b₊) up and Δw_min(g − r − max(u, 0))·(1 − w/b₋) down; draws on the wrong side of
/// zero are folded. Spreads are relative: σ_max and σ_min to τ_max and τ_min, the others to Δw_min. Source: the construction of IBM AIHWKIT
/// (v1.1.0).
/// </remarks>
public sealed record DeviceVariation
{
    /// <summary>Elements that do not differ yet, without noise.</summary>
    /// <param name="upper">τ_max &gt; 0, unit of weight.</param>
    /// <param name="lower">τ_min &lt; 0, unit of weight.</param>
    /// <param name="granularity">Δw_min &gt; 0, unit of weight.</param>
    /// <exception cref="ArgumentException">τ_max or Δw_min is not finite and above 0, or τ_min not finite and below 0.</exception>
    public DeviceVariation(double upper, double lower, double granularity)
    {
        Upper = upper;
        Lower = lower;
        Granularity = granularity;
    }

    private DeviceVariation(Core.DeviceVariation core)
    {
        Upper = core.Upper;
        Lower = core.Lower;
        Granularity = core.Granularity;
        UpperDeviation = core.UpperDeviation;
        LowerDeviation = core.LowerDeviation;
        GranularityDeviation = core.GranularityDeviation;
        LogNormalGain = core.LogNormalGain;
        UpDownBias = core.UpDownBias;
        UpDownDeviation = core.UpDownDeviation;
        (MultiplicativeNoise, AdditiveNoise) = core.CycleNoise switch
        {
            Core.CycleNoise.Multiplicative noise => (noise.deviation, 0.0),
            Core.CycleNoise.Additive noise => (0.0, noise.deviation),
            _ => (0.0, 0.0),
        };
    }

    /// <summary>τ_max &gt; 0, unit of weight: mean upper bound.</summary>
    /// <exception cref="ArgumentException">τ_max is not finite and above 0.</exception>
    public double Upper
    {
        get;
        init => field = Checked(Require.positive, "upper", value);
    }

    /// <summary>τ_min &lt; 0, unit of weight: mean lower bound.</summary>
    /// <exception cref="ArgumentException">τ_min is not finite and below 0.</exception>
    public double Lower
    {
        get;
        init => field = Checked(Require.negative, "lower", value);
    }

    /// <summary>Δw_min &gt; 0, unit of weight: mean step at w = 0.</summary>
    /// <exception cref="ArgumentException">Δw_min is not finite and above 0.</exception>
    public double Granularity
    {
        get;
        init => field = Checked(Require.positive, "granularity", value);
    }

    /// <summary>σ_max ≥ 0, relative to τ_max.</summary>
    /// <exception cref="ArgumentException">σ_max is not a finite number of at least 0.</exception>
    public double UpperDeviation
    {
        get;
        init => field = Checked(Require.nonNegative, "upperDeviation", value);
    }

    /// <summary>σ_min ≥ 0, relative to τ_min.</summary>
    /// <exception cref="ArgumentException">σ_min is not a finite number of at least 0.</exception>
    public double LowerDeviation
    {
        get;
        init => field = Checked(Require.nonNegative, "lowerDeviation", value);
    }

    /// <summary>σ_g ≥ 0, relative to Δw_min.</summary>
    /// <exception cref="ArgumentException">σ_g is not a finite number of at least 0.</exception>
    public double GranularityDeviation
    {
        get;
        init => field = Checked(Require.nonNegative, "granularityDeviation", value);
    }

    /// <summary>Whether the gain is log-normal, exp(σ_g ξ), whose mean is exp(σ_g²/2) and not 1.</summary>
    public bool LogNormalGain { get; init; }

    /// <summary>u in (−1, 1), relative to Δw_min: above 0 it shortens the steps down, below 0 the steps up.</summary>
    /// <exception cref="ArgumentException">u is not in (−1, 1).</exception>
    public double UpDownBias
    {
        get;
        init
        {
            Require.between("upDownBias", -1.0, 1.0, value);
            field = value;
        }
    }

    /// <summary>σ_ud ≥ 0, relative to Δw_min.</summary>
    /// <exception cref="ArgumentException">σ_ud is not a finite number of at least 0.</exception>
    public double UpDownDeviation
    {
        get;
        init => field = Checked(Require.nonNegative, "upDownDeviation", value);
    }

    /// <summary>Cycle-to-cycle noise σ ≥ 0 that scales each step by 1 + σ·ξ; 0 for none.</summary>
    /// <exception cref="ArgumentException">σ is not a finite number of at least 0.</exception>
    public double MultiplicativeNoise
    {
        get;
        init => field = Checked(Require.nonNegative, "multiplicativeNoise", value);
    }

    /// <summary>Cycle-to-cycle noise σ ≥ 0 that adds σ·ξ·Δw_min to each step; 0 for none. Only one of the two kinds at a time.</summary>
    /// <exception cref="ArgumentException">σ is not a finite number of at least 0.</exception>
    public double AdditiveNoise
    {
        get;
        init => field = Checked(Require.nonNegative, "additiveNoise", value);
    }

    private Core.DeviceVariation Inner
    {
        get
        {
            if (MultiplicativeNoise > 0.0 && AdditiveNoise > 0.0)
            {
                throw new InvalidOperationException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Expected multiplicative or additive noise, got both: {MultiplicativeNoise:R} and {AdditiveNoise:R}."
                    )
                );
            }

            return new(
                Upper,
                Lower,
                Granularity,
                UpperDeviation,
                LowerDeviation,
                GranularityDeviation,
                LogNormalGain,
                UpDownBias,
                UpDownDeviation,
                MultiplicativeNoise > 0.0 ? Core.CycleNoise.NewMultiplicative(MultiplicativeNoise)
                    : AdditiveNoise > 0.0 ? Core.CycleNoise.NewAdditive(AdditiveNoise)
                    : Core.CycleNoise.Absent
            );
        }
    }

    /// <summary>From AIHWKIT's parameters of a soft-bounds device, by their names; flags are 0 or 1, names left out have the kit's defaults.</summary>
    /// <remarks>
    /// The kit scales additive cycle noise by the element's own step, this library by its Δw_min at w⋄: the same only where up and down steps
    /// do not differ.
    /// </remarks>
    /// <param name="parameters">Names, such as <c>w_max_dtod</c>, and values.</param>
    /// <returns>The variation.</returns>
    /// <exception cref="ArgumentNullException">The parameters are null.</exception>
    /// <exception cref="ArgumentException">A name is unknown, a flag is neither 0 nor 1, or a value is outside its range.</exception>
    public static DeviceVariation OfKit(IReadOnlyDictionary<string, double> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new(DeviceVariationModule.ofKit(Edge.Listed(parameters)));
    }

    /// <summary>AIHWKIT's names for the parameters, in the kit's own units; flags are 0 or 1.</summary>
    /// <returns>Names and values.</returns>
    /// <exception cref="InvalidOperationException">Both kinds of cycle noise are set.</exception>
    public IReadOnlyDictionary<string, double> ToKit() => Edge.Parameters(DeviceVariationModule.toKit(Inner));

    /// <summary>One element of an array as pulses see it: a function of seed and number.</summary>
    /// <param name="element">Number of the element, at least 0.</param>
    /// <param name="seed">Seed of the array.</param>
    /// <returns>The element: a linear-step device, clipped to its own bounds.</returns>
    /// <exception cref="ArgumentException">The number is below 0, or a step or a bound was drawn as exactly 0.</exception>
    /// <exception cref="InvalidOperationException">Both kinds of cycle noise are set.</exception>
    public PulsedDevice Draw(int element, ulong seed) =>
        new(DeviceVariationModule.device(Inner, DeviceVariationModule.draw(Inner, KeyModule.ofSeed(seed), element)));

    /// <summary>Elements 0 … n − 1 of an array, each as <see cref="Draw"/> gives it.</summary>
    /// <param name="count">n, at least 1.</param>
    /// <param name="seed">Seed of the array.</param>
    /// <returns>The elements.</returns>
    /// <exception cref="ArgumentException">n is below 1, or a step or a bound was drawn as exactly 0.</exception>
    /// <exception cref="InvalidOperationException">Both kinds of cycle noise are set.</exception>
    public ImmutableArray<PulsedDevice> DrawMany(int count, ulong seed)
    {
        Core.DeviceVariation core = Inner;
        return
        [
            .. DeviceVariationModule
                .drawMany(core, KeyModule.ofSeed(seed), count)
                .Select(element => new PulsedDevice(DeviceVariationModule.device(core, element))),
        ];
    }

    private static double Checked(Action<string, double> require, string name, double value)
    {
        require(name, value);
        return value;
    }
}
