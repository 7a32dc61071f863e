using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace AnalogTheory.CSharp;

public sealed partial class Claim
{
    /// <summary>The published claims that <see cref="On"/> can put on trainings of your own: those about a step or a run of Analog SGD.</summary>
    public static ImmutableArray<Claim> ForOwnTrainings { get; } =
    [.. All.Where(claim => OwnTrainingModule.tryOn(FSharpList<Tuple<string, OwnTraining>>.Empty, claim.Inner) is not null)];

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
    /// asymptotic. On a device that is not asymmetric linear with w⋄ = 0 the verdict is vacuous too: with another symmetric point shift W first.
    /// What you vouch for is held against what happens: L, μ, f* and the device at the states that paths visit, the noise's mean, variance and bound
    /// against its draws. A false statement makes the verdict vacuous and is named, with numbers; see <see cref="FailedHypothesis.Note"/>.
    /// </remarks>
    /// <param name="trainings">Trainings by Analog SGD by their names, at least one.</param>
    /// <param name="steps">K ≥ 1.</param>
    /// <returns>The claim, with the same identifier.</returns>
    /// <exception cref="ArgumentNullException">The trainings are null.</exception>
    /// <exception cref="ArgumentException">
    /// The claim is none of <see cref="ForOwnTrainings"/>; there is no training; one or its name is null, or two share a name; one is of another rule
    /// than Analog SGD or sends batches per sample; or K is below 1.
    /// </exception>
    public Claim On(IEnumerable<KeyValuePair<string, Simulation>> trainings, int steps)
    {
        ArgumentNullException.ThrowIfNull(trainings);
        Require.atLeast(nameof(steps), 1, steps);
        ImmutableArray<KeyValuePair<string, Simulation>> named = Named([.. trainings], nameof(trainings));
        FSharpList<Tuple<string, OwnTraining>> own = ListModule.OfSeq(
            named.Select(training => Tuple.Create(training.Key, Own(training.Value, steps, nameof(trainings))))
        );
        FSharpOption<ITheorem>? found = OwnTrainingModule.tryOn(own, Inner);
        return found is not null
            ? new(found.Value)
            : throw new ArgumentException(
                $"Expected a claim about a step or a run of Analog SGD, one of {string.Join(", ", ForOwnTrainings.Select(claim => claim.Id))}, got {Id}.",
                nameof(trainings)
            );
    }

    private static OwnTraining Own(Simulation training, int steps, string argument) =>
        training switch
        {
            null => throw new ArgumentException("Expected a training by each name, got null.", argument),
            { Rule.IsAnalogSgd: true, Batch: BatchMode.FullBatch } => new(
                training.Problem.Inner,
                training.Noise.Inner,
                training.Rule.Devices[0].Inner,
                training.Rule.Parameters["α"],
                Edge.Vector(training.Start),
                steps
            ),
            _ => throw new ArgumentException(
                $"Expected a training by Analog SGD on whole batches, got {training.Rule}, {training.Batch}.",
                argument
            ),
        };
}
