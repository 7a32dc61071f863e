using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>The device without asymmetry: q₊ = q₋ = 1, on which every analog rule is its digital one.</summary>
public readonly struct Ideal<T> : IResponseLaw<T>
    where T : struct, IAlgebra<T>
{
    /// <inheritdoc/>
    public T Up(T w) => T.One;

    /// <inheritdoc/>
    public T Down(T w) => T.One;
}
