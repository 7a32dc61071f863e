using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class ClaimTests
{
    private static readonly CheckSettings s_quick = new() { Samples = 4096 };

    // Where it does not matter whether every instance is decided.
    private static readonly CheckSettings s_few = new() { Samples = 512 };

    [Fact]
    public void Every_claim_of_the_theory_can_be_found()
    {
        Assert.True(Claim.All.Length >= 64);
        foreach (Claim claim in Claim.All)
        {
            Assert.Same(claim, Claim.Find(claim.Id));
            Assert.All([claim.Source, claim.Variant, claim.Statement], text => Assert.NotEmpty(text));
            Assert.True(claim.Instances.Length + claim.Queries.Length > 0, claim.Id);
        }

        Assert.Equal("S3-weighted", Claim.Find("s3-WEIGHTED").Id);
        Assert.Contains("α ≤ 1/(2L)", Claim.Find("S2").Hypotheses);
        Assert.StartsWith("S2: α ≤ 1/(2L) ⇒", Claim.Find("S2").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S3-wieghted", "S3-weighted")]
    [InlineData("T6printed", "T6-printed")]
    public void An_unknown_identifier_is_answered_with_the_nearest_known_one(string id, string nearest)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Claim.Find(id));
        Assert.StartsWith(
            $"Expected the identifier of a claim, got '{id}'; did you mean '{nearest}",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.False(Claim.TryFind(id, out Claim? claim));
        Assert.Null(claim);
    }

    [Fact]
    public void No_identifier_is_told_that_one_is_expected() =>
        Assert.StartsWith(
            "Expected the identifier of one claim, got ''",
            Assert.Throws<ArgumentException>(() => Claim.Find("")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_beginning_finds_the_variants_of_a_claim_and_not_its_neighbours()
    {
        Assert.Equal(["S3-printed", "S3-uniform", "S3-weighted"], Claim.StartingWith("s3").Select(claim => claim.Id));
        Assert.Equal(["S3-weighted"], Claim.StartingWith("S3-w").Select(claim => claim.Id));
        Assert.All(Claim.StartingWith("T"), claim => Assert.StartsWith("T", claim.Id, StringComparison.Ordinal));
        Assert.Equal(Claim.All.AsEnumerable(), Claim.StartingWith(""));
        Assert.Empty(Claim.StartingWith("X"));
        Assert.Throws<ArgumentNullException>(() => Claim.StartingWith(null!));
        Assert.Throws<ArgumentNullException>(() => Claim.TryFind(null!, out _));
    }

    [Fact]
    public void A_verdict_of_each_kind_can_be_matched()
    {
        Assert.IsType<Verdict.Exact>(First("S2").Verdict);
        Assert.IsType<Verdict.Evaluated>(First("S4-derived").Verdict);
        Assert.IsType<Verdict.Computed>(First("N8-stationary").Verdict);
        Assert.IsType<Verdict.Supported>(First("T8-repaired").Verdict);
        Assert.IsType<Verdict.Undecided>(First("D2").Verdict);
        Assert.Contains(Claim.Find("S4-printed").Check().Verdicts, item => item.Verdict is Verdict.Refuted { Comparison.Holds: false });
        Assert.Contains(
            Claim.Find("S8-noiseless").Check().Verdicts,
            item => item.Verdict is Verdict.Vacuous { Failed: [{ Name: "|w*_ξ| ≤ τ", Margin: -2.0, Replicas: null }] }
        );

        static InstanceVerdict First(string id) => Claim.Find(id).Check(s_quick).Verdicts[0];
    }

    [Fact]
    public void Verdicts_say_what_they_rest_on()
    {
        Assert.Equal("Undecided: not discharged here: no solver", Claim.Find("D1").Check().Verdicts[0].Verdict.ToString());
        Assert.StartsWith(
            "Supported(3E-07): expected margin in [",
            Claim.Find("T8-repaired").Check(s_quick).Verdicts[0].Verdict.ToString(),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "Vacuous: |w*_ξ| ≤ τ fails by 2",
            Claim.Find("S8-noiseless").Check().Verdicts.First(item => item.Verdict is Verdict.Vacuous).ToString(),
            StringComparison.Ordinal
        );
        Assert.Equal("S4-printed: Refuted (2), Evaluated (4)", Claim.Find("S4-printed").Check().ToString());
    }

    [Fact]
    public void A_claim_alone_gets_the_whole_of_delta_and_says_what_it_spent()
    {
        ClaimReport report = Claim.Find("S3-weighted").Check(s_quick with { Delta = 1e-3 });
        Assert.Equal(1e-3, report.Delta, 1e-15);
        Assert.All(report.Verdicts, item => Assert.True(item.Verdict.IsFor && !item.Verdict.IsAgainst, item.ToString()));
        Assert.Equal(1e-3, report.DeltaSpent, 1e-15);
        Assert.Equal((4096, CheckSettings.LedgerSeed), (report.Samples, report.Seed));
        Assert.Equal(0.0, Claim.Find("S2").Check().DeltaSpent);
    }

    [Fact]
    public void The_ledgers_share_of_delta_gives_the_ledgers_verdicts()
    {
        // Numbers of proofs-checks/ledger.json, made with the default seed and budget and this δ per instance.
        ClaimReport report = Claim.Find("S3-weighted").Check(new() { Delta = 5 * 9.00901e-9 });
        SampledEvidence[] seen = [.. report.Verdicts.Select(item => Assert.IsType<Verdict.Supported>(item.Verdict).Evidence)];
        Assert.Equal([768L, 256L, 512L, 3840L, 256L], seen.Select(evidence => evidence.Samples));
        double[] upper = [0.0215338, 0.0695825, 0.020046, 0.00301088, 0.0165546];
        Assert.All(seen.Zip(upper), pair => Assert.Equal(pair.Second, pair.First.Upper, 1e-5 * pair.Second));
    }

    [Fact]
    public async Task Several_claims_share_one_delta()
    {
        CheckSettings settings = s_few with { Samples = 2048, Delta = 1e-2 };
        Claim[] claims = [Claim.Find("S2"), Claim.Find("S3-weighted"), Claim.Find("N1-least")];
        Report report = All(claims, settings);
        Assert.Equal(claims.Select(claim => claim.Id), report.Claims.Select(claim => claim.Id));
        Assert.Equal(1e-2, report.Claims.Where(claim => claim.Id != "S2").Sum(claim => claim.Delta), 1e-12);
        Assert.Equal(1e-2, report.DeltaSpent, 1e-12);
        Assert.False(report.IsAgainst);

        List<ClaimReport> streamed = [];
        await foreach (ClaimReport claim in Claim.CheckAllAsync(claims, settings, null, Cancellation))
        {
            streamed.Add(claim);
        }

        Assert.Equal(report.Claims.AsEnumerable(), streamed);
        Assert.Equal(report, await Claim.ReportAsync(claims, settings, null, Cancellation));
    }

    [Fact]
    public void The_same_seed_gives_the_same_verdict_at_any_number_of_threads()
    {
        Claim claim = Claim.Find("T9-proportional");
        ClaimReport one = claim.Check(s_few with { Threads = 1 });
        Assert.Equal(one, claim.Check(s_few with { Threads = 3 }));
        Assert.Equal(one.GetHashCode(), claim.Check(s_few with { Threads = 3 }).GetHashCode());
        Assert.NotEqual(one, claim.Check(s_few with { Seed = 1 }));
    }

    [Fact]
    public async Task Progress_rises_to_one()
    {
        Claim[] claims = [Claim.Find("T9-proportional"), Claim.Find("T8-repaired")];
        Recorder one = new();
        await Claim.Find("T9-proportional").CheckAsync(s_few, one, Cancellation);
        one.RoseToOne();

        Recorder several = new();
        await Claim.ReportAsync(claims, s_few, several, Cancellation);
        several.RoseToOne();
        Assert.True(several.Count > one.Count);

        Recorder streamed = new();
        await foreach (ClaimReport report in Claim.CheckAllAsync(claims, s_few, streamed, Cancellation))
        {
            Assert.Equal('T', report.Id[0]);
        }

        streamed.RoseToOne();
    }

    [Fact]
    public async Task A_check_that_is_cancelled_ends()
    {
        using CancellationTokenSource source = new();
        Claim endless = Claim.DefineSampled<double>(
            "never-settled",
            "test",
            "E x ≥ 0",
            [],
            [KeyValuePair.Create("zero", 0.0)],
            (_, seed) =>
            {
                source.Cancel();
                return seed % 2 == 0 ? 1.0 : -1.0;
            },
            _ => new MarginRange(-1.0, 1.0)
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless.CheckAsync(new() { Samples = 1L << 32 }, null, source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Claim.Find("S3-weighted").CheckAsync(null, null, new(true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ClaimReport report in Claim.CheckAllAsync(Claim.StartingWith("S3"), null, null, new(true)))
            {
                Assert.Fail($"Expected no report, got {report}.");
            }
        });
    }

    [Fact]
    public void Reports_come_back_from_JSON_as_they_were()
    {
        Claim[] claims = [.. new[] { "S2", "T9-proportional", "S4-printed", "N8-stationary", "S8-noiseless", "D2" }.Select(Claim.Find)];
        Report report = Claim.CheckAll(claims, s_quick with { Samples = 0 });
        // One verdict of each kind that needs neither samples nor a solver.
        Assert.Equal(
            ["Computed", "Evaluated", "Exact", "Refuted", "Undecided", "Vacuous"],
            report
                .Claims.SelectMany(claim => claim.Verdicts)
                .Select(item => item.Verdict.GetType().Name)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
        Report sampled = Claim.CheckAll([Claim.Find("T8-repaired")], s_quick);
        Assert.Equal(report, Report.FromJson(report.ToJson()));
        Assert.Equal(sampled, Report.FromJson(sampled.ToJson()));
        Assert.Equal(sampled.Claims[0], ClaimReport.FromJson(sampled.Claims[0].ToJson()));
        Assert.Contains("\"kind\": \"supported\"", sampled.ToJson(), StringComparison.Ordinal);
        Assert.Contains("\"statement\": \"33·P_max² < τ²", sampled.ToJson(), StringComparison.Ordinal);
        Assert.Throws<System.Text.Json.JsonException>(() => Report.FromJson("null"));
        Assert.Throws<System.Text.Json.JsonException>(() => ClaimReport.FromJson("{"));
        Assert.Throws<ArgumentNullException>(() => ClaimReport.FromJson(null!));
        Assert.Throws<ArgumentNullException>(() => Report.FromJson(null!));
    }

    [Fact]
    public void A_report_is_read_by_the_plain_serialiser_too()
    {
        ClaimReport report = Claim.Find("S8-noiseless").Check();
        string json = System.Text.Json.JsonSerializer.Serialize(report);
        Assert.Equal(report, System.Text.Json.JsonSerializer.Deserialize<ClaimReport>(json));
    }

    [Fact]
    public void Dropping_a_hypothesis_finds_a_violation_that_replays()
    {
        Claim claim = Claim.Find("S2");
        Assert.Contains("α ≤ 1/(2L)", claim.Necessity);
        Assert.True(claim.TryDrop("α ≤ 1/(2L)", CheckSettings.LedgerSeed, out Violation? violation));
        Assert.False(violation.Comparison.Holds);
        Assert.Equal(violation.Comparison, violation.Replay());
        Assert.Equal("α ≤ 1/(2L)", violation.Hypothesis);
        Assert.Contains("αL = ", violation.Inputs, StringComparison.Ordinal);
        Assert.StartsWith("without α ≤ 1/(2L): L = ", violation.ToString(), StringComparison.Ordinal);
        Assert.True(claim.TryDrop("α ≤ 1/(2L)", CheckSettings.LedgerSeed, out Violation? again));
        Assert.Equal(violation.Inputs, again.Inputs);
        Assert.False(Claim.Find("S5-limit").TryDrop("α ≤ 1/(2L)", 1, out _));
        // An algebraic claim keeps a witness, for which no solver is needed.
        Claim proved = Claim.Find("D2");
        Assert.True(proved.TryDrop(proved.Necessity[0], 1, out Violation? witness));
        Assert.False(witness.Replay().Holds);
    }

    [Fact]
    public void A_hypothesis_that_a_claim_does_not_have_is_refused_with_those_it_has()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Claim.Find("S2").TryDrop("A9", 1, out _));
        Assert.Contains("α ≤ 1/(2L)", error.Message, StringComparison.Ordinal);
        Assert.Contains("got 'A9'", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "which has none",
            Assert.Throws<ArgumentException>(() => Claim.Find("T9-sampled").TryDrop("A9", 1, out _)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentNullException>(() => Claim.Find("S2").TryDrop(null!, 1, out _));
    }

    [Fact]
    public void Settings_refuse_what_makes_no_sense()
    {
        Assert.StartsWith(
            "Expected a number strictly between 0 and 1",
            Message(() => new CheckSettings { Delta = 0.0 }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Expected a number strictly between 0 and 1",
            Message(() => new CheckSettings { Delta = double.NaN }),
            StringComparison.Ordinal
        );
        Assert.Contains("samples = -1", Message(() => new CheckSettings { Samples = -1 }), StringComparison.Ordinal);
        Assert.Contains("threads = -1", Message(() => new CheckSettings { Threads = -1 }), StringComparison.Ordinal);
        Assert.Contains("S2 twice", Message(() => Claim.CheckAll([Claim.Find("S2"), Claim.Find("S2")])), StringComparison.Ordinal);
        Assert.Contains("claims[0] = null", Message(() => Claim.CheckAllAsync([null!])), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Claim.CheckAll(null!));

        static string Message(Func<object> make) =>
            Assert
                .Throws<ArgumentException>(() =>
                {
                    make();
                })
                .Message;
    }

    [Fact]
    public void A_solver_proves_for_all_reals_where_there_is_one()
    {
        string missing = Path.Combine(Path.GetTempPath(), "no-such-solver");
        Assert.Contains(missing, Assert.Throws<ArgumentException>(() => Solver.Z3(missing)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Solver.Z3(null!));
        if (!Solver.TryFindZ3(out Solver? solver))
        {
            Assert.Skip("skipped: no z3 on the PATH");
        }

        Assert.StartsWith("Z3", solver.ToString(), StringComparison.OrdinalIgnoreCase);
        ClaimReport report = Claim.Find("D2").Check(new() { Solver = solver });
        Assert.All(report.Verdicts, item => Assert.IsType<Verdict.Proved>(item.Verdict));
        Assert.Equal(Claim.Find("D2").Queries, report.Verdicts.Select(item => item.Instance));
    }

    // Not from an asynchronous test, which an analyser would rather see await the stream.
    private static Report All(Claim[] claims, CheckSettings settings) => Claim.CheckAll(claims, settings);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private sealed class Recorder : IProgress<double>
    {
        private readonly List<double> _values = [];

        internal int Count => _values.Count;

        public void Report(double value)
        {
            lock (_values)
            {
                _values.Add(value);
            }
        }

        internal void RoseToOne()
        {
            Assert.True(_values.Count > 2);
            Assert.Equal(_values.Order(), _values);
            Assert.All(_values, value => Assert.InRange(value, 0.0, 1.0));
            Assert.Equal(1.0, _values[^1]);
        }
    }
}
