using System;
using System.Threading.Tasks;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Training;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Layers;
using AnalogTheory.Training.Models;
using BenchmarkDotNet.Attributes;

namespace AnalogTheory.Benchmarks;

/// <summary>The paper's fully connected network, batch 10, time an image: forward, backward and update apart, digital and on noisy arrays.</summary>
/// <remarks>The baseline is the network's matrix products forward, alone. Bars: a digital image at most 1.3 times its products forward and back and the update of its
/// weights; an analog one at most 3 times a digital one and its pulses; two trainings on two threads at least 1.7 times one.</remarks>
public class TrainingBenchmarks
{
    private const int Batch = 10;

    /// <summary>Mini-batches between hand-offs to a second thread, which cost .2 ms: trainings of a plan hand over at the end of a round.</summary>
    internal const int Steps = 50;

    private readonly Step _digital = new(new Cell { Rule = "digital-sgd" });
    private readonly Step _analog = new(new Cell { Rule = "analog-sgd", Tau = 1.5 });
    private readonly Step _second = new(
        new Cell
        {
            Rule = "analog-sgd",
            Tau = 1.5,
            Seed = 2,
        }
    );
    private readonly Step _tikiTaka = new(new Cell { Rule = "tiki-taka" });
    private readonly (IdealArray Array, ArrayState State, float[] X, float[] Y)[] _products =
    [
        Product(256, 392),
        Product(256, 392),
        Product(128, 256),
        Product(10, 128),
    ];

    [Benchmark(Baseline = true, OperationsPerInvoke = Batch)]
    public float ProductsForward()
    {
        foreach ((IdealArray array, ArrayState state, float[] x, float[] y) in _products)
        {
            array.Forward(state, 1, x, y);
        }

        return _products[^1].Y[0];
    }

    // The first layer's gradient by the samples is nobody's.
    [Benchmark(OperationsPerInvoke = Batch)]
    public void Products()
    {
        ProductsForward();
        foreach ((IdealArray array, ArrayState state, float[] x, float[] y) in _products.AsSpan(2))
        {
            array.Backward(state, 1, y, x);
        }

        foreach ((IdealArray array, ArrayState state, float[] x, float[] y) in _products)
        {
            array.Update(state, 1, UpdateSettings.Default, x, y, 0.05);
        }
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public void DigitalImage() => _digital.All();

    [Benchmark(OperationsPerInvoke = Batch)]
    public void DigitalForward() => _digital.Forward();

    [Benchmark(OperationsPerInvoke = Batch)]
    public void DigitalBackward() => _digital.Backward();

    [Benchmark(OperationsPerInvoke = Batch)]
    public long DigitalUpdate() => _digital.Update();

    [Benchmark(OperationsPerInvoke = Batch)]
    public void AnalogForward() => _analog.Forward();

    [Benchmark(OperationsPerInvoke = Batch)]
    public void AnalogBackward() => _analog.Backward();

    [Benchmark(OperationsPerInvoke = Batch)]
    public long AnalogUpdate() => _analog.Update();

    [Benchmark(OperationsPerInvoke = Batch)]
    public long TikiTakaUpdate() => _tikiTaka.Update();

    [Benchmark(OperationsPerInvoke = Batch)]
    public void AnalogImage() => _analog.All();

    [Benchmark(OperationsPerInvoke = 2 * Steps * Batch)]
    public void AnalogImageTwoTrainingsOnTwoThreads() => Parallel.Invoke(() => _analog.All(Steps), () => _second.All(Steps));

    private static (IdealArray Array, ArrayState State, float[] X, float[] Y) Product(int outputs, int inputs)
    {
        IdealArray array = new(outputs, inputs);
        return (array, array.Init(), new float[Batch * inputs], new float[Batch * outputs]);
    }

    /// <summary>A mini-batch of drawn digits that is learned and unlearned in turns, with the gradient of a network that knows nothing: pulses stay as many as at a
    /// training's beginning.</summary>
    private sealed class Step
    {
        private const int Warm = 2000;
        private const int Classes = 10;

        private readonly Network _network;
        private readonly NetworkState _state;
        private readonly Pass _pass;
        private readonly byte[] _labels = new byte[Batch];
        private ulong _key;
        private float _sign = 1f;

        internal Step(Cell cell)
        {
            DataSet digits = Digits.Draw(Batch, 1);
            _network = cell.Build(digits.Shape);
            _state = _network.Init(1);
            _pass = new(_network, Batch);
            for (int n = 0; n < Batch; n++)
            {
                _labels[n] = digits.Image(n, _pass.Inputs.Slice(n * digits.Shape.Size, digits.Shape.Size));
            }

            All(Warm);
        }

        internal void All(int steps)
        {
            for (int step = 0; step < steps; step++)
            {
                All();
            }
        }

        internal void All()
        {
            Forward();
            Backward();
            Update();
        }

        internal void Forward() => _network.Forward(_state, ++_key, _pass);

        internal void Backward()
        {
            Loss.NegativeLogLikelihood(_pass.Outputs, _labels, _pass.OutputGradient);
            _sign = -_sign;
            for (int n = 0; n < Batch * Classes; n++)
            {
                _pass.OutputGradient[n] = _sign * ((n % Classes == _labels[n / Classes] ? 1f : 0f) - (1f / Classes)) / Batch;
            }

            _network.Backward(_state, _key, _pass);
        }

        internal long Update() => _network.Update(_state, ++_key, _pass, 0.05).Pulses;
    }
}
