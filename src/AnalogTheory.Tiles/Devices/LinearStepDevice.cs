using System;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Devices;

/// <summary>Elements whose steps depend linearly on the weight: q± = 1 − slope±·w between hard bounds.</summary>
/// <remarks>AIHWKIT's <c>LinearStepDevice</c>; with its default slopes of 0 the elements still differ by the slopes' spread.</remarks>
public sealed record LinearStepDevice : DeviceSettings
{
    /// <summary>Share of the step up that is lost at the upper bound (<c>gamma_up</c>).</summary>
    public double SlopeUp { get; init; }

    /// <summary>Deviation of that share from element to element, absolute (<c>gamma_up_dtod</c>).</summary>
    public double SlopeUpSpread { get; init; } = 0.05;

    /// <summary>Share of the step down that is lost at the lower bound (<c>gamma_down</c>).</summary>
    public double SlopeDown { get; init; }

    /// <summary>Deviation of that share from element to element, absolute (<c>gamma_down_dtod</c>).</summary>
    public double SlopeDownSpread { get; init; } = 0.05;

    /// <summary>Whether a share may be negative, so that steps grow; else its absolute value counts (<c>allow_increasing</c>).</summary>
    public bool AllowIncreasing { get; init; }

    /// <summary>Whether "at the bound" means the mean bound, or the element's own (<c>mean_bound_reference</c>).</summary>
    public bool MeanBoundReference { get; init; } = true;

    /// <summary>Whether the step up is measured from the lower bound (<c>reverse_up</c>).</summary>
    public bool ReverseUp { get; init; }

    /// <summary>Whether the step down is measured from the upper bound (<c>reverse_down</c>).</summary>
    public bool ReverseDown { get; init; }

    /// <summary>Distance from the bound with a reversed slope, unit of weight (<c>reverse_offset</c>).</summary>
    public double ReverseOffset { get; init; } = 0.01;

    /// <summary>Whether noise is relative to the step at the weight, or to the step at weight 0 (<c>mult_noise</c>).</summary>
    public bool MultiplicativeNoise { get; init; } = true;

    internal override NoiseShape Noise => new(MultiplicativeNoise ? NoiseKind.OfStep : NoiseKind.OfUnitStep, CycleNoise);

    internal override int LawParameters => 2;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        NotNegative(SlopeUpSpread, nameof(SlopeUpSpread));
        NotNegative(SlopeDownSpread, nameof(SlopeDownSpread));
        Check(double.IsFinite(SlopeUp), SlopeUp, nameof(SlopeUp), "a finite number");
        Check(double.IsFinite(SlopeDown), SlopeDown, nameof(SlopeDown), "a finite number");
        Check(MeanBoundReference is false || UpperBound > 0.0, UpperBound, nameof(UpperBound), "a number above 0, which slopes refer to");
        Check(MeanBoundReference is false || LowerBound < 0.0, LowerBound, nameof(LowerBound), "a number below 0, which slopes refer to");
    }

    internal override void Complete(ElementDraws draws)
    {
        double[] up = draws.Normals(Quantity.SlopeUp, SlopeUpSpread);
        double[] down = draws.Normals(Quantity.SlopeDown, SlopeDownSpread);
        for (int e = 0; e < draws.Count; e++)
        {
            double upper = MeanBoundReference ? UpperBound : draws.Upper[e];
            double lower = MeanBoundReference ? LowerBound : draws.Lower[e];
            double atUpper = ReverseUp ? lower - ReverseOffset : upper;
            double atLower = ReverseDown ? upper + ReverseOffset : lower;
            draws.Law(0)[e] = Share(SlopeUp + SlopeUpSpread * up[e], atUpper);
            draws.Law(1)[e] = Share(SlopeDown + SlopeDownSpread * down[e], atLower);
        }
    }

    internal override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) => visitor.VisitLinear(default(SlopeMaker<T>));

    private protected override DeviceSettings WithoutOwnSpread() => this with { SlopeUpSpread = 0.0, SlopeDownSpread = 0.0 };

    private double Share(double slope, double bound) => bound == 0.0 ? 0.0 : (AllowIncreasing ? slope : Math.Abs(slope)) / bound;
}
