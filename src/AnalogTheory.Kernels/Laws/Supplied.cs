using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>A device given by two scalar functions: a measured table, or functions that a user supplies.</summary>
/// <remarks>Every lane calls the function, so it is as fast as the function is; write a law over the algebra where speed matters.</remarks>
/// <param name="up">q₊.</param>
/// <param name="down">q₋.</param>
public readonly struct Supplied<T>(ScalarFunction up, ScalarFunction down) : IResponseLaw<T>
    where T : struct, IAlgebra<T>
{
    private readonly ScalarFunction _up = up;
    private readonly ScalarFunction _down = down;

    /// <inheritdoc/>
    public T Up(T w) => T.Map(_up, w);

    /// <inheritdoc/>
    public T Down(T w) => T.Map(_down, w);
}
