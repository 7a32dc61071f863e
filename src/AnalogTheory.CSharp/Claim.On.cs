using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace AnalogTheory.CSharp;

public sealed partial class Claim
{
    /// <summary>
    /// The published claims that <see cref="On"/> can put on trainings of your own: those about a step, a run or the floor of Analog SGD, and about
    /// Tiki-Taka, its auxiliary array and its rates.
    /// </summary>
    public static ImmutableArray<Claim> ForOwnTrainings { get; } = [.. All.Where(claim => IsOfAnalogSgd(claim) || IsOfTikiTaka(claim))];

    /// <summary>The claim with its hypotheses and its bound, on trainings of your own instead of the published instances.</summary>
    /// <remarks>
    /// <code>
    /// Rule rule = Rule.AnalogSgd(Device.AsymmetricLinear(radius: 1.0), learningRate: 0.1);
    /// Simulation mine = new(Problem.Quadratic(1.0, [0.4]), Noise.Rademacher(0.2), rule, start: [0.0]);
    /// Console.WriteLine(Claim.Find("S3-uniform").On([KeyValuePair.Create("mine", mine)], steps: 400).Check().Verdicts[0]);
    /// </code>
    /// S1 and S2 are about one step from W₀ and need noise of finite support; S3 and S4 are about the first K steps, S4 without noise. The constants are
    /// the problem's own. W_max is derived and never assumed: by interval iteration for one weight, f convex and bounded noise, else from Theorem 1;
    /// where neither gives one below τ, A4 fails and the verdict is vacuous. Where no range is known, as with Gaussian noise, sampled verdicts are
    /// asymptotic. An asymmetric linear device with another symmetric point than 0 is seen from it: W − w⋄ is trained on the device with w⋄ = 0, under
    /// noise that does not depend on the weight. On other devices the verdict is vacuous, but for S7, which holds on any.
    /// <para>S5-limit, S6, S7 and S8 speak of the floor or the path of one weight, the array forms of S6 and S7 of any problem; L4 of the lower bound's own
    /// instance. N1, N2 and N10 take any device. T2, T5, T7 and T4 are about a training by Tiki-Taka: its first step, and its auxiliary array while W stays where
    /// it is. T3 is about all paths of K steps, T6 about P along the gradients that W can meet in them; T8 compares K steps with 4K at half of both
    /// rates, T9-proportional averages over K steps, after seven relaxation times, with those over 8K at an eighth of both rates.</para>
    /// What you vouch for is checked with what happens: L, μ, f* and the device at the states that paths visit, the noise's mean, variance and bound
    /// against its draws. A false statement makes the verdict vacuous and is named, with numbers; see <see cref="FailedHypothesis.Note"/>.
    /// </remarks>
    /// <param name="trainings">Trainings by Analog SGD, or by Tiki-Taka where the claim is about it, by their names; at least one.</param>
    /// <param name="steps">K ≥ 1.</param>
    /// <returns>The claim, with the same identifier.</returns>
    /// <exception cref="ArgumentNullException">The trainings are null.</exception>
    /// <exception cref="ArgumentException">
    /// The claim is none of <see cref="ForOwnTrainings"/>; there is no training; one or its name is null, or two share a name; one is of another rule
    /// than the claim speaks of, sends batches per sample, or is not of the form that the claim speaks of, such as one weight; or K is below 1.
    /// </exception>
    public Claim On(IEnumerable<KeyValuePair<string, Simulation>> trainings, int steps)
    {
        ArgumentNullException.ThrowIfNull(trainings);
        Require.atLeast(nameof(steps), 1, steps);
        ImmutableArray<KeyValuePair<string, Simulation>> named = Named([.. trainings], nameof(trainings));
        if (!IsOfAnalogSgd(this) && !IsOfTikiTaka(this))
        {
            throw new ArgumentException(
                $"Expected a claim about a training, one of {string.Join(", ", ForOwnTrainings.Select(claim => claim.Id))}, got {Id}.",
                nameof(trainings)
            );
        }

        FSharpOption<ITheorem>? found = IsOfTikiTaka(this)
            ? OwnTikiTakaModule.tryOn(
                ListModule.OfSeq(
                    named.Select(training => Tuple.Create(training.Key, OwnTwoArrays(training.Value, steps, nameof(trainings))))
                ),
                Inner
            )
            : OwnTrainingModule.tryOn(
                ListModule.OfSeq(named.Select(training => Tuple.Create(training.Key, Own(training.Value, steps, nameof(trainings))))),
                Inner
            );
        return new(found!.Value);
    }

    private static bool IsOfAnalogSgd(Claim claim) =>
        OwnTrainingModule.tryOn(FSharpList<Tuple<string, OwnTraining>>.Empty, claim.Inner) is not null;

    private static bool IsOfTikiTaka(Claim claim) =>
        OwnTikiTakaModule.tryOn(FSharpList<Tuple<string, OwnTikiTaka>>.Empty, claim.Inner) is not null;

    /// <summary>A training by Tiki-Taka as the core's.</summary>
    internal static OwnTikiTaka AsOwnTwoArrays(Simulation training, RuleForm.TikiTaka rule, int steps) =>
        new(
            training.Problem.Inner,
            training.Noise.Inner,
            rule.auxiliary,
            rule.main,
            rule.transferRate,
            rule.learningRate,
            Edge.Vector(training.Start),
            steps
        );

    /// <summary>A training by Analog SGD as the core's.</summary>
    internal static OwnTraining AsOwn(Simulation training, RuleForm.AnalogSgd rule, int steps) =>
        new(training.Problem.Inner, training.Noise.Inner, rule.device, rule.learningRate, Edge.Vector(training.Start), steps);

    private static OwnTikiTaka OwnTwoArrays(Simulation training, int steps, string argument) =>
        training switch
        {
            null => throw new ArgumentException("Expected a training by each name, got null.", argument),
            { Rule.Inner.Form: RuleForm.TikiTaka rule, Batch: BatchMode.FullBatch } => AsOwnTwoArrays(training, rule, steps),
            _ => throw new ArgumentException(
                $"Expected a training by Tiki-Taka on whole batches, got {training.Rule}, {training.Batch}.",
                argument
            ),
        };

    private static OwnTraining Own(Simulation training, int steps, string argument) =>
        training switch
        {
            null => throw new ArgumentException("Expected a training by each name, got null.", argument),
            { Rule.Inner.Form: RuleForm.AnalogSgd rule, Batch: BatchMode.FullBatch } => AsOwn(training, rule, steps),
            _ => throw new ArgumentException(
                $"Expected a training by Analog SGD on whole batches, got {training.Rule}, {training.Batch}.",
                argument
            ),
        };
}
