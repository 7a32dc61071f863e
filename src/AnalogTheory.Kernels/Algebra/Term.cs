using System;
using System.Globalization;
using System.Numerics;

namespace AnalogTheory.Kernels.Algebra;

/// <summary>SMT-LIB 2 text of a formula over the reals: what a solver reads is what the engine runs.</summary>
/// <remarks>
/// Constants are printed exactly, as a ratio of integers, so 0.1 means the double 0.1 and not one tenth. The four operations, absolute value,
/// minimum, maximum and selection stay inside QF_NRA; a square root appears as <c>(sqrt x)</c>, exp and log as function applications, which a
/// query has to define or declare.
/// </remarks>
/// <param name="Text">The term.</param>
public readonly record struct Term(string Text) : IAlgebra<Term>
{
    /// <summary>A free real variable.</summary>
    /// <param name="name">An SMT-LIB simple symbol.</param>
    public static Term Symbol(string name) => new(name);

    /// <summary>An exact rational.</summary>
    /// <param name="numerator">Numerator.</param>
    /// <param name="denominator">Denominator, positive.</param>
    public static Term Rational(BigInteger numerator, BigInteger denominator)
    {
        string magnitude = BigInteger.Abs(numerator).ToString(CultureInfo.InvariantCulture) + ".0";
        string text = denominator.IsOne ? magnitude : $"(/ {magnitude} {denominator.ToString(CultureInfo.InvariantCulture)}.0)";
        return new(numerator.Sign < 0 ? $"(- {text})" : text);
    }

    private static Term Of(string head, Term a) => new($"({head} {a.Text})");

    private static Term Of(string head, Term a, Term b) => new($"({head} {a.Text} {b.Text})");

    /// <inheritdoc/>
    public static Term operator +(Term a, Term b) => Of("+", a, b);

    /// <inheritdoc/>
    public static Term operator -(Term a, Term b) => Of("-", a, b);

    /// <inheritdoc/>
    public static Term operator *(Term a, Term b) => Of("*", a, b);

    /// <inheritdoc/>
    public static Term operator /(Term a, Term b) => Of("/", a, b);

    /// <inheritdoc/>
    public static Term operator -(Term a) => Of("-", a);

    /// <summary>The double c as an exact rational.</summary>
    /// <param name="c">A finite number.</param>
    /// <exception cref="ArgumentException">c is NaN or infinite.</exception>
    public static Term Constant(double c)
    {
        if (!double.IsFinite(c))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected a finite constant in a formula, got {c:R}."),
                nameof(c)
            );
        }

        long bits = BitConverter.DoubleToInt64Bits(c);
        int field = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xF_FFFF_FFFF_FFFFL) | (field == 0 ? 0L : 1L << 52);
        int exponent = (field == 0 ? 1 : field) - 1075;
        BigInteger signed = bits < 0 ? -mantissa : mantissa;
        BigInteger numerator = exponent >= 0 ? signed << exponent : signed;
        BigInteger denominator = exponent >= 0 ? BigInteger.One : BigInteger.One << -exponent;
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return Rational(numerator / divisor, denominator / divisor);
    }

    /// <inheritdoc/>
    public static Term Abs(Term a) => new($"(ite (>= {a.Text} 0.0) {a.Text} (- {a.Text}))");

    /// <inheritdoc/>
    public static Term Sqrt(Term a) => Of("sqrt", a);

    /// <inheritdoc/>
    public static Term Min(Term a, Term b) => new($"(ite (<= {a.Text} {b.Text}) {a.Text} {b.Text})");

    /// <inheritdoc/>
    public static Term Max(Term a, Term b) => new($"(ite (>= {a.Text} {b.Text}) {a.Text} {b.Text})");

    /// <inheritdoc/>
    public static Term FusedMultiplyAdd(Term a, Term b, Term c) => new($"(+ (* {a.Text} {b.Text}) {c.Text})");

    /// <inheritdoc/>
    public static Term Exp(Term a) => Of("exp", a);

    /// <inheritdoc/>
    public static Term Log(Term a) => Of("log", a);

    /// <inheritdoc/>
    public static Term SelectNonNegative(Term test, Term then, Term otherwise) =>
        new($"(ite (>= {test.Text} 0.0) {then.Text} {otherwise.Text})");

    /// <inheritdoc/>
    public static Term Map(ScalarFunction function, Term argument) => Of(function.Name, argument);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
