using System;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Devices;

/// <summary>Soft bounds on v = w + r: the visible weight w is what remains after a reference r is subtracted.</summary>
/// <remarks>
/// AIHWKIT's <c>SoftBoundsReferenceDevice</c>: q₊ = 1 − v/b₊, q₋ = 1 − v/b₋, v within [b₋, b₊]. Different from the kit, on purpose: weights are set within the
/// visible bounds b± − r, where the kit clips them to b±; and subtracting the symmetric point leaves the reset's target where it is, where the kit moves
/// it too, unless <see cref="ResetFollowsSymmetricPoint"/>.
/// </remarks>
public sealed record SoftBoundsReferenceDevice : DeviceSettings
{
    /// <summary>Spread of the slope of steps up, which moves the upper bound to b₊/|1 + spread·ξ| (<c>slope_up_dtod</c>).</summary>
    public double SlopeUpSpread { get; init; }

    /// <summary>Spread of the slope of steps down, which moves the lower bound to b₋/|1 + spread·ξ| (<c>slope_down_dtod</c>).</summary>
    public double SlopeDownSpread { get; init; }

    /// <summary>Mean reference, unit of weight (<c>reference_mean</c>).</summary>
    public double ReferenceMean { get; init; }

    /// <summary>Deviation of the reference from element to element, unit of weight (<c>reference_std</c>).</summary>
    public double ReferenceSpread { get; init; }

    /// <summary>Whether each element's symmetric point is subtracted as well, so that it is at w = 0 (<c>subtract_symmetry_point</c>).</summary>
    public bool SubtractSymmetricPoint { get; init; }

    /// <summary>Whether a reset aims at the symmetric point of v even where that is subtracted, as the kit does.</summary>
    public bool ResetFollowsSymmetricPoint { get; init; }

    /// <summary>Whether noise is relative to the step at the weight, or to the step at v = 0 (<c>mult_noise</c>).</summary>
    public bool MultiplicativeNoise { get; init; }

    internal override NoiseShape Noise => new(MultiplicativeNoise ? NoiseKind.OfStep : NoiseKind.OfUnitStep, CycleNoise);

    internal override int LawParameters => HasReference ? 3 : 2;

    private bool HasReference => SubtractSymmetricPoint || ReferenceMean != 0.0 || ReferenceSpread != 0.0;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        NotNegative(SlopeUpSpread, nameof(SlopeUpSpread));
        NotNegative(SlopeDownSpread, nameof(SlopeDownSpread));
        NotNegative(ReferenceSpread, nameof(ReferenceSpread));
        Check(double.IsFinite(ReferenceMean), ReferenceMean, nameof(ReferenceMean), "a finite number");
    }

    internal override void Complete(ElementDraws draws)
    {
        double[] slopeUp = draws.Normals(Quantity.SlopeUp, SlopeUpSpread);
        double[] slopeDown = draws.Normals(Quantity.SlopeDown, SlopeDownSpread);
        double[] references = draws.Normals(Quantity.Reference, ReferenceSpread);
        for (int e = 0; e < draws.Count; e++)
        {
            draws.Upper[e] /= Math.Abs(1.0 + SlopeUpSpread * slopeUp[e]);
            draws.Lower[e] /= Math.Abs(1.0 + SlopeDownSpread * slopeDown[e]);
            double up = draws.Upper[e] > 0.0 ? 1.0 / draws.Upper[e] : 0.0;
            double down = draws.Lower[e] < 0.0 ? 1.0 / draws.Lower[e] : 0.0;
            draws.Law(0)[e] = up;
            draws.Law(1)[e] = down;
            if (!HasReference)
            {
                continue;
            }

            double restoring = draws.StepUp[e] * up - draws.StepDown[e] * down;
            double point =
                SubtractSymmetricPoint && up > 0.0 && down < 0.0 && restoring > 0.0
                    ? (draws.StepUp[e] - draws.StepDown[e]) / restoring
                    : 0.0;
            double reference = ReferenceMean + ReferenceSpread * references[e] + point;
            draws.Law(2)[e] = -reference;
            draws.Upper[e] -= reference;
            draws.Lower[e] -= reference;
            draws.ResetTarget[e] += ResetFollowsSymmetricPoint ? point : 0.0;
        }
    }

    internal override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) =>
        HasReference ? visitor.VisitLinear(default(SlopeAndPointMaker<T>)) : visitor.VisitLinear(default(SlopeMaker<T>));

    private protected override DeviceSettings WithoutOwnSpread() =>
        this with
        {
            SlopeUpSpread = 0.0,
            SlopeDownSpread = 0.0,
            ReferenceSpread = 0.0,
        };
}
