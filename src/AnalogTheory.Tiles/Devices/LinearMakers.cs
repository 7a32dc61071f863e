using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Devices;

/// <summary>Elements with q± = 1 − w·slope±.</summary>
internal readonly struct SlopeMaker<T> : ILawMaker<T, Stepped<LinearStep<T>, T>>
    where T : struct, IAlgebra<T>
{
    public Stepped<LinearStep<T>, T> Make<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct =>
        new(
            LinearStep<T>.WithSlopes(parameters.At(Parameter.Law), parameters.At(Parameter.Law + 1), T.Zero),
            parameters.At(Parameter.StepUp),
            parameters.At(Parameter.StepDown)
        );
}

/// <summary>Elements with q± = 1 − (w − p)·slope±.</summary>
internal readonly struct SlopeAndPointMaker<T> : ILawMaker<T, Stepped<LinearStep<T>, T>>
    where T : struct, IAlgebra<T>
{
    public Stepped<LinearStep<T>, T> Make<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct =>
        new(
            LinearStep<T>.WithSlopes(parameters.At(Parameter.Law), parameters.At(Parameter.Law + 1), parameters.At(Parameter.Law + 2)),
            parameters.At(Parameter.StepUp),
            parameters.At(Parameter.StepDown)
        );
}
