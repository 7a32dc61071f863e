using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>What to do with a law once its number system and its type are known; see <see cref="DeviceLaw.Accept"/>.</summary>
/// <typeparam name="T">Number system.</typeparam>
/// <typeparam name="TResult">What comes out.</typeparam>
public interface ILawVisitor<T, out TResult>
    where T : struct, IAlgebra<T>
{
    /// <summary>Called once with the law as a struct, so that the loop around it is specialised and nothing is virtual inside.</summary>
    /// <param name="law">The law in the number system T.</param>
    TResult Visit<TLaw>(TLaw law)
        where TLaw : struct, IResponseLaw<T>;
}

/// <summary>Both response factors at a weight, and the components derived from them.</summary>
/// <param name="Up">q₊.</param>
/// <param name="Down">q₋.</param>
/// <param name="Symmetric">F = (q₋ + q₊)/2.</param>
/// <param name="Asymmetric">G = (q₋ − q₊)/2.</param>
public readonly record struct ResponseAt<T>(T Up, T Down, T Symmetric, T Asymmetric)
    where T : struct, IAlgebra<T>;

/// <summary>A device with its parameters chosen and its number system still open.</summary>
/// <remarks>Derive from it to add a device: one struct over the algebra, and one line that makes it in any number system.</remarks>
public abstract class DeviceLaw
{
    /// <summary>Makes the law in the number system T and hands it to the visitor.</summary>
    /// <param name="visitor">What to do with the law.</param>
    public abstract TResult Accept<T, TVisitor, TResult>(TVisitor visitor)
        where T : struct, IAlgebra<T>
        where TVisitor : ILawVisitor<T, TResult>, allows ref struct;

    /// <summary>Response factors and components at one weight, in any number system.</summary>
    /// <param name="w">Weight.</param>
    public ResponseAt<T> At<T>(T w)
        where T : struct, IAlgebra<T> => Accept<T, ResponseVisitor<T>, ResponseAt<T>>(new ResponseVisitor<T>(w));

    /// <summary>U(w, Δ) in any number system (v1 eq. 7).</summary>
    /// <param name="w">Weight.</param>
    /// <param name="increment">Desired change Δ, unit of w.</param>
    public T Update<T>(T w, T increment)
        where T : struct, IAlgebra<T> => Accept<T, UpdateVisitor<T>, T>(new UpdateVisitor<T>(w, increment));

    /// <summary>U(w, Δ) by cases, in any number system (v1 eq. 6).</summary>
    /// <param name="w">Weight.</param>
    /// <param name="increment">Desired change Δ, unit of w.</param>
    public T UpdateByCases<T>(T w, T increment)
        where T : struct, IAlgebra<T> => Accept<T, CasesVisitor<T>, T>(new CasesVisitor<T>(w, increment));

    private readonly struct ResponseVisitor<T>(T w) : ILawVisitor<T, ResponseAt<T>>
        where T : struct, IAlgebra<T>
    {
        public ResponseAt<T> Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<T> =>
            new(law.Up(w), law.Down(w), AnalogUpdate.Symmetric(law, w), AnalogUpdate.Asymmetric(law, w));
    }

    private readonly struct UpdateVisitor<T>(T w, T increment) : ILawVisitor<T, T>
        where T : struct, IAlgebra<T>
    {
        public T Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<T> => AnalogUpdate.Apply(law, w, increment);
    }

    private readonly struct CasesVisitor<T>(T w, T increment) : ILawVisitor<T, T>
        where T : struct, IAlgebra<T>
    {
        public T Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<T> => AnalogUpdate.ApplyByCases(law, w, increment);
    }
}
