using System;
using System.Linq;
using AnalogTheory.Kernels.Elementary;
using AnalogTheory.Training.Layers;

namespace AnalogTheory.Training;

/// <summary>Buffers of one mini-batch on its way through a network and back; reused from one to the next.</summary>
public sealed class Pass
{
    private readonly float[][] _values;
    private readonly float[][] _gradients;
    private readonly float[][] _kept;
    private readonly int[] _sizes;
    private readonly int[] _keptSizes;

    /// <summary>Buffers for mini-batches of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="largest">Most samples of a mini-batch, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one sample.</exception>
    public Pass(Network network, int largest)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(largest, 1);
        Largest = largest;
        Samples = largest;
        _sizes = [network.Input.Size, .. network.Layers.Select(layer => layer.Output.Size)];
        _keptSizes = [.. network.Layers.Select(layer => layer.Kept)];
        _values = [.. _sizes.Select(size => new float[largest * size])];
        _gradients = [.. _sizes.Select(size => new float[largest * size])];
        _kept = [.. _keptSizes.Select(size => new float[largest * size])];
    }

    /// <summary>Most samples of a mini-batch.</summary>
    public int Largest { get; }

    /// <summary>Samples of the mini-batch at hand, 1 … <see cref="Largest"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Samples
    {
        get;
        set =>
            field =
                value >= 1 && value <= Largest
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        nameof(Samples),
                        FormattableString.Invariant($"Expected 1 … {Largest}, got {value}.")
                    );
    }

    /// <summary>The samples, one after the other.</summary>
    public Span<float> Inputs => Values(0);

    /// <summary>What the last layer gives.</summary>
    public Span<float> Outputs => Values(_values.Length - 1);

    /// <summary>Gradient of the loss by what the last layer gives.</summary>
    public Span<float> OutputGradient => Gradient(_values.Length - 1);

    /// <summary>Whether all gradients are finite.</summary>
    public bool IsFinite
    {
        get
        {
            for (int l = 1; l < _gradients.Length; l++)
            {
                if (!Finite.All(Gradient(l)))
                {
                    return false;
                }
            }

            return true;
        }
    }

    internal Span<float> Values(int layer) => _values[layer].AsSpan(0, Samples * _sizes[layer]);

    internal Span<float> Gradient(int layer) => _gradients[layer].AsSpan(0, Samples * _sizes[layer]);

    internal Span<float> Kept(int layer) => _kept[layer].AsSpan(0, Samples * _keptSizes[layer]);

    internal Seen Seen(int layer) => new(Values(layer), Values(layer + 1), Kept(layer));
}
