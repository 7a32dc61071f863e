using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Rules;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class OwnRuleTests
{
    private const double Rate = 0.1;

    /// <summary>Chopped Tiki-Taka's little sister, written over the algebra: P averages g, W follows P, damped by the magnitude.</summary>
    private readonly struct Averaged<T>(T rate) : IRuleStep<T>
        where T : struct, IAlgebra<T>
    {
        public void Step(ref T w, ref T p, T gradient, T magnitude)
        {
            p = T.FusedMultiplyAdd(T.Constant(0.9), p, gradient);
            w -= rate * p / (T.One + magnitude);
        }
    }

    private sealed class AveragedRule(double rate) : UpdateRule
    {
        public override bool HasAuxiliary => true;

        public override double Mixing => 0.5;

        public override RuleKernel<T> In<T>() => new CoordinateKernel<T, Averaged<T>>(new(T.Constant(rate)));
    }

    private sealed record Momentum(ImmutableArray<double> Weights, ImmutableArray<double> Velocity);

    private static readonly ImmutableArray<Rule> s_rules =
    [
        Rule.UserDefined((w, g, m) => w - Rate * g / (1.0 + m)),
        Rule.UserDefinedWithAuxiliary(
            (w, p, g, m) =>
            {
                p = Math.FusedMultiplyAdd(0.9, p, g);
                return new(w - Rate * p / (1.0 + m), p);
            },
            mixing: 0.5
        ),
        Rule.FromKernel(new AveragedRule(Rate)),
        Rule.UserDefinedWithState(
            w => new Momentum(w, [.. w.Select(_ => 0.0)]),
            (state, input) =>
            {
                ImmutableArray<double> velocity = [.. state.Velocity.Zip(input.Gradient, (v, g) => 0.8 * v - 0.05 * g)];
                return new([.. state.Weights.Zip(velocity, (w, v) => w + v)], velocity);
            },
            state => state.Weights,
            state => state.Velocity,
            new Dictionary<string, double> { ["μ"] = 0.8 },
            "momentum"
        ),
        // A rule that draws: every step moves the coordinates by a chopped gradient.
        Rule.UserDefinedWithState(
            w => w,
            (w, input) =>
                [.. w.Select((x, d) => x - 0.1 * (input.Uniform((uint)d) < 0.5 ? input.Gradient[d] : 0.01 * input.Normal((uint)d)))],
            w => w
        ),
        Rule.UserDefinedWithMemory(
            2,
            (ref double w, Span<double> memory, double gradient, double magnitude, long step) =>
            {
                memory[0] = 0.8 * memory[0] - 0.05 * gradient;
                memory[1] += magnitude;
                w += memory[0] / (1.0 + 1e-3 * memory[1] / (step + 1.0));
            }
        ),
        Rule.AnalogSgd(Samples.Device.WithPulses(0.01).WithMultiplicativeNoise(0.2), 0.05),
    ];

    public static TheoryData<int> Rules => [.. Enumerable.Range(0, s_rules.Length)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void An_own_rule_has_the_same_bits_step_by_step_and_on_any_number_of_threads(int rule)
    {
        Simulation simulation = Samples.Of(s_rules[rule]);
        Ensemble one = simulation.RunEnsemble(Samples.Settings with { Threads = 1 });
        Ensemble three = simulation.RunEnsemble(Samples.Settings with { Threads = 3 });
        for (uint replica = 0; replica < Samples.Settings.Replicas; replica++)
        {
            Snapshot last = simulation.Trajectory(200, 7, 200, replica).Last();
            Assert.Equal(one.FinalWeights((int)replica), three.FinalWeights((int)replica));
            Assert.Equal(last.Weights, one.FinalWeights((int)replica));
            Assert.Equal(last.Auxiliary, one.FinalAuxiliary((int)replica));
        }

        Assert.Equal(one.TraceByReplica(Measure.Excess, 3), three.TraceByReplica(Measure.Excess, 3));
        Assert.NotEqual(one.FinalWeights(0), one.FinalWeights(1));
    }

    [Fact]
    public void The_algebra_form_and_the_scalar_form_of_one_rule_have_the_same_bits()
    {
        Ensemble scalar = Samples.Of(s_rules[1]).RunEnsemble(Samples.Settings);
        Ensemble algebra = Samples.Of(s_rules[2]).RunEnsemble(Samples.Settings);
        for (int replica = 0; replica < Samples.Settings.Replicas; replica++)
        {
            Assert.Equal(scalar.FinalWeights(replica), algebra.FinalWeights(replica));
            Assert.Equal(scalar.FinalAuxiliary(replica), algebra.FinalAuxiliary(replica));
        }
    }

    [Fact]
    public void An_own_rule_that_is_a_rule_of_the_paper_is_it_bit_for_bit()
    {
        Device device = Samples.Device;
        Rule own = Rule.UserDefined(
            (w, g, m) => Math.FusedMultiplyAdd(-Rate * m, device.Asymmetric(w), Math.FusedMultiplyAdd(-Rate * g, device.Symmetric(w), w))
        );
        Assert.Equal(
            Samples.Analog.RunEnsemble(Samples.Settings).FinalWeights(11),
            Samples.Of(own).RunEnsemble(Samples.Settings).FinalWeights(11)
        );
    }

    [Fact]
    public void Momentum_is_momentum()
    {
        Simulation simulation = new(Problem.Quadratic(1.0, [0.0]), Noise.None, s_rules[3], [1.0]);
        ImmutableArray<double> w = [.. simulation.Trajectory(2, 1).Select(state => state.Weights[0])];
        Assert.Equal(0.95, w[1], 1e-15);
        Assert.Equal(0.95 + 0.8 * -0.05 - 0.05 * 0.95, w[2], 1e-15);
        Assert.Equal(0.8, s_rules[3].Parameters["μ"]);
        Assert.True(s_rules[3].HasAuxiliary);
    }

    [Fact]
    public void Momentum_with_memory_is_momentum_with_a_state_bit_for_bit()
    {
        Rule memory = Rule.UserDefinedWithMemory(
            1,
            (ref double w, Span<double> velocity, double gradient, double _, long _) =>
            {
                velocity[0] = 0.8 * velocity[0] - 0.05 * gradient;
                w += velocity[0];
            }
        );
        Assert.Equal(
            Samples.Of(s_rules[3]).RunEnsemble(Samples.Settings).FinalWeights(11),
            Samples.Of(memory).RunEnsemble(Samples.Settings).FinalWeights(11)
        );
        Assert.Throws<ArgumentException>(() =>
            Rule.UserDefinedWithMemory(0, (ref double _, Span<double> _, double _, double _, long _) => { })
        );
    }

    [Fact]
    public void The_parts_of_a_batch_reach_an_own_rule()
    {
        Problem problem = Problem.LeastSquares(
            new[,]
            {
                { 1.0 },
                { -1.0 },
            },
            [1.0, 1.0]
        );
        Rule magnitude = Rule.UserDefined((w, g, m) => m);
        Rule state = Rule.UserDefinedWithState(w => w, (w, input) => input.Magnitude, w => w);
        Rule memory = Rule.UserDefinedWithMemory(1, (ref double w, Span<double> _, double _, double m, long _) => w = m);
        foreach (Rule rule in new[] { magnitude, state, memory })
        {
            double Sent(BatchMode batch) => new Simulation(problem, Noise.None, rule, [0.0], batch).RunEnsemble(1, 1, 1).FinalWeights(0)[0];
            Assert.Equal(0.0, Sent(BatchMode.FullBatch), 1e-12); // the two samples' gradients cancel
            Assert.Equal(2.0, Sent(BatchMode.PerSample), 1e-12);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_an_own_rule_throws_arrives_as_it_was_thrown(int threads)
    {
        foreach (
            Rule rule in new[]
            {
                Rule.UserDefined((w, g, m) => w < 0.3 ? w + 0.01 : throw new NotFiniteNumberException("mine")),
                Rule.UserDefinedWithState(w => w, (w, _) => throw new NotFiniteNumberException("mine"), w => w),
            }
        )
        {
            Simulation simulation = Samples.Of(rule);
            Assert.Equal(
                "mine",
                Assert.Throws<NotFiniteNumberException>(() => simulation.RunEnsemble(Samples.Settings with { Threads = threads })).Message
            );
        }
    }
}
