using System.Collections.Generic;
using System.Linq;
using AnalogTheory.Kernels.Crossbars;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Sampling;
using BenchmarkDotNet.Attributes;

namespace AnalogTheory.Benchmarks;

/// <summary>Figure 3's crossbar training on one thread: time for one crosspoint and one sample, of one step of one replica.</summary>
/// <remarks>Reading, read noise and update together; τ = 1, Δw_min = τ/300, trains one or a few pulses long.</remarks>
public class RankOneBenchmarks
{
    private const int Weights = 40;
    private const int Samples = 100;
    private const int Replicas = 32;
    private const int Steps = 16;
    private const int CrosspointSamples = Replicas * Steps * Samples * Weights;

    private readonly RankOnePlan _continuous = Plan(PulseMode.Continuous);
    private readonly RankOnePlan _perElement = Plan(PulseMode.PerElement);
    private readonly RankOnePlan _sharedRow = Plan(PulseMode.SharedRow);

    private static double[] Normals(uint purpose, int count, double deviation)
    {
        double[] normals = new double[count];
        Gaussian.Fill(1, purpose, 0, normals);
        return [.. normals.Select(x => deviation * x)];
    }

    private static RankOnePlan Plan(PulseMode pulses)
    {
        double[] matrix = Normals(1, Samples * Weights, 0.5);
        double[] target = Normals(2, Weights, 0.3);
        return new()
        {
            Matrix = [.. matrix],
            Target =
            [
                .. Enumerable.Range(0, Samples).Select(n => Enumerable.Range(0, Weights).Sum(d => matrix[n * Weights + d] * target[d])),
            ],
            Device = new AsymmetricLinearLaw(1.0, 0.0),
            LearningRate = 0.03,
            Pulses = pulses,
            Granularity = 1.0 / 300.0,
            BitLength = 5000,
            ReadNoise = 0.02,
            TrainsBias = true,
            Steps = Steps,
            Replicas = Replicas,
            Key = 12345,
            TraceEvery = Steps,
        };
    }

    private static IReadOnlyList<double[]> Run(RankOnePlan plan) => RankOneTraining.Run([plan], threads: 1);

    [Benchmark(Baseline = true, OperationsPerInvoke = CrosspointSamples)]
    public IReadOnlyList<double[]> Continuous() => Run(_continuous);

    [Benchmark(OperationsPerInvoke = CrosspointSamples)]
    public IReadOnlyList<double[]> PulsesPerElement() => Run(_perElement);

    [Benchmark(OperationsPerInvoke = CrosspointSamples)]
    public IReadOnlyList<double[]> PulsesSharedRow() => Run(_sharedRow);
}
