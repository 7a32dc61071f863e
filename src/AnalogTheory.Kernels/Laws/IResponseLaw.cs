using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>A device: how much one pulse up and one pulse down move the weight, as a function of the weight.</summary>
/// <remarks>A device is these two functions and nothing else; F, G and the update derive from them (<see cref="AnalogUpdate"/>).</remarks>
/// <typeparam name="T">Number system in which the response is evaluated.</typeparam>
public interface IResponseLaw<T>
    where T : struct, IAlgebra<T>
{
    /// <summary>Response factor q₊(w) of a pulse up, dimensionless.</summary>
    /// <param name="w">Weight.</param>
    T Up(T w);

    /// <summary>Response factor q₋(w) of a pulse down, dimensionless.</summary>
    /// <param name="w">Weight.</param>
    T Down(T w);
}
