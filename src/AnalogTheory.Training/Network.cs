using System;
using System.Collections.Generic;
using System.Linq;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Training.Layers;

namespace AnalogTheory.Training;

/// <summary>A network: layers one after the other, each with its shape. It never changes; what changes is a <see cref="NetworkState"/>.</summary>
/// <remarks>Arrays reuse buffers, so a network must not be used by two threads at once; a second one from the same arguments is equal to it.</remarks>
public sealed class Network
{
    private readonly LayerSettings[] _settings;
    private readonly ulong _deviceKey;

    /// <summary>Builds the layers.</summary>
    /// <param name="input">Shape of a sample.</param>
    /// <param name="deviceKey">64-bit key from which elements of arrays are drawn.</param>
    /// <param name="layers">Layers, first to last; at least one.</param>
    /// <exception cref="ArgumentException">No layer, or one that does not fit what comes before it.</exception>
    public Network(Shape input, ulong deviceKey, params IReadOnlyList<LayerSettings> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
        {
            throw new ArgumentException("Expected at least one layer, got none.", nameof(layers));
        }

        (_settings, _deviceKey) = ([.. layers], deviceKey);
        List<Layer> built = [];
        Shape shape = input.Require(nameof(input));
        foreach (LayerSettings settings in layers)
        {
            built.Add(settings.Build(shape, Keys.Fold(deviceKey, (ulong)built.Count)));
            shape = built[^1].Output;
        }

        Layers = built;
    }

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>Shape of a sample that comes in.</summary>
    public Shape Input => Layers[0].Input;

    /// <summary>Shape of a sample that goes out.</summary>
    public Shape Output => Layers[^1].Output;

    /// <summary>The layers in words.</summary>
    public string Description => string.Join(", ", Layers.Select(layer => layer.Name));

    /// <summary>A state with random weights.</summary>
    /// <param name="key">64-bit key.</param>
    /// <returns>A new state.</returns>
    public NetworkState Init(ulong key)
    {
        NetworkState state = new([.. Layers.Select(layer => layer.Init())]);
        for (int l = 0; l < Layers.Count; l++)
        {
            Layers[l].Start(state.Layers[l], Keys.Fold(key, (ulong)l));
        }

        return state;
    }

    /// <summary>The forward pass of a mini-batch.</summary>
    /// <param name="state">State.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="pass">Buffers; its inputs are the samples, and its outputs are written.</param>
    public void Forward(NetworkState state, ulong key, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(pass);
        for (int l = 0; l < Layers.Count; l++)
        {
            Layers[l].Forward(state.Layers[l], Keys.Fold(key, (ulong)l), pass.Values(l), pass.Values(l + 1), pass.Kept(l));
        }
    }

    /// <summary>The gradients of a mini-batch, after its forward pass.</summary>
    /// <param name="state">State as in the forward pass.</param>
    /// <param name="key">The key of the forward pass, or another.</param>
    /// <param name="pass">Buffers; its output gradient is what to start from.</param>
    public void Backward(NetworkState state, ulong key, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(pass);

        // Nobody asks for the gradient by the samples.
        for (int l = Layers.Count - 1; l > 0; l--)
        {
            Layers[l].Backward(state.Layers[l], Keys.Fold(key, (ulong)l), pass.Seen(l), pass.Gradient(l + 1), pass.Gradient(l));
        }
    }

    /// <summary>One step of training of all layers, after the backward pass.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="key">The key of the forward pass, or another.</param>
    /// <param name="pass">Buffers.</param>
    /// <param name="learningRate">α, finite and not negative.</param>
    /// <returns>What was sent to all arrays.</returns>
    public UpdateInfo Update(NetworkState state, ulong key, Pass pass, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(pass);
        UpdateInfo info = default;
        for (int l = 0; l < Layers.Count; l++)
        {
            info += Layers[l].Update(state.Layers[l], Keys.Fold(key, (ulong)l), pass.Seen(l), pass.Gradient(l + 1), learningRate);
        }

        return info;
    }

    /// <summary>The same network on exact arrays, without any noise.</summary>
    /// <returns>The twin.</returns>
    public Network OnExactArrays() => new(Input, _deviceKey, [.. _settings.Select(settings => settings.OnExactArrays())]);

    /// <summary>The weights that this network computes with, in a state of <see cref="OnExactArrays"/>.</summary>
    /// <param name="state">A state of this network.</param>
    /// <param name="exact">A state of the twin, changed in place.</param>
    public void CopyVisible(NetworkState state, NetworkState exact)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(exact);
        for (int l = 0; l < Layers.Count; l++)
        {
            Layers[l].CopyVisible(state.Layers[l], exact.Layers[l]);
        }
    }
}
