using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
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

    /// <summary>Such a device is read by the stretch of 64 vectors: here there are many, and the last is short; sent in one and per sample.</summary>
    [Theory]
    [InlineData(BatchMode.FullBatch)]
    [InlineData(BatchMode.PerSample)]
    public void So_they_have_in_many_stretches_beside_each_other_and_per_sample(BatchMode batch)
    {
        double[,] rows = new double[60, 45];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i / 45, i % 45] = Math.Sin(i / 45 + 2.7 * (i % 45)) / 7.0;
        }

        Problem problem = Problem.LeastSquares(rows, [.. Enumerable.Range(0, 60).Select(n => 0.1 * Math.Cos(n))]);
        Func<Device, Device, Rule>[] rules =
        [
            (d, _) => Rule.AnalogSgd(d, 0.05),
            (d, _) => Rule.TikiTaka(d, s_algebra, 0.05, 0.1),
            (d, _) => Rule.TikiTaka(s_algebra, d, 0.05, 0.1),
            (d, other) => Rule.TikiTaka(d, other, 0.05, 0.1),
        ];
        foreach (Func<Device, Device, Rule> rule in rules)
        {
            Ensemble[] runs = [Run(rule(s_scalar, s_scalar)), Run(rule(s_algebra, s_algebra))];
            for (int replica = 0; replica < 37; replica++)
            {
                Assert.Equal(runs[1].FinalWeights(replica), runs[0].FinalWeights(replica));
            }
        }

        Ensemble Run(Rule rule) =>
            new Simulation(problem, Noise.Gaussian(0.01), rule, [.. Enumerable.Repeat(0.1, 45)], batch).RunEnsemble(
                37,
                20,
                3,
                Measure.Weight(1)
            );
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
