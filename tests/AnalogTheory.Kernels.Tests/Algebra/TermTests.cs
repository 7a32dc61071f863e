using System;
using AnalogTheory.Kernels.Algebra;
using Xunit;

namespace AnalogTheory.Kernels.Tests.Algebra;

/// <summary>A formula prints as the SMT-LIB 2 text that a solver reads, constants as the exact rationals they are.</summary>
public static class TermTests
{
    private static readonly Term X = Term.Symbol("x");
    private static readonly Term Y = Term.Symbol("y");

    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(1.0, "1.0")]
    [InlineData(-3.0, "(- 3.0)")]
    [InlineData(0.75, "(/ 3.0 4.0)")]
    [InlineData(-0.5, "(- (/ 1.0 2.0))")]
    [InlineData(0.1, "(/ 3602879701896397.0 36028797018963968.0)")]
    [InlineData(1e22, "10000000000000000000000.0")]
    public static void ConstantsAreExactRationals(double c, string text) => Assert.Equal(text, Term.Constant(c).Text);

    [Fact]
    public static void TheSmallestSubnormalIsAPowerOfTwo()
    {
        string text = Term.Constant(double.Epsilon).Text;
        Assert.StartsWith("(/ 1.0 ", text, StringComparison.Ordinal);
        Assert.Equal(System.Numerics.BigInteger.Pow(2, 1074) + ".0)", text[7..]);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public static void WhatIsNoNumberIsRefused(double c) => Assert.Throws<ArgumentException>(() => Term.Constant(c));

    [Fact]
    public static void FormulasPrintAsTheyAreWritten()
    {
        Assert.Equal("(+ x (* (/ 1.0 2.0) y))", (X + (Term.Constant(0.5) * Y)).Text);
        Assert.Equal("(/ (- x y) (- x))", ((X - Y) / -X).Text);
        Assert.Equal("(ite (>= x 0.0) x (- x))", Term.Abs(X).Text);
        Assert.Equal("(ite (<= x y) x y)", Term.Min(X, Y).Text);
        Assert.Equal("(ite (>= x y) x y)", Term.Max(X, Y).Text);
        Assert.Equal("(+ (* x y) x)", Term.FusedMultiplyAdd(X, Y, X).Text);
        Assert.Equal("(ite (>= x 0.0) y (- 1.0))", Term.SelectNonNegative(X, Y, Term.Constant(-1.0)).Text);
        Assert.Equal("(sqrt (exp (log x)))", Term.Sqrt(Term.Exp(Term.Log(X))).Text);
        Assert.Equal("0.0", Term.Constant(-0.0).Text);
        Assert.Equal("x", X.ToString());
    }
}
