using System;
using System.Collections.Generic;
using AnalogTheory.Training.Layers;
using Xunit;

namespace AnalogTheory.Training.Tests.Layers;

/// <summary>Analytic gradients against central differences, for every layer on exact arrays.</summary>
public class GradientTests
{
    private const int Samples = 3;
    private const float Step = 1f / 64f;

    private static readonly Dictionary<string, (Shape Input, LayerSettings Layer)> s_layers = new()
    {
        ["linear"] = (Shape.Vector(5), new Linear(4, Hardware.Digital)),
        ["linear without bias and scale"] = (
            Shape.Vector(5),
            new Linear(4, Hardware.Digital)
            {
                Matrix = new() { Bias = Bias.None, LearnsOutputScale = false },
            }
        ),
        ["linear with its bias in the array"] = (
            Shape.Vector(5),
            new Linear(4, Hardware.Digital) { Matrix = new() { Bias = Bias.InArray } }
        ),
        ["linear with a scale for each output"] = (
            Shape.Vector(5),
            new Linear(4, Hardware.Digital) { Matrix = new() { OutputScaleByOutput = true } }
        ),
        ["linear with weight scaling"] = (
            Shape.Vector(5),
            new Linear(4, Hardware.Digital)
            {
                Matrix = new() { WeightScaling = 0.3, WeightScalingByOutput = true },
            }
        ),
        ["linear on several tiles"] = (
            Shape.Vector(5),
            new Linear(4, Hardware.Digital)
            {
                Matrix = new() { LargestTile = 2, WeightScaling = 0.5 },
            }
        ),
        ["convolution"] = (new Shape(2, 5, 4), new Convolution(3, 3, Hardware.Digital)),
        ["convolution with stride and padding"] = (
            new Shape(2, 5, 4),
            new Convolution(3, 3, Hardware.Digital)
            {
                Stride = 2,
                Padding = 1,
                Matrix = new() { Bias = Bias.InArray, LargestTile = 10 },
            }
        ),
        ["max pooling"] = (new Shape(2, 5, 4), new Pooling(2)),
        ["mean pooling"] = (new Shape(2, 5, 4), new Pooling(2, TakesMean: true)),
        ["sigmoid"] = (Shape.Vector(5), ActivationFunction.Sigmoid),
        ["tanh"] = (Shape.Vector(5), ActivationFunction.Tanh),
        ["relu"] = (Shape.Vector(5), ActivationFunction.Relu),
        ["log-softmax"] = (Shape.Vector(5), new LogSoftmax()),
    };

    public static TheoryData<string> Names => [.. s_layers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_by_the_inputs_is_the_slope(string name)
    {
        Case at = new(name);
        float[] gradient = new float[at.X.Length];
        at.Layer.Backward(at.State, 1, new Seen(at.X, at.Y, at.Kept), at.Dy, gradient);
        for (int i = 0; i < at.X.Length; i++)
        {
            float x = at.X[i];
            at.X[i] = x + Step;
            double above = at.Loss();
            at.X[i] = x - Step;
            double below = at.Loss();
            at.X[i] = x;
            AssertSlope((above - below) / (2.0 * Step), gradient[i], $"input {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_update_goes_down_the_slope_of_every_weight(string name)
    {
        Case at = new(name);
        LayerState after = at.State.Clone();
        at.Layer.Update(after, 1, new Seen(at.X, at.Y, at.Kept), at.Dy, 1.0);
        for (int t = 0; t < at.State.Tiles.Count; t++)
        {
            Tiles.Arrays.Grid weights = at.State.Tiles[t].Arrays[0].Weights;
            for (int i = 0; i < weights.Rows; i++)
            {
                for (int j = 0; j < weights.Columns; j++)
                {
                    // The network's weight is m·W; m is what a tile's output is multiplied by beside β.
                    double slope = Slope(at, () => weights[i, j], value => weights[i, j] = value);
                    double moved = weights[i, j] - after.Tiles[t].Arrays[0].Weights[i, j];
                    double m = at.ScalingOf(t, i);
                    AssertSlope(slope / m, moved * m, $"tile {t}, weight {i}, {j}");
                }
            }
        }
    }

    [Fact]
    public void A_learned_scale_and_a_digital_bias_go_down_their_slopes()
    {
        foreach (string name in (string[])["linear", "linear with a scale for each output", "convolution", "linear on several tiles"])
        {
            Case at = new(name);
            LayerState after = at.State.Clone();
            at.Layer.Update(after, 1, new Seen(at.X, at.Y, at.Kept), at.Dy, 1.0);
            int outputs = at.Layer.Output.Channels;
            int factors = (at.State.Numbers.Length - outputs) / 2;
            for (int i = 0; i < outputs; i++)
            {
                int bias = (2 * factors) + i;
                AssertSlope(SlopeOfNumbers(at, bias, 1), at.State.Numbers[bias] - after.Numbers[bias], $"{name}, bias {i}");
            }

            if (name == "linear with a scale for each output")
            {
                for (int i = 0; i < outputs; i++)
                {
                    AssertSlope(SlopeOfNumbers(at, i, 1), at.State.Numbers[i] - after.Numbers[i], $"{name}, scale {i}");
                }
            }
            else
            {
                // One scale for all outputs of a tile.
                int ofTile = at.State.Tiles[0].Arrays[0].Weights.Rows;
                for (int first = 0; first < factors; first += ofTile)
                {
                    AssertSlope(
                        SlopeOfNumbers(at, first, ofTile),
                        at.State.Numbers[first] - after.Numbers[first],
                        $"{name}, scale {first}"
                    );
                }
            }
        }
    }

    [Fact]
    public void The_loss_has_the_gradient_of_the_mean()
    {
        float[] log = Numbers.Between(6, 3, -3.0, -0.1);
        byte[] labels = [2, 0];
        float[] gradient = new float[6];
        (double sum, _) = Loss.NegativeLogLikelihood(log, labels, gradient);
        Assert.Equal(-(double)log[2] - log[3], sum, 1e-6);
        Assert.Equal([0f, 0f, -0.5f, -0.5f, 0f, 0f], gradient);
    }

    private static double SlopeOfNumbers(Case at, int first, int count)
    {
        float[] before = at.State.Numbers.Slice(first, count).ToArray();
        return Slope(at, () => before[0], value => at.State.Numbers.Slice(first, count).Fill(value));
    }

    private static double Slope(Case at, Func<float> get, Action<float> set)
    {
        float value = get();
        set(value + Step);
        double above = at.Loss();
        set(value - Step);
        double below = at.Loss();
        set(value);
        return (above - below) / (2.0 * Step);
    }

    private static void AssertSlope(double expected, double got, string where) =>
        Assert.True(Math.Abs(expected - got) <= 2e-3 + (2e-3 * Math.Abs(expected)), $"{where}: slope {expected}, gradient {got}");

    /// <summary>A layer with a state, samples, and a loss Σ dy·y whose gradient by the outputs is dy.</summary>
    private sealed class Case
    {
        private readonly LayerSettings _settings;

        internal Case(string name)
        {
            (Shape input, _settings) = s_layers[name];
            Layer = _settings.Build(input, 1);
            State = Layer.Init();
            Layer.Start(State, 2);

            // Far from the corners of relu and of max pooling, and numbers of scales and biases that are no special ones.
            X = Numbers.Between(Samples * input.Size, 3, -1.0, 1.0);
            for (int i = 0; i < X.Length; i++)
            {
                X[i] = (MathF.Round(X[i] * 8f) / 8f) + (0.0625f * (i % 2)) + (X[i] >= 0f ? 0.05f : -0.05f);
            }

            Separate();
            for (int t = 0; t < State.Numbers.Length; t++)
            {
                State.Numbers[t] *= 1.25f;
            }

            Y = new float[Samples * Layer.Output.Size];
            Kept = new float[Samples * Layer.Kept];
            Dy = Numbers.Between(Y.Length, 4, -1.0, 1.0);
            Loss();
        }

        internal Layer Layer { get; }

        internal LayerState State { get; }

        internal float[] X { get; }

        internal float[] Y { get; }

        internal float[] Kept { get; }

        internal float[] Dy { get; }

        internal double Loss()
        {
            Layer.Forward(State, 1, X, Y, Kept);
            double sum = 0.0;
            for (int i = 0; i < Y.Length; i++)
            {
                sum += (double)Dy[i] * Y[i];
            }

            return sum;
        }

        internal double ScalingOf(int tile, int row)
        {
            MatrixSettings? matrix = (_settings as Linear)?.Matrix ?? (_settings as Convolution)?.Matrix;
            if (matrix is null)
            {
                return 1.0;
            }

            int outputs = Layer.Output.Channels;
            int digitalBias = matrix.Bias == Bias.Digital ? outputs : 0;
            int factors = (State.Numbers.Length - digitalBias) / 2;
            int columns = factors / outputs;
            int rows = State.Tiles.Count / columns;
            int first = tile / columns * (outputs / rows);
            return State.Numbers[factors + (tile % columns * outputs) + first + row];
        }

        // Distances between any two inputs of more than a difference quotient's step.
        private void Separate()
        {
            if (_settings is Pooling { TakesMean: false })
            {
                for (int i = 0; i < X.Length; i++)
                {
                    X[i] = 0.07f * (i * 7 % X.Length);
                }
            }
        }
    }
}
