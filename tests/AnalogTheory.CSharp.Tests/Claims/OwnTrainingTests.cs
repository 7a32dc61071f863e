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
    public void The_claims_about_a_training_take_trainings_of_ones_own() =>
        Assert.Empty(
            new[]
            {
                "S1",
                "S2",
                "S3-printed",
                "S3-uniform",
                "S3-weighted",
                "S4-derived",
                "S4-printed",
                "S5-limit",
                "S7",
                "L4-limit",
                "L4-sharp",
                "T2",
                "T3",
                "T4",
                "T5",
                "T6-printed",
                "T6-repaired",
                "T7-fixed",
                "T8-printed",
                "T8-repaired",
                "T9-proportional",
                "N1",
                "N2",
                "N10",
            }.Except(Claim.ForOwnTrainings.Select(claim => claim.Id))
        );

    [Fact]
    public void The_floor_of_ones_own_training_is_what_S5_to_S7_say()
    {
        // Small α, so that the stationary law is near its limit; one weight, Rademacher noise.
        Simulation mine = Training(0.02, Noise.Rademacher(0.3));
        Assert.True(Only(On("S5-limit", mine, 1)).IsFor, Only(On("S5-limit", mine, 1)).ToString());
        foreach (
            Claim claim in Claim.ForOwnTrainings.Where(claim =>
                claim.Id.StartsWith("S6", StringComparison.Ordinal) || claim.Id.StartsWith("S7", StringComparison.Ordinal)
            )
        )
        {
            Verdict verdict = Only(On(claim.Id, mine, 1));
            // S7-sharp speaks of a noise that is rarely above 0.
            Assert.True(claim.Id == "S7-sharp" ? verdict is Verdict.Vacuous : verdict.IsFor, $"{claim.Id}: {verdict}");
        }

        Assert.Contains(
            "one weight",
            Assert.Throws<ArgumentException>(() => On("S5-limit", Simulation(new double[] { 0.4, 0.1 }), 1)).Message,
            StringComparison.Ordinal
        );
        static Simulation Simulation(double[] minimizer) =>
            new(Problem.Quadratic(1.0, [.. minimizer]), Noise.Rademacher(0.3), Rule.AnalogSgd(s_device, 0.02), [.. minimizer]);
    }

    [Fact]
    public void S8_follows_the_path_of_ones_own_weight_without_noise()
    {
        Simulation quiet = Training(0.1, Noise.None);
        foreach (
            Claim claim in Claim.ForOwnTrainings.Where(claim =>
                claim.Id.StartsWith("S8", StringComparison.Ordinal) && claim.Variant != "printed"
            )
        )
        {
            Assert.True(Only(On(claim.Id, quiet, 40)).IsFor, claim.Id);
        }
    }

    [Fact]
    public void Another_symmetric_point_is_a_shift_of_the_weight()
    {
        // The same training seen from w⋄ = .2: minimiser .4 and start 0 become .2 and −.2.
        Device shifted = Device.AsymmetricLinear(1.0, 0.2);
        Simulation there = new(Problem.Quadratic(1.0, [0.4]), Noise.Rademacher(0.2), Rule.AnalogSgd(shifted, 0.1), [0.0]);
        Simulation here = new(Problem.Quadratic(1.0, [0.2]), Noise.Rademacher(0.2), Rule.AnalogSgd(s_device, 0.1), [-0.2]);
        foreach (string id in new[] { "S2", "S3-weighted", "S3-uniform" })
        {
            Assert.True(Only(On(id, there, 200)).IsFor, Only(On(id, there, 200)).ToString());
            Assert.Equal(
                On(id, here, 200).HypothesesByInstance()[0].Hypotheses.Select(hypothesis => hypothesis.Holds),
                On(id, there, 200).HypothesesByInstance()[0].Hypotheses.Select(hypothesis => hypothesis.Holds)
            );
        }

        Assert.True(Only(On("S5-limit", there, 1)).IsFor);
    }

    [Fact]
    public void Claims_about_Tiki_Taka_take_a_training_by_it_and_no_other()
    {
        Simulation critical = new(Problem.Quadratic(1.0, [0.4]), Noise.Rademacher(0.3), Rule.TikiTaka(s_device, 0.05, 0.1), [0.4]);
        foreach (string id in new[] { "T2", "T4" })
        {
            Verdict verdict = Only(On(id, critical, 1));
            Assert.True(verdict.IsFor, $"{id}: {verdict}");
            Assert.Contains(
                "Tiki-Taka",
                Assert.Throws<ArgumentException>(() => On(id, Training(0.1, Noise.Rademacher(0.2)), 1)).Message,
                StringComparison.Ordinal
            );
        }

        Assert.Throws<ArgumentException>(() => On("S2", critical, 1));
    }

    [Fact]
    public void L4_takes_the_lower_bound_s_instance_and_nothing_else()
    {
        LowerBoundInstance instance = LowerBoundInstance.OfSaturation(1.0, 1.0, 0.3, 1, 0.5);
        Simulation mine = new(instance.Problem, instance.Noise, Rule.AnalogSgd(s_device, 0.01), [0.5]);
        Verdict verdict = Only(On("L4-limit", mine, 1));
        Assert.True(verdict.IsFor, verdict.ToString());
        Assert.Throws<ArgumentException>(() => On("L4-limit", Training(0.01, Noise.Rademacher(0.3)), 1));
    }

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
    public void What_is_vouched_for_and_not_so_is_named()
    {
        Noise loud = Noise.UserDefined((xi, w) => w == 0.0 ? 0.01 * xi : xi, moments: _ => new NoiseMoments(1e-4));
        FailedHypothesis failed = Assert.Single(Assert.IsType<Verdict.Vacuous>(Only(On("S3-weighted", Training(0.1, loud), 400))).Failed);
        Assert.Equal("A3′: E‖ε‖² ≤ σ²", failed.Name);
        Assert.Contains("0.0001 is stated", failed.Note, StringComparison.Ordinal);
        Assert.Contains(failed.Note, failed.ToString(), StringComparison.Ordinal);
        Device bent = Device.UserDefined(w => w is -0.5 or 0.25 ? 1.0 - w : 0.1, w => w is -0.5 or 0.25 ? 1.0 + w : 1.9, -1.0, 1.0);
        Simulation onBent = new(Problem.Quadratic(1.0, [0.4]), Noise.Rademacher(0.2), Rule.AnalogSgd(bent, 0.02), [0.0]);
        Assert.StartsWith(
            "asymmetric linear device",
            Assert.Single(Assert.IsType<Verdict.Vacuous>(Only(On("S3-weighted", onBent, 2000))).Failed).Name,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_known_bound_of_ones_own_noise_keeps_a_verdict_from_being_asymptotic()
    {
        Noise values = Noise.OfValues([new(0.2, 0.5), new(-0.2, 0.5)]);
        Noise bounded = Noise.UserDefined((u, _) => 0.6 * (u - 0.5), RawNumbers.Uniform, _ => new NoiseMoments(0.03)).WithBound(0.3);
        foreach (Noise noise in new[] { values, bounded })
        {
            foreach (string id in new[] { "S3-uniform", "S3-weighted" })
            {
                Verdict verdict = Only(On(id, Training(0.1, noise), 400));
                Assert.True(verdict is Verdict.Supported { Evidence.IsAsymptotic: false }, verdict.ToString());
            }
        }

        Assert.IsType<Verdict.Vacuous>(Only(On("S3-weighted", Training(0.1, bounded.WithBound(0.1)), 400)));
        Assert.Throws<ArgumentException>(() => values.WithBound(double.NaN));
        Assert.Throws<ArgumentException>(() => Noise.OfValues(default));
    }

    [Fact]
    public void What_is_no_training_of_the_claim_is_refused()
    {
        Simulation mine = Training(0.1, Noise.None);
        Simulation digital = new(mine.Problem, Noise.None, Rule.DigitalSgd(0.1), [0.0]);
        Assert.Contains("got D2", Message(() => On("D2", mine, 1)), StringComparison.Ordinal);
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
