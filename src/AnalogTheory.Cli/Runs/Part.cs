using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using AnalogTheory.CSharp;

namespace AnalogTheory.Cli.Runs;

/// <summary>Some replicas of one point, finished: what a run is made of, and what an interrupted run keeps.</summary>
/// <param name="Point">Index of the point.</param>
/// <param name="First">Number of the first replica.</param>
/// <param name="Replicas">How many.</param>
/// <param name="Diverged">Replicas whose final weights are not all finite.</param>
/// <param name="Averages">By measure: the average of every replica; or their mean and sum of squared deviations, where there are very many.</param>
/// <param name="Means">By measure: the mean over these replicas at every traced step.</param>
/// <param name="Squares">By measure: the sum of squared deviations from that mean.</param>
internal sealed record Part(int Point, int First, int Replicas, int Diverged, double[][] Averages, double[][] Means, double[][] Squares)
{
    /// <summary>What an ensemble leaves.</summary>
    /// <param name="point">Index of the point.</param>
    /// <param name="first">Number of the first replica.</param>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="isSummed">Whether only the mean and spread of the averages stay.</param>
    internal static Part Of(int point, int first, Ensemble ensemble, bool isSummed)
    {
        ImmutableArray<Measure> measures = ensemble.Settings.Measures;
        bool isAveraged = (ensemble.Settings.AverageFrom ?? 0) < ensemble.Settings.Steps;
        int points = ensemble.TracedSteps.Length;
        List<double[]> averages = [];
        List<double[]> means = [];
        List<double[]> squares = [];
        foreach (Measure measure in measures)
        {
            double[] mean = new double[points];
            double[] square = new double[points];
            for (int i = 0; i < points; i++)
            {
                (mean[i], square[i]) = Moments(ensemble.TraceByReplica(measure, i));
            }

            means.Add(mean);
            squares.Add(square);
            if (isAveraged)
            {
                ReadOnlySpan<double> values = ensemble.AverageByReplica(measure);
                averages.Add(isSummed && Moments(values) is var (average, spread) ? [average, spread] : values.ToArray());
            }
        }

        return new(point, first, ensemble.Settings.Replicas, ensemble.Diverged, [.. averages], [.. means], [.. squares]);
    }

    private static (double Mean, double Squares) Moments(ReadOnlySpan<double> values)
    {
        double mean = 0.0;
        double squares = 0.0;
        foreach (double value in values)
        {
            mean += value / values.Length;
        }

        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, squares);
    }
}
