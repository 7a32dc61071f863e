using System.ComponentModel;
using System.Text.Json.Serialization;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Config;

/// <summary>Noise of the gradient in a config file; deviations are per coordinate.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NoNoiseConfig), "none")]
[JsonDerivedType(typeof(GaussianConfig), "gaussian")]
[JsonDerivedType(typeof(ClippedGaussianConfig), "clipped-gaussian")]
[JsonDerivedType(typeof(RademacherConfig), "rademacher")]
[JsonDerivedType(typeof(UniformConfig), "uniform")]
[JsonDerivedType(typeof(TwoPointConfig), "two-point")]
[JsonDerivedType(typeof(StateDependentTwoPointConfig), "state-dependent-two-point")]
[JsonDerivedType(typeof(MiniBatchConfig), "mini-batch")]
internal abstract record NoiseConfig
{
    /// <summary>The noise, for a problem.</summary>
    internal abstract Noise Build(Problem problem);
}

/// <summary>ε = 0.</summary>
[Description("ε = 0.")]
internal sealed record NoNoiseConfig : NoiseConfig
{
    internal override Noise Build(Problem problem) => Noise.None;
}

/// <summary>Independent normals.</summary>
[Description("Independent normals.")]
internal sealed record GaussianConfig : NoiseConfig
{
    [NonNegative]
    [Description("s per coordinate, loss/weight.")]
    public required double Deviation { get; init; }

    internal override Noise Build(Problem problem) => Noise.Gaussian(Deviation);
}

/// <summary>Independent normals clipped to ±c deviations.</summary>
[Description("Independent normals clipped to ±c deviations.")]
internal sealed record ClippedGaussianConfig : NoiseConfig
{
    [NonNegative]
    [Description("s per coordinate before clipping, loss/weight.")]
    public required double Deviation { get; init; }

    [Positive]
    [Description("c, in deviations.")]
    public required double Clip { get; init; }

    internal override Noise Build(Problem problem) => Noise.ClippedGaussian(Deviation, Clip);
}

/// <summary>±s with probability one half each.</summary>
[Description("±s with probability one half each.")]
internal sealed record RademacherConfig : NoiseConfig
{
    [NonNegative]
    [Description("s per coordinate, loss/weight.")]
    public required double Deviation { get; init; }

    internal override Noise Build(Problem problem) => Noise.Rademacher(Deviation);
}

/// <summary>Uniforms on [−s√3, s√3].</summary>
[Description("Uniforms on [−s√3, s√3].")]
internal sealed record UniformConfig : NoiseConfig
{
    [NonNegative]
    [Description("s per coordinate, loss/weight.")]
    public required double Deviation { get; init; }

    internal override Noise Build(Problem problem) => Noise.Uniform(Deviation);
}

/// <summary>+s√((1 − p)/p) with probability p, −s√(p/(1 − p)) otherwise.</summary>
[Description("+s√((1 − p)/p) with probability p, −s√(p/(1 − p)) otherwise.")]
internal sealed record TwoPointConfig : NoiseConfig
{
    [NonNegative]
    [Description("s per coordinate, loss/weight.")]
    public required double Deviation { get; init; }

    [Between(0.0, 1.0)]
    [Description("p.")]
    public required double Probability { get; init; }

    internal override Noise Build(Problem problem) => Noise.TwoPoint(Deviation, Probability);
}

/// <summary>The lower bound's noise.</summary>
[Description("The lower bound's noise: two-point with p = ½(1 − w/τ) at the current weight (arXiv 2406.12774v1, Theorem 3).")]
internal sealed record StateDependentTwoPointConfig : NoiseConfig
{
    [NonNegative]
    [Description("s per coordinate, loss/weight.")]
    public required double Deviation { get; init; }

    [Positive]
    [Description("τ, unit of weight.")]
    public required double Radius { get; init; }

    internal override Noise Build(Problem problem) => Noise.StateDependentTwoPoint(Deviation, Radius);
}

/// <summary>Gradients of samples drawn with replacement.</summary>
[Description("Gradients of samples drawn with replacement; for least-squares problems.")]
internal sealed record MiniBatchConfig : NoiseConfig
{
    [AtLeast(1)]
    [Description("Samples a step.")]
    public required int Batch { get; init; }

    internal override Noise Build(Problem problem) => Noise.MiniBatch(problem, Batch);
}
