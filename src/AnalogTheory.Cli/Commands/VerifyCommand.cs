using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Display;
using AnalogTheory.CSharp;
using Spectre.Console;

namespace AnalogTheory.Cli.Commands;

/// <summary><c>verify</c>: settles claims of the theory, each with the evidence that there is.</summary>
internal static class VerifyCommand
{
    internal static Command Create(ToolConsole console)
    {
        Argument<string[]> names = new("claims")
        {
            Description = "Claims by the beginning of their identifiers, such as S3, T or L4-printed; all without one.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        CheckSettings standard = new();
        Option<double> delta = Options.Number(
            "--delta",
            "Chance that any sampled verdict of the whole report is wrong.",
            Range.Between(0.0, 1.0),
            standard.Delta
        );
        Option<int> budget = Options.Whole("--budget", "Most replicas per instance of a sampled claim.", 0, (int)standard.Samples);
        Option<ulong> seed = Options.Seed(standard.Seed);
        Option<int> threads = Options.Whole("--threads", "Worker threads; 0 for one per processor. Verdicts do not depend on it.", 0, 0);
        Option<string?> solver = Options.Text(
            "--solver",
            "Path of a z3 for the algebraic claims, or 'none'; by default the z3 on the PATH, if there is one.",
            "solver"
        );
        Option<bool> acceptPrinted = new("--accept-printed")
        {
            Description = "A claim that is refuted as it was printed does not count, as long as nothing else is refuted.",
        };
        Option<bool> explain = new("--explain")
        {
            Description =
                "Shows every instance: hypotheses with margins and what would satisfy them, measured against bound, and what the words mean.",
        };
        Command command = new(
            "verify",
            "Settles claims of the theory: proved, exact, computed, supported or refuted at a confidence, vacuous, undecided. "
                + "Exit code 1 if a claim is refuted; six are, as they were printed, and have corrected variants beside them."
        )
        {
            names,
            delta,
            budget,
            seed,
            threads,
            solver,
            acceptPrinted,
            explain,
        };
        HelpWithExamples.Describe(
            command,
            """
            analog-theory verify S3 T9
            analog-theory verify --accept-printed --solver none
            analog-theory verify S3-printed --explain
            analog-theory verify L4 --delta 1e-9 --budget 1000000 --json
            """
        );
        command.SetAction(
            async (parsed, cancellation) =>
            {
                Claim[] claims = Selected(parsed.GetValue(names) ?? []);
                CheckSettings settings = standard with
                {
                    Delta = parsed.GetValue(delta),
                    Samples = parsed.GetValue(budget),
                    Seed = parsed.GetValue(seed),
                    Threads = parsed.GetValue(threads),
                    Solver = SolverOf(console, parsed.GetValue(solver)),
                };
                return await Verify(
                    console,
                    claims,
                    settings,
                    parsed,
                    parsed.GetValue(acceptPrinted),
                    parsed.GetValue(explain),
                    cancellation
                );
            }
        );
        return command;
    }

    private static Claim[] Selected(string[] names) =>
        names.Length == 0
            ? [.. Claim.All]
            :
            [
                .. names
                    .SelectMany(name =>
                        name.Trim().Length > 0 && Claim.StartingWith(name) is { IsEmpty: false } claims
                            ? claims
                            : throw new BadInputException(
                                $"Expected the beginning of a claim's identifier, such as S3 or T9, got '{name}'."
                                    + Nearest.Hint(name, Claim.All.Select(claim => claim.Id))
                            )
                    )
                    .DistinctBy(claim => claim.Id),
            ];

    private static Solver? SolverOf(ToolConsole console, string? name)
    {
        switch (name)
        {
            case "none":
                return null;
            case null:
                return Solver.TryFindZ3(out Solver? found) ? found : null;
            default:
                try
                {
                    return Solver.Z3(console.Resolve(name));
                }
                catch (ArgumentException)
                {
                    throw new BadInputException(
                        $"Expected the path of a z3 that says its version, or 'none', after --solver, got '{name}'."
                    );
                }
        }
    }

    private static async Task<int> Verify(
        ToolConsole console,
        Claim[] claims,
        CheckSettings settings,
        ParseResult parsed,
        bool acceptPrinted,
        bool explains,
        CancellationToken cancellation
    )
    {
        bool asJson = parsed.GetValue(Options.Json);
        VerdictTable table = new(
            asJson ? null : console.Results(),
            console.IsOutTerminal && console.IsErrorTerminal,
            console.IsOutTerminal
        );
        List<ClaimReport> reports = [];
        try
        {
            await table.Show(
                string.Create(CultureInfo.InvariantCulture, $"{claims.Length} claims"),
                async progress =>
                {
                    await foreach (ClaimReport report in Claim.CheckAllAsync(claims, settings, console.Watched(progress), cancellation))
                    {
                        reports.Add(report);
                        table.Add(report);
                    }
                }
            );
        }
        catch (OperationCanceledException stopped)
        {
            if (asJson && reports.Count > 0)
            {
                _ = new Answer(Document(reports, claims, settings, isComplete: false), _ => { }).Give(console, asJson: true);
            }

            throw new Stopped(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{reports.Count} of {claims.Length} claims are settled; for the rest: {Rest(claims, reports, settings, parsed)}"
                ),
                stopped
            );
        }

        string[] against = [.. reports.Where(report => report.IsAgainst).Select(report => report.Id)];
        string[] surprising = [.. reports.Where(report => report.IsAgainst && report.Variant != "printed").Select(report => report.Id)];
        int code = (acceptPrinted ? surprising : against).Length > 0 ? Tool.Failed : Tool.Fine;
        return new Answer(
            Document(reports, claims, settings, isComplete: true, explains),
            ansi =>
            {
                if (explains)
                {
                    foreach ((Claim claim, ClaimReport report) in claims.Zip(reports))
                    {
                        ansi.WriteLine();
                        // Whole lines: people read them on a terminal that wraps, programs in a pipe that does not.
                        console.Out.Write(claim.Explain(report));
                    }
                }

                Summary(ansi, reports, against, surprising, settings);
            },
            code
        ).Give(console, asJson);
    }

    // The same command for what is left, with the δ that is left: both runs together stay within the δ that was asked for.
    private static string Rest(Claim[] claims, List<ClaimReport> reports, CheckSettings settings, ParseResult parsed)
    {
        double delta = settings.Delta - reports.Sum(report => report.DeltaSpent);
        string left = delta.ToString("R", CultureInfo.InvariantCulture);
        string ids = string.Join(' ', claims.Skip(reports.Count).Select(claim => claim.Id));
        return $"analog-theory verify {ids} --delta {left}{CommandText.OptionsOf(parsed, "--delta")}";
    }

    private static JsonObject Document(
        List<ClaimReport> reports,
        Claim[] claims,
        CheckSettings settings,
        bool isComplete,
        bool explains = false
    ) =>
        new()
        {
            ["hypotheses"] = explains
                ? new JsonObject(
                    claims
                        .Take(reports.Count)
                        .Select(claim => KeyValuePair.Create(claim.Id, (JsonNode?)Answer.Node(claim.HypothesesByInstance())))
                )
                : null,
            ["isComplete"] = isComplete,
            ["delta"] = settings.Delta,
            ["deltaSpent"] = reports.Sum(report => report.DeltaSpent),
            ["budget"] = settings.Samples,
            ["seed"] = settings.Seed,
            ["solver"] = settings.Solver?.Name,
            ["refuted"] = Answer.Node(reports.Where(report => report.IsAgainst).Select(report => report.Id)),
            ["refutedOtherThanPrinted"] = Answer.Node(
                reports.Where(report => report.IsAgainst && report.Variant != "printed").Select(report => report.Id)
            ),
            ["claims"] = new JsonArray([.. reports.Select(report => JsonNode.Parse(report.ToJson()))]),
            ["unsettled"] = Answer.Node(claims.Skip(reports.Count).Select(claim => claim.Id)),
        };

    private static void Summary(IAnsiConsole ansi, List<ClaimReport> reports, string[] against, string[] surprising, CheckSettings settings)
    {
        int undecided = reports.Count(report => report.Verdicts.Any(item => item.Verdict is Verdict.Undecided));
        ansi.WriteLine();
        ansi.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{reports.Count} claims: {against.Length} refuted, {undecided} undecided in part; δ = {settings.Delta:G3} for the whole report, {reports.Sum(report => report.DeltaSpent):G2} spent; seed {settings.Seed}; solver: {settings.Solver?.Name ?? "none"}"
            )
        );
        if (surprising.Length > 0)
        {
            ansi.MarkupLineInterpolated($"[red]Refuted: {string.Join(", ", surprising)}[/]");
        }

        if (against.Length > surprising.Length)
        {
            ansi.WriteLine($"Refuted as printed, with corrected variants beside them: {string.Join(", ", against.Except(surprising))}");
        }
    }
}
