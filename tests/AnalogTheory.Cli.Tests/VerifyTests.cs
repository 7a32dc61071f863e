using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

public class VerifyTests
{
    [Fact]
    public async Task A_refuted_claim_ends_with_1_and_is_named()
    {
        using Shell shell = new();
        Outcome outcome = await shell.Run("verify", "S4-printed", "--json");
        Assert.Equal((1, ""), (outcome.Code, outcome.Error));
        Assert.Equal(["S4-printed"], outcome.Document["refuted"]!.AsArray().Select(id => (string)id!));
        Assert.Empty(outcome.Document["refutedOtherThanPrinted"]!.AsArray());
    }

    [Fact]
    public async Task A_claim_refuted_as_printed_can_be_accepted()
    {
        using Shell shell = new();
        Outcome outcome = await shell.Run("verify", "S4-printed", "--accept-printed");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains("Refuted as printed", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claims_that_hold_end_with_0_and_say_on_what_evidence()
    {
        using Shell shell = new();
        Outcome outcome = await shell.Run("verify", "S2", "--solver", "none", "--json");
        Assert.Equal(0, outcome.Code);
        JsonNode exact = outcome.Document["claims"]!.AsArray().Single(claim => (string)claim!["id"]! == "S2")!;
        Assert.All(exact["verdicts"]!.AsArray(), item => Assert.Equal("exact", (string)item!["verdict"]!["kind"]!));
        Assert.True((bool)outcome.Document["isComplete"]!);
    }

    [Fact]
    public async Task A_stopped_report_holds_what_is_settled_and_says_how_to_go_on()
    {
        using CancellationTokenSource stop = new();
        using Shell shell = new() { Watch = new StopAt(0.5, stop) };
        Outcome outcome = await shell.RunUntil(stop.Token, "verify", "S2", "S4-printed", "L4-printed", "--json");
        Assert.Equal(130, outcome.Code);
        Assert.False((bool)outcome.Document["isComplete"]!);
        Assert.NotEmpty(outcome.Document["claims"]!.AsArray());
        Assert.Contains("for the rest: analog-theory verify", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explained_a_claim_shows_every_hypothesis_and_what_the_words_mean()
    {
        using Shell shell = new();
        Outcome outcome = await shell.Run("verify", "S4-printed", "--explain", "--accept-printed");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Matches(@"\n  A1: f is L-smooth holds", outcome.Out);
        Assert.Matches(@"\n  α ≤ 1/L holds by 0\.\d+", outcome.Out);
        Assert.Matches(@"\nmargin: distance to the wrong side", outcome.Out);
        Assert.DoesNotContain("E-324", outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", outcome.Out, StringComparison.Ordinal);
        JsonNode json = (await shell.Run("verify", "S4-printed", "--explain", "--accept-printed", "--json")).Document;
        Assert.Equal("A1: f is L-smooth", (string)json["hypotheses"]!["S4-printed"]![0]!["hypotheses"]![0]!["name"]!);
    }

    [Fact]
    public async Task A_statement_is_not_cut_in_a_pipe()
    {
        using Shell shell = new();
        Outcome outcome = await shell.Run("verify", "D2-sharp", "--solver", "none");
        Assert.DoesNotContain('…', outcome.Out.Split("72 claims")[0]);
        Assert.Contains(
            "lands on w⋄+(1+2δ)τ",
            (await shell.Run("verify", "D2-sharp", "--explain", "--solver", "none")).Out,
            StringComparison.Ordinal
        );
    }
}
