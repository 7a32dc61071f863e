using System;
using System.Numerics;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Tests.References;
using Xunit;

namespace AnalogTheory.Kernels.Tests.Algebra;

/// <summary>Intervals enclose: for points inside the operands, the exact result lies inside the computed interval.</summary>
public static class IntervalTests
{
    private const int Trials = 20_000;

    public static TheoryData<string> Operations => ["+", "-", "*", "/", "negate", "abs", "min", "max", "fma", "select"];

    private static T Apply<T>(string operation, T a, T b, T c)
        where T : struct, IAlgebra<T> =>
        operation switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "negate" => -a,
            "abs" => T.Abs(a),
            "min" => T.Min(a, b),
            "max" => T.Max(a, b),
            "fma" => T.FusedMultiplyAdd(a, b, c),
            _ => T.SelectNonNegative(a, b, c),
        };

    private static Rational Exact(string operation, double x, double y, double z)
    {
        Rational a = Rational.Of(x),
            b = Rational.Of(y),
            c = Rational.Of(z);
        return operation switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "negate" => Rational.Of(-x),
            "abs" => Rational.Of(Math.Abs(x)),
            "min" => Rational.Of(Math.Min(x, y)),
            "max" => Rational.Of(Math.Max(x, y)),
            "fma" => (a * b) + c,
            _ => x >= 0.0 ? b : c,
        };
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public static void TheExactResultIsInside(string operation)
    {
        var draws = new Draws(21);
        for (int i = 0; i < Trials; i++)
        {
            (Interval a, double x) = Draw(draws, i);
            (Interval b, double y) = Draw(draws, i / 3);
            (Interval c, double z) = Draw(draws, i / 9);
            if (operation == "/" && y == 0.0)
            {
                continue;
            }

            Interval result = Apply(operation, a, b, c);
            Assert.True(
                Exact(operation, x, y, z).IsBetween(result.Lower, result.Upper),
                $"{operation} at {x:R}, {y:R}, {z:R}: [{result.Lower:R}, {result.Upper:R}]"
            );
        }
    }

    [Fact]
    public static void SquareRootsAreInside()
    {
        var draws = new Draws(22);
        for (int i = 0; i < Trials; i++)
        {
            (Interval a, double x) = Draw(draws, i);
            if (x < 0.0)
            {
                continue;
            }

            // √x is between the bounds when x is between their squares.
            Interval root = Interval.Sqrt(a);
            Rational lower = Rational.Of(root.Lower),
                upper = Rational.Of(root.Upper),
                exact = Rational.Of(x);
            Assert.True((exact - (lower * lower)).Numerator.Sign >= 0 && ((upper * upper) - exact).Numerator.Sign >= 0, $"√{x:R}");
        }
    }

    [Fact]
    public static void ExponentialsAreInside()
    {
        var draws = new Draws(23);
        for (int i = 0; i < Trials; i++)
        {
            double x = draws.Between(-700.0, 700.0),
                width = i % 2 == 0 ? 0.0 : draws.Unit();
            Interval e = Interval.Exp(new Interval(x - width, x + width));
            (BigInteger y, int n) = FixedPoint.Exp(x);
            Assert.True(FixedPoint.Of(Math.ScaleB(e.Lower, -n)) <= y && y <= FixedPoint.Of(Math.ScaleB(e.Upper, -n)), $"exp {x:R}");
        }

        Assert.Equal(0.0, Interval.Exp(new Interval(-800.0, -750.0)).Lower);
        Assert.True(Interval.Exp(new Interval(-800.0, -720.0)).Contains(Math.Exp(-720.0)));
        Assert.Equal(double.PositiveInfinity, Interval.Exp(new Interval(0.0, 710.0)).Upper);
    }

    [Fact]
    public static void LogarithmsAreInside()
    {
        var draws = new Draws(24);
        for (int i = 0; i < Trials; i++)
        {
            double x = Math.Abs(draws.Ordinary()) + 1e-300,
                factor = i % 2 == 0 ? 1.0 : 1.0 + draws.Unit();
            Interval log = Interval.Log(new Interval(x / factor, x * factor));
            BigInteger exact = FixedPoint.Log(x);
            Assert.True(FixedPoint.Of(log.Lower) <= exact && exact <= FixedPoint.Of(log.Upper), $"log {x:R}");
        }

        Assert.Equal(double.NegativeInfinity, Interval.Log(new Interval(-1.0, 1.0)).Lower);
        Assert.Equal(Interval.Entire, Interval.Log(new Interval(-2.0, -1.0)));
    }

    [Fact]
    public static void UnknownsStayUnknown()
    {
        var aroundZero = new Interval(-1.0, 1.0);
        Assert.Equal(Interval.Entire, Interval.Point(1.0) / aroundZero);
        Assert.Equal(0.0, (Interval.Point(0.0) * Interval.Entire).Lower, 1e-300);
        Assert.Equal(Interval.Entire, Interval.Entire - Interval.Entire);
        Assert.Throws<ArgumentException>(() => new Interval(1.0, 0.0));
        Assert.False(aroundZero.Contains(double.NaN));
    }

    // An interval about a number of ordinary, huge or tiny size, and a point of it: an end, or something inside.
    private static (Interval Interval, double Point) Draw(Draws draws, int kind)
    {
        double center = (kind % 8) switch
        {
            0 => Math.ScaleB(draws.Between(-1.0, 1.0), 1000),
            1 => Math.ScaleB(draws.Between(-1.0, 1.0), -1060),
            2 => 0.0,
            _ => draws.Ordinary(),
        };
        double width = (kind % 3) switch
        {
            0 => 0.0,
            1 => Math.Abs(center) * draws.Unit(),
            _ => Math.Abs(draws.Ordinary()),
        };
        double lower = center - width,
            upper = center + width;
        double inside = Math.Clamp(lower + ((upper - lower) * draws.Unit()), lower, upper);
        return (
            new Interval(lower, upper),
            (draws.Bits() % 3) switch
            {
                0 => lower,
                1 => upper,
                _ => inside,
            }
        );
    }
}
