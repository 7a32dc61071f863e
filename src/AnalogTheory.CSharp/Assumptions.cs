using System;
using Microsoft.FSharp.Core;

namespace AnalogTheory.CSharp;

/// <summary>The assumption checker: from a problem, a device, a noise and a rule to the theorems that say something about them.</summary>
public static class Assumptions
{
    /// <summary>Checks the assumptions of every theorem and claim that concerns the rule of a training, on any device.</summary>
    /// <remarks>
    /// The theorems of the papers are stated for the asymmetric linear device with w⋄ = 0. With another symmetric point the training is seen from it; on any
    /// other device they are vacuous, and the claims about every device (N1, N2, N10, S7) say what may be said there. What holds of the device
    /// itself (D1 to D9) is <see cref="Device.Check()"/>'s.
    /// <code>
    /// Rule rule = Rule.AnalogSgd(Device.AsymmetricLinear(radius: 1.0), learningRate: 0.1);
    /// Simulation training = new(Problem.Quadratic(1.0, [0.5]), Noise.Rademacher(0.3), rule, start: [0.0]);
    /// Console.WriteLine(Assumptions.Check(training));
    /// </code>
    /// </remarks>
    /// <param name="training">Problem, noise, rule and W₀; the rule is Analog SGD or Tiki-Taka.</param>
    /// <param name="largestWeight">W_max &gt; 0 that you vouch for, unit of weight; null for what D2 gives.</param>
    /// <returns>Constants, conditions with their margins, and which theorems apply.</returns>
    /// <exception cref="ArgumentNullException">The training is null.</exception>
    /// <exception cref="ArgumentException">The rule is another one, or W_max is not positive.</exception>
    public static AssumptionReport Check(Simulation training, double? largestWeight = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (largestWeight is { } weight)
        {
            Require.positive(nameof(largestWeight), weight);
        }

        FSharpOption<double>? vouched = largestWeight is null ? null : FSharpOption<double>.Some(largestWeight.Value);
        // K is no assumption's business.
        const int Steps = 1;
        return AssumptionReport.Of(
            training.Rule.Inner.Form switch
            {
                RuleForm.AnalogSgd rule => TrainingAssumptions.ofAnalogSgd(vouched, Claim.AsOwn(training, rule, Steps)),
                RuleForm.TikiTaka rule => TrainingAssumptions.ofTikiTaka(vouched, Claim.AsOwnTwoArrays(training, rule, Steps)),
                _ => throw new ArgumentException(
                    $"Expected Analog SGD or Tiki-Taka, which the theorems are about, got {training.Rule}.",
                    nameof(training)
                ),
            },
            training.Rule.Devices
        );
    }
}
