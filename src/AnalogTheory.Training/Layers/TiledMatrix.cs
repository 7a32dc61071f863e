using System;
using System.Collections.Generic;
using System.Linq;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Training.Layers;

/// <summary>A matrix of weights on one or more tiles, with what is digital around them: y = Σ β·m·tile(x) + bias, summed over the tiles of a row.</summary>
/// <remarks>
/// β is learned, m keeps the tile's weights within ω and is fixed at the start. A tile sees β·m·dy on its way back, and learns from β·dy/m, so that the weight
/// m·W of the network moves by −α·β·dy·xᵀ. Parts of a matrix larger than a tile are near-equal, as in AIHWKIT.
/// </remarks>
internal sealed class TiledMatrix
{
    private readonly MatrixSettings _settings;
    private readonly Hardware _hardware;
    private readonly Tile[] _tiles;
    private readonly int _columns;
    private readonly int _factors;
    private float[] _x = [];
    private float[] _d = [];
    private float[] _out = [];

    internal TiledMatrix(Hardware hardware, MatrixSettings settings, int outputs, int inputs, ulong deviceKey)
    {
        settings.Validate();
        (_hardware, _settings, Outputs, Inputs) = (hardware, settings, outputs, inputs);
        IReadOnlyList<Range> rows = Parts(outputs, settings.LargestTile);
        IReadOnlyList<Range> columns = Parts(inputs + (settings.Bias == Bias.InArray ? 1 : 0), settings.LargestTile);
        _columns = columns.Count;
        _tiles =
        [
            .. from row in rows
            from column in columns.Select((range, index) => (range, index))
            select new Tile(row, column.range, column.index),
        ];
        for (int t = 0; t < _tiles.Length; t++)
        {
            Tile tile = _tiles[t];
            tile.Algorithm = hardware.Algorithm(tile.Outputs, tile.Inputs, Keys.Fold(deviceKey, (ulong)t));
            if (tile.Algorithm.Outputs != tile.Outputs || tile.Algorithm.Inputs != tile.Inputs)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Expected an algorithm over {tile.Outputs} × {tile.Inputs} weights, got {tile.Algorithm.Outputs} × {tile.Algorithm.Inputs}."
                    ),
                    nameof(hardware)
                );
            }
        }

        // Factors stand tile column by tile column: one for each output, equal where a tile has one for all.
        _factors = _columns * outputs;
    }

    internal int Outputs { get; }

    internal int Inputs { get; }

    /// <summary>Raw outputs of tiles that a forward pass keeps for each vector.</summary>
    internal int Kept => _columns * Outputs;

    private bool HasDigitalBias => _settings.Bias == Bias.Digital;

    internal LayerState Init()
    {
        LayerState state = new(
            [.. _tiles.Select(tile => tile.Algorithm.Init())],
            new float[(2 * _factors) + (HasDigitalBias ? Outputs : 0)]
        );
        state.Numbers[..(2 * _factors)].Fill(1.0f);
        return state;
    }

    /// <summary>Uniform weights and bias within ±1/√inputs, as torch's layers start.</summary>
    internal void Start(LayerState state, ulong key)
    {
        int columns = Inputs + (_settings.Bias == Bias.InArray ? 1 : 0);
        double[] uniforms = new double[Outputs * columns];
        Uniform.Fill(key, Purpose.General, 0, uniforms);
        double radius = 1.0 / Math.Sqrt(Inputs);
        state.Numbers[..(2 * _factors)].Fill(1.0f);
        for (int t = 0; t < _tiles.Length; t++)
        {
            Tile tile = _tiles[t];
            float[] weights = new float[tile.Outputs * tile.Inputs];
            for (int i = 0; i < tile.Outputs; i++)
            {
                for (int j = 0; j < tile.Inputs; j++)
                {
                    weights[(i * tile.Inputs) + j] = (float)(
                        radius * ((2.0 * uniforms[((tile.Row + i) * columns) + tile.Column + j]) - 1.0)
                    );
                }
            }

            if (_settings.WeightScaling > 0.0)
            {
                Scale(tile, weights, Scaling(state, tile));
            }

            tile.Algorithm.Set(state.Tiles[t], Keys.Fold(key, (ulong)t), weights);
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
        int vectors = x.Length / Inputs;
        for (int n = 0; n < vectors; n++)
        {
            Span<float> row = y.Slice(n * Outputs, Outputs);
            if (HasDigitalBias)
            {
                BiasOf(state).CopyTo(row);
            }
            else
            {
                row.Clear();
            }
        }

        for (int t = 0; t < _tiles.Length; t++)
        {
            Tile tile = _tiles[t];
            Span<float> raw = Room(ref _out, vectors * tile.Outputs);
            tile.Algorithm.Forward(state.Tiles[t], Keys.Fold(key, (ulong)t), Gather(tile, x, vectors), raw);
            ReadOnlySpan<float> beta = Scales(state, tile);
            ReadOnlySpan<float> m = Scaling(state, tile);
            for (int n = 0; n < vectors; n++)
            {
                ReadOnlySpan<float> from = raw.Slice(n * tile.Outputs, tile.Outputs);
                from.CopyTo(kept.Slice((n * Kept) + (tile.Place * Outputs) + tile.Row, tile.Outputs));
                Span<float> to = y.Slice((n * Outputs) + tile.Row, tile.Outputs);
                for (int i = 0; i < to.Length; i++)
                {
                    to[i] = MathF.FusedMultiplyAdd(beta[i] * m[i], from[i], to[i]);
                }
            }
        }
    }

    internal void Backward(LayerState state, ulong key, ReadOnlySpan<float> kept, ReadOnlySpan<float> dy, Span<float> dx)
    {
        int vectors = dy.Length / Outputs;
        dx.Clear();
        for (int t = 0; t < _tiles.Length; t++)
        {
            Tile tile = _tiles[t];
            Span<float> d = Room(ref _d, vectors * tile.Outputs);
            Gradient(state, tile, kept, dy, vectors, forUpdate: false, d);
            Span<float> back = Room(ref _out, vectors * tile.Inputs);
            tile.Algorithm.Backward(state.Tiles[t], Keys.Fold(key, (ulong)t), d, back);
            int used = Math.Min(tile.Inputs, Inputs - tile.Column);
            for (int n = 0; n < vectors; n++)
            {
                Span<float> to = dx.Slice((n * Inputs) + tile.Column, used);
                ReadOnlySpan<float> from = back.Slice(n * tile.Inputs, used);
                for (int j = 0; j < to.Length; j++)
                {
                    to[j] += from[j];
                }
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
        for (int t = 0; t < _tiles.Length; t++)
        {
            Tile tile = _tiles[t];
            Span<float> d = Room(ref _d, vectors * tile.Outputs);
            Gradient(state, tile, kept, dy, vectors, forUpdate: true, d);
            info += tile.Algorithm.Update(state.Tiles[t], Keys.Fold(key, (ulong)t), Gather(tile, x, vectors), d, learningRate);
            if (_settings.LearnsOutputScale)
            {
                LearnScale(state, tile, kept, dy, vectors, learningRate);
            }
        }

        if (HasDigitalBias)
        {
            Span<float> bias = BiasOf(state);
            for (int i = 0; i < Outputs; i++)
            {
                double sum = 0.0;
                for (int n = 0; n < vectors; n++)
                {
                    sum += dy[(n * Outputs) + i];
                }

                bias[i] -= (float)(learningRate * sum);
            }
        }

        return info;
    }

    internal void CopyVisible(LayerState state, LayerState ideal)
    {
        state.Numbers.CopyTo(ideal.Numbers);
        for (int t = 0; t < _tiles.Length; t++)
        {
            float[] weights = _tiles[t].Algorithm.Weights(state.Tiles[t]);
            ideal.Tiles[t].Arrays[0].Weights.Load(weights);
        }
    }

    // What a tile gets of the gradient, or learns from.
    private void Gradient(
        LayerState state,
        Tile tile,
        ReadOnlySpan<float> kept,
        ReadOnlySpan<float> dy,
        int vectors,
        bool forUpdate,
        Span<float> d
    )
    {
        ReadOnlySpan<float> beta = Scales(state, tile);
        ReadOnlySpan<float> m = Scaling(state, tile);
        Span<float> factors = stackalloc float[tile.Outputs];
        for (int i = 0; i < factors.Length; i++)
        {
            factors[i] = forUpdate ? beta[i] / m[i] : beta[i] * m[i];
        }

        float bound = (float)_hardware.GradientBound;
        for (int n = 0; n < vectors; n++)
        {
            ReadOnlySpan<float> from = dy.Slice((n * Outputs) + tile.Row, tile.Outputs);
            ReadOnlySpan<float> raw = kept.Slice((n * Kept) + (tile.Place * Outputs) + tile.Row, tile.Outputs);
            Span<float> to = d.Slice(n * tile.Outputs, tile.Outputs);
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = MathF.Abs(raw[i]) >= bound ? 0.0f : factors[i] * from[i];
            }
        }
    }

    private void LearnScale(LayerState state, Tile tile, ReadOnlySpan<float> kept, ReadOnlySpan<float> dy, int vectors, double learningRate)
    {
        Span<float> beta = Scales(state, tile);
        ReadOnlySpan<float> m = Scaling(state, tile);
        double all = 0.0;
        for (int i = 0; i < tile.Outputs; i++)
        {
            double sum = 0.0;
            for (int n = 0; n < vectors; n++)
            {
                sum += (double)dy[(n * Outputs) + tile.Row + i] * kept[(n * Kept) + (tile.Place * Outputs) + tile.Row + i];
            }

            if (_settings.OutputScaleByOutput)
            {
                beta[i] -= (float)(learningRate * m[i] * sum);
            }

            all += m[i] * sum;
        }

        if (!_settings.OutputScaleByOutput)
        {
            beta.Fill(beta[0] - (float)(learningRate * all));
        }
    }

    private void Scale(Tile tile, float[] weights, Span<float> scaling)
    {
        Span<float> largest = stackalloc float[tile.Outputs];
        for (int i = 0; i < tile.Outputs; i++)
        {
            foreach (float weight in weights.AsSpan(i * tile.Inputs, tile.Inputs))
            {
                largest[i] = MathF.Max(largest[i], MathF.Abs(weight));
            }
        }

        if (!_settings.WeightScalingByOutput)
        {
            float one = 0.0f;
            foreach (float value in largest)
            {
                one = MathF.Max(one, value);
            }

            largest.Fill(one);
        }

        for (int i = 0; i < tile.Outputs; i++)
        {
            scaling[i] = largest[i] > 0.0f ? largest[i] / (float)_settings.WeightScaling : 1.0f;
            foreach (ref float weight in weights.AsSpan(i * tile.Inputs, tile.Inputs))
            {
                weight /= scaling[i];
            }
        }
    }

    private ReadOnlySpan<float> Gather(Tile tile, ReadOnlySpan<float> x, int vectors)
    {
        if (tile.Inputs == Inputs)
        {
            return x;
        }

        Span<float> part = Room(ref _x, vectors * tile.Inputs);
        int used = Math.Min(tile.Inputs, Inputs - tile.Column);
        for (int n = 0; n < vectors; n++)
        {
            Span<float> to = part.Slice(n * tile.Inputs, tile.Inputs);
            x.Slice((n * Inputs) + tile.Column, used).CopyTo(to);

            // What is beyond the inputs is the bias column.
            to[used..].Fill(1.0f);
        }

        return part;
    }

    private Span<float> Scales(LayerState state, Tile tile) => state.Numbers.Slice((tile.Place * Outputs) + tile.Row, tile.Outputs);

    private Span<float> Scaling(LayerState state, Tile tile) =>
        state.Numbers.Slice(_factors + (tile.Place * Outputs) + tile.Row, tile.Outputs);

    private Span<float> BiasOf(LayerState state) => state.Numbers.Slice(2 * _factors, Outputs);

    private static Span<float> Room(ref float[] room, int length)
    {
        if (room.Length < length)
        {
            room = new float[length];
        }

        return room.AsSpan(0, length);
    }

    private static IReadOnlyList<Range> Parts(int length, int largest)
    {
        int count = (length + largest - 1) / largest;
        return [.. Enumerable.Range(0, count).Select(n => new Range(Start(n), Start(n + 1)))];

        int Start(int n) => (n * (length / count)) + Math.Min(n, length % count);
    }

    private sealed class Tile(Range rows, Range columns, int place)
    {
        internal int Row { get; } = rows.Start.Value;

        internal int Outputs { get; } = rows.End.Value - rows.Start.Value;

        internal int Column { get; } = columns.Start.Value;

        internal int Inputs { get; } = columns.End.Value - columns.Start.Value;

        /// <summary>Number of its column of tiles.</summary>
        internal int Place { get; } = place;

        internal IArrayAlgorithm Algorithm { get; set; } = null!;
    }
}
