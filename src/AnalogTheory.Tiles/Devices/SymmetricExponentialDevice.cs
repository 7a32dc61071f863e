using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Devices;

/// <summary>Elements with q± = (exp(γ(1 ∓ w/τ)) − 1)/(exp(γ) − 1), τ their own: both responses are 1 at w = 0.</summary>
/// <remarks>Source: arXiv 2502.06309, appendix K.1. An element's τ is half of the distance of the bounds that are drawn for it.</remarks>
public sealed record SymmetricExponentialDevice : DeviceSettings
{
    /// <summary>γ_res &gt; 0, dimensionless.</summary>
    public double Exponent { get; init; } = 1.0;

    internal override int LawParameters => 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Check(Exponent > 0.0, Exponent, nameof(Exponent), "a number above 0");
    }

    internal override void Complete(ElementDraws draws) => Radius.Complete(draws);

    internal override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) =>
        visitor.Visit<Maker<T>, Stepped<SymmetricExponential<T>, T>>(new(Exponent));

    private protected override DeviceSettings WithoutOwnSpread() => this;

    private readonly struct Maker<T>(double exponent) : ILawMaker<T, Stepped<SymmetricExponential<T>, T>>
        where T : struct, IAlgebra<T>
    {
        private readonly T _exponent = T.Constant(exponent);

        public Stepped<SymmetricExponential<T>, T> Make<TParameters>(TParameters parameters)
            where TParameters : struct, IElementParameters<T>, allows ref struct =>
            new(new(parameters.At(Parameter.Law), _exponent), parameters.At(Parameter.StepUp), parameters.At(Parameter.StepDown));
    }
}

/// <summary>Elements whose bounds are −τ and τ.</summary>
internal static class Radius
{
    /// <summary>Makes the bounds symmetric, and τ the first parameter of the law.</summary>
    internal static void Complete(ElementDraws draws)
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
}
