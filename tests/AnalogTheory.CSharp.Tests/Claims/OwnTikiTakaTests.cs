using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

/// <summary>Claims about Tiki-Taka beyond its first step, and claims about every device, on trainings of one's own.</summary>
public class OwnTikiTakaTests
{
    private static readonly CheckSettings s_quick = new() { Samples = 4096, Delta = 1e-3 };
    private static readonly Device s_device = Device.AsymmetricLinear(1.0);

    [Fact]
    public void T3_holds_while_no_gradient_is_too_large_and_says_by_how_much_one_is()
    {
        // |g| ≤ 1.4 + .3 on |w| ≤ 1, so β may be .588.
        Verdict inside = Only(On("T3", TikiTaka(0.1, 0.5, Noise.Rademacher(0.3)), 500));
        Assert.True(inside is Verdict.Evaluated, inside.ToString());
        FailedHypothesis failed = Assert.Single(
            Assert.IsType<Verdict.Vacuous>(Only(On("T3", TikiTaka(0.1, 1.5, Noise.Rademacher(0.3)), 5))).Failed
        );
        Assert.StartsWith("β|g| ≤ τ", failed.Name, StringComparison.Ordinal);
        Assert.Contains(
            Assert.IsType<Verdict.Vacuous>(Only(On("T3", TikiTaka(0.1, 0.5, Noise.Gaussian(0.3)), 5))).Failed,
            hypothesis => hypothesis.Name.StartsWith("β|g| ≤ τ", StringComparison.Ordinal)
        );
        // On a device that lets P pass its range the claim is vacuous; it is not about it.
        Device bent = Device.GenericLinear(1.0, 0.3);
        Assert.Contains(
            Assert.IsType<Verdict.Vacuous>(Only(On("T3", On(bent, 0.1, 0.5), 5))).Failed,
            hypothesis => hypothesis.Name.StartsWith("asymmetric linear", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void T6_bounds_P_along_the_gradients_of_ones_own_training()
    {
        // c = 1, σ = .3: β ≤ τσ/(2(4L²τ² + σ²)) = .0367.
        Verdict below = Only(On("T6-repaired", TikiTaka(0.1, 0.03, Noise.Rademacher(0.3)), 300));
        Assert.True(below is Verdict.Evaluated, below.ToString());
        FailedHypothesis failed = Assert.Single(
            Assert.IsType<Verdict.Vacuous>(Only(On("T6-repaired", TikiTaka(0.1, 0.2, Noise.Rademacher(0.3)), 300))).Failed
        );
        Assert.StartsWith("β small", failed.Name, StringComparison.Ordinal);
        Assert.Equal(0.3 / (2.0 * 4.09) - 0.2, failed.Margin, 1e-9);
        Assert.Contains(
            "asymmetric linear",
            Message(() => On("T6-repaired", On(Device.GenericLinear(1.0, 0.3), 0.1, 0.03), 5)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void T8_compares_K_steps_with_4K_and_is_vacuous_for_little_noise()
    {
        double rate = 0.25 / Math.Sqrt(4096);
        Verdict.Vacuous little = Assert.IsType<Verdict.Vacuous>(
            Only(On("T8-repaired", TikiTaka(rate, 8.0 * rate / 0.09, Noise.Rademacher(0.3)), 4096))
        );
        FailedHypothesis noise = little.Failed.Single(failed => failed.Name.StartsWith("33·P_max² < τ²", StringComparison.Ordinal));
        Assert.Equal(0.3 - Math.Sqrt(33 * 41), noise.Margin, 1e-9);
        // The proof's window at σ = 40, β = 8α/σ²: nothing is vacuous, and the slope is at least −1/2 + .15.
        double proved = 0.25 / 256.0;
        Claim claim = On(
            "T8-repaired",
            new(Problem.Quadratic(1.0, [0.9]), Noise.Rademacher(40.0), Rule.TikiTaka(s_device, proved, 8.0 * proved / 1600.0), [-0.9]),
            65536
        );
        Assert.All(claim.HypothesesByInstance()[0].Hypotheses, hypothesis => Assert.True(hypothesis.Holds, hypothesis.ToString()));
        Verdict slope = Only(claim, new CheckSettings { Samples = 64, Delta = 0.05 });
        Assert.False(slope.IsAgainst || slope is Verdict.Vacuous, slope.ToString());
    }

    [Fact]
    public void T9_gives_an_exponent_of_about_one_on_ones_own_problem()
    {
        // The exponent between β = .075 and .6 is .967 by 3,000 replicas; |g| ≤ 1.5, so that β|g| ≤ τ.
        Claim claim = On(
            "T9-proportional",
            new(Problem.Quadratic(1.0, [0.0]), Noise.Rademacher(0.5), Rule.TikiTaka(s_device, 0.075, 0.6), [0.0]),
            100
        );
        Assert.Equal(["mine: exponent between β/8 and β at least .85", "mine: exponent between β/8 and β at most 1.15"], claim.Instances);
        foreach (InstanceVerdict item in claim.Check(new CheckSettings { Samples = 65536, Delta = 0.05 }).Verdicts)
        {
            Assert.True(item.Verdict.IsFor, item.ToString());
        }

        Assert.Contains("under noise", Message(() => On("T9-proportional", TikiTaka(0.1, 0.2, Noise.None), 10)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("N1-step")]
    [InlineData("N1")]
    [InlineData("N1-least")]
    [InlineData("N2")]
    [InlineData("N10")]
    public void Claims_about_every_device_hold_on_a_device_of_ones_own(string id)
    {
        Device bent = Device.LinearStep(upper: 0.9, lower: -0.7);
        Simulation mine = new(Problem.Quadratic(1.0, [0.3]), Noise.Rademacher(0.1), Rule.AnalogSgd(bent, 0.1), [0.0]);
        Verdict verdict = Only(On(id, mine, 300));
        Assert.True(verdict.IsFor, $"{id}: {verdict}");
    }

    [Fact]
    public void What_is_vouched_for_on_any_device_and_not_so_is_named()
    {
        // Up to .3, and .1 is stated.
        Noise loud = Noise.UserDefined((u, _) => 0.6 * (u - 0.5), RawNumbers.Uniform, _ => new NoiseMoments(0.03)).WithBound(0.1);
        Simulation mine = new(Problem.Quadratic(1.0, [0.3]), loud, Rule.AnalogSgd(Device.LinearStep(upper: 0.9, lower: -0.7), 0.1), [0.0]);
        Assert.Contains(
            Assert.IsType<Verdict.Vacuous>(Only(On("N1", mine, 300))).Failed,
            failed => failed.Name.Contains("its stated bound", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Assumptions_of_any_device_name_the_claims_about_every_device()
    {
        Device bent = Device.LinearStep(upper: 0.9, lower: -0.7);
        AssumptionReport report = Assumptions.Check(
            new(Problem.Quadratic(1.0, [0.3]), Noise.Rademacher(0.1), Rule.AnalogSgd(bent, 0.1), [0.0])
        );
        foreach (
            string theorem in new[]
            {
                "N1, one step",
                "N1, every device",
                "N1, least remainder",
                "N2, potential",
                "N10, largest floor",
                "S7, penalty",
            }
        )
        {
            Assert.Contains(theorem, report.Applicable);
        }

        // The theorems about the asymmetric linear device say nothing, by as much as this one differs from it.
        Assert.Contains("Theorem 2 (S3)", report.Vacuous);
        AssumptionCheck device = report.Checks.First(check => check.Theorem == "Theorem 2 (S3)");
        Assert.Equal(("asymmetric linear device, w⋄ = 0", true), (device.Condition, device.Margin < -0.1));
        // F on what is reached is 1 + c·w with c = (1/.7 − 1/.9)/2 = .16, and the largest weight is below .41: α ≤ 1/(2·1.07).
        Assert.InRange(report.LargestAnalogRate, 0.465, 0.48);
        // A rate beyond: N1 fails by that much, and its step too.
        report = Assumptions.Check(new(Problem.Quadratic(1.0, [0.3]), Noise.Rademacher(0.1), Rule.AnalogSgd(bent, 0.6), [0.0]));
        Assert.Contains("N1, one step", report.Vacuous);
        Assert.Equal(-0.1, report.Checks.Single(check => check is { Theorem: "N1, one step", Condition: "α ≤ 1/(2LF_max)" }).Margin, 1e-12);
    }

    [Fact]
    public void Assumptions_see_a_shifted_device_from_its_symmetric_point()
    {
        AssumptionReport there = Assumptions.Check(Shifted(0.2, 0.4, 0.0));
        AssumptionReport here = Assumptions.Check(Shifted(0.0, 0.2, -0.2));
        foreach (AssumptionCheck check in here.Checks.Where(check => check.Theorem is "Theorem 2 (S3)" or "S3-weighted"))
        {
            Assert.Equal(
                check.Holds,
                there.Checks.Single(other => (other.Theorem, other.Condition) == (check.Theorem, check.Condition)).Holds
            );
        }

        Assert.Contains("Theorem 2 (S3)", there.Applicable);
        // A Tiki-Taka on it is no training of any theorem.
        Device shifted = Device.AsymmetricLinear(1.0, 0.2);
        AssumptionReport two = Assumptions.Check(
            new(Problem.Quadratic(1.0, [0.4]), Noise.Rademacher(0.2), Rule.TikiTaka(shifted, 0.1, 0.1), [0.0])
        );
        Assert.Empty(two.Applicable);
        Assert.All(two.Checks, check => Assert.Equal(-0.2, check.Margin, 1e-12));

        static Simulation Shifted(double point, double minimizer, double start) =>
            new(
                Problem.Quadratic(1.0, [minimizer]),
                Noise.Rademacher(0.2),
                Rule.AnalogSgd(Device.AsymmetricLinear(1.0, point), 0.1),
                [start]
            );
    }

    private static Simulation TikiTaka(double transferRate, double learningRate, Noise noise) =>
        new(Problem.Quadratic(1.0, [0.4]), noise, Rule.TikiTaka(s_device, transferRate, learningRate), [0.0]);

    private static Simulation On(Device device, double transferRate, double learningRate) =>
        new(Problem.Quadratic(1.0, [0.4]), Noise.Rademacher(0.3), Rule.TikiTaka(device, transferRate, learningRate), [0.0]);

    private static Claim On(string id, Simulation training, int steps) => Claim.Find(id).On([KeyValuePair.Create("mine", training)], steps);

    private static Verdict Only(Claim claim, CheckSettings? settings = null) =>
        Assert.Single(claim.Check(settings ?? s_quick).Verdicts).Verdict;

    private static string Message(Func<object> make) => Assert.Throws<ArgumentException>(make).Message;
}
