using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>A claim about analog training as a value: published, or one's own, in one variant. Immutable.</summary>
/// <remarks>
/// <code>
/// Console.WriteLine(Claim.Find("S2").Check());            // S2: Exact (8)
/// foreach (InstanceVerdict item in Claim.Find("S3-weighted").Check().Verdicts) Console.WriteLine(item);
/// </code>
/// </remarks>
public sealed partial class Claim
{
    internal Claim(ITheorem inner) => Inner = inner;

    /// <summary>Every published claim in every variant, in the order of the theory: devices, Analog SGD, the lower bound, Tiki-Taka.</summary>
    public static ImmutableArray<Claim> All { get; } = [.. Registry.all.Select(theorem => new Claim(theorem))];

    /// <summary>Identifier with variant, such as <c>S3-weighted</c>.</summary>
    public string Id => Inner.Id;

    /// <summary>Where the claim comes from, such as <c>arXiv 2406.12774v1, Theorem 2</c>.</summary>
    public string Source => Inner.Source.ToString();

    /// <summary>Variant, such as <c>printed</c>, <c>repaired</c>, <c>weighted</c>.</summary>
    public string Variant => Inner.Variant;

    /// <summary>The statement in one line, with its explicit constants.</summary>
    public string Statement => Inner.Statement;

    /// <summary>Names of the hypotheses, in the order of the source.</summary>
    public ImmutableArray<string> Hypotheses => [.. Inner.Hypotheses];

    /// <summary>Names of the instances on which the claim is checked; empty for claims that a solver settles for all reals.</summary>
    public ImmutableArray<string> Instances => [.. Inner.Instances];

    /// <summary>Names of the queries by which a solver settles the claim; empty for claims that are checked on instances.</summary>
    public ImmutableArray<string> Queries => [.. Inner.Queries.Select(query => query.Name)];

    /// <summary>Hypotheses that <see cref="TryDrop"/> can try the claim without.</summary>
    public ImmutableArray<string> Necessity => [.. Inner.Necessity.Select(search => search.Hypothesis)];

    internal ITheorem Inner { get; }

    /// <summary>The published claim with an identifier.</summary>
    /// <param name="id">Identifier, in upper or lower case.</param>
    /// <returns>The claim.</returns>
    /// <exception cref="ArgumentNullException">The identifier is null.</exception>
    /// <exception cref="ArgumentException">No claim has it; the message names those that begin so, or the nearest one that there is.</exception>
    public static Claim Find(string id) =>
        TryFind(id, out Claim? claim)
            ? claim
            : throw new ArgumentException(
                StartingWith(id) is { IsEmpty: false } several
                    ? $"Expected the identifier of one claim, got '{id}', which begins several: {string.Join(", ", several.Select(known => known.Id))}."
                    : $"Expected the identifier of a claim, got '{id}'; did you mean '{Edge.Nearest(id, All.Select(known => known.Id))}'?",
                nameof(id)
            );

    /// <summary>The published claim with an identifier, if there is one.</summary>
    /// <param name="id">Identifier, in upper or lower case.</param>
    /// <param name="claim">The claim, or null.</param>
    /// <returns>Whether a claim has the identifier.</returns>
    /// <exception cref="ArgumentNullException">The identifier is null.</exception>
    public static bool TryFind(string id, [NotNullWhen(true)] out Claim? claim)
    {
        ArgumentNullException.ThrowIfNull(id);
        claim = All.FirstOrDefault(known => known.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
        return claim is not null;
    }

    /// <summary>The published claims whose identifiers begin so: <c>S3</c> gives its variants but not an S31, <c>T</c> all of Tiki-Taka.</summary>
    /// <param name="prefix">Beginning of an identifier, in upper or lower case.</param>
    /// <returns>The claims in their order; none if there is no such beginning.</returns>
    /// <exception cref="ArgumentNullException">The prefix is null.</exception>
    public static ImmutableArray<Claim> StartingWith(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        bool endsInDigit = prefix.Length > 0 && char.IsAsciiDigit(prefix[^1]);
        return
        [
            .. All.Where(claim =>
                claim.Id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
                && !(endsInDigit && claim.Id.Length > prefix.Length && char.IsAsciiDigit(claim.Id[prefix.Length]))
            ),
        ];
    }

    /// <summary>Checks the claim: its hypotheses first, then whatever evidence it offers, on every instance.</summary>
    /// <remarks>An exception in a claim's own functions makes that verdict undecided, with its message.</remarks>
    /// <param name="settings">δ, budget, seed, threads, solver; null for the defaults.</param>
    /// <returns>One verdict per instance or query.</returns>
    public ClaimReport Check(CheckSettings? settings = null)
    {
        settings ??= new();
        return Check(Budget([this], settings), settings, null, CancellationToken.None);
    }

    /// <summary>Checks the claim on the thread pool.</summary>
    /// <param name="settings">δ, budget, seed, threads, solver; null for the defaults.</param>
    /// <param name="progress">Told the fraction done, rising to 1, from worker threads; a claim that is settled early jumps.</param>
    /// <param name="cancellationToken">Stops within a few steps of a run; a solver's question and an exact sum are waited for.</param>
    /// <returns>One verdict per instance or query.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<ClaimReport> CheckAsync(
        CheckSettings? settings = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        settings ??= new();
        return Task.Run(() => Check(Budget([this], settings), settings, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Checks several claims under one δ, which their sampled instances share.</summary>
    /// <param name="claims">Claims with different identifiers.</param>
    /// <param name="settings">δ of all of them together, budget, seed, threads, solver; null for the defaults.</param>
    /// <returns>One report a claim, and the δ spent.</returns>
    /// <exception cref="ArgumentNullException">The claims are null.</exception>
    /// <exception cref="ArgumentException">A claim is null, or two have one identifier.</exception>
    public static Report CheckAll(IEnumerable<Claim> claims, CheckSettings? settings = null)
    {
        settings ??= new();
        ImmutableArray<Claim> all = Distinct(claims);
        ErrorBudget budget = Budget(all, settings);
        return new(settings.Delta, [.. all.Select(claim => claim.Check(budget, settings, null, CancellationToken.None))]);
    }

    /// <summary>Checks several claims under one δ, on the thread pool; the streamed form is <see cref="CheckAllAsync"/>.</summary>
    /// <param name="claims">Claims with different identifiers.</param>
    /// <param name="settings">δ of all of them together, budget, seed, threads, solver; null for the defaults.</param>
    /// <param name="progress">Told the fraction done of all claims, rising to 1, from worker threads.</param>
    /// <param name="cancellationToken">Stops within a few steps of a run.</param>
    /// <returns>One report a claim, and the δ spent.</returns>
    /// <exception cref="ArgumentNullException">The claims are null.</exception>
    /// <exception cref="ArgumentException">A claim is null, or two have one identifier.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Task<Report> ReportAsync(
        IEnumerable<Claim> claims,
        CheckSettings? settings = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        settings ??= new();
        ImmutableArray<Claim> all = Distinct(claims);
        return Task.Run(
            () =>
            {
                ErrorBudget budget = Budget(all, settings);
                return new Report(
                    settings.Delta,
                    [.. all.Select((claim, i) => claim.Check(budget, settings, Part(progress, i, all.Length), cancellationToken))]
                );
            },
            cancellationToken
        );
    }

    /// <summary>Checks several claims under one δ and gives each report as soon as its claim is settled.</summary>
    /// <param name="claims">Claims with different identifiers.</param>
    /// <param name="settings">δ of all of them together, budget, seed, threads, solver; null for the defaults.</param>
    /// <param name="progress">Told the fraction done of all claims, rising to 1, from worker threads.</param>
    /// <param name="cancellationToken">Stops within a few steps of a run; what was given already stays.</param>
    /// <returns>The reports, in the order of the claims.</returns>
    /// <exception cref="ArgumentNullException">The claims are null.</exception>
    /// <exception cref="ArgumentException">A claim is null, or two have one identifier.</exception>
    public static IAsyncEnumerable<ClaimReport> CheckAllAsync(
        IEnumerable<Claim> claims,
        CheckSettings? settings = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default
    ) => Stream(Distinct(claims), settings ?? new(), progress, cancellationToken);

    /// <summary>Tries the claim without one of its hypotheses: an instance that fails it, keeps all others, and violates the claim.</summary>
    /// <remarks>Searches of slow claims take seconds. Finding none proves nothing.</remarks>
    /// <param name="hypothesis">One of <see cref="Necessity"/>.</param>
    /// <param name="seed">Seed of the search.</param>
    /// <param name="violation">The smallest violation that the search saw, or null.</param>
    /// <returns>Whether one was found.</returns>
    /// <exception cref="ArgumentNullException">The hypothesis is null.</exception>
    /// <exception cref="ArgumentException">It is none of <see cref="Necessity"/>.</exception>
    public bool TryDrop(string hypothesis, ulong seed, [NotNullWhen(true)] out Violation? violation)
    {
        ArgumentNullException.ThrowIfNull(hypothesis);
        Core.Necessity search =
            Inner.Necessity.FirstOrDefault(known => known.Hypothesis == hypothesis)
            ?? throw new ArgumentException(
                Inner.Necessity.IsEmpty
                    ? $"Expected a claim with a search that drops a hypothesis, got {Id}, which has none."
                    : $"Expected one of the hypotheses of {Id}, [{string.Join("; ", Necessity)}], got '{hypothesis}'.",
                nameof(hypothesis)
            );
        // The ledger's key, so that the same seed finds the same violation.
        FSharpOption<Core.Violation>? found = search.Search.Invoke(
            KeyModule.named(hypothesis, KeyModule.named(Id, KeyModule.ofSeed(seed)))
        );
        violation = found is null ? null : new(hypothesis, found.Value);
        return violation is not null;
    }

    /// <summary>Identifier and statement.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Id}: {Statement}";

    private static ErrorBudget Budget(ImmutableArray<Claim> claims, CheckSettings settings) =>
        ErrorBudgetModule.split(settings.Delta, ListModule.OfSeq(claims.Select(claim => claim.Inner)));

    private static ImmutableArray<Claim> Distinct(IEnumerable<Claim> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ImmutableArray<Claim> all = Edge.WithoutNulls(claims as ImmutableArray<Claim>? ?? [.. claims], nameof(claims));
        string? twice = all.GroupBy(claim => claim.Id).FirstOrDefault(group => group.Skip(1).Any())?.Key;
        return twice is null
            ? all
            : throw new ArgumentException($"Expected claims with different identifiers, got {twice} twice.", nameof(claims));
    }

    private static PartProgress? Part(IProgress<double>? progress, int index, int count) =>
        progress is null ? null : new PartProgress(progress, index, count);

    private static async IAsyncEnumerable<ClaimReport> Stream(
        ImmutableArray<Claim> claims,
        CheckSettings settings,
        IProgress<double>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        ErrorBudget budget = await Task.Run(() => Budget(claims, settings), cancellationToken);
        for (int i = 0; i < claims.Length; i++)
        {
            Claim claim = claims[i];
            PartProgress? part = Part(progress, i, claims.Length);
            yield return await Task.Run(() => claim.Check(budget, settings, part, cancellationToken), cancellationToken);
        }
    }

    private ClaimReport Check(ErrorBudget budget, CheckSettings settings, IProgress<double>? progress, CancellationToken cancellation)
    {
        double delta = ErrorBudgetModule.share(budget, Inner);
        Core.CheckSettings spending = new(
            KeyModule.ofSeed(settings.Seed),
            delta,
            settings.Samples,
            settings.Solver is null ? null : FSharpOption<ISolver>.Some(settings.Solver.Inner),
            new Execution(
                settings.Threads,
                Kernels.Ensembles.LaneWidth.Widest,
                progress is null ? null : FSharpOption<IProgress<double>>.Some(progress),
                cancellation
            )
        );
        ImmutableArray<Tuple<string, Core.Verdict>> verdicts = [.. ProofCheck.run(spending, Inner)];
        progress?.Report(1.0);
        return new(
            Id,
            Source,
            Variant,
            Statement,
            [.. verdicts.Select(item => new InstanceVerdict(item.Item1, Verdict.Of(item.Item2)))],
            delta,
            ErrorBudgetModule.spent(verdicts.Select(item => item.Item2)),
            settings.Samples,
            settings.Seed
        );
    }

    // Claim i of n; its progress becomes a part of the whole.
    private sealed class PartProgress(IProgress<double> whole, int index, int count) : IProgress<double>
    {
        public void Report(double value) => whole.Report((index + value) / count);
    }
}
