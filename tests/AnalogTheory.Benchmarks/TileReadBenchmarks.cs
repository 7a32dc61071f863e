using System;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Periphery;
using BenchmarkDotNet.Attributes;

namespace AnalogTheory.Benchmarks;

/// <summary>Forward reads of a 512 × 512 array; time a vector.</summary>
/// <remarks>The baseline is the product without a periphery; bars: 1.3 times that with the default periphery, and 0.6 times ten vectors for a batch of ten.</remarks>
public class TileReadBenchmarks
{
    private const int Batch = 10;
    private const int Side = TileUpdateBenchmarks.Side;

    private readonly PulsedArray _perfect = new(new SoftBoundsReferenceDevice(), Side, Side, deviceKey: 1);
    private readonly PulsedArray _noisy = new(new SoftBoundsReferenceDevice(), Side, Side, deviceKey: 1)
    {
        ForwardPeriphery = PeripherySettings.Default,
    };

    private readonly float[] _x = TileUpdateBenchmarks.Uniforms(1);
    private readonly float[] _batch = new float[Batch * Side];
    private readonly float[] _y = new float[Batch * Side];
    private readonly ArrayState _state;
    private ulong _key;

    public TileReadBenchmarks()
    {
        _state = _perfect.Init();
        float[] weights = new float[Side * Side];
        Kernels.Sampling.Gaussian.Fill(1, 2, 4, weights);
        _perfect.Set(_state, 1, Array.ConvertAll(weights, w => 0.1f * w));
        for (int n = 0; n < Batch; n++)
        {
            _x.CopyTo(_batch, n * Side);
        }
    }

    [Benchmark(Baseline = true)]
    public float Product()
    {
        _perfect.Forward(_state, ++_key, _x, _y.AsSpan(0, Side));
        return _y[0];
    }

    [Benchmark]
    public float Default()
    {
        _noisy.Forward(_state, ++_key, _x, _y.AsSpan(0, Side));
        return _y[0];
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public float ProductOfBatch()
    {
        _perfect.Forward(_state, ++_key, _batch, _y);
        return _y[0];
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public float DefaultOfBatch()
    {
        _noisy.Forward(_state, ++_key, _batch, _y);
        return _y[0];
    }

    [Benchmark]
    public float ProductTransposed()
    {
        _perfect.Backward(_state, ++_key, _x, _y.AsSpan(0, Side));
        return _y[0];
    }
}
