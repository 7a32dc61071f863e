using System;
using System.Linq;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Training.Layers;

/// <summary>A matrix of weights on one or more tiles, with what is digital around them: y = Σ β·m·tile(x) + bias, summed over the tiles of a row.</summary>
internal sealed class TiledMatrix
{
    private readonly MatrixSettings _settings;
    private readonly Hardware _hardware;
    private readonly TileGrid _grid;
    private readonly TileScales _scales;
    private readonly IArrayAlgorithm[] _algorithms;
    private readonly Scratch _x = new();
    private readonly Scratch _d = new();
    private readonly Scratch _out = new();
    private readonly double[] _sums;
    private readonly float[] _zeros;

    internal TiledMatrix(Hardware hardware, MatrixSettings settings, int outputs, int inputs, ulong deviceKey)
    {
        settings.Validate();
        (_hardware, _settings) = (hardware, settings);
        _grid = new(outputs, inputs, settings.Bias == Bias.InArray, settings.LargestTile);
        _scales = new(_grid, settings);
        _sums = new double[outputs];
        _zeros = new float[outputs];
        _algorithms = [.. _grid.Tiles.Select((tile, t) => Algorithm(hardware, tile, Keys.Fold(deviceKey, (ulong)t)))];
    }

    /// <summary>Raw outputs of tiles that a forward pass keeps for each vector.</summary>
    internal int Kept => _grid.Kept;

    private int Outputs => _grid.Outputs;

    private bool HasDigitalBias => _settings.Bias == Bias.Digital;

    internal LayerState Init()
    {
        LayerState state = new(
            [.. _algorithms.Select(algorithm => algorithm.Init())],
            new float[_scales.Count + (HasDigitalBias ? Outputs : 0)]
        );
        _scales.Reset(state);
        return state;
    }

    /// <summary>Uniform weights and bias within ±1/√inputs, as torch's layers start.</summary>
    internal void Start(LayerState state, ulong key)
    {
        double[] uniforms = new double[Outputs * _grid.Columns];
        Uniform.Fill(key, Purpose.General, 0, uniforms);
        double radius = 1.0 / Math.Sqrt(_grid.Inputs);
        _scales.Reset(state);
        for (int t = 0; t < _algorithms.Length; t++)
        {
            Tile tile = _grid.Tiles[t];
            float[] weights = new float[tile.Outputs * tile.Inputs];
            for (int i = 0; i < tile.Outputs; i++)
            {
                for (int j = 0; j < tile.Inputs; j++)
                {
                    weights[(i * tile.Inputs) + j] = (float)(
                        radius * ((2.0 * uniforms[((tile.Row + i) * _grid.Columns) + tile.Column + j]) - 1.0)
                    );
                }
            }

            _scales.Fit(state, tile, weights);
            _algorithms[t].Set(state.Tiles[t], Keys.Fold(key, (ulong)t), weights);
        }

        if (HasDigitalBias)
        {
            double[] starts = new double[Outputs];
            Uniform.Fill(key, Purpose.General, 1, starts);
            Span<float> bias = BiasOf(state);
            for (int i = 0; i < Outputs; i++)
            {
                bias[i] = (float)(radius * ((2.0 * starts[i]) - 1.0));
            }
        }
    }

    internal void Forward(LayerState state, ulong key, ReadOnlySpan<float> x, Span<float> y, Span<float> kept)
    {
        int vectors = x.Length / _grid.Inputs;
        int run = _grid.Run(vectors);
        for (int t = 0; t < _algorithms.Length; t++)
        {
            Tile tile = _grid.Tiles[t];
            Span<float> raw = _grid.HasOneTile ? kept[..(vectors * tile.Outputs)] : _out.Room(vectors * tile.Outputs);
            _algorithms[t].Forward(state.Tiles[t], Keys.Fold(key, (ulong)t), _grid.Gather(tile, x, vectors, _x), raw);
            ReadOnlySpan<float> factors = _scales.OnPass(state, tile);
            for (int n = 0; n < vectors; n += run)
            {
                ReadOnlySpan<float> from = raw.Slice(n * tile.Outputs, run * tile.Outputs);
                Span<float> to = y.Slice(_grid.OutputAt(tile, n), run * tile.Outputs);
                if (!_grid.HasOneTile)
                {
                    from.CopyTo(kept[_grid.KeptAt(tile, n)..]);
                }

                // The first tile of a row finds the bias, the others what there is.
                Elementwise.MultiplyAdd(factors, from, tile.Column == 0 ? StartOf(state, tile) : to, to);
            }
        }
    }

    internal void Backward(LayerState state, ulong key, ReadOnlySpan<float> kept, ReadOnlySpan<float> dy, Span<float> dx)
    {
        int vectors = dy.Length / Outputs;
        dx.Clear();
        for (int t = 0; t < _algorithms.Length; t++)
        {
            Tile tile = _grid.Tiles[t];
            ReadOnlySpan<float> d = Gradient(tile, _scales.OnPass(state, tile), kept, dy, vectors);
            Span<float> back = _out.Room(vectors * tile.Inputs);
            _algorithms[t].Backward(state.Tiles[t], Keys.Fold(key, (ulong)t), d, back);
            int used = _grid.Used(tile);
            int run = used == tile.Inputs ? _grid.Run(vectors) : 1;
            for (int n = 0; n < vectors; n += run)
            {
                Elementwise.Add(back.Slice(n * tile.Inputs, run * used), dx.Slice(_grid.InputAt(tile, n), run * used));
            }
        }
    }

    internal UpdateInfo Update(
        LayerState state,
        ulong key,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> kept,
        ReadOnlySpan<float> dy,
        double learningRate
    )
    {
        int vectors = dy.Length / Outputs;
        UpdateInfo info = default;
        for (int t = 0; t < _algorithms.Length; t++)
        {
            Tile tile = _grid.Tiles[t];
            ReadOnlySpan<float> d = Gradient(tile, _scales.OnUpdate(state, tile), kept, dy, vectors);
            ReadOnlySpan<float> inputs = _grid.Gather(tile, x, vectors, _x);
            info += _algorithms[t].Update(state.Tiles[t], Keys.Fold(key, (ulong)t), inputs, d, learningRate);
            _scales.Learn(state, tile, kept, dy, vectors, learningRate);
        }

        if (HasDigitalBias)
        {
            Span<float> bias = BiasOf(state);
            _sums.AsSpan().Clear();
            Elementwise.AddUp(dy, [], _sums);
            for (int i = 0; i < bias.Length; i++)
            {
                bias[i] -= (float)(learningRate * _sums[i]);
            }
        }

        return info;
    }

    internal void CopyVisible(LayerState state, LayerState ideal)
    {
        state.Numbers.CopyTo(ideal.Numbers);
        for (int t = 0; t < _algorithms.Length; t++)
        {
            float[] weights = _algorithms[t].Weights(state.Tiles[t]);
            ideal.Tiles[t].Arrays[0].Weights.Load(weights);
        }
    }

    // What a tile gets of the gradient, or learns from; none where its raw output is at the converter's bound.
    private ReadOnlySpan<float> Gradient(
        Tile tile,
        ReadOnlySpan<float> factors,
        ReadOnlySpan<float> kept,
        ReadOnlySpan<float> dy,
        int vectors
    )
    {
        Span<float> d = _d.Room(vectors * tile.Outputs);
        float bound = (float)_hardware.GradientBound;
        int run = _grid.Run(vectors);
        for (int n = 0; n < vectors; n += run)
        {
            ReadOnlySpan<float> from = dy.Slice(_grid.OutputAt(tile, n), run * tile.Outputs);
            ReadOnlySpan<float> raw = kept.Slice(_grid.KeptAt(tile, n), run * tile.Outputs);
            Elementwise.MultiplyWithin(factors, from, raw, bound, d.Slice(n * tile.Outputs, run * tile.Outputs));
        }

        return d;
    }

    private ReadOnlySpan<float> StartOf(LayerState state, Tile tile) =>
        (HasDigitalBias ? BiasOf(state) : _zeros).Slice(tile.Row, tile.Outputs);

    private Span<float> BiasOf(LayerState state) => state.Numbers.Slice(_scales.Count, Outputs);

    private static IArrayAlgorithm Algorithm(Hardware hardware, Tile tile, ulong deviceKey)
    {
        IArrayAlgorithm algorithm = hardware.Algorithm(tile.Outputs, tile.Inputs, deviceKey);
        return algorithm.Outputs == tile.Outputs && algorithm.Inputs == tile.Inputs
            ? algorithm
            : throw new ArgumentException(
                FormattableString.Invariant(
                    $"Expected an algorithm over {tile.Outputs} × {tile.Inputs} weights, got {algorithm.Outputs} × {algorithm.Inputs}."
                ),
                nameof(hardware)
            );
    }
}
