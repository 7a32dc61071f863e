using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Devices;

/// <summary>Elements whose steps do not depend on the weight: q₊ = q₋ = 1 between hard bounds.</summary>
/// <remarks>AIHWKIT's <c>ConstantStepDevice</c>.</remarks>
public sealed record ConstantStepDevice : DeviceSettings
{
    internal override int LawParameters => 0;

    internal override void Complete(ElementDraws draws) { }

    internal override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) => visitor.VisitLinear(default(Maker<T>));

    private protected override DeviceSettings WithoutOwnSpread() => this;

    private readonly struct Maker<T> : ILawMaker<T, Stepped<LinearStep<T>, T>>
        where T : struct, IAlgebra<T>
    {
        public Stepped<LinearStep<T>, T> Make<TParameters>(TParameters parameters)
            where TParameters : struct, IElementParameters<T>, allows ref struct =>
            new(LinearStep<T>.WithSlopes(T.Zero, T.Zero, T.Zero), parameters.At(Parameter.StepUp), parameters.At(Parameter.StepDown));
    }
}
