using System;

namespace AnalogTheory.Training.Layers;

/// <summary>Functions between layers.</summary>
public enum ActivationKind
{
    /// <summary>1/(1 + e⁻ˣ).</summary>
    Sigmoid,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>max(x, 0).</summary>
    Relu,
}

/// <summary>A function of every number by itself.</summary>
/// <param name="Kind">Which function.</param>
public sealed record ActivationFunction(ActivationKind Kind) : LayerSettings
{
    /// <summary>1/(1 + e⁻ˣ).</summary>
    public static ActivationFunction Sigmoid { get; } = new(ActivationKind.Sigmoid);

    /// <summary>Hyperbolic tangent.</summary>
    public static ActivationFunction Tanh { get; } = new(ActivationKind.Tanh);

    /// <summary>max(x, 0).</summary>
    public static ActivationFunction Relu { get; } = new(ActivationKind.Relu);

    /// <inheritdoc/>
    public override Layer Build(Shape input, ulong deviceKey) => new ActivationLayer(Kind, input);

    private sealed class ActivationLayer(ActivationKind kind, Shape input) : Layer(Word(kind), input, input)
    {
        public override void Forward(LayerState state, ulong key, ReadOnlySpan<float> x, Span<float> y, Span<float> kept)
        {
            switch (kind)
            {
                case ActivationKind.Relu:
                    for (int i = 0; i < x.Length; i++)
                    {
                        y[i] = MathF.Max(x[i], 0.0f);
                    }

                    break;
                default:
                    Elementwise.Logistic(x, y, kind == ActivationKind.Tanh);
                    break;
            }
        }

        // All three have a derivative that is a function of what went out.
        public override void Backward(LayerState state, ulong key, Seen seen, ReadOnlySpan<float> dy, Span<float> dx)
        {
            ReadOnlySpan<float> y = seen.Y;
            switch (kind)
            {
                case ActivationKind.Relu:
                    for (int i = 0; i < dx.Length; i++)
                    {
                        dx[i] = y[i] > 0.0f ? dy[i] : 0.0f;
                    }

                    break;
                default:
                    Elementwise.LogisticGradient(y, dy, dx, kind == ActivationKind.Tanh);
                    break;
            }
        }

        private static string Word(ActivationKind kind) =>
            kind switch
            {
                ActivationKind.Sigmoid => "sigmoid",
                ActivationKind.Tanh => "tanh",
                _ => "relu",
            };
    }
}
