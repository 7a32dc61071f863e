using System;
using AnalogTheory.Kernels.Laws;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace AnalogTheory.Benchmarks;

/// <summary>The update of an array of asymmetric linear devices: time for one element, against a triad of the same bytes and against the clock.</summary>
/// <remarks>
/// Bar: beyond every cache the update runs at 0.9 of the triad's speed or better (ratio ≤ 1.11). Inside the first-level cache the baseline
/// is one clock cycle, so that the ratio reads cycles per element.
/// </remarks>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class ArrayUpdateBenchmarks
{
    private const int Bytes = 64 << 20;
    private const int Doubles = Bytes / sizeof(double);
    private const int Floats = Bytes / sizeof(float);
    private const int InCache = 1024;
    private const int Cycles = 1 << 16;

    private readonly double _factor = 0.01;
    private readonly long _step = 3;
    private readonly DeviceLaw _device = new AsymmetricLinearLaw(0.9, 0.05);

    // What is compared reads and writes the same memory: pages that happen to lie well would speed up one side only.
    private static readonly Arrays<double> Large = new(Doubles, static x => x);
    private static readonly Arrays<float> LargeSingle = new(Floats, static x => (float)x);
    private readonly Arrays<double> _small = new(InCache, static x => x);
    private readonly Arrays<float> _smallSingle = new(InCache, static x => (float)x);

    private sealed class Arrays<T>(int length, Func<double, T> number)
        where T : unmanaged
    {
        internal Memory<T> Weights { get; } = new(length, i => number(0.8 * Math.Sin(i)));

        internal Memory<T> Increments { get; } = new(length, i => number(0.01 * Math.Cos(3.0 * i)));

        internal Memory<T> Next { get; } = new(length, _ => number(0.0));
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Doubles)]
    [BenchmarkCategory("beyond cache, double")]
    public void TriadDouble() => Triad.Run(Large.Weights.Span, Large.Increments.Span, _factor, Large.Next.Span);

    [Benchmark(OperationsPerInvoke = Doubles)]
    [BenchmarkCategory("beyond cache, double")]
    public void UpdateDouble() => ArrayUpdate.Apply(_device, Large.Weights.Span, Large.Increments.Span, Large.Next.Span);

    [Benchmark(Baseline = true, OperationsPerInvoke = Floats)]
    [BenchmarkCategory("beyond cache, float")]
    public void TriadSingle() => Triad.Run(LargeSingle.Weights.Span, LargeSingle.Increments.Span, (float)_factor, LargeSingle.Next.Span);

    [Benchmark(OperationsPerInvoke = Floats)]
    [BenchmarkCategory("beyond cache, float")]
    public void UpdateSingle() => ArrayUpdate.Apply(_device, LargeSingle.Weights.Span, LargeSingle.Increments.Span, LargeSingle.Next.Span);

    [Benchmark(Baseline = true, OperationsPerInvoke = Cycles)]
    [BenchmarkCategory("in first-level cache")]
    public long Cycle() => Triad.Cycles(Cycles, _step);

    [Benchmark(OperationsPerInvoke = InCache)]
    [BenchmarkCategory("in first-level cache")]
    public void TriadInCache() => Triad.Run(_small.Weights.Span, _small.Increments.Span, _factor, _small.Next.Span);

    [Benchmark(OperationsPerInvoke = InCache)]
    [BenchmarkCategory("in first-level cache")]
    public void UpdateInCache() => ArrayUpdate.Apply(_device, _small.Weights.Span, _small.Increments.Span, _small.Next.Span);

    [Benchmark(OperationsPerInvoke = InCache)]
    [BenchmarkCategory("in first-level cache")]
    public void UpdateSingleInCache() =>
        ArrayUpdate.Apply(_device, _smallSingle.Weights.Span, _smallSingle.Increments.Span, _smallSingle.Next.Span);
}
