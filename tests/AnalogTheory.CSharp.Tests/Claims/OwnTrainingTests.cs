using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class OwnTrainingTests
{
    private static readonly CheckSettings s_quick = new() { Samples = 8192, Delta = 1e-3 };
    private static readonly Device s_device = Device.AsymmetricLinear(1.0);

    [Fact]
    public void The_claims_about_Analog_SGD_take_trainings_of_ones_own() =>
        Assert.Equal(
            ["S1", "S2", "S3-printed", "S3-uniform", "S3-weighted", "S4-derived", "S4-printed"],
            Claim.ForOwnTrainings.Select(claim => claim.Id).Order()
        );

    [Fact]
    public void A_bound_is_supported_on_a_training_that_keeps_its_hypotheses()
    {
        Simulation mine = Training(0.1, Noise.Rademacher(0.2));
        foreach (string id in new[] { "S3-uniform", "S3-weighted" })
        {
            Claim claim = On(id, mine, 400);
            Assert.Equal((id, "mine"), (claim.Id, Assert.Single(claim.Instances)));
            Verdict verdict = Only(claim);
            Assert.True(verdict is Verdict.Supported { Evidence.IsAsymptotic: false }, verdict.ToString());
        }

        Assert.IsType<Verdict.Exact>(Only(On("S2", mine, 1)));
        Assert.IsType<Verdict.Evaluated>(Only(On("S4-derived", Training(0.1, Noise.None), 50)));
    }

    [Fact]
    public void An_own_convex_loss_of_one_weight_gets_its_largest_weight_from_interval_iteration()
    {
        // f = log cosh(w − .3): convex, L = 1, μ = 0.
        Problem mine = Problem.UserDefined(1.0, [0.3], w => Math.Log(Math.Cosh(w[0] - 0.3)), w => [Math.Tanh(w[0] - 0.3)]);
        Simulation training = new(mine, Noise.Rademacher(0.1), Rule.AnalogSgd(s_device, 0.2), [0.0]);
        Assert.Equal(mine.IsConvex, Only(On("S3-uniform", training, 200)) is Verdict.Supported);
        Assert.IsType<Verdict.Supported>(Only(On("S3-weighted", training, 200)));
    }

    [Fact]
    public void A_claim_says_nothing_where_a_hypothesis_fails_and_by_how_much()
    {
        Failed("α ≤ 1/(2L)", -0.1, On("S3-weighted", Training(0.6, Noise.Rademacher(0.2)), 10));
        Failed("ε = 0", -0.2, On("S4-derived", Training(0.1, Noise.Rademacher(0.2)), 5));
        Failed("∇f(W) = 0", -0.4, On("S1", Training(0.1, Noise.Rademacher(0.2)), 1));
        Assert.Contains(
            Vacuous(On("S3-uniform", Training(0.1, Noise.Gaussian(0.2)), 10)),
            failed => failed.Name.StartsWith("A4", StringComparison.Ordinal)
        );
        Simulation other = new(
            Problem.Quadratic(1.0, [0.4]),
            Noise.Rademacher(0.2),
            Rule.AnalogSgd(Device.GenericLinear(1.0, 0.2), 0.1),
            [0.0]
        );
        Assert.Contains(
            Vacuous(On("S3-weighted", other, 10)),
            failed => failed.Name.StartsWith("asymmetric linear device", StringComparison.Ordinal)
        );

        static void Failed(string name, double margin, Claim claim) =>
            Assert.Equal(margin, Vacuous(claim).Single(failed => failed.Name == name).Margin, 1e-12);

        static IEnumerable<FailedHypothesis> Vacuous(Claim claim) => Assert.IsType<Verdict.Vacuous>(Only(claim)).Failed;
    }

    [Fact]
    public void The_printed_rate_without_noise_is_refuted_on_a_small_step()
    {
        Assert.IsType<Verdict.Refuted>(Only(On("S4-printed", Training(0.1, Noise.None), 100)));
        Assert.IsType<Verdict.Evaluated>(Only(On("S4-derived", Training(0.1, Noise.None), 100)));
    }

    [Fact]
    public void Gaussian_noise_gives_an_asymptotic_verdict()
    {
        Verdict verdict = Only(On("S3-weighted", Training(0.1, Noise.Gaussian(0.2)), 400));
        Assert.True(verdict is Verdict.Supported { Evidence.IsAsymptotic: true }, verdict.ToString());
    }

    [Fact]
    public void What_is_no_training_of_the_claim_is_refused()
    {
        Simulation mine = Training(0.1, Noise.None);
        Simulation digital = new(mine.Problem, Noise.None, Rule.DigitalSgd(0.1), [0.0]);
        Assert.Contains("got T2", Message(() => On("T2", mine, 1)), StringComparison.Ordinal);
        Assert.Contains("got Digital SGD", Message(() => On("S2", digital, 1)), StringComparison.Ordinal);
        Assert.Contains("steps = 0", Message(() => On("S2", mine, 0)), StringComparison.Ordinal);
        Assert.Contains("got null", Message(() => On("S2", null!, 1)), StringComparison.Ordinal);
        Assert.Contains("at least one", Message(() => Claim.Find("S2").On([], 1)), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Claim.Find("S2").On(null!, 1));

        static string Message(Func<object> make) => Assert.Throws<ArgumentException>(make).Message;
    }

    private static Simulation Training(double rate, Noise noise) =>
        new(Problem.Quadratic(1.0, [0.4]), noise, Rule.AnalogSgd(s_device, rate), [0.0]);

    private static Claim On(string id, Simulation training, int steps) => Claim.Find(id).On([KeyValuePair.Create("mine", training)], steps);

    private static Verdict Only(Claim claim) => Assert.Single(claim.Check(s_quick).Verdicts).Verdict;
}
