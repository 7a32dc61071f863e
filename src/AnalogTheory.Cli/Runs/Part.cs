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
/// <param name="Averages">By measure: the average of every replica, as the bytes of doubles.</param>
/// <param name="Means">By measure: the mean over these replicas at every traced step.</param>
/// <param name="Squares">By measure: the sum of squared deviations from that mean.</param>
internal sealed record Part(int Point, int First, int Replicas, int Diverged, byte[][] Averages, byte[][] Means, byte[][] Squares)
{
    /// <summary>What an ensemble leaves.</summary>
    internal static Part Of(int point, int first, Ensemble ensemble)
    {
        ImmutableArray<Measure> measures = ensemble.Settings.Measures;
        bool isAveraged = (ensemble.Settings.AverageFrom ?? 0) < ensemble.Settings.Steps;
        List<byte[]> means = [];
        List<byte[]> squares = [];
        foreach (Measure measure in measures)
        {
            int points = ensemble.TracedSteps.Length;
            double[] mean = new double[points];
            double[] square = new double[points];
            for (int i = 0; i < points; i++)
            {
                ReadOnlySpan<double> values = ensemble.TraceByReplica(measure, i);
                foreach (double value in values)
                {
                    mean[i] += value / values.Length;
                }

                foreach (double value in values)
                {
                    square[i] += (value - mean[i]) * (value - mean[i]);
                }
            }

            means.Add(Bytes(mean));
            squares.Add(Bytes(square));
        }

        return new(
            point,
            first,
            ensemble.Settings.Replicas,
            ensemble.Diverged,
            isAveraged ? [.. measures.Select(measure => Bytes(ensemble.AverageByReplica(measure)))] : [],
            [.. means],
            [.. squares]
        );
    }

    /// <summary>The doubles of some bytes.</summary>
    internal static double[] Doubles(byte[] bytes) => MemoryMarshal.Cast<byte, double>(bytes).ToArray();

    private static byte[] Bytes(ReadOnlySpan<double> values) => MemoryMarshal.AsBytes(values).ToArray();
}
