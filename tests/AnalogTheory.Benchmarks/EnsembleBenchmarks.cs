using System.Linq;
using AnalogTheory.Kernels.Ensembles;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Noises;
using AnalogTheory.Kernels.Objectives;
using AnalogTheory.Kernels.Rules;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace AnalogTheory.Benchmarks;

/// <summary>Ensembles of Analog SGD: time for one step of one replica, against one thread and, for one weight, against one lane.</summary>
/// <remarks>
/// Bars: one weight under the lower bound's noise ≤ 2.0 ns on one core; 40 weights of a dense quadratic without noise ≤ 130 ns on one core; two
/// threads on two free cores ≥ 1.85 times one (ratio ≤ 0.54).
/// </remarks>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class EnsembleBenchmarks
{
    private const int Weights = 40;
    private const int Samples = 100;
    private const double Radius = 1.0;
    private const double Deviation = 0.3;
    private const int Replicas = 1024;
    private const int Steps = 2048;
    private const int Small = Replicas * Steps;
    private const int DenseReplicas = 512;
    private const int DenseSteps = 64;
    private const int Dense = DenseReplicas * DenseSteps;

    private readonly EnsemblePlan _twoPoint = OneWeight(new StateDependentTwoPointNoise(Deviation, Radius));
    private readonly EnsemblePlan _gaussian = OneWeight(new GaussianNoise(Deviation));
    private readonly EnsemblePlan _quiet = ManyWeights(new NoNoise());
    private readonly EnsemblePlan _noisy = ManyWeights(new GaussianNoise(Deviation));

    private static EnsemblePlan OneWeight(NoiseModel noise) =>
        new()
        {
            Objective = new Separable<QuadraticTerm>([1.0], [0.6], 0.0),
            Noise = noise,
            Rule = new AnalogSgd(new AsymmetricLinearLaw(Radius, 0.0), 0.01),
            Start = [0.0],
            Steps = Steps,
            Replicas = Replicas,
            Key = 12345,
        };

    // H = AᵀA/N of a random A, as in the paper's figures.
    private static EnsemblePlan ManyWeights(NoiseModel noise)
    {
        double[] a = new double[Samples * Weights];
        Kernels.Sampling.Gaussian.Fill(1, 2, 3, a);
        double[] hessian =
        [
            .. from row in Enumerable.Range(0, Weights)
            from column in Enumerable.Range(0, Weights)
            select Enumerable.Range(0, Samples).Sum(n => a[n * Weights + row] * a[n * Weights + column]) / Samples,
        ];
        return new()
        {
            Objective = new DenseQuadratic(hessian, [.. Enumerable.Repeat(0.3, Weights)]),
            Noise = noise,
            Rule = new AnalogSgd(new AsymmetricLinearLaw(Radius, 0.0), 0.03),
            Start = [.. Enumerable.Repeat(0.0, Weights)],
            Steps = DenseSteps,
            Replicas = DenseReplicas,
            Key = 12345,
        };
    }

    private static double Run(EnsemblePlan plan, int threads, LaneWidth width = LaneWidth.Widest) =>
        EnsembleDriver.Run([plan], threads, width)[0].FinalWeight(0)[0];

    [Benchmark(Baseline = true, OperationsPerInvoke = Small)]
    [BenchmarkCategory("1 weight, two-point")]
    public double TwoPointOneThread() => Run(_twoPoint, 1);

    [Benchmark(OperationsPerInvoke = Small)]
    [BenchmarkCategory("1 weight, two-point")]
    public double TwoPointTwoThreads() => Run(_twoPoint, 2);

    [Benchmark(OperationsPerInvoke = Small)]
    [BenchmarkCategory("1 weight, two-point")]
    public double TwoPointOneLane() => Run(_twoPoint, 1, LaneWidth.Scalar);

    [Benchmark(Baseline = true, OperationsPerInvoke = Small)]
    [BenchmarkCategory("1 weight, Gaussian")]
    public double GaussianOneThread() => Run(_gaussian, 1);

    [Benchmark(OperationsPerInvoke = Small)]
    [BenchmarkCategory("1 weight, Gaussian")]
    public double GaussianTwoThreads() => Run(_gaussian, 2);

    [Benchmark(OperationsPerInvoke = Small)]
    [BenchmarkCategory("1 weight, Gaussian")]
    public double GaussianOneLane() => Run(_gaussian, 1, LaneWidth.Scalar);

    [Benchmark(Baseline = true, OperationsPerInvoke = Dense)]
    [BenchmarkCategory("40 weights, no noise")]
    public double DenseOneThread() => Run(_quiet, 1);

    [Benchmark(OperationsPerInvoke = Dense)]
    [BenchmarkCategory("40 weights, no noise")]
    public double DenseTwoThreads() => Run(_quiet, 2);

    [Benchmark(Baseline = true, OperationsPerInvoke = Dense)]
    [BenchmarkCategory("40 weights, Gaussian")]
    public double DenseGaussianOneThread() => Run(_noisy, 1);

    [Benchmark(OperationsPerInvoke = Dense)]
    [BenchmarkCategory("40 weights, Gaussian")]
    public double DenseGaussianTwoThreads() => Run(_noisy, 2);
}
