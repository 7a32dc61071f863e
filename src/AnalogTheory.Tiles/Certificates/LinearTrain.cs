using System;
using AnalogTheory.Tiles.Elements;

namespace AnalogTheory.Tiles.Certificates;

/// <summary>Mean and deviation of what a train moves an element whose step shrinks by the share κ a pulse, exactly, bounds out of reach.</summary>
/// <remarks>
/// A slot fires with probability p. If it does, the weight moves by G = g + noise and the step g of the next pulse becomes g − κG; so the moments E D, E D²,
/// E Dg and E g² of the displacement D and of g go from slot to slot by linear equations.
/// </remarks>
internal readonly record struct LinearTrain(double Mean, double Deviation)
{
    internal static LinearTrain Of(SentPulses sent, double step, double kappa, double unit, NoiseShape noise)
    {
        double mean = 0.0;
        double square = 0.0;
        foreach ((double weight, int slots, double probability) in sent.Trains)
        {
            (double ofTrain, double squareOfTrain) = Moments(slots, probability, step, kappa, unit, noise);
            mean += weight * ofTrain;
            square += weight * squareOfTrain;
        }

        return new(mean, Math.Sqrt(Math.Max(square - (mean * mean), 0.0)));
    }

    private static (double Mean, double Square) Moments(int slots, double p, double step, double kappa, double unit, NoiseShape noise)
    {
        bool isOfStep = noise.Kind == NoiseKind.OfStep;
        double variance = noise.Relative * noise.Relative;
        double d = 0.0;
        double g = step;
        double dd = 0.0;
        double dg = 0.0;
        double gg = step * step;
        for (int slot = 0; slot < slots; slot++)
        {
            double moved = isOfStep ? (1.0 + variance) * gg : gg + (variance * unit * unit);
            d += p * g;
            dd += p * ((2.0 * dg) + moved);
            dg += p * (gg - (kappa * (dg + moved)));
            gg += p * (kappa * ((kappa * moved) - (2.0 * gg)));
            g -= p * kappa * g;
        }

        return (d, dd);
    }
}
