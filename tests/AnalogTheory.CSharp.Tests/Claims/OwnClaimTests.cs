using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class OwnClaimTests
{
    private static readonly CheckSettings s_quick = new() { Samples = 4096, Delta = 1e-3 };

    // f = ½w² from w = 1 without noise: one step of digital SGD.
    private static Claim Contraction(double factor) =>
        Claim.Define(
            "my-contraction",
            "notebook, p. 12",
            "0 < α ≤ 1/L ⇒ f(W′) ≤ factor·f(W)",
            [new Hypothesis<double>("α ≤ 1/L", rate => 1.0 - rate)],
            [KeyValuePair.Create("α = .5", 0.5), KeyValuePair.Create("α = 3", 3.0)],
            rate => Comparison.AtMost(0.5 * Math.Pow(1.0 - rate, 2), factor * 0.5)
        );

    private static Claim Coin(double shift, bool ranged = true) =>
        Claim.DefineSampled(
            "my-coin",
            "notebook, p. 13",
            "E x ≥ 0",
            [],
            [KeyValuePair.Create("coin", shift)],
            (s, seed) => s + (seed % 2 == 0 ? 1.0 : -1.0),
            s => ranged ? new MarginRange(s - 1.0, s + 1.0) : null
        );

    [Fact]
    public void A_true_claim_of_ones_own_is_exact_and_vacuous_where_its_hypothesis_fails()
    {
        ClaimReport report = Contraction(1.0).Check();
        Assert.Equal(new Comparison(0.125, 0.5, 0.375), Assert.IsType<Verdict.Evaluated>(report.Verdicts[0].Verdict).Comparison);
        FailedHypothesis failed = Assert.Single(Assert.IsType<Verdict.Vacuous>(report.Verdicts[1].Verdict).Failed);
        Assert.Equal(("α ≤ 1/L", -2.0), (failed.Name, failed.Margin));
        Assert.Equal(("my-contraction", "notebook, p. 12", "own"), (report.Id, report.Source, report.Variant));
        Assert.Equal(["α ≤ 1/L"], Contraction(1.0).Hypotheses);
    }

    [Fact]
    public void A_false_claim_of_ones_own_is_refuted()
    {
        Verdict.Refuted refuted = Assert.IsType<Verdict.Refuted>(Contraction(0.2).Check().Verdicts[0].Verdict);
        Assert.Contains("my-contraction on α = .5", refuted.Counterexample, StringComparison.Ordinal);
        Assert.IsType<Verdict.RefutedAtConfidence>(Coin(-0.3).Check(s_quick).Verdicts[0].Verdict);
        Assert.True(Contraction(0.2).Check().IsAgainst);
    }

    [Fact]
    public void Not_a_number_counts_against_a_claim()
    {
        Claim nan = Claim.Define("nan", "test", "x", [], [KeyValuePair.Create("a", 1.0)], _ => Comparison.AtMost(double.NaN, 1.0));
        Assert.IsType<Verdict.Refuted>(nan.Check().Verdicts[0].Verdict);
    }

    [Fact]
    public void A_sampled_claim_is_supported_refuted_or_undecided_by_its_mean()
    {
        SampledEvidence evidence = Assert.IsType<Verdict.Supported>(Coin(0.3).Check(s_quick).Verdicts[0].Verdict).Evidence;
        Assert.True(evidence is { Lower: >= 0.0 and <= 0.3, Upper: >= 0.3, IsAsymptotic: false, Delta: 1e-3 }, evidence.ToString());
        Assert.Contains(
            "took 2 values only",
            Assert.IsType<Verdict.Undecided>(Coin(0.3, ranged: false).Check(s_quick).Verdicts[0].Verdict).Why,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "4096 replicas",
            Assert.IsType<Verdict.Undecided>(Coin(0.0).Check(s_quick).Verdicts[0].Verdict).Why,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "budget is 0",
            Assert.IsType<Verdict.Undecided>(Coin(0.3).Check(s_quick with { Samples = 0 }).Verdicts[0].Verdict).Why,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void One_margin_outside_its_range_makes_the_verdict_vacuous_with_the_count()
    {
        // One coin in about a thousand falls on a value that was not declared.
        Claim coin = Claim.DefineSampled(
            "my-coin",
            "notebook, p. 13",
            "E x ≥ 0",
            [],
            [KeyValuePair.Create("coin", 0.0005)],
            (s, seed) => seed % 1000 == 0 ? -1.0 : s,
            _ => new MarginRange(-0.01, 0.01)
        );
        FailedHypothesis failed = Assert.Single(
            Assert.IsType<Verdict.Vacuous>(coin.Check(s_quick with { Delta = 1e-6, Samples = 100_000 }).Verdicts[0].Verdict).Failed
        );
        Assert.Equal("range", failed.Name);
        Assert.InRange(failed.FailedReplicas!.Value, 1, failed.Replicas!.Value / 100);
        Assert.Equal(-0.99, failed.Margin, 1e-12);
        Assert.Contains("[-0.01, 0.01] is declared, the furthest outside is -1", failed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_repeats_an_earlier_one_makes_the_verdict_vacuous()
    {
        Claim forgetful = Claim.DefineSampledInBatches<int>(
            "forgetful",
            "test",
            "x",
            [],
            [KeyValuePair.Create("a", 0)],
            (_, batch) => [.. Enumerable.Range(0, batch.Count).Select(i => i % 2 == 0 ? 1.0 : -1.0)],
            _ => new MarginRange(-1.0, 1.0)
        );
        FailedHypothesis failed = Assert.Single(Assert.IsType<Verdict.Vacuous>(forgetful.Check(s_quick).Verdicts[0].Verdict).Failed);
        Assert.Equal(
            "replicas are independent fails: from replica 256 on the margins are those from replica 0 on again, one by one",
            failed.ToString()
        );
    }

    [Fact]
    public void A_batch_of_an_ensemble_gives_the_same_verdict_on_any_number_of_threads()
    {
        Claim floor = Claim.DefineSampledInBatches<Simulation>(
            "my-floor",
            "notebook, p. 14",
            "avg E‖∇f‖² ≥ .01",
            [],
            [KeyValuePair.Create("analog", Samples.Analog)],
            (simulation, batch) =>
            {
                EnsembleSettings settings = batch.Ensemble(steps: 200) with { Measures = [Measure.GradientNormSquared] };
                return
                [
                    .. simulation
                        .RunEnsemble(settings)
                        .AverageByReplica(Measure.GradientNormSquared)
                        .ToArray()
                        .Select(average => average - 0.01),
                ];
            }
        );
        ClaimReport report = floor.Check(s_quick with { Threads = 1 });
        Assert.True(report.Verdicts[0].Verdict is Verdict.Supported { Evidence.IsAsymptotic: true }, report.Verdicts[0].ToString());
        Assert.Equal(report, floor.Check(s_quick with { Threads = 3 }));
    }

    [Fact]
    public void Replicas_of_one_seed_are_the_same_in_any_batch()
    {
        List<ulong> seeds = [];
        Claim recording = Claim.DefineSampled<int>(
            "seeds",
            "test",
            "x",
            [],
            [KeyValuePair.Create("a", 0)],
            (_, seed) =>
            {
                lock (seeds)
                {
                    seeds.Add(seed);
                }

                return seed % 2 == 0 ? 1.0 : -1.0;
            },
            _ => new MarginRange(-1.0, 1.0)
        );
        recording.Check(s_quick with { Samples = 300 });
        Assert.Equal(300, seeds.Distinct().Count());
        HashSet<ulong> first = [.. seeds];
        seeds.Clear();
        recording.Check(s_quick with { Samples = 256 });
        Assert.Subset(first, seeds.ToHashSet());
    }

    [Fact]
    public void What_a_function_throws_leaves_the_claim_undecided_with_its_message()
    {
        KeyValuePair<string, int>[] instances = [KeyValuePair.Create("a", 1)];
        Claim[] broken =
        [
            Claim.Define<int>("a", "test", "x", [], instances, _ => throw new InvalidOperationException("oops")),
            Claim.Define<int>("b", "test", "x", [new("h", _ => throw new InvalidOperationException("oops"))], instances, _ => default),
            Claim.DefineSampled<int>("c", "test", "x", [], instances, (_, _) => throw new InvalidOperationException("oops")),
            Claim.DefineSampledInBatches<int>("d", "test", "x", [], instances, (_, _) => throw new InvalidOperationException("oops")),
            Claim.DefineSampled<int>("e", "test", "x", [], instances, (_, _) => 0.0, _ => throw new InvalidOperationException("oops")),
        ];
        Assert.All(
            Claim.CheckAll(broken, s_quick).Claims,
            report => Assert.Equal("InvalidOperationException: oops", Assert.IsType<Verdict.Undecided>(report.Verdicts[0].Verdict).Why)
        );
        Claim shortBatch = Claim.DefineSampledInBatches<int>("f", "test", "x", [], instances, (_, batch) => [1.0]);
        Assert.Contains("margins of length 256, got length 1", shortBatch.Check(s_quick).Verdicts[0].ToString(), StringComparison.Ordinal);
        Claim none = Claim.DefineSampledInBatches<int>("g", "test", "x", [], instances, (_, batch) => default);
        Assert.Contains("margins = default", none.Check(s_quick).Verdicts[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_malformed_claim_of_ones_own_is_refused()
    {
        KeyValuePair<string, int>[] instances = [KeyValuePair.Create("a", 1)];
        KeyValuePair<string, int>[] twice = [.. instances, .. instances];
        KeyValuePair<string, int>[] nameless = [KeyValuePair.Create<string, int>(null!, 1)];
        Assert.Throws<ArgumentException>(() => Define(" ", [], instances));
        Assert.Contains("'a' twice", Assert.Throws<ArgumentException>(() => Define("x", [], twice)).Message, StringComparison.Ordinal);
        Assert.Contains("null", Assert.Throws<ArgumentException>(() => Define("x", [], nameless)).Message, StringComparison.Ordinal);
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => Define("x", [], [])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "hypotheses[0] = null",
            Assert.Throws<ArgumentException>(() => Define("x", [null!], instances)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentNullException>(() => Define("x", null!, instances));
        Assert.Throws<ArgumentNullException>(() => Define("x", [], null!));
        Assert.Throws<ArgumentNullException>(() => Claim.Define<int>("x", "s", "t", [], instances, null!));
        Assert.Throws<ArgumentNullException>(() => Claim.Define<int>("x", null!, "t", [], instances, _ => default));
        Assert.Throws<ArgumentNullException>(() => Claim.DefineSampled<int>("x", "s", "t", [], instances, null!));
        Assert.Throws<ArgumentNullException>(() => Claim.DefineSampledInBatches<int>("x", "s", "t", [], instances, null!));
        Assert.Throws<ArgumentException>(() => new Hypothesis<int>("", _ => 0.0));
        Assert.Throws<ArgumentNullException>(() => new Hypothesis<int>("h", null!));

        static Claim Define(string id, IEnumerable<Hypothesis<int>> hypotheses, IEnumerable<KeyValuePair<string, int>> instances) =>
            Claim.Define(id, "test", "x", hypotheses, instances, _ => Comparison.AtMost(0.0, 1.0));
    }

    [Fact]
    public void Comparisons_keep_their_margins()
    {
        Assert.Equal((1.0, 3.0, 2.0), Parts(Comparison.AtMost(1.0, 3.0)));
        Assert.Equal((1.0, 3.0, -2.0), Parts(Comparison.AtLeast(1.0, 3.0)));
        Assert.Equal((1.0, 3.0, 0.5), Parts(Comparison.Equal(1.0, 3.0, 2.5)));
        Assert.True(Comparison.AtMost(1.0, 1.0).Holds);
        Assert.False(Comparison.AtMost(double.NaN, 1.0).Holds);
        Assert.Equal("1 against 3, margin 2", Comparison.AtMost(1.0, 3.0).ToString());

        static (double, double, double) Parts(Comparison comparison) => (comparison.Measured, comparison.Bound, comparison.Margin);
    }
}
