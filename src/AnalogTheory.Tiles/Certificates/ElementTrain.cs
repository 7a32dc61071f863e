using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Pulses;
using AnalogTheory.Tiles.Elements;
using AnalogTheory.Tiles.Pulses;

namespace AnalogTheory.Tiles.Certificates;

/// <summary>One element under the pulses that it is sent: mean, deviation and distance from the mean field, in double.</summary>
internal readonly struct ElementTrain(double[] parameters, NoiseShape noise, double w, SentPulses sent)
    : IElementVisitor<Scalar, ElementError>
{
    // A pulse's noise is not larger.
    private const double LargestNormal = 6.6625;

    private readonly NoiseShape _noise = noise;

    public ElementError VisitLinear<TMaker>(TMaker maker)
        where TMaker : struct, ILinearMaker<Scalar>
    {
        ScalarParameters at = new(parameters);
        Stepped<LinearStep<Scalar>, Scalar> law = maker.Make(at);
        bool isUp = sent.Wanted >= 0.0;
        double unit = (isUp ? law.StepUp : law.StepDown).Value;
        double slope = (isUp ? law.Response.UpSlope : law.Response.DownSlope).Value;
        double step = Pulse.Step(law, new Scalar(w), new Scalar(isUp ? 1.0 : -1.0)).Value;
        double kappa = (isUp ? 1.0 : -1.0) * unit * slope;
        LinearTrain moments = LinearTrain.Of(sent, step, kappa, unit, _noise);

        // Most pulses in a row, and what they scatter: bounds must be out of reach.
        double far = step * (kappa == 0.0 ? sent.Most : (1.0 - Math.Pow(1.0 - kappa, sent.Most)) / kappa);
        double reach = LargestNormal * Math.Sqrt(sent.Most) * _noise.Relative * Math.Max(Math.Abs(step), unit);
        bool isFree =
            Math.Min(w, w + far) - reach >= at.At(Parameter.Lower).Value && Math.Max(w, w + far) + reach <= at.At(Parameter.Upper).Value;
        if (sent.IsExact || !isFree || kappa is not (>= 0.0 and <= 1.0) || _noise.Kind == NoiseKind.OfStepAndWeight)
        {
            return Visit<TMaker, Stepped<LinearStep<Scalar>, Scalar>>(maker);
        }

        double quadratic = 0.0;
        foreach ((double weight, int slots, double probability) in sent.Trains)
        {
            quadratic += weight * probability * probability * slots * (slots - 1.0) / 2.0;
        }

        double bound = Math.Abs(step) * ((kappa * quadratic) + Math.Abs(Math.Abs(sent.Wanted) - sent.MeanCount));
        double field = MeanField(law, at);
        return new(field, w + moments.Mean, moments.Deviation, bound + Rounding(sent.Most), true);
    }

    public ElementError Visit<TMaker, TLaw>(TMaker maker)
        where TMaker : struct, ILawMaker<Scalar, TLaw>
        where TLaw : struct, IResponseLaw<Scalar>
    {
        ScalarParameters at = new(parameters);
        TLaw law = maker.Make(at);
        double field = MeanField(law, at);
        if (sent.IsExact)
        {
            // ν·Δw_min without a response; the plain outer product knows no bounds either.
            double exact = w + sent.Exact;
            exact = sent.HasBounds ? Clipped(exact, at) : exact;
            return new(field, exact, 0.0, Math.Abs(exact - field) + Rounding(1), false);
        }

        double[] probabilities = sent.Distribution();
        Scalar direction = new(sent.Wanted >= 0.0 ? 1.0 : -1.0);
        Scalar unit = sent.Wanted >= 0.0 ? at.At(Parameter.StepUp) : at.At(Parameter.StepDown);
        double weight = w;
        double ofNoise = 0.0;
        double mean = 0.0;
        double square = 0.0;
        double noise = 0.0;
        for (int n = 0; n < probabilities.Length; n++)
        {
            mean += probabilities[n] * (weight - w);
            square += probabilities[n] * (weight - w) * (weight - w);
            noise += probabilities[n] * ofNoise;
            double step = Pulse.Step(law, new Scalar(weight), direction).Value;
            double deviation = DeviationOf(step, unit.Value, weight);
            double small = 1e-6 * (at.At(Parameter.Upper).Value - at.At(Parameter.Lower).Value);
            double slope = small == 0.0 ? 0.0 : (Pulse.Step(law, new Scalar(weight + small), direction).Value - step) / small;
            double next = Clipped(weight + step, at);
            double keeps = next == weight + step ? (1.0 + slope) * (1.0 + slope) : 0.0;
            ofNoise = (ofNoise * keeps) + (keeps == 0.0 ? 0.0 : deviation * deviation);
            weight = next;
        }

        double scatter = Math.Sqrt(Math.Max(square - (mean * mean), 0.0) + noise);
        return new(field, w + mean, scatter, Math.Abs(w + mean - field) + Rounding(probabilities.Length), false);
    }

    private double DeviationOf(double step, double unit, double weight)
    {
        (Scalar ofStep, Scalar ofUnit, Scalar at) = (new(step), new(unit), new(weight));
        return _noise.Kind switch
        {
            NoiseKind.OfStep => new NoiseOfStep<Scalar>(_noise.Relative).OfPulse(ofStep, ofUnit, at).Value,
            NoiseKind.OfUnitStep => new NoiseOfUnitStep<Scalar>(_noise.Relative).OfPulse(ofStep, ofUnit, at).Value,
            _ => new NoiseOfStepAndWeight<Scalar>(_noise.Relative, _noise.Constant, _noise.OfWeight).OfPulse(ofStep, ofUnit, at).Value,
        };
    }

    private double MeanField<TLaw>(TLaw law, ScalarParameters at)
        where TLaw : struct, IResponseLaw<Scalar> =>
        sent.Wanted == 0.0 ? w : Clipped(AnalogUpdate.ApplyByCases(law, new Scalar(w), new Scalar(sent.Wanted)).Value, at);

    private static double Clipped(double weight, ScalarParameters at) =>
        Pulse.Clip(new Scalar(weight), at.At(Parameter.Lower), at.At(Parameter.Upper)).Value;

    // Of that many pulses in double.
    private double Rounding(int pulses) => (pulses + 4) * Math.ScaleB(Math.Abs(w) + 1.0, -52);
}
