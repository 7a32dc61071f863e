using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Devices;

/// <summary>Elements with the exponential response of measured ReRAM: q± = max(1 − A±·exp(±γ±·z), 0), z = 2aw/(b₊ − b₋) + b.</summary>
/// <remarks>AIHWKIT's <c>ExpStepDevice</c>; the fitted numbers are shared by all elements, bounds and steps are their own.</remarks>
public sealed record ExponentialStepDevice : DeviceSettings
{
    /// <summary>The six fitted numbers (<c>A_up</c>, <c>A_down</c>, <c>gamma_up</c>, <c>gamma_down</c>, <c>a</c>, <c>b</c>).</summary>
    public ExponentialShape Shape { get; init; } = new(0.00081, 0.36833, 12.44625, 12.78785, 0.244, 0.2425);

    /// <summary>Part of the noise that does not depend on the step, relative to nothing: σ times it is added, unit of weight (<c>dw_min_std_add</c>).</summary>
    public double NoiseConstant { get; init; }

    /// <summary>Part of the noise that grows with |w|, 1 (<c>dw_min_std_slope</c>).</summary>
    public double NoiseOfWeight { get; init; }

    /// <summary>The step down at w = 0, twice averaged with itself as the kit does; the step up is ignored (<c>weight_granularity</c>).</summary>
    public override double PulseGranularity =>
        Granularity * (1.0 - UpDown) * Math.Max(1.0 - Shape.DownAmplitude * Math.Exp(-Shape.DownRate * Shape.Offset), 0.0);

    internal override NoiseShape Noise =>
        NoiseConstant == 0.0 && NoiseOfWeight == 0.0
            ? new(NoiseKind.OfStep, CycleNoise)
            : new(NoiseKind.OfStepAndWeight, CycleNoise, NoiseConstant, NoiseOfWeight);

    internal override int LawParameters => 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        foreach (
            double number in (double[])[Shape.UpAmplitude, Shape.DownAmplitude, Shape.UpRate, Shape.DownRate, Shape.Slope, Shape.Offset]
        )
        {
            Check(double.IsFinite(number), number, nameof(Shape), "six finite numbers");
        }

        Check(PulseGranularity > 0.0, PulseGranularity, nameof(Shape), "fitted numbers with a step down above 0 at w = 0");
        NotNegative(NoiseConstant, nameof(NoiseConstant));
        NotNegative(NoiseOfWeight, nameof(NoiseOfWeight));
    }

    internal override void Complete(ElementDraws draws)
    {
        for (int e = 0; e < draws.Count; e++)
        {
            double range = draws.Upper[e] - draws.Lower[e];
            draws.Law(0)[e] = range > 0.0 ? 2.0 / range : 0.0;
        }
    }

    internal override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) =>
        visitor.Visit<Maker<T>, Stepped<SaturatingExponential<T>, T>>(new(Shape));

    private protected override DeviceSettings WithoutOwnSpread() => this;

    private readonly struct Maker<T>(ExponentialShape shape) : ILawMaker<T, Stepped<SaturatingExponential<T>, T>>
        where T : struct, IAlgebra<T>
    {
        private readonly ExponentialShape _shape = shape;

        public Stepped<SaturatingExponential<T>, T> Make<TParameters>(TParameters parameters)
            where TParameters : struct, IElementParameters<T>, allows ref struct =>
            new(new(parameters.At(Parameter.Law), _shape), parameters.At(Parameter.StepUp), parameters.At(Parameter.StepDown));
    }
}
