using System;
using System.Collections.Generic;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Pulses;

namespace AnalogTheory.Tiles.Certificates;

/// <summary>How many pulses the circuit sends one element: slots that fire independently with one probability, or a mixture of such trains where lines round at random.</summary>
internal sealed class SentPulses
{
    private readonly List<(double Weight, int Slots, double Probability)> _trains = [];

    internal SentPulses(UpdateSettings settings, PulsePlan plan, float x, float d, double wanted, double granularity)
    {
        Wanted = wanted;
        Exact = wanted * granularity;
        IsExact = settings.Type is PulseType.Exact or PulseType.ExactWithBounds;
        HasBounds = settings.Type != PulseType.Exact;
        bool isImplicit = settings.Type == PulseType.DeterministicImplicit;
        foreach (
            (double ofInput, float inputs) in Outcomes(
                plan.InputScale * MathF.Abs(x),
                isImplicit ? settings.InputResolution : settings.Resolution,
                settings.StochasticRounding
            )
        )
        {
            foreach (
                (double ofOutput, float outputs) in Outcomes(
                    plan.OutputScale * MathF.Abs(d),
                    isImplicit ? settings.OutputResolution : settings.Resolution,
                    settings.StochasticRounding
                )
            )
            {
                float length = plan.BitLength;
                _trains.Add(
                    settings.Type switch
                    {
                        PulseType.MeanCount => (
                            ofInput * ofOutput,
                            (int)MathF.Round(MathF.Round(length * outputs) * MathF.Round(length * inputs) / length),
                            1.0
                        ),
                        PulseType.DeterministicImplicit => (ofInput * ofOutput, (int)MathF.Round(length * outputs * inputs), 1.0),
                        _ => (ofInput * ofOutput, plan.BitLength, (double)outputs * inputs),
                    }
                );
            }
        }
    }

    /// <summary>ν = −α·d·x/Δw_min: pulses that the gradient asks for, with their direction.</summary>
    internal double Wanted { get; }

    /// <summary>Δ = −α·d·x, unit of weight.</summary>
    internal double Exact { get; }

    /// <summary>Whether the outer product is added without pulses.</summary>
    internal bool IsExact { get; }

    /// <summary>Whether weights stay within the element's bounds.</summary>
    internal bool HasBounds { get; }

    /// <summary>Trains by their weight in the mixture, which add up to 1.</summary>
    internal IReadOnlyList<(double Weight, int Slots, double Probability)> Trains => _trains;

    /// <summary>Most pulses that can come.</summary>
    internal int Most
    {
        get
        {
            int most = 0;
            foreach ((_, int slots, double probability) in _trains)
            {
                most = probability > 0.0 ? Math.Max(most, slots) : most;
            }

            return most;
        }
    }

    /// <summary>Mean number of pulses.</summary>
    internal double MeanCount
    {
        get
        {
            double mean = 0.0;
            foreach ((double weight, int slots, double probability) in _trains)
            {
                mean += weight * slots * probability;
            }

            return mean;
        }
    }

    /// <summary>Probabilities of 0 … <see cref="Most"/> pulses.</summary>
    internal double[] Distribution()
    {
        double[] distribution = new double[Most + 1];
        foreach ((double weight, int slots, double probability) in _trains)
        {
            if (probability is 0.0 or 1.0)
            {
                distribution[probability == 0.0 ? 0 : slots] += weight;
                continue;
            }

            // From the most likely number outwards, so that nothing underflows that matters.
            double[] terms = new double[slots + 1];
            int mode = (int)Math.Min(slots, Math.Floor((slots + 1) * probability));
            double odds = probability / (1.0 - probability);
            terms[mode] = 1.0;
            double sum = 1.0;
            for (int k = mode; k < slots; k++)
            {
                sum += terms[k + 1] = terms[k] * odds * (slots - k) / (k + 1.0);
            }

            for (int k = mode; k > 0; k--)
            {
                sum += terms[k - 1] = terms[k] / odds * k / (slots - k + 1.0);
            }

            for (int k = 0; k <= slots; k++)
            {
                distribution[k] += weight * terms[k] / sum;
            }
        }

        return distribution;
    }

    // A line's probability, as the circuit rounds it.
    private static (double Weight, float Probability)[] Outcomes(float p, double resolution, bool atRandom)
    {
        float step = (float)resolution;
        if (step == 0.0f || p == 0.0f)
        {
            return [(1.0, Math.Clamp(p, 0.0f, 1.0f))];
        }

        float steps = p / step;
        if (!atRandom)
        {
            return [(1.0, Math.Clamp(step * MathF.Round(steps), 0.0f, 1.0f))];
        }

        float below = MathF.Floor(steps);
        double up = steps - below;
        return [(1.0 - up, Math.Clamp(step * below, 0.0f, 1.0f)), (up, Math.Clamp(step * (below + 1.0f), 0.0f, 1.0f))];
    }
}
