using System;
using System.Collections.Generic;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class OwnLawTests
{
    /// <summary>q₊ = (1 − w/τ)², q₋ = (1 + w/τ)², as CONTRIBUTING has it.</summary>
    private readonly struct Quadratic<T>(T radius) : IResponseLaw<T>
        where T : struct, IAlgebra<T>
    {
        public T Up(T w) => (T.One - w / radius) * (T.One - w / radius);

        public T Down(T w) => (T.One + w / radius) * (T.One + w / radius);
    }

    private sealed class QuadraticLaw(double radius) : DeviceLaw
    {
        public override TResult Accept<T, TVisitor, TResult>(TVisitor visitor) => visitor.Visit(new Quadratic<T>(T.Constant(radius)));
    }

    private static readonly Device s_algebra = Device.FromLaw(
        new QuadraticLaw(1.5),
        -1.5,
        1.5,
        new Dictionary<string, double> { ["τ"] = 1.5 },
        "quadratic"
    );

    private static readonly Device s_scalar = Device.UserDefined(
        w => (1.0 - w / 1.5) * (1.0 - w / 1.5),
        w => (1.0 + w / 1.5) * (1.0 + w / 1.5),
        -1.5,
        1.5
    );

    [Fact]
    public void The_algebra_form_and_the_scalar_form_of_one_device_have_the_same_bits()
    {
        foreach (Func<Device, Rule> rule in new Func<Device, Rule>[] { d => Rule.AnalogSgd(d, 0.1), d => Rule.TikiTaka(d, 0.05, 0.1) })
        {
            Ensemble scalar = Samples.Of(rule(s_scalar)).RunEnsemble(Samples.Settings);
            Ensemble algebra = Samples.Of(rule(s_algebra)).RunEnsemble(Samples.Settings);
            for (int replica = 0; replica < Samples.Settings.Replicas; replica++)
            {
                Assert.Equal(scalar.FinalWeights(replica), algebra.FinalWeights(replica));
            }
        }
    }

    [Fact]
    public void A_law_has_a_name_parameters_a_range_and_a_symmetric_point()
    {
        Assert.Equal("quadratic (τ = 1.5)", s_algebra.ToString());
        Assert.Equal((-1.5, 1.5), (s_algebra.Lower, s_algebra.Upper));
        Assert.Equal(0.0, s_algebra.SymmetricPoint(), 1e-15);
    }

    [Fact]
    public void A_law_encloses_itself_and_a_scalar_form_says_that_it_cannot()
    {
        Interval up = s_algebra.Law.At(new Interval(0.0, 0.75)).Up;
        Assert.True(up.Lower <= 0.25 && up.Upper >= 1.0);
        Assert.True(up.Lower > 0.2 && up.Upper < 1.1);
        Assert.Throws<NotSupportedException>(() => s_scalar.Law.At(new Interval(0.0, 0.75)));
    }

    [Fact]
    public void A_law_prints_itself_for_a_solver() =>
        Assert.Equal("(* (- 1.0 (/ w (/ 3.0 2.0))) (- 1.0 (/ w (/ 3.0 2.0))))", s_algebra.Law.At(Term.Symbol("w")).Up.Text);

    [Fact]
    public void A_wrong_law_is_refused()
    {
        Assert.Throws<ArgumentNullException>("law", () => Device.FromLaw(null!));
        Assert.Throws<ArgumentNullException>("name", () => Device.FromLaw(new QuadraticLaw(1.0), name: null!));
        Assert.Equal(
            "Expected lower below upper, got lower = 1, upper = -1. (Parameter 'lower')",
            Assert.Throws<ArgumentException>(() => Device.FromLaw(new QuadraticLaw(1.0), 1.0, -1.0)).Message
        );
        Assert.Equal(
            "Expected up to return a number on [-1, 1], got NaN at -1. (Parameter 'up')",
            Assert.Throws<ArgumentException>(() => Device.FromLaw(new QuadraticLaw(double.NaN), -1.0, 1.0)).Message
        );
    }
}
