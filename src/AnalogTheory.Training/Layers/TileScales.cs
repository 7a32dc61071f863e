using System;

namespace AnalogTheory.Training.Layers;

/// <summary>The digital factors around the tiles of a matrix: β is learned, m keeps a tile's weights within ω and is fixed at the start.</summary>
/// <remarks>
/// They are the first of the layer's digital numbers, every β before every m, in the order of the tiles' raw outputs: one for each output, equal where a tile
/// has one for all.
/// </remarks>
internal sealed class TileScales(TileGrid grid, MatrixSettings settings)
{
    private readonly Scratch _factors = new();
    private readonly double[] _sums = new double[grid.Outputs];

    /// <summary>How many of the layer's numbers they are.</summary>
    internal int Count => 2 * grid.Kept;

    /// <summary>Every factor becomes 1.</summary>
    internal void Reset(LayerState state) => state.Numbers[..Count].Fill(1.0f);

    /// <summary>β·m, by which a tile's outputs are multiplied on their way forward, and its gradient on the way back.</summary>
    /// <returns>One factor an output, until factors are asked for the next time.</returns>
    internal ReadOnlySpan<float> OnPass(LayerState state, Tile tile) => Factors(state, tile, divided: false);

    /// <summary>β/m, by which the gradient that a tile learns from is multiplied: the weight m·W of the network then moves by −α·β·dy·xᵀ.</summary>
    /// <returns>One factor an output, until factors are asked for the next time.</returns>
    internal ReadOnlySpan<float> OnUpdate(LayerState state, Tile tile) => Factors(state, tile, divided: true);

    /// <summary>Fixes m so that the largest weight of the tile, or of each output, is ω, and divides the weights by it; for ω = 0 they stay as they are.</summary>
    internal void Fit(LayerState state, Tile tile, Span<float> weights)
    {
        if (settings.WeightScaling == 0.0)
        {
            return;
        }

        Span<float> m = Fixed(state, tile);
        Span<float> largest = stackalloc float[tile.Outputs];
        for (int i = 0; i < tile.Outputs; i++)
        {
            foreach (float weight in weights.Slice(i * tile.Inputs, tile.Inputs))
            {
                largest[i] = MathF.Max(largest[i], MathF.Abs(weight));
            }
        }

        if (!settings.WeightScalingByOutput)
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
            m[i] = largest[i] > 0.0f ? largest[i] / (float)settings.WeightScaling : 1.0f;
            foreach (ref float weight in weights.Slice(i * tile.Inputs, tile.Inputs))
            {
                weight /= m[i];
            }
        }
    }

    /// <summary>Moves β by −α times its gradient, if it is learned.</summary>
    internal void Learn(LayerState state, Tile tile, ReadOnlySpan<float> kept, ReadOnlySpan<float> dy, int vectors, double learningRate)
    {
        if (!settings.LearnsOutputScale)
        {
            return;
        }

        Span<float> beta = Learned(state, tile);
        ReadOnlySpan<float> m = Fixed(state, tile);
        Span<double> sums = _sums.AsSpan(0, tile.Outputs);
        sums.Clear();
        int run = grid.Run(vectors);
        for (int n = 0; n < vectors; n += run)
        {
            ReadOnlySpan<float> gradient = dy.Slice(grid.OutputAt(tile, n), run * tile.Outputs);
            Elementwise.AddUp(gradient, kept.Slice(grid.KeptAt(tile, n), run * tile.Outputs), sums);
        }

        double all = 0.0;
        for (int i = 0; i < sums.Length; i++)
        {
            if (settings.OutputScaleByOutput)
            {
                beta[i] -= (float)(learningRate * m[i] * sums[i]);
            }

            all += m[i] * sums[i];
        }

        if (!settings.OutputScaleByOutput)
        {
            beta.Fill(beta[0] - (float)(learningRate * all));
        }
    }

    private ReadOnlySpan<float> Factors(LayerState state, Tile tile, bool divided)
    {
        ReadOnlySpan<float> beta = Learned(state, tile);
        ReadOnlySpan<float> m = Fixed(state, tile);
        Span<float> factors = _factors.Room(tile.Outputs);
        for (int i = 0; i < factors.Length; i++)
        {
            factors[i] = divided ? beta[i] / m[i] : beta[i] * m[i];
        }

        return factors;
    }

    private static Span<float> Learned(LayerState state, Tile tile) => state.Numbers.Slice(tile.First, tile.Outputs);

    private Span<float> Fixed(LayerState state, Tile tile) => state.Numbers.Slice(grid.Kept + tile.First, tile.Outputs);
}
