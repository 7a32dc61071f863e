using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Devices;

/// <summary>Elements with q± = (exp(γ(1 ∓ w/τ)) − 1)/(exp(γ) − 1), τ their own: both responses are 1 at w = 0.</summary>
public sealed record SymmetricExponentialDevice : SymmetricDevice
{
    internal override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) =>
        visitor.Visit<Maker<T>, Stepped<SymmetricExponential<T>, T>>(new(Exponent));

    private readonly struct Maker<T>(double exponent) : ILawMaker<T, Stepped<SymmetricExponential<T>, T>>
        where T : struct, IAlgebra<T>
    {
        private readonly T _exponent = T.Constant(exponent);

        public Stepped<SymmetricExponential<T>, T> Make<TParameters>(TParameters parameters)
            where TParameters : struct, IElementParameters<T>, allows ref struct =>
            new(new(parameters.At(Parameter.Law), _exponent), parameters.At(Parameter.StepUp), parameters.At(Parameter.StepDown));
    }
}
