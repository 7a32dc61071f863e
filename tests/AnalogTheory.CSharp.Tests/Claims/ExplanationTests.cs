using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace AnalogTheory.CSharp.Tests.Claims;

public class ExplanationTests
{
    private static Simulation Training(Noise noise, double learningRate, double symmetricPoint = 0.0) =>
        new(Problem.Quadratic(1.0, [0.4]), noise, Rule.AnalogSgd(Device.AsymmetricLinear(1.0, symmetricPoint), learningRate), [0.0]);

    private static InstanceHypotheses On(string claim, Simulation training, int steps = 400) =>
        Assert.Single(Claim.Find(claim).On([KeyValuePair.Create("mine", training)], steps).HypothesesByInstance());

    [Fact]
    public void The_rate_that_the_printed_theorem_wants_is_told_and_satisfies_it()
    {
        HypothesisOnInstance rate = On("S3-printed", Training(Noise.Rademacher(0.2), 0.1))
            .Hypotheses.Single(h => h.Name.StartsWith("α = ", StringComparison.Ordinal));
        Assert.False(rate.Holds);
        // √(Δ_f/(σ²LK)) with Δ_f = .08, σ² = .04, K = 400: √.005.
        Assert.Equal($"α = {Math.Sqrt(0.005):G4} would do", rate.Advice);
        Assert.Contains("fails by 0.02929: α = 0.07071 would do", rate.ToString(), StringComparison.Ordinal);
        HypothesisOnInstance kept = On("S3-printed", Training(Noise.Rademacher(0.2), Math.Sqrt(0.005)))
            .Hypotheses.Single(h => h.Name == rate.Name);
        Assert.True(kept.Holds);
        Assert.Equal($"{rate.Name} holds", kept.ToString());
    }

    [Fact]
    public void A_rate_above_its_limit_is_told_the_limit()
    {
        HypothesisOnInstance rate = On("S3-uniform", Training(Noise.Rademacher(0.2), 0.8)).Hypotheses.Single(h => h.Name == "α ≤ 1/(2L)");
        Assert.Equal("α ≤ 1/(2L) fails by 0.3: α = 0.5 would do", rate.ToString());
    }

    [Fact]
    public void Under_Gaussian_noise_S3_uniform_says_what_to_do()
    {
        HypothesisOnInstance range = On("S3-uniform", Training(Noise.Gaussian(0.2), 0.1))
            .Hypotheses.Single(h => h.Name.StartsWith("A4", StringComparison.Ordinal));
        Assert.Contains("fails: nothing bounds it here", range.ToString(), StringComparison.Ordinal);
        Assert.Contains("clip the noise", range.Advice, StringComparison.Ordinal);
        Assert.Contains("S3-weighted", range.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void No_margin_that_is_no_number_for_people_reaches_them()
    {
        string[] shown =
        [
            .. new[] { Noise.None, Noise.Rademacher(0.2), Noise.Gaussian(0.2) }
                .SelectMany(noise =>
                    new[] { "S3-printed", "S3-uniform", "S3-weighted" }.SelectMany(id => On(id, Training(noise, 0.9)).Hypotheses)
                )
                .Select(hypothesis => hypothesis.ToString()),
        ];
        Assert.All(
            shown,
            line =>
            {
                Assert.DoesNotContain("Infinity", line, StringComparison.Ordinal);
                Assert.DoesNotContain("E-", line, StringComparison.Ordinal);
                Assert.DoesNotContain("NaN", line, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void A_report_in_full_has_hypotheses_verdicts_and_a_line_a_term()
    {
        Claim claim = Claim.Find("S3-printed").On([KeyValuePair.Create("mine", Training(Noise.Rademacher(0.2), 0.1))], steps: 40);
        ClaimReport report = claim.Check();
        string text = claim.Explain(report);
        Assert.StartsWith($"S3-printed: {claim.Statement}\n", text, StringComparison.Ordinal);
        Assert.Contains("\nmine\n  A1: f is L-smooth holds\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "\nVacuous: a hypothesis fails on the instance, so the claim says nothing about it\n",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("\nA3′: ", text, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Claim.Find("S2").Explain(report));
    }

    [Fact]
    public void The_beginning_of_several_identifiers_is_answered_with_all_of_them()
    {
        ArgumentException several = Assert.Throws<ArgumentException>(() => Claim.Find("S3"));
        Assert.Contains("S3-printed, S3-uniform, S3-weighted", several.Message, StringComparison.Ordinal);
    }
}
