using System;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Training.Layers;

/// <summary>A layer of a network: how a mini-batch goes forward, how its gradient comes back, and how the layer learns from it.</summary>
/// <remarks>
/// A layer is a description and never changes; what changes is a <see cref="LayerState"/>. Numbers of a mini-batch stand sample after sample. Randomness is a
/// function of the key: the passes draw from streams of their own, so one key serves one forward pass, one backward pass and one update. Arrays reuse
/// buffers, so a layer must not be used by two threads at once.
/// </remarks>
/// <param name="name">What it is called, such as "sigmoid".</param>
/// <param name="input">Shape of a sample that comes in.</param>
/// <param name="output">Shape of a sample that goes out.</param>
public abstract class Layer(string name, Shape input, Shape output)
{
    /// <summary>What it is called, such as "sigmoid".</summary>
    public string Name { get; } = name;

    /// <summary>Shape of a sample that comes in.</summary>
    public Shape Input { get; } = input.Require(nameof(input));

    /// <summary>Shape of a sample that goes out.</summary>
    public Shape Output { get; } = output.Require(nameof(output));

    /// <summary>Numbers that the forward pass keeps for the passes back, for each sample.</summary>
    public virtual int Kept => 0;

    /// <summary>A new state, weights at 0.</summary>
    public virtual LayerState Init() => new([], []);

    /// <summary>Puts the weights to their random start.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="key">64-bit key.</param>
    public virtual void Start(LayerState state, ulong key) { }

    /// <summary>The forward pass of a mini-batch.</summary>
    /// <param name="state">State.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="x">Samples that come in.</param>
    /// <param name="y">Receives what goes out.</param>
    /// <param name="kept">Receives <see cref="Kept"/> numbers a sample.</param>
    public abstract void Forward(LayerState state, ulong key, ReadOnlySpan<float> x, Span<float> y, Span<float> kept);

    /// <summary>The gradient of the loss by what came in.</summary>
    /// <param name="state">State, as it was in the forward pass.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="seen">What the forward pass saw.</param>
    /// <param name="dy">Gradient of the loss by what went out.</param>
    /// <param name="dx">Receives the gradient by what came in.</param>
    public abstract void Backward(LayerState state, ulong key, Seen seen, ReadOnlySpan<float> dy, Span<float> dx);

    /// <summary>One step of training; nothing for layers without weights.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="seen">What the forward pass saw.</param>
    /// <param name="dy">Gradient of the loss by what went out.</param>
    /// <param name="learningRate">α, finite and not negative.</param>
    /// <returns>What was sent to the arrays.</returns>
    public virtual UpdateInfo Update(LayerState state, ulong key, Seen seen, ReadOnlySpan<float> dy, double learningRate) => default;

    /// <summary>Puts the visible weights and digital numbers of a state into the state of this layer's twin on exact arrays.</summary>
    /// <param name="state">A state of this layer.</param>
    /// <param name="ideal">A state of the twin, changed in place.</param>
    internal virtual void CopyVisible(LayerState state, LayerState ideal) { }
}

/// <summary>What a layer saw in the forward pass.</summary>
/// <param name="x">Samples that came in.</param>
/// <param name="y">What went out.</param>
/// <param name="kept">What the layer kept.</param>
public readonly ref struct Seen(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> kept)
{
    /// <summary>Samples that came in.</summary>
    public ReadOnlySpan<float> X { get; } = x;

    /// <summary>What went out.</summary>
    public ReadOnlySpan<float> Y { get; } = y;

    /// <summary>What the layer kept.</summary>
    public ReadOnlySpan<float> Kept { get; } = kept;
}

/// <summary>A layer before its place in a network, and so its shape, is known.</summary>
public abstract record LayerSettings
{
    /// <summary>The layer for samples of a shape.</summary>
    /// <param name="input">Shape of a sample that comes in.</param>
    /// <param name="deviceKey">64-bit key from which elements of arrays are drawn.</param>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">The layer does not fit the shape.</exception>
    public abstract Layer Build(Shape input, ulong deviceKey);

    /// <summary>The same layer on exact arrays.</summary>
    /// <returns>Settings of the twin.</returns>
    public virtual LayerSettings OnExactArrays() => this;
}
