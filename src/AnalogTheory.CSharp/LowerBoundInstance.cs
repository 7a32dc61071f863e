using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Kernels.Algebra;
using Microsoft.FSharp.Core;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>
/// The instance that Theorem 3 builds, on which Analog SGD keeps the floor σ²r²/(1 − r²): f = (L/2)‖W − w*·1‖² with noise that leans
/// against the weight. Immutable.
/// </summary>
/// <remarks>Source: arXiv 2406.12774v1, Theorem 3, with the sharp constant 1 in the place of its 4.</remarks>
public sealed class LowerBoundInstance
{
    private readonly Core.LowerBoundInstance _inner;

    private LowerBoundInstance(Core.LowerBoundInstance inner)
    {
        _inner = inner;
        Problem = Problem.Quadratic(inner.Curvature, [.. Enumerable.Repeat(inner.Minimizer, inner.Dimension)]);
        Noise = Noise.StateDependentTwoPoint(inner.CoordinateDeviation, inner.Radius);
        Device = Device.AsymmetricLinear(inner.Radius);
    }

    /// <summary>L; loss/weight².</summary>
    public double Curvature => _inner.Curvature;

    /// <summary>τ; weight.</summary>
    public double Radius => _inner.Radius;

    /// <summary>σ, E‖ε‖² = σ² in every state; loss/weight.</summary>
    public double Deviation => _inner.Deviation;

    /// <summary>D.</summary>
    public int Dimension => _inner.Dimension;

    /// <summary>w*, every coordinate of the minimiser; weight. Above τ the device absorbs the weight there.</summary>
    public double Minimizer => _inner.Minimizer;

    /// <summary>r, the signed saturation w/τ at which the expected step vanishes.</summary>
    public double Saturation => _inner.Saturation;

    /// <summary>rτ, the weight at which the expected step vanishes for every α.</summary>
    public double FixedPoint => _inner.FixedPoint;

    /// <summary>The floor σ²r²/(1 − r²), which is ‖∇f‖² at the fixed point; (loss/weight)².</summary>
    public double Floor => _inner.Floor;

    /// <summary>f.</summary>
    public Problem Problem { get; }

    /// <summary>The state-dependent two-point noise.</summary>
    public Noise Noise { get; }

    /// <summary>The asymmetric linear device.</summary>
    public Device Device { get; }

    /// <summary>The instance with a wanted saturation r: w* = rτ + (σ/(L√D))·r/√(1 − r²).</summary>
    /// <param name="curvature">L &gt; 0, loss/weight².</param>
    /// <param name="radius">τ &gt; 0, unit of weight.</param>
    /// <param name="deviation">σ &gt; 0 of the whole noise vector, loss/weight.</param>
    /// <param name="dimension">D ≥ 1.</param>
    /// <param name="saturation">r in (−1, 1).</param>
    /// <returns>The instance.</returns>
    /// <exception cref="ArgumentException">A parameter is outside its range.</exception>
    public static LowerBoundInstance OfSaturation(double curvature, double radius, double deviation, int dimension, double saturation) =>
        new(LowerBoundInstanceModule.ofSaturation(curvature, radius, deviation, dimension, saturation));

    /// <summary>The instance with a given minimiser, whose saturation solves the same equation.</summary>
    /// <param name="curvature">L &gt; 0, loss/weight².</param>
    /// <param name="radius">τ &gt; 0, unit of weight.</param>
    /// <param name="deviation">σ &gt; 0 of the whole noise vector, loss/weight.</param>
    /// <param name="dimension">D ≥ 1.</param>
    /// <param name="minimizer">w*, finite, unit of weight.</param>
    /// <returns>The instance.</returns>
    /// <exception cref="ArgumentException">A parameter is outside its range.</exception>
    public static LowerBoundInstance OfMinimizer(double curvature, double radius, double deviation, int dimension, double minimizer) =>
        new(LowerBoundInstanceModule.ofMinimizer(curvature, radius, deviation, dimension, minimizer));

    /// <summary>A rule on the instance, from equal weights.</summary>
    /// <param name="rule">Training rule.</param>
    /// <param name="start">Every coordinate of W₀, unit of weight; null for w*, as in Theorem 3.</param>
    /// <returns>The simulation.</returns>
    /// <exception cref="ArgumentNullException">The rule is null.</exception>
    /// <exception cref="ArgumentException">The start is not finite.</exception>
    public Simulation Simulation(Rule rule, double? start = null) =>
        new(Problem, Noise, rule, [.. Enumerable.Repeat(start ?? Minimizer, Dimension)]);

    /// <summary>Expected step of one coordinate of Analog SGD per α: −[∇f(1 − r²) + (σ/√D)·r√(1 − r²)] while the noise outweighs the gradient.</summary>
    /// <remarks>Source: arXiv 2406.12774v1, Lemma 4.</remarks>
    /// <param name="w">Weight.</param>
    /// <returns>The drift, loss/weight.</returns>
    public double Drift(double w) => LowerBoundInstanceModule.drift(_inner, w);

    /// <summary>The conditions under which v1 states Theorem 3, each with its signed margin.</summary>
    /// <param name="learningRate">α &gt; 0, weight²/loss.</param>
    /// <returns>The conditions; outside of them the floor is the same, but v1 does not say so.</returns>
    /// <exception cref="ArgumentException">α is not a finite number above 0.</exception>
    public LowerBoundRegion Region(double learningRate)
    {
        Require.positive(nameof(learningRate), learningRate);
        Core.LowerBoundRegion region = LowerBoundInstanceModule.region(learningRate, _inner);
        return new(region.Minimizer, region.Deviation, region.LearningRate);
    }

    /// <summary>The weights that Analog SGD can reach, whatever the noise does, enclosed by interval arithmetic.</summary>
    /// <param name="learningRate">α &gt; 0, weight²/loss.</param>
    /// <param name="start">Every coordinate of W₀, finite, unit of weight.</param>
    /// <param name="lower">Smallest weight; NaN if no bound was found.</param>
    /// <param name="upper">Largest weight; NaN if no bound was found.</param>
    /// <returns>Whether a bound inside (−τ, τ) was found; where none was, Assumption 4 may fail.</returns>
    /// <exception cref="ArgumentException">α is not a finite number above 0, or the start is not finite.</exception>
    public bool TryReachable(double learningRate, double start, out double lower, out double upper)
    {
        Require.positive(nameof(learningRate), learningRate);
        Require.finite(nameof(start), start);
        FSharpOption<Interval>? reach = LowerBoundInstanceModule.reachable(learningRate, start, _inner);
        (lower, upper) = reach is null ? (double.NaN, double.NaN) : (reach.Value.Lower, reach.Value.Upper);
        return reach is not null;
    }

    /// <summary>W_max of Assumption 4, by the same enclosure.</summary>
    /// <param name="learningRate">α &gt; 0, weight²/loss.</param>
    /// <param name="start">Every coordinate of W₀, finite, unit of weight.</param>
    /// <returns>W_max, unit of weight; τ where no bound below τ was found.</returns>
    /// <exception cref="ArgumentException">α is not a finite number above 0, or the start is not finite.</exception>
    public double LargestWeight(double learningRate, double start) =>
        TryReachable(learningRate, start, out double lower, out double upper) ? Math.Max(Math.Abs(lower), Math.Abs(upper)) : Radius;

    /// <summary>Measures E‖∇f‖²/(σ²S_K) of Analog SGD along a ladder of learning rates: the floor in units of what Theorem 3 predicts.</summary>
    /// <remarks>
    /// Each rung starts at the fixed point, leaves 5/(αL) steps to the transient, and averages over min(40,000, 400/(αL)) steps per replica. The ratio
    /// tends to 1 as α → 0; v1 prints 4.
    /// </remarks>
    /// <param name="learningRates">α of the rungs, each a finite number above 0; at least one, different from one another.</param>
    /// <param name="replicas">Independent replicas per rung, at least 2; the interval shrinks like their square root.</param>
    /// <param name="seed">Seed of all randomness.</param>
    /// <param name="progress">Told the fraction done, rising to 1, from a worker thread.</param>
    /// <param name="cancellationToken">Stops within a few steps.</param>
    /// <returns>One rung per learning rate, in their order.</returns>
    /// <exception cref="ArgumentNullException">The learning rates are null.</exception>
    /// <exception cref="ArgumentException">There are none, two are equal, one is outside its range, or there are fewer than 2 replicas.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<ImmutableArray<FloorRatio>> MeasureRatiosAsync(
        IEnumerable<double> learningRates,
        int replicas,
        ulong seed,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(learningRates);
        ImmutableArray<double> rates = [.. learningRates];
        Require.nonEmpty(nameof(learningRates), rates.Length);
        Require.atLeast(nameof(replicas), 2, replicas);
        for (int i = 0; i < rates.Length; i++)
        {
            Require.positive(string.Create(CultureInfo.InvariantCulture, $"learningRates[{i}]"), rates[i]);
            if (rates.IndexOf(rates[i]) < i)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Expected different learning rates, got {rates[i]:R} twice."),
                    nameof(learningRates)
                );
            }
        }

        return Task.Run(() => Measure(rates, replicas, seed, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Such as <c>lower bound's instance (L = 1, τ = 1, σ = 0.3, D = 1, w* = 0.6732, r = 0.5)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"lower bound's instance (L = {Curvature:G4}, τ = {Radius:G4}, σ = {Deviation:G4}, D = {Dimension}, w* = {Minimizer:G4}, r = {Saturation:G4})"
        );

    // One rung after the other, so that progress and a stop are those of a run that is known.
    private ImmutableArray<FloorRatio> Measure(
        ImmutableArray<double> rates,
        int replicas,
        ulong seed,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        ImmutableArray<FloorRatio>.Builder rungs = ImmutableArray.CreateBuilder<FloorRatio>(rates.Length);
        foreach (double rate in rates)
        {
            cancellation.ThrowIfCancellationRequested();
            LowerBoundRatio.Rung rung = LowerBoundRatio.measure(
                new Execution(0, Kernels.Ensembles.LaneWidth.Widest, null, cancellation),
                KeyModule.ofSeed(seed),
                replicas,
                rate,
                _inner
            );
            rungs.Add(
                new(
                    rate,
                    new Estimate(rung.Ratio.Mean, rung.Ratio.StandardError, rung.Ratio.Count),
                    rung.Computed?.Value.Value ?? double.NaN,
                    rung.Computed?.Value.Error ?? double.NaN,
                    LargestWeight(rate, FixedPoint),
                    rung.Computed is not null
                )
            );
            progress?.Report((double)rungs.Count / rates.Length);
        }

        return rungs.ToImmutable();
    }
}

/// <summary>Conditions under which v1 states Theorem 3, each with its signed margin: at least 0 holds.</summary>
/// <param name="Minimizer">τ/4 − |w*|; weight.</param>
/// <param name="Deviation">τL√D/(4√3) − σ; loss/weight.</param>
/// <param name="LearningRate">min{1/(2L), 1/(L + 6σ/(τ√D))} − α; weight²/loss.</param>
public readonly record struct LowerBoundRegion(double Minimizer, double Deviation, double LearningRate)
{
    /// <summary>Whether all three hold.</summary>
    public bool Holds => Minimizer >= 0.0 && Deviation >= 0.0 && LearningRate >= 0.0;
}

/// <summary>One rung of a ladder of learning rates on the lower bound's instance.</summary>
/// <param name="LearningRate">α, weight²/loss.</param>
/// <param name="Ratio">Measured E‖∇f‖²/(σ²S_K) with its standard error over replicas.</param>
/// <param name="Computed">The stationary ratio by Ulam's method; NaN where A4 is not known to hold.</param>
/// <param name="ComputedError">A bound on its error.</param>
/// <param name="LargestWeight">W_max, unit of weight; τ where no bound below τ was found.</param>
/// <param name="AssumptionFourHolds">Whether no path can reach ±τ, by interval arithmetic; if not, the ratio is data and no test of the theorem.</param>
public readonly record struct FloorRatio(
    double LearningRate,
    Estimate Ratio,
    double Computed,
    double ComputedError,
    double LargestWeight,
    bool AssumptionFourHolds
);
