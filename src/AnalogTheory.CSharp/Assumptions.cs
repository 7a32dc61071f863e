using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.FSharp.Core;

namespace AnalogTheory.CSharp;

/// <summary>The assumption checker: from a problem, a device, a noise and a rule to the theorems that say something about them.</summary>
public static class Assumptions
{
    /// <summary>Holds a training against the assumptions of every theorem that concerns its rule.</summary>
    /// <remarks>
    /// The theorems are stated for the asymmetric linear device with w⋄ = 0; with another symmetric point shift W first.
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
    /// <exception cref="ArgumentException">The rule is another one, or its devices are not asymmetric linear ones of one τ with w⋄ = 0.</exception>
    public static AssumptionReport Check(Simulation training, double? largestWeight = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (largestWeight is { } weight)
        {
            Require.positive(nameof(largestWeight), weight);
        }

        double Rate(string symbol) => training.Rule.Parameters[symbol];
        TrainedBy rule = training.Rule switch
        {
            { IsAnalogSgd: true } => TrainedBy.NewAnalogSgdAt(Rate("α")),
            { IsTikiTaka: true } => TrainedBy.NewTikiTakaAt(Rate("α"), Rate("β")),
            _ => throw new ArgumentException(
                $"Expected Analog SGD or Tiki-Taka, which the theorems are about, got {training.Rule}.",
                nameof(training)
            ),
        };
        return AssumptionReport.Of(
            new TrainingSetting(
                training.Problem.Inner,
                RadiusOf(training),
                training.Noise.Inner,
                rule,
                Edge.Vector(training.Start),
                largestWeight is null ? null : FSharpOption<double>.Some(largestWeight.Value)
            )
        );
    }

    // τ of the device or devices.
    private static double RadiusOf(Simulation training)
    {
        double radius = training.Rule.Devices[0].Parameters.GetValueOrDefault("τ", double.NaN);
        foreach (Device device in training.Rule.Devices)
        {
            if (device.Name != "asymmetric linear" || device.Parameters["w⋄"] != 0.0 || device.Parameters["τ"] != radius)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Expected the asymmetric linear device with w⋄ = 0 and one τ, which the theorems are stated for, got {device}."
                    ),
                    nameof(training)
                );
            }
        }

        return radius;
    }
}
