using System;

namespace AnalogTheory.Kernels.Algebra;

/// <summary>A named function of one real variable that a law may call: a measured table, or a function that a user supplies.</summary>
/// <remarks>In text it stays an uninterpreted symbol; over intervals it must say how it encloses its range, or it refuses.</remarks>
public abstract class ScalarFunction
{
    /// <summary>Name of the function, used as its symbol in SMT-LIB text and in error messages.</summary>
    public abstract string Name { get; }

    /// <summary>Value at x; must be deterministic, and must return NaN rather than throw outside its domain.</summary>
    /// <param name="x">Argument, usually a weight.</param>
    public abstract double At(double x);

    /// <summary>Replaces numbers by the function's values at them; what lanes call, once for a vector.</summary>
    /// <remarks>The default calls <see cref="At"/> for each. Override it where that saves a virtual call a number; the bits must be those of At.</remarks>
    /// <param name="numbers">Arguments on entry, values on return.</param>
    public virtual void Replace(Span<double> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = At(numbers[i]);
        }
    }

    /// <summary>An interval that contains the function's value at every point of <paramref name="x"/>.</summary>
    /// <param name="x">Interval of arguments.</param>
    /// <exception cref="NotSupportedException">The function does not know how to enclose its range; the default.</exception>
    public virtual Interval Enclose(Interval x) =>
        throw new NotSupportedException(
            $"The function '{Name}' has no interval enclosure; use a law written over the algebra, or override Enclose."
        );
}
