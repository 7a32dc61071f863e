using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Devices;

/// <summary>Elements with q± = (1 ∓ w/τ)^γ, τ their own: both responses are 1 at w = 0.</summary>
/// <remarks>Source: arXiv 2502.06309, appendix K.1. An element's τ is half of the distance of the bounds that are drawn for it.</remarks>
public sealed record SymmetricPowerDevice : DeviceSettings
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
        visitor.Visit<Maker<T>, Stepped<SymmetricPower<T>, T>>(new(Exponent));

    private protected override DeviceSettings WithoutOwnSpread() => this;

    private readonly struct Maker<T>(double exponent) : ILawMaker<T, Stepped<SymmetricPower<T>, T>>
        where T : struct, IAlgebra<T>
    {
        private readonly T _exponent = T.Constant(exponent);

        public Stepped<SymmetricPower<T>, T> Make<TParameters>(TParameters parameters)
            where TParameters : struct, IElementParameters<T>, allows ref struct =>
            new(new(parameters.At(Parameter.Law), _exponent), parameters.At(Parameter.StepUp), parameters.At(Parameter.StepDown));
    }
}
