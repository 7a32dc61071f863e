using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Devices;

/// <summary>Elements with q± = 1.</summary>
internal readonly struct ConstantMaker<T> : ILinearMaker<T>
    where T : struct, IAlgebra<T>
{
    public static T UpSlope<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct => T.Zero;

    public static T DownSlope<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct => T.Zero;

    public static T Point<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct => T.Zero;

    public Stepped<LinearStep<T>, T> Make<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct => LinearLaw.Of<T, ConstantMaker<T>, TParameters>(parameters);
}

/// <summary>Elements with q± = 1 − w·slope±.</summary>
internal readonly struct SlopeMaker<T> : ILinearMaker<T>
    where T : struct, IAlgebra<T>
{
    public static T UpSlope<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct => parameters.At(Parameter.Law);

    public static T DownSlope<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct => parameters.At(Parameter.Law + 1);

    public static T Point<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct => T.Zero;

    public Stepped<LinearStep<T>, T> Make<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct => LinearLaw.Of<T, SlopeMaker<T>, TParameters>(parameters);
}

/// <summary>Elements with q± = 1 − (w − p)·slope±.</summary>
internal readonly struct SlopeAndPointMaker<T> : ILinearMaker<T>
    where T : struct, IAlgebra<T>
{
    public static T UpSlope<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct => parameters.At(Parameter.Law);

    public static T DownSlope<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct => parameters.At(Parameter.Law + 1);

    public static T Point<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct => parameters.At(Parameter.Law + 2);

    public Stepped<LinearStep<T>, T> Make<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct =>
        LinearLaw.Of<T, SlopeAndPointMaker<T>, TParameters>(parameters);
}

/// <summary>The law of which a maker gives the parts.</summary>
internal static class LinearLaw
{
    internal static Stepped<LinearStep<T>, T> Of<T, TMaker, TParameters>(TParameters parameters)
        where T : struct, IAlgebra<T>
        where TMaker : struct, ILinearMaker<T>
        where TParameters : struct, IElementParameters<T>, allows ref struct =>
        new(
            LinearStep<T>.WithSlopes(TMaker.UpSlope(parameters), TMaker.DownSlope(parameters), TMaker.Point(parameters)),
            parameters.At(Parameter.StepUp),
            parameters.At(Parameter.StepDown)
        );
}
