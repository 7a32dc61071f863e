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
    /// <summary>The device.</summary>
    /// <param name="folder">Folder that paths start from.</param>
    internal abstract Device Build(string folder);
}

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

    internal override Device Build(string folder) => Device.PowerStep(Upper, Lower, UpExponent, DownExponent);
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

    internal override Device Build(string folder) => Device.ExponentialStep(Upper, Lower, UpExponent, DownExponent);
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
