using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Config;
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
    /// <summary>Runs some replicas of a point, on one thread.</summary>
    /// <param name="point">The point.</param>
    /// <param name="index">Its index.</param>
    /// <param name="first">Number of the first replica.</param>
    /// <param name="replicas">How many.</param>
    /// <param name="progress">Told how far they have come; null for nobody.</param>
    /// <param name="cancellation">Stops.</param>
    internal static async Task<Part> RunAsync(
        ExperimentPoint point,
        int index,
        int first,
        int replicas,
        IProgress<double>? progress,
        CancellationToken cancellation
    )
    {
        EnsembleSettings settings = point.Settings with { Replicas = replicas, FirstReplica = (uint)first, Threads = 1 };
        Ensemble ensemble = await point.Simulation.RunEnsembleAsync(settings, progress, cancellation);
        return Of(index, first, ensemble, ReplicaBlocks.AreSummed(point.Settings.Replicas));
    }

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

    /// <summary>The part as bytes; <see cref="OfBytes"/> reads them.</summary>
    internal byte[] ToBytes()
    {
        using MemoryStream record = new();
        using (BinaryWriter writer = new(record, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Point);
            writer.Write(First);
            writer.Write(Replicas);
            writer.Write(Diverged);
            foreach (double[][] arrays in (double[][][])[Averages, Means, Squares])
            {
                writer.Write(arrays.Length);
                foreach (double[] array in arrays)
                {
                    writer.Write(array.Length);
                    writer.Write(MemoryMarshal.AsBytes<double>(array));
                }
            }
        }

        return record.ToArray();
    }

    /// <summary>Reads a part.</summary>
    internal static Part OfBytes(byte[] bytes)
    {
        using BinaryReader reader = new(new MemoryStream(bytes));
        return new(
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            Arrays(reader),
            Arrays(reader),
            Arrays(reader)
        );
    }

    private static double[][] Arrays(BinaryReader reader)
    {
        double[][] arrays = new double[reader.ReadInt32()][];
        for (int i = 0; i < arrays.Length; i++)
        {
            arrays[i] = new double[reader.ReadInt32()];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(arrays[i].AsSpan()));
        }

        return arrays;
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
