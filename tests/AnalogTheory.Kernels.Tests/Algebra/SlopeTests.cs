using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using Xunit;

namespace AnalogTheory.Kernels.Tests.Algebra;

/// <summary>Enclosed slopes: of the laws, of every operation, and at kinks and jumps.</summary>
public static class SlopeTests
{
    private static readonly DeviceLaw[] s_laws =
    [
        new AsymmetricLinearLaw(1.0, 0.1),
        new GenericLinearLaw(2.0, 0.3),
        new LinearStepLaw(0.7, -0.9, 0.1),
        new PowerStepLaw(1.0, -0.8, 2.0, 1.5),
        new ExponentialStepLaw(0.6, -0.6, 4.0, 2.0),
    ];

    [Fact]
    public static void Differences_of_a_law_lie_between_its_enclosed_slopes()
    {
        foreach (DeviceLaw law in s_laws)
        {
            for (int i = 0; i < 40; i++)
            {
                double a = -0.55 + 0.027 * i,
                    b = a + 0.02;
                ResponseAt<Slope> at = law.At(Slope.Variable(new Interval(a, b)));
                double up = (law.At(new Scalar(b)).Up.Value - law.At(new Scalar(a)).Up.Value) / (b - a);
                double down = (law.At(new Scalar(b)).Down.Value - law.At(new Scalar(a)).Down.Value) / (b - a);
                Assert.InRange(up, at.Up.Derivative.Lower - 1e-12, at.Up.Derivative.Upper + 1e-12);
                Assert.InRange(down, at.Down.Derivative.Lower - 1e-12, at.Down.Derivative.Upper + 1e-12);
                Assert.True(at.Up.Value.Contains(law.At(new Scalar(a)).Up.Value) && at.Up.Value.Contains(law.At(new Scalar(b)).Up.Value));
            }
        }
    }

    [Fact]
    public static void Slopes_at_a_weight_are_those_of_the_formula()
    {
        Slope x = Slope.Variable(Interval.Point(0.5));
        Near(3.0 * 0.25, (x * x * x).Derivative);
        Near(-1.0 / 0.25, (Slope.Constant(1.0) / x).Derivative);
        Near(0.5 / Math.Sqrt(0.5), Slope.Sqrt(x).Derivative);
        Near(2.0 * Math.Exp(1.0), Slope.Exp(x * Slope.Constant(2.0)).Derivative);
        Near(2.0, Slope.Log(x).Derivative);
        Near(-1.0, Slope.Abs(-(-x - Slope.Constant(1.0)) - Slope.Constant(2.0)).Derivative);
        Near(2.0, Slope.FusedMultiplyAdd(x, Slope.Constant(2.0), x - x).Derivative);
    }

    [Fact]
    public static void A_kink_encloses_both_sides_and_a_jump_or_a_supplied_function_says_nothing()
    {
        Slope x = Slope.Variable(new Interval(-0.1, 0.2));
        Interval kink = Slope.Abs(x).Derivative;
        Assert.True(kink.Contains(-1.0) && kink.Contains(1.0));
        Interval larger = Slope.Max(x, Slope.Constant(0.0)).Derivative;
        Assert.True(larger.Contains(0.0) && larger.Contains(1.0) && !larger.Contains(-0.5));
        Interval smaller = Slope.Min(x, x + x).Derivative;
        Assert.True(smaller.Contains(1.0) && smaller.Contains(2.0));
        Assert.Equal(Interval.Entire, Slope.SelectNonNegative(x, x, -x).Derivative);
        Assert.Equal(Interval.Point(1.0), Slope.SelectNonNegative(Slope.Constant(1.0), x, -x).Derivative);
    }

    private static void Near(double expected, Interval derivative)
    {
        Assert.True(derivative.Contains(expected) || Math.Abs(derivative.Lower - expected) < 1e-14, $"{expected} in {derivative}");
        Assert.True(derivative.Width < 1e-12, $"{derivative}");
    }
}
