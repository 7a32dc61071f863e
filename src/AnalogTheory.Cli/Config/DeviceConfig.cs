using System;
using System.ComponentModel;
using System.IO;
using System.Text.Json.Serialization;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Config;

/// <summary>A device in a config file. What it leaves out has the value of the papers' examples: τ = 1, w⋄ = 0.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(IdealConfig), "ideal")]
[JsonDerivedType(typeof(AsymmetricLinearConfig), "asymmetric-linear")]
[JsonDerivedType(typeof(GenericLinearConfig), "generic-linear")]
[JsonDerivedType(typeof(LinearStepConfig), "linear-step")]
[JsonDerivedType(typeof(PowerStepConfig), "power-step")]
[JsonDerivedType(typeof(SymmetricPowerConfig), "symmetric-power")]
[JsonDerivedType(typeof(ExponentialStepConfig), "exponential-step")]
[JsonDerivedType(typeof(SymmetricExponentialConfig), "symmetric-exponential")]
[JsonDerivedType(typeof(MeasuredConfig), "measured")]
internal abstract record DeviceConfig
{
    [Positive]
    [Description(
        "Δw_min, unit of weight: updates are sent as whole pulses of this size; left out, updates are as fine as they need to be."
    )]
    public double? Granularity { get; init; }

    [NonNegative]
    [Description("σ_c2c, dimensionless: every pulse is scaled by 1 + σ_c2c·ξ. Needs granularity.")]
    public double? MultiplicativeNoise { get; init; }

    [NonNegative]
    [Description("σ_c2c, dimensionless: σ_c2c·ξ·Δw_min is added to every pulse. Needs granularity.")]
    public double? AdditiveNoise { get; init; }

    [Description(
        "How |Δ|/Δw_min becomes a whole number of pulses: stochastic (the default), up (the paper's) or nearest. Needs granularity."
    )]
    public PulseRounding? Rounding { get; init; }

    /// <summary>The keys that make a device one of pulses.</summary>
    internal static string[] KeysOfPulses { get; } = ["granularity", "multiplicativeNoise", "additiveNoise", "rounding"];

    /// <summary>The device.</summary>
    /// <param name="folder">Folder that paths start from.</param>
    internal abstract Device Build(string folder);

    /// <summary>The device, with its pulses if it has a granularity.</summary>
    /// <param name="folder">Folder that paths start from.</param>
    /// <exception cref="ArgumentException">Something of pulses is given without a granularity, or both kinds of noise are.</exception>
    internal Element BuildElement(string folder)
    {
        Device device = Build(folder);
        if (Granularity is not { } granularity)
        {
            return MultiplicativeNoise is null && AdditiveNoise is null && Rounding is null
                ? new(device, null, PulseRounding.Stochastic)
                : throw new ArgumentException("Expected the key 'granularity' beside noise or rounding of pulses; it is missing.");
        }

        PulsedDevice pulses = (MultiplicativeNoise, AdditiveNoise) switch
        {
            (null, null) => device.WithPulses(granularity),
            ({ } share, null) => device.WithPulses(granularity).WithMultiplicativeNoise(share),
            (null, { } added) => device.WithPulses(granularity).WithAdditiveNoise(added),
            _ => throw new ArgumentException("Expected one of multiplicativeNoise and additiveNoise, got both."),
        };
        return new(device, pulses, Rounding ?? PulseRounding.Stochastic);
    }
}

/// <summary>A device as a rule takes it.</summary>
/// <param name="Device">The response.</param>
/// <param name="Pulses">The same with granularity and noise; null where updates are not sent as pulses.</param>
/// <param name="Rounding">How updates become whole numbers of pulses.</param>
internal sealed record Element(Device Device, PulsedDevice? Pulses, PulseRounding Rounding);

/// <summary>q₊ = q₋ = 1.</summary>
[Description("q₊ = q₋ = 1: no asymmetry.")]
internal sealed record IdealConfig : DeviceConfig
{
    internal override Device Build(string folder) => Device.Ideal;
}

/// <summary>q± = 1 ∓ (w − w⋄)/τ.</summary>
[Description("q₊ = 1 − (w − w⋄)/τ, q₋ = 1 + (w − w⋄)/τ (arXiv 2406.12774v1, eq. 8).")]
internal sealed record AsymmetricLinearConfig : DeviceConfig
{
    [Positive]
    [Description("τ, unit of weight.")]
    public double Radius { get; init; } = 1.0;

    [Finite]
    [Description("w⋄, unit of weight.")]
    public double SymmetricPoint { get; init; }

    internal override Device Build(string folder) => Device.AsymmetricLinear(Radius, SymmetricPoint);
}

/// <summary>q₊ = (1 + c)(1 − w/τ), q₋ = (1 − c)(1 + w/τ).</summary>
[Description("q₊ = (1 + c)(1 − w/τ), q₋ = (1 − c)(1 + w/τ), w⋄ = cτ (arXiv 2502.06309, Figure 2).")]
internal sealed record GenericLinearConfig : DeviceConfig
{
    [Positive]
    [Description("τ, unit of weight.")]
    public double Radius { get; init; } = 1.0;

    [Between(-1.0, 1.0)]
    [Description("c, dimensionless.")]
    public double Asymmetry { get; init; } = 0.3;

    internal override Device Build(string folder) => Device.GenericLinear(Radius, Asymmetry);
}

/// <summary>q₊ = 1 − (w − w⋄)/τ_max, q₋ = 1 − (w − w⋄)/τ_min.</summary>
[Description("q₊ = 1 − (w − w⋄)/τ_max, q₋ = 1 − (w − w⋄)/τ_min: soft bounds (arXiv 2406.12774v1, appendix C).")]
internal sealed record LinearStepConfig : DeviceConfig
{
    [Positive]
    [Description("τ_max as an offset from w⋄, unit of weight.")]
    public double Upper { get; init; } = 1.0;

    [Negative]
    [Description("τ_min as an offset from w⋄, unit of weight.")]
    public double Lower { get; init; } = -1.0;

    [Finite]
    [Description("w⋄, unit of weight.")]
    public double SymmetricPoint { get; init; }

    internal override Device Build(string folder) => Device.LinearStep(Upper, Lower, SymmetricPoint);
}

/// <summary>q₊ = ((τ_max − w)/R)^γ₊, q₋ = ((w − τ_min)/R)^γ₋.</summary>
[Description("q₊ = ((τ_max − w)/R)^γ₊, q₋ = ((w − τ_min)/R)^γ₋, R = τ_max − τ_min (arXiv 2406.12774v1, appendix C).")]
internal sealed record PowerStepConfig : DeviceConfig
{
    [Finite]
    [Description("τ_max, unit of weight.")]
    public double Upper { get; init; } = 1.0;

    [Finite]
    [Description("τ_min, below τ_max, unit of weight.")]
    public double Lower { get; init; } = -1.0;

    [Positive]
    [Description("γ₊, dimensionless.")]
    public double UpExponent { get; init; } = 2.0;

    [Positive]
    [Description("γ₋, dimensionless.")]
    public double DownExponent { get; init; } = 2.0;

    [Description("Whether q₊ and q₋ are divided by F(w⋄), so that F(w⋄) = 1.")]
    public bool? Normalised { get; init; }

    internal override Device Build(string folder)
    {
        Device device = Device.PowerStep(Upper, Lower, UpExponent, DownExponent);
        return Normalised == true ? device.Normalised() : device;
    }
}

/// <summary>q± = (1 ∓ w/τ)^γ.</summary>
[Description("q₊ = (1 − w/τ)^γ, q₋ = (1 + w/τ)^γ (arXiv 2502.06309, appendix K.1).")]
internal sealed record SymmetricPowerConfig : DeviceConfig
{
    [Positive]
    [Description("τ, unit of weight.")]
    public double Radius { get; init; } = 1.0;

    [Positive]
    [Description("γ, dimensionless.")]
    public double Exponent { get; init; } = 2.0;

    internal override Device Build(string folder) => Device.SymmetricPower(Radius, Exponent);
}

/// <summary>q₊ = 1 − exp(−γ₊(τ_max − w)/R), q₋ = 1 − exp(−γ₋(w − τ_min)/R).</summary>
[Description("q₊ = 1 − exp(−γ₊(τ_max − w)/R), q₋ = 1 − exp(−γ₋(w − τ_min)/R), R = τ_max − τ_min (arXiv 2406.12774v1, appendix C).")]
internal sealed record ExponentialStepConfig : DeviceConfig
{
    [Finite]
    [Description("τ_max, unit of weight.")]
    public double Upper { get; init; } = 1.0;

    [Finite]
    [Description("τ_min, below τ_max, unit of weight.")]
    public double Lower { get; init; } = -1.0;

    [Positive]
    [Description("γ₊, dimensionless.")]
    public double UpExponent { get; init; } = 2.0;

    [Positive]
    [Description("γ₋, dimensionless.")]
    public double DownExponent { get; init; } = 2.0;

    [Description("Whether q₊ and q₋ are divided by F(w⋄), so that F(w⋄) = 1.")]
    public bool? Normalised { get; init; }

    internal override Device Build(string folder)
    {
        Device device = Device.ExponentialStep(Upper, Lower, UpExponent, DownExponent);
        return Normalised == true ? device.Normalised() : device;
    }
}

/// <summary>q± = (exp(γ(1 ∓ w/τ)) − 1)/(exp(γ) − 1).</summary>
[Description("q± = (exp(γ(1 ∓ w/τ)) − 1)/(exp(γ) − 1) (arXiv 2502.06309, appendix K.1).")]
internal sealed record SymmetricExponentialConfig : DeviceConfig
{
    [Positive]
    [Description("τ, unit of weight.")]
    public double Radius { get; init; } = 1.0;

    [Positive]
    [Description("γ, at most 350, dimensionless.")]
    public double Exponent { get; init; } = 2.0;

    internal override Device Build(string folder) => Device.SymmetricExponential(Radius, Exponent);
}

/// <summary>Linear between measured steps.</summary>
[Description("Linear between the mean steps of measured pulses, normalised so that F(w⋄) = 1.")]
internal sealed record MeasuredConfig : DeviceConfig
{
    [Description("CSV file of pulse number, weight and optionally direction; relative to the config file.")]
    public required string File { get; init; }

    [AtLeast(2)]
    [Description("Bins over the range of weights.")]
    public int Bins { get; init; } = 20;

    internal override Device Build(string folder)
    {
        string path = Path.GetFullPath(File, folder);
        return MeasuredDevice.Parse(path, InputFile.Lines(File, path), Bins).Device;
    }
}
