using AnalogTheory.Kernels.Algebra;

namespace AnalogTheory.Kernels.Laws;

/// <summary>A law in units of weight: what one pulse moves an element whose steps up and down are its own.</summary>
/// <remarks>U(w, N) of <see cref="AnalogUpdate"/> then takes N in pulses: N = ±1 is one pulse, any N is the mean field.</remarks>
/// <param name="law">Response.</param>
/// <param name="stepUp">s₊ ≥ 0: what a pulse up moves where q₊ = 1, unit of weight.</param>
/// <param name="stepDown">s₋ ≥ 0: what a pulse down moves where q₋ = 1, unit of weight.</param>
public readonly struct Stepped<TLaw, T>(TLaw law, T stepUp, T stepDown) : IResponseLaw<T>
    where TLaw : struct, IResponseLaw<T>
    where T : struct, IAlgebra<T>
{
    private readonly TLaw _law = law;
    private readonly T _stepUp = stepUp;
    private readonly T _stepDown = stepDown;

    /// <summary>The response that the steps multiply.</summary>
    public TLaw Response => _law;

    /// <summary>s₊.</summary>
    public T StepUp => _stepUp;

    /// <summary>s₋.</summary>
    public T StepDown => _stepDown;

    /// <inheritdoc/>
    public T Up(T w) => _stepUp * _law.Up(w);

    /// <inheritdoc/>
    public T Down(T w) => _stepDown * _law.Down(w);
}

/// <summary>A law whose weight is measured from a reference: q±(w + r).</summary>
/// <param name="law">Law of v = w + r.</param>
/// <param name="reference">r, unit of weight.</param>
public readonly struct Referenced<TLaw, T>(TLaw law, T reference) : IResponseLaw<T>
    where TLaw : struct, IResponseLaw<T>
    where T : struct, IAlgebra<T>
{
    private readonly TLaw _law = law;
    private readonly T _reference = reference;

    /// <inheritdoc/>
    public T Up(T w) => _law.Up(w + _reference);

    /// <inheritdoc/>
    public T Down(T w) => _law.Down(w + _reference);
}
