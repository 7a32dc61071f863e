using System;
using System.Threading;

namespace AnalogTheory.Sweeps;

/// <summary>Adds up how far the parts of a work have come.</summary>
/// <param name="open">Parts that are still to be done.</param>
/// <param name="before">Parts that were done before.</param>
/// <param name="total">Told the share of all parts that is done, 0 … 1; null for nobody.</param>
public sealed class ProgressSum(int open, int before, IProgress<double>? total)
{
    private readonly double[] _fractions = new double[open];
    private readonly Lock _gate = new();
    private double _sum;

    /// <summary>Tells how far one part has come.</summary>
    /// <param name="index">Index of an open part.</param>
    /// <param name="value">0 … 1.</param>
    public void Report(int index, double value)
    {
        lock (_gate)
        {
            _sum += value - _fractions[index];
            _fractions[index] = value;
            total?.Report((before + _sum) / (open + before));
        }
    }
}
