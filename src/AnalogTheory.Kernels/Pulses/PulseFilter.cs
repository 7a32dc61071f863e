using System;
using System.Globalization;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;

namespace AnalogTheory.Kernels.Pulses;

/// <summary>Variances of the reading error and of the cycle-to-cycle noise of a pulsed element.</summary>
/// <param name="Reading">σ_r² ≥ 0, weight²: noise of each reading, which the element itself does not see.</param>
/// <param name="Multiplicative">σ_c2c² ≥ 0, dimensionless: a step is scaled by 1 + σ_c2c·ξ.</param>
/// <param name="Additive">σ_add² ≥ 0, dimensionless: σ_add·ξ·Δw_min is added to a step.</param>
public readonly record struct PulseVariances(double Reading, double Multiplicative, double Additive);

/// <summary>Readings of a pulsed element against the readings that a law predicts from those before.</summary>
/// <remarks>
/// A reading is the weight plus noise of its own, so the best guess of the weight lies between what the law predicted and what was read. The
/// extended Kalman filter finds that guess and the variance of the next reading about its prediction: a pulse moves the mean by the law and
/// multiplies the variance by the square of the step's derivative before it adds its own. For steps that are small against the range the
/// linearisation is harmless, and for linear laws with additive noise it is none. Nothing is allocated.
/// </remarks>
public static class PulseFilter
{
    /// <summary>Runs the filter.</summary>
    /// <param name="device">Law.</param>
    /// <param name="granularity">Δw_min &gt; 0, unit of weight.</param>
    /// <param name="variances">Noise.</param>
    /// <param name="spacing">Half distance over which a response is differentiated, unit of weight.</param>
    /// <param name="readings">Weights read.</param>
    /// <param name="pulses">Signed number of pulses between a reading and the one before; 0 begins another trace.</param>
    /// <param name="gains">Receives the share of an innovation that the weight is corrected by; 1 at the start of a trace.</param>
    /// <param name="innovations">Receives reading less prediction; 0 at the start of a trace.</param>
    /// <param name="spreads">Receives the innovations' variances, weight²; 1 at the start of a trace.</param>
    public static void Run(
        DeviceLaw device,
        double granularity,
        PulseVariances variances,
        double spacing,
        ReadOnlySpan<double> readings,
        ReadOnlySpan<int> pulses,
        Span<double> gains,
        Span<double> innovations,
        Span<double> spreads
    )
    {
        ArgumentNullException.ThrowIfNull(device);
        RequireLengths(readings.Length, pulses.Length, gains.Length, innovations.Length);
        RequireLengths(readings.Length, spreads.Length, gains.Length, innovations.Length);
        device.Accept<Scalar, Filter, int>(new Filter(granularity, variances, spacing, readings, pulses, gains, innovations, spreads));
    }

    /// <summary>Innovations under gains that another run found; with gains of 1 they are the readings' increments less the law's.</summary>
    /// <param name="device">Law.</param>
    /// <param name="granularity">Δw_min &gt; 0, unit of weight.</param>
    /// <param name="readings">Weights read.</param>
    /// <param name="pulses">Signed number of pulses between a reading and the one before; 0 begins another trace.</param>
    /// <param name="gains">Share of an innovation that the weight is corrected by.</param>
    /// <param name="innovations">Receives reading less prediction; 0 at the start of a trace.</param>
    public static void Innovations(
        DeviceLaw device,
        double granularity,
        ReadOnlySpan<double> readings,
        ReadOnlySpan<int> pulses,
        ReadOnlySpan<double> gains,
        Span<double> innovations
    )
    {
        ArgumentNullException.ThrowIfNull(device);
        RequireLengths(readings.Length, pulses.Length, gains.Length, innovations.Length);
        device.Accept<Scalar, Prediction, int>(new Prediction(granularity, readings, pulses, gains, innovations));
    }

    private static void RequireLengths(int expected, int pulses, int gains, int innovations)
    {
        if (pulses != expected || gains != expected || innovations != expected)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected spans as long as the {expected} readings, got {pulses} pulses, {gains} gains and {innovations} innovations."
                ),
                nameof(pulses)
            );
        }
    }

    // Signed, of a law in units of weight.
    private static double Step<TLaw>(TLaw law, double w, int direction)
        where TLaw : struct, IResponseLaw<Scalar> => Pulse.Step(law, new Scalar(w), new Scalar(direction)).Value;

    private static Stepped<TLaw, Scalar> InUnitsOfWeight<TLaw>(TLaw law, double granularity)
        where TLaw : struct, IResponseLaw<Scalar> => new(law, new Scalar(granularity), new Scalar(granularity));

    private readonly ref struct Prediction(
        double granularity,
        ReadOnlySpan<double> readings,
        ReadOnlySpan<int> pulses,
        ReadOnlySpan<double> gains,
        Span<double> innovations
    ) : ILawVisitor<Scalar, int>
    {
        private readonly ReadOnlySpan<double> _readings = readings;
        private readonly ReadOnlySpan<int> _pulses = pulses;
        private readonly ReadOnlySpan<double> _gains = gains;
        private readonly Span<double> _innovations = innovations;

        public int Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<Scalar>
        {
            Stepped<TLaw, Scalar> stepped = InUnitsOfWeight(law, granularity);
            double w = 0.0;
            for (int i = 0; i < _readings.Length; i++)
            {
                int count = _pulses[i];
                if (count == 0)
                {
                    w = _readings[i];
                    _innovations[i] = 0.0;
                    continue;
                }

                int direction = Math.Sign(count);
                for (int n = 0; n != count; n += direction)
                {
                    w += Step(stepped, w, direction);
                }

                double innovation = _readings[i] - w;
                _innovations[i] = innovation;
                w += _gains[i] * innovation;
            }

            return _readings.Length;
        }
    }

    private readonly ref struct Filter(
        double granularity,
        PulseVariances variances,
        double spacing,
        ReadOnlySpan<double> readings,
        ReadOnlySpan<int> pulses,
        Span<double> gains,
        Span<double> innovations,
        Span<double> spreads
    ) : ILawVisitor<Scalar, int>
    {
        private readonly PulseVariances _variances = variances;
        private readonly ReadOnlySpan<double> _readings = readings;
        private readonly ReadOnlySpan<int> _pulses = pulses;
        private readonly Span<double> _gains = gains;
        private readonly Span<double> _innovations = innovations;
        private readonly Span<double> _spreads = spreads;

        public int Visit<TLaw>(TLaw law)
            where TLaw : struct, IResponseLaw<Scalar>
        {
            Stepped<TLaw, Scalar> stepped = InUnitsOfWeight(law, granularity);
            double w = 0.0,
                variance = 0.0;
            double constant = _variances.Additive * granularity * granularity;
            for (int i = 0; i < _readings.Length; i++)
            {
                int count = _pulses[i];
                if (count == 0)
                {
                    w = _readings[i];
                    variance = _variances.Reading;
                    _innovations[i] = 0.0;
                    _gains[i] = 1.0;
                    _spreads[i] = 1.0;
                    continue;
                }

                int direction = Math.Sign(count);
                for (int n = 0; n != count; n += direction)
                {
                    double step = Step(stepped, w, direction);
                    double slope = (Step(stepped, w + spacing, direction) - Step(stepped, w - spacing, direction)) / (2.0 * spacing);
                    double carried = 1.0 + slope;
                    variance = carried * carried * variance + _variances.Multiplicative * step * step + constant;
                    w += step;
                }

                double innovation = _readings[i] - w;
                double spread = variance + _variances.Reading;
                double gain = spread > 0.0 ? variance / spread : 1.0;
                _innovations[i] = innovation;
                _gains[i] = gain;
                _spreads[i] = spread;
                w += gain * innovation;
                variance = (1.0 - gain) * variance;
            }

            return _readings.Length;
        }
    }
}
