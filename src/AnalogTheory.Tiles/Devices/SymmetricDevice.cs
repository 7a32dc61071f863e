using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Devices;

/// <summary>Elements whose bounds are −τ and τ, and whose responses up and down mirror each other: both are 1 at w = 0. The laws of the sequel.</summary>
/// <remarks>Source: arXiv 2502.06309, appendix K.1. An element's τ is half of the distance of the bounds that are drawn for it.</remarks>
public abstract record SymmetricDevice : DeviceSettings
{
    private protected SymmetricDevice() { }

    /// <summary>γ_res &gt; 0, dimensionless.</summary>
    public double Exponent { get; init; } = 1.0;

    internal override int LawParameters => 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Check(Exponent > 0.0, Exponent, nameof(Exponent), "a number above 0");
    }

    // The bounds become symmetric, and τ the first parameter of the law.
    internal override void Complete(ElementDraws draws)
    {
        for (int e = 0; e < draws.Count; e++)
        {
            double radius = 0.5 * (draws.Upper[e] - draws.Lower[e]);

            // A stuck element stays where it is; its steps are 0, so any radius will do.
            bool stuck = radius == 0.0;
            draws.Law(0)[e] = stuck ? 1.0 : (float)radius;
            if (!stuck)
            {
                draws.Upper[e] = (float)radius;
                draws.Lower[e] = -(float)radius;
            }
        }
    }

    private protected override DeviceSettings WithoutOwnSpread() => this;
}
