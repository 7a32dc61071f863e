using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Devices;

/// <summary>Elements whose steps vanish at their own bounds: q₊ = 1 − w/b₊, q₋ = 1 − w/b₋.</summary>
/// <remarks>AIHWKIT's <c>SoftBoundsDevice</c>; without spread and with b± = ±τ the asymmetric linear device of arXiv 2406.12774, eq. 8.</remarks>
public sealed record SoftBoundsDevice : DeviceSettings
{
    /// <summary>Whether noise is relative to the step at the weight, or to the step at weight 0 (<c>mult_noise</c>).</summary>
    public bool MultiplicativeNoise { get; init; } = true;

    internal override NoiseShape Noise => new(MultiplicativeNoise ? NoiseKind.OfStep : NoiseKind.OfUnitStep, CycleNoise);

    internal override int LawParameters => 2;

    internal override void Complete(ElementDraws draws)
    {
        for (int e = 0; e < draws.Count; e++)
        {
            // Stuck elements have no step, and bounds that say nothing about a slope.
            bool stuck = draws.Lower[e] == draws.Upper[e];
            draws.Law(0)[e] = stuck || draws.Upper[e] == 0.0 ? 0.0 : 1.0 / draws.Upper[e];
            draws.Law(1)[e] = stuck || draws.Lower[e] == 0.0 ? 0.0 : 1.0 / draws.Lower[e];
        }
    }

    internal override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) => visitor.VisitLinear(default(SlopeMaker<T>));

    private protected override DeviceSettings WithoutOwnSpread() => this;
}
