using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>A law with both responses multiplied by one number: the same element, its granularity counted in another unit.</summary>
/// <remarks>With the factor 1/F(w⋄) a pulse moves the weight by Δw_min at the symmetric point.</remarks>
/// <typeparam name="T">Number system.</typeparam>
/// <typeparam name="TLaw">The law.</typeparam>
/// <param name="law">The law.</param>
/// <param name="factor">Factor of q₊ and q₋, above 0, dimensionless.</param>
public readonly struct Scaled<T, TLaw>(TLaw law, T factor) : IResponseLaw<T>
    where T : struct, IAlgebra<T>
    where TLaw : struct, IResponseLaw<T>
{
    private readonly TLaw _law = law;
    private readonly T _factor = factor;

    /// <inheritdoc/>
    public T Up(T w) => _factor * _law.Up(w);

    /// <inheritdoc/>
    public T Down(T w) => _factor * _law.Down(w);
}

/// <summary>A law with both responses multiplied by one number, its number system open.</summary>
/// <param name="law">The law.</param>
/// <param name="factor">Factor of q₊ and q₋, above 0, dimensionless.</param>
public sealed class ScaledLaw(DeviceLaw law, double factor) : DeviceLaw
{
    /// <inheritdoc/>
    public override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) =>
        law.Accept<T, Scaling<T, TVisitor, TResult>, TResult>(new Scaling<T, TVisitor, TResult>(visitor, T.Constant(factor)));

    private readonly ref struct Scaling<T, TVisitor, TResult>(TVisitor visitor, T factor) : ILawVisitor<T, TResult>
        where T : struct, IAlgebra<T>
        where TVisitor : ILawVisitor<T, TResult>, allows ref struct
    {
        private readonly TVisitor _visitor = visitor;

        public TResult Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<T> => _visitor.Visit(new Scaled<T, TLaw>(law, factor));
    }
}
