namespace AnalogTheory.Kernels.Algebra;

/// <summary>A number system in which a device law can be evaluated: the law is written once and every instance runs the same text.</summary>
/// <remarks>
/// Instances: <see cref="Scalar"/>, <see cref="ScalarSingle"/>, <see cref="Lanes256"/>, <see cref="Lanes512"/>, <see cref="Lanes256Single"/>,
/// <see cref="Lanes512Single"/>, <see cref="Interval"/> (encloses the real result) and <see cref="Term"/> (prints SMT-LIB 2 text).
/// The floating-point instances round every operation as IEEE 754 prescribes, so equal formulas give equal bits at every vector width.
/// </remarks>
/// <typeparam name="T">The instance itself.</typeparam>
public interface IAlgebra<T>
    where T : struct, IAlgebra<T>
{
    /// <summary>Sum.</summary>
    /// <param name="a">First number.</param>
    /// <param name="b">Second number.</param>
    static abstract T operator +(T a, T b);

    /// <summary>Difference.</summary>
    /// <param name="a">First number.</param>
    /// <param name="b">Second number.</param>
    static abstract T operator -(T a, T b);

    /// <summary>Product.</summary>
    /// <param name="a">First number.</param>
    /// <param name="b">Second number.</param>
    static abstract T operator *(T a, T b);

    /// <summary>Quotient; IEEE rules for a zero divisor, an unbounded interval for intervals, text for terms.</summary>
    /// <param name="a">First number.</param>
    /// <param name="b">Second number.</param>
    static abstract T operator /(T a, T b);

    /// <summary>Negation.</summary>
    /// <param name="a">The number.</param>
    static abstract T operator -(T a);

    /// <summary>The real number c in this system, in every lane.</summary>
    /// <param name="c">A finite double.</param>
    static abstract T Constant(double c);

    /// <summary>Absolute value.</summary>
    /// <param name="a">The number.</param>
    static abstract T Abs(T a);

    /// <summary>Square root; NaN below zero.</summary>
    /// <param name="a">The number, at least 0.</param>
    static abstract T Sqrt(T a);

    /// <summary>The smaller of two numbers; which one is returned for NaN is unspecified.</summary>
    /// <param name="a">First number.</param>
    /// <param name="b">Second number.</param>
    static abstract T Min(T a, T b);

    /// <summary>The larger of two numbers; which one is returned for NaN is unspecified.</summary>
    /// <param name="a">First number.</param>
    /// <param name="b">Second number.</param>
    static abstract T Max(T a, T b);

    /// <summary>a·b + c with a single rounding.</summary>
    /// <param name="a">First number.</param>
    /// <param name="b">Second number.</param>
    /// <param name="c">Number to add.</param>
    static abstract T FusedMultiplyAdd(T a, T b, T c);

    /// <summary>eˣ; error below one unit in the last place, subnormal results become 0.</summary>
    /// <param name="a">The exponent x.</param>
    static abstract T Exp(T a);

    /// <summary>Natural logarithm; error below one unit in the last place, −∞ at 0, NaN below.</summary>
    /// <param name="a">The number, positive.</param>
    static abstract T Log(T a);

    /// <summary><paramref name="then"/> where test ≥ 0, <paramref name="otherwise"/> elsewhere (also where test is NaN).</summary>
    /// <param name="test">Number whose sign decides.</param>
    /// <param name="then">Result where it is at least 0.</param>
    /// <param name="otherwise">Result elsewhere.</param>
    static abstract T SelectNonNegative(T test, T then, T otherwise);

    /// <summary>A scalar function applied to every lane; the way in for measured tables and for a user's own functions.</summary>
    /// <param name="function">Function of one double.</param>
    /// <param name="argument">Its argument, lane by lane.</param>
    static abstract T Map(ScalarFunction function, T argument);

    /// <summary>Zero. The floating-point instances define it themselves: the JIT does not inline an interface's default.</summary>
    static virtual T Zero => T.Constant(0.0);

    /// <summary>One.</summary>
    static virtual T One => T.Constant(1.0);
}
