using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

public sealed partial class Claim
{
    /// <summary>A claim of your own that numbers settle: a comparison on every instance.</summary>
    /// <remarks>
    /// <code>
    /// Claim contraction = Claim.Define(
    ///     "my-contraction", "notebook, p. 12", "0 &lt; α ≤ 1/L ⇒ f(W′) ≤ f(W) without noise",
    ///     [new Hypothesis&lt;double&gt;("α ≤ 1/L", rate => 1.0 - rate)],
    ///     [KeyValuePair.Create("α = .5", 0.5), KeyValuePair.Create("α = 3", 3.0)],
    ///     rate => Comparison.AtMost(measured: 0.5 * Math.Pow(1.0 - rate, 2), bound: 0.5));
    /// Console.WriteLine(contraction.Check());                 // my-contraction: Evaluated, Vacuous
    /// </code>
    /// Rounding is yours to allow for. What your functions throw makes the verdict undecided, with its message; NaN counts against the claim.
    /// </remarks>
    /// <typeparam name="TSetting">What an instance is made of.</typeparam>
    /// <param name="id">Identifier.</param>
    /// <param name="source">Where the claim comes from.</param>
    /// <param name="statement">The statement in one line.</param>
    /// <param name="hypotheses">Hypotheses; where one fails the verdict is vacuous and the comparison is not made.</param>
    /// <param name="instances">Instances by their names, at least one.</param>
    /// <param name="compare">The claim on an instance; it must be pure.</param>
    /// <returns>The claim.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// The identifier is blank, a hypothesis or an instance's name is null, two instances share a name, or there is none.
    /// </exception>
    public static Claim Define<TSetting>(
        string id,
        string source,
        string statement,
        IEnumerable<Hypothesis<TSetting>> hypotheses,
        IEnumerable<KeyValuePair<string, TSetting>> instances,
        Func<TSetting, Comparison> compare
    )
    {
        ArgumentNullException.ThrowIfNull(compare);
        return Own(
            id,
            source,
            statement,
            hypotheses,
            instances,
            Evidence<TSetting>.NewByComputation(
                FuncConvert.FromFunc<TSetting, FSharpList<Core.Comparison>>(setting => ListModule.OfSeq([compare(setting).ToCore()]))
            )
        );
    }

    /// <summary>A claim of your own about an expectation, E margin ≥ 0, settled on independent replicas one by one.</summary>
    /// <remarks>
    /// <code>
    /// Claim fair = Claim.DefineSampled(
    ///     "my-coin", "notebook, p. 13", "E x ≥ −.1",
    ///     [], [KeyValuePair.Create("coin", 0.1)],
    ///     (shift, seed) => shift + (new Random((int)seed).Next(2) == 0 ? 1.0 : -1.0),
    ///     shift => new MarginRange(shift - 1.0, shift + 1.0));
    /// </code>
    /// A replica's margin is one number, such as a bound minus a time average over one run. Steps of one run are no replicas. One margin outside its
    /// range, or not a number, makes the verdict vacuous, with the count. Without a range there is a verdict only once the margins' mean can be normal:
    /// margins without a spread, of fewer than 32 values, or too skewed or heavy-tailed for their number leave it undecided, with the reason.
    /// </remarks>
    /// <typeparam name="TSetting">What an instance is made of.</typeparam>
    /// <param name="id">Identifier.</param>
    /// <param name="source">Where the claim comes from.</param>
    /// <param name="statement">The statement in one line.</param>
    /// <param name="hypotheses">Hypotheses; where one fails the verdict is vacuous and nothing is drawn.</param>
    /// <param name="instances">Instances by their names, at least one.</param>
    /// <param name="margin">
    /// The margin of one replica: a pure function of the setting and the replica's seed, called from several threads.
    /// </param>
    /// <param name="range">
    /// Bounds that every margin of an instance keeps surely. Null, or null for an instance, makes its verdict asymptotic.
    /// </param>
    /// <returns>The claim.</returns>
    /// <exception cref="ArgumentNullException">An argument other than the range is null.</exception>
    /// <exception cref="ArgumentException">
    /// The identifier is blank, a hypothesis or an instance's name is null, two instances share a name, or there is none.
    /// </exception>
    public static Claim DefineSampled<TSetting>(
        string id,
        string source,
        string statement,
        IEnumerable<Hypothesis<TSetting>> hypotheses,
        IEnumerable<KeyValuePair<string, TSetting>> instances,
        Func<TSetting, ulong, double> margin,
        Func<TSetting, MarginRange?>? range = null
    )
    {
        ArgumentNullException.ThrowIfNull(margin);
        return Sampled(id, source, statement, hypotheses, instances, Draw, range);

        double[] Draw(TSetting setting, Execution execution, Key key, uint first, int count)
        {
            double[] margins = new double[count];
            Parallel.For(
                0,
                count,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = execution.Threads == 0 ? Environment.ProcessorCount : execution.Threads,
                    CancellationToken = execution.Cancellation,
                },
                r => margins[r] = margin(setting, KeyModule.fold(first + (ulong)r, key).Bits)
            );
            return margins;
        }
    }

    /// <summary>A claim of your own about an expectation, E margin ≥ 0, settled on independent replicas a batch at a time.</summary>
    /// <remarks>
    /// Faster than one by one where replicas come from an ensemble:
    /// <code>
    /// Claim floor = Claim.DefineSampledInBatches(
    ///     "my-floor", "notebook, p. 14", "avg E‖∇f‖² ≥ .01",
    ///     [], [KeyValuePair.Create("analog", simulation)],
    ///     (simulation, batch) =>
    ///     {
    ///         EnsembleSettings settings = batch.Ensemble(steps: 2000) with { Measures = [Measure.GradientNormSquared] };
    ///         ReadOnlySpan&lt;double&gt; averages = simulation.RunEnsemble(settings).AverageByReplica(Measure.GradientNormSquared);
    ///         return [.. averages.ToArray().Select(average => average - 0.01)];
    ///     });
    /// </code>
    /// Ranges are as for single replicas. A batch that brings the margins of an earlier one again makes the verdict vacuous.
    /// </remarks>
    /// <typeparam name="TSetting">What an instance is made of.</typeparam>
    /// <param name="id">Identifier.</param>
    /// <param name="source">Where the claim comes from.</param>
    /// <param name="statement">The statement in one line.</param>
    /// <param name="hypotheses">Hypotheses; where one fails the verdict is vacuous and nothing is drawn.</param>
    /// <param name="instances">Instances by their names, at least one.</param>
    /// <param name="margins">The margins of a batch of replicas, in order: a pure function of the setting, the seed and the replicas.</param>
    /// <param name="range">
    /// Bounds that every margin of an instance keeps surely. Null, or null for an instance, makes its verdict asymptotic.
    /// </param>
    /// <returns>The claim.</returns>
    /// <exception cref="ArgumentNullException">An argument other than the range is null.</exception>
    /// <exception cref="ArgumentException">
    /// The identifier is blank, a hypothesis or an instance's name is null, two instances share a name, or there is none.
    /// </exception>
    public static Claim DefineSampledInBatches<TSetting>(
        string id,
        string source,
        string statement,
        IEnumerable<Hypothesis<TSetting>> hypotheses,
        IEnumerable<KeyValuePair<string, TSetting>> instances,
        Func<TSetting, ReplicaBatch, ImmutableArray<double>> margins,
        Func<TSetting, MarginRange?>? range = null
    )
    {
        ArgumentNullException.ThrowIfNull(margins);
        return Sampled(id, source, statement, hypotheses, instances, Draw, range);

        double[] Draw(TSetting setting, Execution execution, Key key, uint first, int count) =>
            ImmutableCollectionsMarshal.AsArray(
                Edge.Initialised(margins(setting, new(key.Bits, first, count, execution.Threads, execution.Cancellation)), nameof(margins))
            )!;
    }

    private static Claim Sampled<TSetting>(
        string id,
        string source,
        string statement,
        IEnumerable<Hypothesis<TSetting>> hypotheses,
        IEnumerable<KeyValuePair<string, TSetting>> instances,
        Func<TSetting, Execution, Key, uint, int, double[]> draw,
        Func<TSetting, MarginRange?>? range
    )
    {
        Sampler Sampler(TSetting setting) =>
            new(
                FuncConvert.FromFunc<Execution, Key, uint, int, SampledMargins>(
                    (execution, key, first, count) =>
                        new(draw(setting, execution, key, first, count), FSharpList<Tuple<string, long>>.Empty)
                ),
                range?.Invoke(setting) is { } bounds ? FSharpOption<Tuple<double, double>>.Some(new(bounds.Lower, bounds.Upper)) : null,
                null
            );

        return Own(
            id,
            source,
            statement,
            hypotheses,
            instances,
            Evidence<TSetting>.NewBySampling(FuncConvert.FromFunc<TSetting, Sampler>(Sampler))
        );
    }

    private static Claim Own<TSetting>(
        string id,
        string source,
        string statement,
        IEnumerable<Hypothesis<TSetting>> hypotheses,
        IEnumerable<KeyValuePair<string, TSetting>> instances,
        Evidence<TSetting> evidence
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(hypotheses);
        ArgumentNullException.ThrowIfNull(instances);
        ImmutableArray<Hypothesis<TSetting>> conditions = Edge.WithoutNulls([.. hypotheses], nameof(hypotheses));
        ImmutableArray<KeyValuePair<string, TSetting>> named = Named([.. instances], nameof(instances));
        return new(
            Core.Theorem.pack(
                new Core.Theorem<TSetting>(
                    id,
                    new Core.Source(source, "", ""),
                    "own",
                    statement,
                    ListModule.OfSeq(
                        conditions.Select(condition => new Core.Hypothesis<TSetting>(
                            condition.Name,
                            FuncConvert.FromFunc(condition.Margin)
                        ))
                    ),
                    ListModule.OfSeq(named.Select(instance => Tuple.Create(instance.Key, instance.Value))),
                    evidence,
                    FSharpList<Core.Necessity>.Empty
                )
            )
        );
    }

    // At least one instance, each with a name of its own.
    private static ImmutableArray<KeyValuePair<string, T>> Named<T>(ImmutableArray<KeyValuePair<string, T>> instances, string argument)
    {
        Require.nonEmpty(argument, instances.Length);
        if (instances.Any(instance => instance.Key is null))
        {
            throw new ArgumentException("Expected a name of each instance, got null.", argument);
        }

        return instances.GroupBy(instance => instance.Key).FirstOrDefault(group => group.Skip(1).Any()) is { } twice
            ? throw new ArgumentException($"Expected instances with different names, got '{twice.Key}' twice.", argument)
            : instances;
    }
}
