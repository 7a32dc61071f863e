using System.Collections.Generic;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Training.Layers;
using BenchmarkDotNet.Attributes;

namespace AnalogTheory.Benchmarks;

/// <summary>The convolutions of the paper's network on exact arrays, batch 8: forward and back with what unfolds and folds, against one product of the same size.</summary>
/// <remarks>Bar: at most twice the product of a matrix of 512 × 512 with as many multiply-adds.</remarks>
public class ConvolutionBenchmarks
{
    internal const int Batch = 8;

    private readonly Convolved _first = new(new Shape(1, 28, 28), 16);
    private readonly Convolved _second = new(new Shape(16, 12, 12), 32);
    private readonly IdealArray _large = new(512, 512);
    private readonly ArrayState _state;
    private readonly float[] _x;
    private readonly float[] _y;

    public ConvolutionBenchmarks()
    {
        _state = _large.Init();
        int vectors = (int)((_first.MultiplyAdds + _second.MultiplyAdds) / (512 * 512));
        _x = new float[vectors * 512];
        _y = new float[vectors * 512];
        Gaussian.Fill(1, 2, 5, _x);
    }

    internal IReadOnlyList<long> MultiplyAdds => [_first.MultiplyAdds, _second.MultiplyAdds];

    [Benchmark(Baseline = true, OperationsPerInvoke = Batch)]
    public void LargeProduct() => _large.Forward(_state, 1, _x, _y);

    [Benchmark(OperationsPerInvoke = Batch)]
    public void LargeTransposedProduct() => _large.Backward(_state, 1, _x, _y);

    [Benchmark(OperationsPerInvoke = Batch)]
    public void ProductsAlone()
    {
        _first.Product();
        _second.Product();
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public void Forward()
    {
        _first.Forward();
        _second.Forward();
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public void Backward() => _second.Backward();

    [Benchmark(OperationsPerInvoke = Batch)]
    public void Update()
    {
        _first.Update();
        _second.Update();
    }

    /// <summary>One layer, and its product without the layer.</summary>
    private sealed class Convolved
    {
        private const int Kernel = 5;

        private readonly Layer _layer;
        private readonly LayerState _state;
        private readonly float[] _x;
        private readonly float[] _y;
        private readonly float[] _kept;
        private readonly float[] _back;
        private readonly IdealArray _array;
        private readonly ArrayState _weights;
        private readonly float[] _patches;
        private readonly float[] _pixels;

        internal Convolved(Shape input, int channels)
        {
            _layer = new Convolution(channels, Kernel, Hardware.Digital).Build(input, 1);
            _state = _layer.Init();
            _layer.Start(_state, 1);
            _x = new float[Batch * input.Size];
            Gaussian.Fill(1, 2, 6, _x);
            _y = new float[Batch * _layer.Output.Size];
            _kept = new float[Batch * _layer.Kept];
            _back = new float[_x.Length];
            _array = new(channels, input.Channels * Kernel * Kernel);
            _weights = _array.Init();
            _pixels = new float[_y.Length];
            _patches = new float[_y.Length / channels * _array.Inputs];
            Gaussian.Fill(1, 2, 7, _patches);
        }

        internal long MultiplyAdds => (long)_y.Length * _array.Inputs;

        internal void Product() => _array.Forward(_weights, 1, _patches, _pixels);

        internal void Forward() => _layer.Forward(_state, 1, _x, _y, _kept);

        internal void Backward() => _layer.Backward(_state, 1, new Seen(_x, _y, _kept), _y, _back);

        internal void Update() => _layer.Update(_state, 1, new Seen(_x, _y, _kept), _y, 1e-6);
    }
}
