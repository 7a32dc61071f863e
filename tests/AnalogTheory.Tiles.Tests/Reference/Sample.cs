using System;

namespace AnalogTheory.Tiles.Tests.Reference;

/// <summary>Moments of a sample, and how far two samples are apart in standard errors.</summary>
internal sealed class Sample
{
    private double _mean;
    private double _second;
    private double _third;
    private double _fourth;

    internal long Count { get; private set; }

    internal double Mean => _mean;

    internal double Deviation => Math.Sqrt(_second / (Count - 1));

    internal double ErrorOfMean => Deviation / Math.Sqrt(Count);

    /// <summary>Standard error of the deviation, from the sample's own kurtosis.</summary>
    internal double ErrorOfDeviation => Deviation * RelativeErrorOfDeviation(Count);

    // Pébay's update of central moments.
    internal void Add(double x)
    {
        long before = Count++;
        double delta = x - _mean;
        double share = delta / Count;
        double term = delta * share * before;
        _mean += share;
        _fourth +=
            (term * share * share * (((double)Count * Count) - (3.0 * Count) + 3.0))
            + (6.0 * share * share * _second)
            - (4.0 * share * _third);
        _third += (term * share * (Count - 2.0)) - (3.0 * share * _second);
        _second += term;
    }

    /// <summary>Standard errors between the means; differences below a floor are rounding.</summary>
    internal double OfMean(double mean, double error, double floor) =>
        (Mean - mean) / Math.Sqrt((ErrorOfMean * ErrorOfMean) + (error * error) + (floor * floor));

    /// <summary>Standard errors between the deviations.</summary>
    internal double OfDeviation(double deviation, long count, double floor)
    {
        double error = deviation * RelativeErrorOfDeviation(count);
        return (Deviation - deviation) / Math.Sqrt((ErrorOfDeviation * ErrorOfDeviation) + (error * error) + (floor * floor));
    }

    private double RelativeErrorOfDeviation(long count) =>
        _second == 0.0 ? 0.0 : Math.Sqrt(Math.Max((Count * _fourth / (_second * _second)) - 1.0, 0.0) / (4.0 * count));
}
