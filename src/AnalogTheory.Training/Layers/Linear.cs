using System;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Training.Layers;

/// <summary>A fully connected layer.</summary>
/// <param name="Outputs">Number of outputs, at least 1.</param>
/// <param name="Hardware">What its weights are made of.</param>
public sealed record Linear(int Outputs, Hardware Hardware) : LayerSettings
{
    /// <summary>How its weights lie on tiles.</summary>
    public MatrixSettings Matrix { get; init; } = MatrixSettings.Default;

    /// <inheritdoc/>
    public override Layer Build(Shape input, ulong deviceKey) => new LinearLayer(this, input, deviceKey);

    /// <inheritdoc/>
    public override LayerSettings OnExactArrays() => this with { Hardware = Hardware.Digital };

    private sealed class LinearLayer(Linear settings, Shape input, ulong deviceKey)
        : Layer(FormattableString.Invariant($"linear {input.Size} → {settings.Outputs}"), input, Shape.Vector(settings.Outputs))
    {
        private readonly TiledMatrix _matrix = new(settings.Hardware, settings.Matrix, settings.Outputs, input.Size, deviceKey);

        public override int Kept => _matrix.Kept;

        public override LayerState Init() => _matrix.Init();

        public override void Start(LayerState state, ulong key) => _matrix.Start(state, key);

        public override void Forward(LayerState state, ulong key, ReadOnlySpan<float> x, Span<float> y, Span<float> kept) =>
            _matrix.Forward(state, key, x, y, kept);

        public override void Backward(LayerState state, ulong key, Seen seen, ReadOnlySpan<float> dy, Span<float> dx) =>
            _matrix.Backward(state, key, seen.Kept, dy, dx);

        public override UpdateInfo Update(LayerState state, ulong key, Seen seen, ReadOnlySpan<float> dy, double learningRate) =>
            _matrix.Update(state, key, seen.X, seen.Kept, dy, learningRate);

        internal override void CopyVisible(LayerState state, LayerState ideal) => _matrix.CopyVisible(state, ideal);
    }
}
