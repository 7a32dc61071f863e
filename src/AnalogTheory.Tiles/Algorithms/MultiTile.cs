using System;
using System.Collections.Generic;
using System.Linq;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>Settings of <see cref="MultiTile"/>.</summary>
/// <remarks>The defaults are those of 2510.02516 on LeNet: γ .5, a transfer every 2·5ⁿ samples at .1·1.2ⁿ times the learning rate, n counted from the fastest pair.</remarks>
public sealed record MultiTileSettings
{
    /// <summary>γ in (0, 1]: weight of a tile over the weight of the tile before it.</summary>
    public double Mixing { get; init; } = 0.5;

    /// <summary>Samples between two transfers of the fastest pair, at least 1.</summary>
    public double Every { get; init; } = 2.0;

    /// <summary>Factor on <see cref="Every"/> from a pair to the slower one, at least 1.</summary>
    public double Slowdown { get; init; } = 5.0;

    /// <summary>Rate of the fastest transfer, a multiple of the learning rate, above 0.</summary>
    public double TransferRate { get; init; } = 0.1;

    /// <summary>Factor on <see cref="TransferRate"/> from a pair to the slower one, above 0.</summary>
    public double RateGrowth { get; init; } = 1.2;

    /// <summary>Whether training starts on the first tile alone, and <see cref="MultiTile.TrySwitch"/> brings in the next at a plateau; else all are used from the start.</summary>
    public bool SwitchesTiles { get; init; } = true;

    /// <summary>Circuit that sends gradients.</summary>
    public UpdateSettings GradientUpdate { get; init; } = UpdateSettings.Default;

    /// <summary>Circuit that sends transfers.</summary>
    public UpdateSettings TransferUpdate { get; init; } = UpdateSettings.Default;
}

/// <summary>Multi-tile residual learning (2510.02516): W̄ = Σₙ γⁿ·W⁽ⁿ⁾, each tile learning what the coarser ones before it cannot represent.</summary>
/// <remarks>
/// The last active tile N receives the gradient of W̄; tile n moves by U(W⁽ⁿ⁾, β·w̃⁽ⁿ⁺¹⁾), column after column, for every n &lt; N. W̄ is read through the first
/// tile's periphery, as one array. What makes a plateau is the caller's to say: <see cref="TrySwitch"/>.
/// </remarks>
public sealed class MultiTile : IArrayAlgorithm
{
    private const int Samples = 0;
    private const int Active = 1;
    private const int FirstColumn = 2;

    private readonly IWeightArray[] _tiles;
    private readonly MultiTileSettings _settings;
    private readonly ArrayState _visible;
    private readonly float[] _read;

    /// <summary>The algorithm on tiles of one shape.</summary>
    /// <param name="tiles">W⁽⁰⁾, W⁽¹⁾, …, at least one.</param>
    /// <param name="settings">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">No tile, tiles of several shapes, or a number out of its range.</exception>
    public MultiTile(IReadOnlyList<IWeightArray> tiles, MultiTileSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        (_tiles, _settings) = ([.. tiles], settings ?? new());
        if (_tiles.Length == 0 || _tiles.Any(tile => tile.Outputs != _tiles[0].Outputs || tile.Inputs != _tiles[0].Inputs))
        {
            throw new ArgumentException(
                $"Expected one or more tiles of one shape, got {string.Join(", ", _tiles.Select(tile => $"{tile.Outputs} × {tile.Inputs}"))}.",
                nameof(tiles)
            );
        }

        Ranges.RequirePositive(_settings.Mixing, nameof(_settings.Mixing));
        Ranges.RequireProbability(_settings.Mixing, nameof(_settings.Mixing));
        Ranges.RequirePositive(_settings.Every, nameof(_settings.Every));
        Ranges.RequirePositive(_settings.Slowdown, nameof(_settings.Slowdown));
        Ranges.RequirePositive(_settings.TransferRate, nameof(_settings.TransferRate));
        Ranges.RequirePositive(_settings.RateGrowth, nameof(_settings.RateGrowth));
        _visible = _tiles[0].Init();
        _read = new float[Outputs];
        Names = new(
            [.. _tiles.Select((_, n) => $"W{n}")],
            [],
            [],
            ["samples", "active tile", .. _tiles.Skip(1).Select((_, n) => $"next column of W{n + 1}")]
        );
    }

    /// <inheritdoc/>
    public string Name => "Multi-tile residual learning";

    /// <inheritdoc/>
    public int Outputs => _tiles[0].Outputs;

    /// <inheritdoc/>
    public int Inputs => _tiles[0].Inputs;

    /// <inheritdoc/>
    public StateNames Names { get; }

    /// <inheritdoc/>
    public AlgorithmState Init()
    {
        AlgorithmState state = new([.. _tiles.Select(tile => tile.Init())], [], [], new long[Names.Counters.Count]);
        Restart(state);
        return state;
    }

    /// <inheritdoc/>
    public void Set(AlgorithmState state, ulong key, ReadOnlySpan<float> weights)
    {
        _tiles[0].Set(state.Arrays[0], Keys.Fold(key, 0), weights);
        for (int n = 1; n < _tiles.Length; n++)
        {
            _tiles[n].Set(state.Arrays[n], Keys.Fold(key, (ulong)n), new float[Outputs * Inputs]);
        }

        Restart(state);
    }

    /// <inheritdoc/>
    public void Get(AlgorithmState state, Span<float> weights) => Visible(state).Weights.Store(weights);

    /// <inheritdoc/>
    public void Forward(AlgorithmState state, ulong key, ReadOnlySpan<float> x, Span<float> y) =>
        _tiles[0].Forward(Visible(state), key, x, y);

    /// <inheritdoc/>
    public void Backward(AlgorithmState state, ulong key, ReadOnlySpan<float> d, Span<float> x) =>
        _tiles[0].Backward(Visible(state), key, d, x);

    /// <summary>Brings in the next tile: from now on it receives the gradient, and the one before it what is read from it.</summary>
    /// <param name="state">Changed in place.</param>
    /// <returns>False if all tiles are in use already.</returns>
    public bool TrySwitch(AlgorithmState state)
    {
        ref long active = ref state.Counters[Active];
        bool hasNext = active + 1 < _tiles.Length;
        active += hasNext ? 1 : 0;
        return hasNext;
    }

    /// <inheritdoc/>
    public UpdateInfo Update(AlgorithmState state, ulong key, ReadOnlySpan<float> x, ReadOnlySpan<float> d, double learningRate)
    {
        int samples = Shapes.RequireBatch(Inputs, Outputs, x, d, learningRate);
        int active = (int)state.Counters[Active];
        UpdateInfo info = default;
        for (int done = 0; done < samples; )
        {
            // Up to the next transfer, so that a full batch is one as far as the schedule lets it be.
            int stretch = (int)Math.Min(UntilTransfer(active, state.Counters[Samples]), samples - done);
            ulong stretchKey = Keys.Fold(key, (ulong)done);
            info += _tiles[active]
                .Update(
                    state.Arrays[active],
                    Keys.Fold(stretchKey, 0),
                    _settings.GradientUpdate,
                    x.Slice(done * Inputs, stretch * Inputs),
                    d.Slice(done * Outputs, stretch * Outputs),
                    learningRate
                );
            state.Counters[Samples] += stretch;
            done += stretch;
            for (int tile = active; tile >= 1; tile--)
            {
                if (state.Counters[Samples] % Period(active - tile) == 0)
                {
                    info += Transfer(state, Keys.Fold(stretchKey, (ulong)tile), tile, Factor(active - tile) * learningRate);
                }
            }
        }

        for (int n = 0; n < _tiles.Length; n++)
        {
            _tiles[n].Relax(state.Arrays[n], Keys.Fold(key, (ulong)(samples + n)));
        }

        return info;
    }

    private long UntilTransfer(int active, long sent)
    {
        long least = long.MaxValue;
        for (int tile = active; tile >= 1; tile--)
        {
            long period = Period(active - tile);
            least = Math.Min(least, period - (sent % period));
        }

        return least;
    }

    private long Period(int pair) => Math.Max(1, (long)Math.Round(_settings.Every * Math.Pow(_settings.Slowdown, pair)));

    private double Factor(int pair) => _settings.TransferRate * Math.Pow(_settings.RateGrowth, pair);

    private void Restart(AlgorithmState state)
    {
        state.Counters.Clear();
        state.Counters[Active] = _settings.SwitchesTiles ? 0 : _tiles.Length - 1;
    }

    // One column of a tile to the tile before it.
    private UpdateInfo Transfer(AlgorithmState state, ulong key, int tile, double rate)
    {
        ref long column = ref state.Counters[FirstColumn + tile - 1];
        int j = (int)column;
        column = (column + 1) % Inputs;
        _tiles[tile].ReadColumn(state.Arrays[tile], key, j, _read);
        for (int i = 0; i < _read.Length; i++)
        {
            _read[i] = -_read[i];
        }

        return _tiles[tile - 1].UpdateColumn(state.Arrays[tile - 1], key, _settings.TransferUpdate, j, _read, rate);
    }

    private ArrayState Visible(AlgorithmState state)
    {
        if (_tiles.Length == 1)
        {
            return state.Arrays[0];
        }

        Span<float> mixed = _visible.Weights.Values;
        state.Arrays[0].Weights.Values.CopyTo(mixed);
        float factor = 1.0f;
        for (int n = 1; n < _tiles.Length; n++)
        {
            factor *= (float)_settings.Mixing;
            ReadOnlySpan<float> tile = state.Arrays[n].Weights.Values;
            for (int e = 0; e < mixed.Length; e++)
            {
                mixed[e] = MathF.FusedMultiplyAdd(factor, tile[e], mixed[e]);
            }
        }

        return _visible;
    }
}
