using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Devices;

/// <summary>A kind of device and how much its elements differ: what an array is built from.</summary>
/// <remarks>
/// Names of AIHWKIT in parentheses; defaults are the kit's. A spread is the standard deviation from element to element, relative to the quantity
/// unless said otherwise; all draws are plain normal numbers, so a large spread reaches zero and beyond, see <see cref="EnforceConsistency"/>.
/// </remarks>
public abstract record DeviceSettings
{
    /// <summary>Δw_min &gt; 0: mean step at unit response, unit of weight (<c>dw_min</c>).</summary>
    public double Granularity { get; init; } = 0.001;

    /// <summary>Spread of the step's gain, which up and down share (<c>dw_min_dtod</c>).</summary>
    public double GranularitySpread { get; init; } = 0.3;

    /// <summary>Whether the gain is exp(spread·ξ) instead of 1 + spread·ξ; its mean is then above 1 (<c>dw_min_dtod_log_normal</c>).</summary>
    public bool LogNormalGranularity { get; init; }

    /// <summary>σ ≥ 0: deviation of a pulse's step from cycle to cycle, relative to the step (<c>dw_min_std</c>).</summary>
    public double CycleNoise { get; init; } = 0.3;

    /// <summary>Mean upper bound, unit of weight, ≥ 0 (<c>w_max</c>).</summary>
    public double UpperBound { get; init; } = 0.6;

    /// <summary>Spread of the upper bound (<c>w_max_dtod</c>).</summary>
    public double UpperBoundSpread { get; init; } = 0.3;

    /// <summary>Mean lower bound, unit of weight, ≤ 0 (<c>w_min</c>).</summary>
    public double LowerBound { get; init; } = -0.6;

    /// <summary>Spread of the lower bound (<c>w_min_dtod</c>).</summary>
    public double LowerBoundSpread { get; init; } = 0.3;

    /// <summary>Share by which one of the steps is smaller for every element: the one down if positive, the one up if negative (<c>up_down</c>).</summary>
    public double UpDown { get; init; }

    /// <summary>Spread of the antisymmetric part of the steps, relative to Δw_min (<c>up_down_dtod</c>).</summary>
    public double UpDownSpread { get; init; } = 0.01;

    /// <summary>Weight that a reset and the decay aim at, unit of weight (<c>reset</c>).</summary>
    public double Reset { get; init; }

    /// <summary>Deviation of that weight from element to element, unit of weight (<c>reset_dtod</c>).</summary>
    public double ResetSpread { get; init; }

    /// <summary>Deviation of a reset from one to the next, unit of weight (<c>reset_std</c>).</summary>
    public double ResetNoise { get; init; } = 0.01;

    /// <summary>Mini-batches in which a weight decays to 1/e, 0 for no decay, else above 1 (<c>lifetime</c>).</summary>
    public double Lifetime { get; init; }

    /// <summary>Spread of the lifetime (<c>lifetime_dtod</c>).</summary>
    public double LifetimeSpread { get; init; }

    /// <summary>Deviation of the diffusion of a mini-batch, unit of weight (<c>diffusion</c>).</summary>
    public double Diffusion { get; init; }

    /// <summary>Spread of the diffusion (<c>diffusion_dtod</c>).</summary>
    public double DiffusionSpread { get; init; }

    /// <summary>Probability that an element is stuck (<c>corrupt_devices_prob</c>).</summary>
    public double CorruptProbability { get; init; }

    /// <summary>Largest |w| at which an element is stuck, unit of weight (<c>corrupt_devices_range</c>).</summary>
    public double CorruptRange { get; init; } = 0.1;

    /// <summary>Whether steps are made positive and bounds put on their sides of zero after drawing (<c>enforce_consistency</c>).</summary>
    public bool EnforceConsistency { get; init; } = true;

    /// <summary>Whether the last column has equal steps and hundredfold bounds: an analog bias that is nearly perfect (<c>perfect_bias</c>).</summary>
    public bool PerfectBias { get; init; }

    /// <summary>Deviation of the visible weight from the one that pulses act on, in units of Δw_min, drawn anew with every pulse (<c>write_noise_std</c>).</summary>
    public double WriteNoise { get; init; }

    /// <summary>Whether setting weights draws write noise too (<c>apply_write_noise_on_set</c>).</summary>
    public bool WriteNoiseOnSet { get; init; } = true;

    /// <summary>Whether one pulse at weight 0 moves an element by less than Δw_min, and how far: the unit in which updates count pulses (<c>weight_granularity</c>).</summary>
    public virtual double PulseGranularity => Granularity;

    /// <summary>How the noise of a pulse depends on its step.</summary>
    internal virtual NoiseShape Noise => new(NoiseKind.OfStep, CycleNoise);

    /// <summary>Number of parameters of an element beyond its steps and bounds.</summary>
    internal abstract int LawParameters { get; }

    /// <summary>The same device with elements that are all alike: spreads are 0, and none is corrupt.</summary>
    public DeviceSettings WithoutSpread() =>
        WithoutOwnSpread() with
        {
            GranularitySpread = 0.0,
            UpperBoundSpread = 0.0,
            LowerBoundSpread = 0.0,
            UpDownSpread = 0.0,
            ResetSpread = 0.0,
            LifetimeSpread = 0.0,
            DiffusionSpread = 0.0,
            CorruptProbability = 0.0,
        };

    /// <summary>The same device without noise from pulse to pulse, write noise and reset noise.</summary>
    public DeviceSettings WithoutNoise() => this with { CycleNoise = 0.0, WriteNoise = 0.0, ResetNoise = 0.0 };

    /// <summary>The same device without decay and diffusion.</summary>
    public DeviceSettings WithoutDrift() => this with { Lifetime = 0.0, Diffusion = 0.0 };

    /// <summary>Elements with steps of <see cref="PulseGranularity"/> at every weight and in both directions, between the same bounds; all else stays.</summary>
    /// <remarks>What differs from element to element beyond steps and bounds, such as references and slopes, belongs to the response and goes with it.</remarks>
    public DeviceSettings WithoutResponse() =>
        new ConstantStepDevice
        {
            Granularity = PulseGranularity,
            GranularitySpread = GranularitySpread,
            LogNormalGranularity = LogNormalGranularity,
            CycleNoise = CycleNoise,
            UpperBound = UpperBound,
            UpperBoundSpread = UpperBoundSpread,
            LowerBound = LowerBound,
            LowerBoundSpread = LowerBoundSpread,
            UpDownSpread = UpDownSpread,
            Reset = Reset,
            ResetSpread = ResetSpread,
            ResetNoise = ResetNoise,
            Lifetime = Lifetime,
            LifetimeSpread = LifetimeSpread,
            Diffusion = Diffusion,
            DiffusionSpread = DiffusionSpread,
            CorruptProbability = CorruptProbability,
            CorruptRange = CorruptRange,
            EnforceConsistency = EnforceConsistency,
            PerfectBias = PerfectBias,
            WriteNoise = WriteNoise * Granularity / PulseGranularity,
            WriteNoiseOnSet = WriteNoiseOnSet,
        };

    /// <summary>Refuses numbers that describe no device.</summary>
    /// <exception cref="ArgumentException">A number is out of range; the message says which.</exception>
    public virtual void Validate()
    {
        Check(Granularity > 0.0, Granularity, nameof(Granularity), "a number above 0");
        Check(UpperBound >= 0.0, UpperBound, nameof(UpperBound), "a number at or above 0");
        Check(LowerBound <= 0.0, LowerBound, nameof(LowerBound), "a number at or below 0");
        Check(UpperBound > LowerBound, UpperBound, nameof(UpperBound), "an upper bound above the lower one");
        Check(Math.Abs(UpDown) < 1.0, UpDown, nameof(UpDown), "a number between −1 and 1");
        Check(Lifetime is 0.0 or > 1.0, Lifetime, nameof(Lifetime), "0 for none, or a number above 1");
        Check(CorruptProbability is >= 0.0 and <= 1.0, CorruptProbability, nameof(CorruptProbability), "a probability");
        Check(double.IsFinite(Reset), Reset, nameof(Reset), "a finite number");
        NotNegative(GranularitySpread, nameof(GranularitySpread));
        NotNegative(CycleNoise, nameof(CycleNoise));
        NotNegative(UpperBoundSpread, nameof(UpperBoundSpread));
        NotNegative(LowerBoundSpread, nameof(LowerBoundSpread));
        NotNegative(UpDownSpread, nameof(UpDownSpread));
        NotNegative(ResetSpread, nameof(ResetSpread));
        NotNegative(ResetNoise, nameof(ResetNoise));
        NotNegative(LifetimeSpread, nameof(LifetimeSpread));
        NotNegative(Diffusion, nameof(Diffusion));
        NotNegative(DiffusionSpread, nameof(DiffusionSpread));
        NotNegative(CorruptRange, nameof(CorruptRange));
        NotNegative(WriteNoise, nameof(WriteNoise));
    }

    /// <summary>Draws what the elements have beyond the common quantities.</summary>
    internal abstract void Complete(ElementDraws draws);

    /// <summary>Hands the law of an element to the visitor, its number system and its parameters still open.</summary>
    internal abstract TResult Accept<T, TVisitor, TResult>(TVisitor visitor)
        where T : struct, IAlgebra<T>
        where TVisitor : IElementVisitor<T, TResult>, allows ref struct;

    /// <summary>The device with the spreads of its own set to 0.</summary>
    private protected abstract DeviceSettings WithoutOwnSpread();

    private protected static void NotNegative(double value, string name) => Check(value >= 0.0, value, name, "a number at or above 0");

    private protected static void Check(bool holds, double value, string name, string expected)
    {
        if (!holds || !double.IsFinite(value))
        {
            throw new ArgumentException(FormattableString.Invariant($"Expected {expected}, got {value}."), name);
        }
    }
}
