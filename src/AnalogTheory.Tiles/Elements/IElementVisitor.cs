using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;

namespace AnalogTheory.Tiles.Elements;

/// <summary>Parameters of an element, or of a vector of elements, by number.</summary>
/// <typeparam name="T">Number system.</typeparam>
internal interface IElementParameters<T>
    where T : struct, IAlgebra<T>
{
    /// <summary>One parameter.</summary>
    /// <param name="parameter">Its number, see <see cref="Parameter"/>.</param>
    T At(int parameter);
}

/// <summary>Makes the law of an element from its parameters.</summary>
/// <typeparam name="T">Number system.</typeparam>
/// <typeparam name="TLaw">Law in units of weight, see <see cref="Stepped{TLaw, T}"/>.</typeparam>
internal interface ILawMaker<T, TLaw>
    where T : struct, IAlgebra<T>
    where TLaw : struct, IResponseLaw<T>
{
    /// <summary>The law.</summary>
    TLaw Make<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct;
}

/// <summary>What to do with a kind of element once its law is known.</summary>
/// <typeparam name="T">Number system.</typeparam>
/// <typeparam name="TResult">What comes out.</typeparam>
internal interface IElementVisitor<T, out TResult>
    where T : struct, IAlgebra<T>
{
    /// <summary>Called once with a maker of laws, so that the loop around it is specialised.</summary>
    TResult Visit<TMaker, TLaw>(TMaker maker)
        where TMaker : struct, ILawMaker<T, TLaw>
        where TLaw : struct, IResponseLaw<T>;

    /// <summary>Called instead where the law is linear in w: pulses then have a closed form together.</summary>
    TResult VisitLinear<TMaker>(TMaker maker)
        where TMaker : struct, ILinearMaker<T>;
}

/// <summary>Makes linear laws, and gives their parts one by one: a loop over vectors has no room for a law of five of them.</summary>
/// <typeparam name="T">Number system.</typeparam>
internal interface ILinearMaker<T> : ILawMaker<T, Stepped<LinearStep<T>, T>>
    where T : struct, IAlgebra<T>
{
    /// <summary>Slope of q₊.</summary>
    static abstract T UpSlope<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct;

    /// <summary>Slope of q₋.</summary>
    static abstract T DownSlope<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct;

    /// <summary>Weight at which q± = 1.</summary>
    static abstract T Point<TParameters>(TParameters parameters)
        where TParameters : struct, IElementParameters<T>, allows ref struct;
}

/// <summary>Numbers of the parameters that every kind of element has; those of its law follow.</summary>
internal static class Parameter
{
    /// <summary>s₊, unit of weight.</summary>
    internal const int StepUp = 0;

    /// <summary>s₋, unit of weight.</summary>
    internal const int StepDown = 1;

    /// <summary>Least visible weight.</summary>
    internal const int Lower = 2;

    /// <summary>Largest visible weight.</summary>
    internal const int Upper = 3;

    /// <summary>First parameter of the law.</summary>
    internal const int Law = 4;
}
