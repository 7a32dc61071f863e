using System;
using System.Globalization;
using System.Linq;
using AnalogTheory.Cli.Display;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Config;

/// <summary>What measured pulses may be so that a fit of them ends within minutes.</summary>
internal static class PulseLimits
{
    /// <summary>Most pulses of a file, between readings or not: the fit follows each of them, some hundred times.</summary>
    internal const long Most = 1_000_000;

    /// <summary>Checks a file's pulses and readings.</summary>
    /// <exception cref="BadInputException">There are too many pulses, or a reading that is no size of a weight.</exception>
    internal static void Require(string name, PulseSeries series)
    {
        double pulses = series.Traces.Sum(trace => trace.Pulses.IsEmpty ? 0.0 : (double)trace.Pulses[^1] - trace.Pulses[0]);
        if (pulses > Most)
        {
            throw new BadInputException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected at most {Most} pulses in {name}, got {pulses:F0}: a fit follows each of them."
                )
            );
        }

        foreach (double weight in series.Traces.SelectMany(trace => trace.Weights))
        {
            if (!Magnitude.Fits(weight))
            {
                throw new BadInputException(
                    string.Create(CultureInfo.InvariantCulture, $"Expected readings in {name} that are {Magnitude.Words}, got {weight:R}.")
                );
            }
        }
    }

    /// <summary>A fit of a file's pulses; readings that no law can be fitted to are the file's fault, however the fit notices.</summary>
    /// <exception cref="BadInputException">They cannot be fitted.</exception>
    internal static T Fitted<T>(string name, Func<T> fit)
    {
        try
        {
            return fit();
        }
        catch (Exception wrong) when (wrong is not (OutOfMemoryException or OperationCanceledException or BadInputException))
        {
            string reason = wrong.Message.Split(" (Parameter ", 2)[0].ReplaceLineEndings(" ");
            throw new BadInputException($"{name}: {reason}", wrong);
        }
    }
}
