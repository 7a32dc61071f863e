using System;
using System.Collections.Immutable;
using System.Linq;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class OwnNoiseTests
{
    private static readonly Rule s_rule = Rule.AnalogSgd(Samples.Device, 0.1);

    // ±s(w) with probability one half, the size falling with the weight.
    private static ImmutableArray<NoiseValue> Falling(double w) => [new(0.3 / (1.0 + w * w), 0.5), new(-0.3 / (1.0 + w * w), 0.5)];

    private static readonly ImmutableArray<Noise> s_noises =
    [
        Noise.UserDefined((normal, w) => 0.3 * normal / (1.0 + w * w)),
        Noise.UserDefinedPerCoordinate((raw, w) => raw[0] + raw[1] - 1.0, count: 2, RawNumbers.Uniform),
        Noise.UserDefined((uniform, w) => uniform - 0.5, RawNumbers.Uniform, shared: true),
        Noise.UserDefinedVector((raw, w, noise) => (noise[0], noise[1]) = (raw[0] + 0.1 * raw[1], raw[0] + 0.1 * raw[2]), 1, 1),
        Noise.OfSupport(Falling),
        Noise.OfSupport(Falling, shared: true),
        Noise.OfJointSupport(w => [new([0.3, w[0]], 0.5), new([-0.3, -w[0]], 0.5)]),
    ];

    public static TheoryData<int> Noises => [.. Enumerable.Range(0, s_noises.Length)];

    [Theory]
    [MemberData(nameof(Noises))]
    public void An_own_noise_has_the_same_bits_step_by_step_and_on_any_number_of_threads(int noise)
    {
        Simulation simulation = new(Samples.Problem, s_noises[noise], s_rule, [0.1, 0.2]);
        Ensemble one = simulation.RunEnsemble(Samples.Settings with { Threads = 1 });
        Ensemble three = simulation.RunEnsemble(Samples.Settings with { Threads = 3 });
        for (uint replica = 0; replica < Samples.Settings.Replicas; replica++)
        {
            Assert.Equal(one.FinalWeights((int)replica), three.FinalWeights((int)replica));
            Assert.Equal(simulation.Trajectory(200, 7, 200, replica).Last().Weights, one.FinalWeights((int)replica));
        }

        Assert.NotEqual(one.FinalWeights(0), one.FinalWeights(1));
    }

    [Fact]
    public void An_own_noise_of_a_family_is_the_family_bit_for_bit()
    {
        Noise own = Noise.UserDefined((normal, w) => 0.3 * normal, moments: _ => new NoiseMoments(0.09), name: "mine");
        Ensemble run = new Simulation(Samples.Problem, own, s_rule, [0.1, 0.2]).RunEnsemble(Samples.Settings);
        Ensemble expected = Samples.Analog.RunEnsemble(Samples.Settings);
        Assert.Equal(expected.FinalWeights(5), run.FinalWeights(5));
        Assert.Equal("mine", own.Name);
        Assert.Equal(0.18, own.Variance([0.0, 0.0]));
        Assert.Equal([0.0, 0.0], own.Mean([0.0, 0.0]));
    }

    [Fact]
    public void The_parts_of_an_own_noise_add_to_what_a_device_sees_as_those_of_a_family_do()
    {
        Problem problem = Problem.LeastSquares(
            new[,]
            {
                { 1.0, 0.5 },
                { -0.5, 2.0 },
            },
            [0.5, -1.0]
        );
        Ensemble Run(Noise noise) => new Simulation(problem, noise, s_rule, [0.1, 0.2], BatchMode.PerSample).RunEnsemble(Samples.Settings);
        Assert.Equal(Run(Noise.Gaussian(0.3)).FinalWeights(5), Run(Noise.UserDefined((normal, w) => 0.3 * normal)).FinalWeights(5));
    }

    [Fact]
    public void A_support_gives_exact_moments_that_follow_the_weight()
    {
        Noise noise = Noise.OfSupport(Falling, centredAt: [-1.0, 0.0, 1.0]);
        Assert.Equal(0.09 + 0.0225, noise.Variance([0.0, 1.0]), 1e-15);
        Assert.True(noise.DependsOnState);
    }

    [Fact]
    public void Moments_that_nobody_vouched_for_are_not_a_number()
    {
        Noise noise = Noise.UserDefined((normal, w) => normal);
        Assert.True(double.IsNaN(noise.Variance([0.0])));
        Assert.True(double.IsNaN(noise.Mean([0.0])[0]));
    }

    [Fact]
    public void A_bias_is_seen_and_refused_where_it_is_checked()
    {
        ImmutableArray<NoiseValue> Biased(double w) => [new(0.5, 0.5), new(-0.25, 0.5)];
        Assert.Equal([0.125], Noise.OfSupport(Biased).Mean([0.0]));
        ArgumentException error = Assert.Throws<ArgumentException>("support", () => Noise.OfSupport(Biased, centredAt: [0.0]));
        Assert.StartsWith("Expected a support with E ε = 0 at w = 0, got E ε = 0.125.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_support_that_becomes_none_in_a_run_ends_the_run()
    {
        Noise noise = Noise.OfSupport(w => w > 0.5 ? [new(0.1, 0.5), new(-0.1, 0.5)] : [new(0.1, 0.7)]);
        Simulation simulation = new(Samples.Problem, noise, s_rule, [1.0, 1.0]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => simulation.RunEnsemble(10, 100, 1));
        Assert.Contains("got sum of probabilities = 0.7", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_an_own_noise_throws_arrives_as_it_was_thrown(int threads)
    {
        Noise failing = Noise.UserDefined(
            (uniform, w) => uniform < 0.01 ? throw new NotFiniteNumberException("mine") : 0.0,
            RawNumbers.Uniform
        );
        Simulation simulation = new(Samples.Problem, failing, s_rule, [0.1, 0.2]);
        Assert.Equal(
            "mine",
            Assert.Throws<NotFiniteNumberException>(() => simulation.RunEnsemble(Samples.Settings with { Threads = threads })).Message
        );
    }
}
