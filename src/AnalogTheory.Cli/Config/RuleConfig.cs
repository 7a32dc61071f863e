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
    internal abstract Rule Build(Device main, Device auxiliary);
}

/// <summary>W′ = W − αg.</summary>
[Description("W′ = W − αg (arXiv 2406.12774v1, eq. 2). No device matters.")]
internal sealed record DigitalSgdConfig : RuleConfig
{
    [Positive]
    [Description("α, weight²/loss.")]
    public required double LearningRate { get; init; }

    internal override Rule Build(Device main, Device auxiliary) => Rule.DigitalSgd(LearningRate);
}

/// <summary>W′ = U(W, −αg).</summary>
[Description("W′ = U(W, −αg) (arXiv 2406.12774v1, eq. 3); without noise it is Analog GD.")]
internal sealed record AnalogSgdConfig : RuleConfig
{
    [Positive]
    [Description("α, weight²/loss.")]
    public required double LearningRate { get; init; }

    internal override Rule Build(Device main, Device auxiliary) => Rule.AnalogSgd(main, LearningRate);
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

    internal override Rule Build(Device main, Device auxiliary) => Rule.TikiTaka(auxiliary, main, TransferRate, LearningRate);
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

    internal override Rule Build(Device main, Device auxiliary) =>
        Rule.ResidualLearning(auxiliary, main, LearningRate, TransferRate, Mixing);
}
