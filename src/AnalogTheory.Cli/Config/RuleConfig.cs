using System;
using System.ComponentModel;
using System.Text.Json.Serialization;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Config;

/// <summary>A training rule in a config file.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DigitalSgdConfig), "digital-sgd")]
[JsonDerivedType(typeof(AnalogSgdConfig), "analog-sgd")]
[JsonDerivedType(typeof(TikiTakaConfig), "tiki-taka")]
[JsonDerivedType(typeof(ResidualLearningConfig), "residual-learning")]
internal abstract record RuleConfig
{
    /// <summary>The rule, on a device for W and one for P.</summary>
    internal abstract Rule Build(Element main, Element auxiliary);

    /// <summary>One of two rules: by pulses where the devices have them.</summary>
    /// <exception cref="ArgumentException">One device has a granularity and the other has none.</exception>
    private protected static Rule Either(
        Element main,
        Element auxiliary,
        Func<Device, Device, Rule> continuous,
        Func<PulsedDevice, PulsedDevice, PulseRounding, Rule> pulsed
    ) =>
        (main.Pulses, auxiliary.Pulses) switch
        {
            (null, null) => continuous(main.Device, auxiliary.Device),
            ({ } w, { } p) => pulsed(w, p, main.Rounding),
            _ => throw new ArgumentException("Expected a granularity for both arrays or for none, got it for one of them."),
        };
}

/// <summary>W′ = W − αg.</summary>
[Description("W′ = W − αg (arXiv 2406.12774v1, eq. 2). No device matters.")]
internal sealed record DigitalSgdConfig : RuleConfig
{
    [Positive]
    [Description("α, weight²/loss.")]
    public required double LearningRate { get; init; }

    internal override Rule Build(Element main, Element auxiliary) => Rule.DigitalSgd(LearningRate);
}

/// <summary>W′ = U(W, −αg).</summary>
[Description("W′ = U(W, −αg) (arXiv 2406.12774v1, eq. 3); without noise it is Analog GD.")]
internal sealed record AnalogSgdConfig : RuleConfig
{
    [Positive]
    [Description("α, weight²/loss.")]
    public required double LearningRate { get; init; }

    internal override Rule Build(Element main, Element auxiliary) =>
        Either(main, main, (w, _) => Rule.AnalogSgd(w, LearningRate), (w, _, rounding) => Rule.AnalogSgd(w, LearningRate, rounding));
}

/// <summary>P′ = U(P, +βg), W′ = U(W, −αP′).</summary>
[Description("P′ = U(P, +βg), W′ = U(W, −αP′), P₀ = 0 (arXiv 2406.12774v1).")]
internal sealed record TikiTakaConfig : RuleConfig
{
    [Positive]
    [Description("α, rate of W, dimensionless.")]
    public required double TransferRate { get; init; }

    [Positive]
    [Description("β, rate of P, weight²/loss.")]
    public required double LearningRate { get; init; }

    internal override Rule Build(Element main, Element auxiliary) =>
        Either(
            main,
            auxiliary,
            (w, p) => Rule.TikiTaka(p, w, TransferRate, LearningRate),
            (w, p, rounding) => Rule.TikiTaka(p, w, TransferRate, LearningRate, rounding)
        );
}

/// <summary>g at W + γP, P′ = U(P, −αg), W′ = U(W, +βP′).</summary>
[Description("g taken at W + γP, P′ = U(P, −αg), W′ = U(W, +βP′), P₀ = 0 (arXiv 2502.06309, section 4).")]
internal sealed record ResidualLearningConfig : RuleConfig
{
    [Positive]
    [Description("α, rate of P, weight²/loss.")]
    public required double LearningRate { get; init; }

    [Positive]
    [Description("β, rate of W, dimensionless.")]
    public required double TransferRate { get; init; }

    [NonNegative]
    [Description("γ, dimensionless; 0 takes the gradient at W.")]
    public required double Mixing { get; init; }

    internal override Rule Build(Element main, Element auxiliary) =>
        Either(
            main,
            auxiliary,
            (w, p) => Rule.ResidualLearning(p, w, LearningRate, TransferRate, Mixing),
            (w, p, rounding) => Rule.ResidualLearning(p, w, LearningRate, TransferRate, Mixing, rounding)
        );
}
