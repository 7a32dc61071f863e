using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AnalogTheory.CSharp;

/// <summary>
/// A chain of training: a rule on a problem under gradient noise, from a start. Immutable; it runs as often as you like, from any thread.
/// </summary>
/// <remarks>
/// A run is a function of the simulation, the seed and the number of the replica: the same bits on any number of threads, alone or in an
/// ensemble or a grid.
/// </remarks>
public sealed partial class Simulation
{
    private readonly Runner _runner;

    /// <summary>Puts a chain together.</summary>
    /// <param name="problem">Objective f.</param>
    /// <param name="noise">Noise ε of the gradient, g = ∇f + ε.</param>
    /// <param name="rule">Training rule.</param>
    /// <param name="start">W₀, finite, unit of weight; length D.</param>
    /// <param name="batch">How a batch of samples reaches an analog device; digital rules do not notice.</param>
    /// <exception cref="ArgumentNullException">The problem, the noise or the rule is null.</exception>
    /// <exception cref="ArgumentException">
    /// The start is <c>default</c>, not finite or not of length D; the noise belongs to another problem; or the batch is sent per sample
    /// and the problem has no samples.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch mode has no name.</exception>
    public Simulation(Problem problem, Noise noise, Rule rule, ImmutableArray<double> start, BatchMode batch = BatchMode.FullBatch)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(rule);
        Require.length(nameof(start), problem.Dimension, Edge.Initialised(start).Length);
        Require.allFinite(nameof(start), start.AsSpan());
        noise.RequireFits(problem, nameof(noise));
        if (!Enum.IsDefined(batch))
        {
            throw Edge.Undefined(batch);
        }

        if (batch == BatchMode.PerSample && !problem.Inner.Objective.HasSamples)
        {
            throw new ArgumentException(
                $"Expected a problem that is a mean over samples, such as least squares, for batch = {batch}, got {problem}.",
                nameof(batch)
            );
        }

        Problem = problem;
        Noise = noise;
        Rule = rule;
        Start = start;
        Batch = batch;
        _runner = Runner.Of(this);
    }

    /// <summary>Objective f.</summary>
    public Problem Problem { get; }

    /// <summary>Noise of the gradient.</summary>
    public Noise Noise { get; }

    /// <summary>Training rule.</summary>
    public Rule Rule { get; }

    /// <summary>W₀; length D.</summary>
    public ImmutableArray<double> Start { get; }

    /// <summary>How a batch of samples reaches an analog device.</summary>
    public BatchMode Batch { get; }

    /// <summary>One run, streamed: the states of a replica before steps 0, t, 2t, … ≤ K, computed as they are asked for.</summary>
    /// <remarks>The same bits as that replica of an ensemble with the same seed, step by step and slower.</remarks>
    /// <param name="steps">K ≥ 0.</param>
    /// <param name="seed">Seed of all randomness.</param>
    /// <param name="every">t ≥ 1.</param>
    /// <param name="replica">Number of the replica.</param>
    /// <returns>⌊K/t⌋ + 1 states, the same each time they are enumerated.</returns>
    /// <exception cref="ArgumentException">K is below 0, or t below 1.</exception>
    public IEnumerable<Snapshot> Trajectory(long steps, ulong seed, long every = 1, uint replica = 0)
    {
        RequireTrajectory(steps, every);
        return _runner.Trajectory(steps, seed, every, replica, CancellationToken.None);
    }

    /// <summary>One run, streamed without blocking: <see cref="Trajectory"/> computed on the thread pool.</summary>
    /// <param name="steps">K ≥ 0.</param>
    /// <param name="seed">Seed of all randomness.</param>
    /// <param name="every">t ≥ 1; a task is made for every t steps, so 1 is slow.</param>
    /// <param name="replica">Number of the replica.</param>
    /// <param name="cancellationToken">Stops the run between steps.</param>
    /// <returns>⌊K/t⌋ + 1 states.</returns>
    /// <exception cref="ArgumentException">K is below 0, or t below 1.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, while it is enumerated.</exception>
    public IAsyncEnumerable<Snapshot> TrajectoryAsync(
        long steps,
        ulong seed,
        long every = 1,
        uint replica = 0,
        CancellationToken cancellationToken = default
    )
    {
        RequireTrajectory(steps, every);
        return Stream(steps, seed, every, replica, cancellationToken);
    }

    /// <summary>An ensemble of independent replicas; measures are averaged over the second half of the steps.</summary>
    /// <param name="replicas">R ≥ 1.</param>
    /// <param name="steps">K ≥ 0.</param>
    /// <param name="seed">Seed of all randomness.</param>
    /// <param name="measures">What to average.</param>
    /// <returns>What the run leaves.</returns>
    /// <exception cref="ArgumentException">R is below 1, K below 0, or a measure is null or does not fit the rule or D.</exception>
    public Ensemble RunEnsemble(int replicas, long steps, ulong seed, params ImmutableArray<Measure> measures) =>
        RunEnsemble(new EnsembleSettings(replicas, steps, seed) { Measures = measures });

    /// <summary>An ensemble of independent replicas.</summary>
    /// <param name="settings">What to run and look at.</param>
    /// <returns>What the run leaves.</returns>
    /// <exception cref="ArgumentNullException">The settings are null.</exception>
    /// <exception cref="ArgumentException">A measure does not fit the rule or D.</exception>
    public Ensemble RunEnsemble(EnsembleSettings settings) => RunGrid([this], settings)[0];

    /// <summary>An ensemble of independent replicas, on the thread pool.</summary>
    /// <param name="settings">What to run and look at.</param>
    /// <param name="progress">Told the fraction done, rising to 1, from worker threads.</param>
    /// <param name="cancellationToken">Stops the run within a few steps.</param>
    /// <returns>What the run leaves.</returns>
    /// <exception cref="ArgumentNullException">The settings are null.</exception>
    /// <exception cref="ArgumentException">A measure does not fit the rule or D.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<Ensemble> RunEnsembleAsync(
        EnsembleSettings settings,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default
    ) => (await RunGridAsync([this], settings, progress, cancellationToken))[0];

    /// <summary>An ensemble of each of several simulations, such as a grid of learning rates, run side by side.</summary>
    /// <remarks>All use the same seed, so neighbouring points share their random numbers and differ less by chance.</remarks>
    /// <param name="simulations">Points of the grid.</param>
    /// <param name="settings">What to run and look at, the same for all.</param>
    /// <returns>One result per simulation, in their order, each with the bits of a run alone.</returns>
    /// <exception cref="ArgumentNullException">The simulations or the settings are null.</exception>
    /// <exception cref="ArgumentException">A simulation is null, or a measure does not fit its rule or D.</exception>
    public static ImmutableArray<Ensemble> RunGrid(IEnumerable<Simulation> simulations, EnsembleSettings settings) =>
        Engine.Run(Checked(simulations, settings), settings, null, CancellationToken.None);

    /// <summary>An ensemble of each of several simulations, run side by side on the thread pool.</summary>
    /// <remarks>All use the same seed, so neighbouring points share their random numbers and differ less by chance.</remarks>
    /// <param name="simulations">Points of the grid.</param>
    /// <param name="settings">What to run and look at, the same for all.</param>
    /// <param name="progress">Told the fraction done of the whole grid, rising to 1, from worker threads.</param>
    /// <param name="cancellationToken">Stops the run within a few steps.</param>
    /// <returns>One result per simulation, in their order, each with the bits of a run alone.</returns>
    /// <exception cref="ArgumentNullException">The simulations or the settings are null.</exception>
    /// <exception cref="ArgumentException">A simulation is null, or a measure does not fit its rule or D.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Task<ImmutableArray<Ensemble>> RunGridAsync(
        IEnumerable<Simulation> simulations,
        EnsembleSettings settings,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ImmutableArray<Simulation> grid = Checked(simulations, settings);
        return Task.Run(() => Engine.Run(grid, settings, progress, cancellationToken), cancellationToken);
    }

    internal Kernels.Ensembles.EnsemblePlan Plan(EnsembleSettings settings) => _runner.Plan(settings);

    private static void RequireTrajectory(long steps, long every)
    {
        Require.atLeast(nameof(steps), 0, steps);
        Require.atLeast(nameof(every), 1, every);
    }

    private async IAsyncEnumerable<Snapshot> Stream(
        long steps,
        ulong seed,
        long every,
        uint replica,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using IEnumerator<Snapshot> states = _runner.Trajectory(steps, seed, every, replica, cancellationToken).GetEnumerator();
        while (await Task.Run(states.MoveNext, cancellationToken))
        {
            yield return states.Current;
        }
    }

    private static ImmutableArray<Simulation> Checked(IEnumerable<Simulation> simulations, EnsembleSettings settings)
    {
        ArgumentNullException.ThrowIfNull(simulations);
        ArgumentNullException.ThrowIfNull(settings);
        ImmutableArray<Simulation> grid = Edge.WithoutNulls(
            simulations as ImmutableArray<Simulation>? ?? [.. simulations],
            nameof(simulations)
        );
        foreach (Simulation simulation in grid)
        {
            simulation.Check(settings.Measures);
        }

        return grid;
    }

    private void Check(ImmutableArray<Measure> measures)
    {
        foreach (Measure measure in measures)
        {
            if (measure.NeedsAuxiliary && !Rule.HasAuxiliary)
            {
                throw new ArgumentException(
                    $"Expected a rule with an auxiliary array for the measure {measure}, got {Rule}.",
                    nameof(measures)
                );
            }

            if (measure.Kernel.Coordinate >= Problem.Dimension)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Expected a coordinate below D = {Problem.Dimension}, got the measure {measure}."
                    ),
                    nameof(measures)
                );
            }
        }
    }
}

/// <summary>How a batch of samples reaches an analog device.</summary>
public enum BatchMode
{
    /// <summary>One update per step: the device sees |ΣΔₙ|. The dynamic of arXiv 2406.12774v1.</summary>
    FullBatch,

    /// <summary>One update per sample: the device sees Σ|Δₙ|, as on a crossbar with rank-1 pulses, to first order in Δ/τ.</summary>
    PerSample,
}
