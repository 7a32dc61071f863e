using System;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Training.Layers;
using AnalogTheory.Training.Models;
using Xunit;

namespace AnalogTheory.Training.Tests.Layers;

public class MatrixTests
{
    [Fact]
    public void A_matrix_on_several_tiles_computes_what_it_computes_on_one()
    {
        Layer one = new Linear(7, Hardware.Digital).Build(Shape.Vector(11), 1);
        Layer many = new Linear(7, Hardware.Digital) { Matrix = new() { LargestTile = 3 } }.Build(Shape.Vector(11), 1);
        float[] x = Numbers.Between(22, 5, -1.0, 1.0);
        float[] y = Output(one, x),
            z = Output(many, x);
        Assert.Equal(12, many.Init().Tiles.Count);
        Assert.Equal(y, z, (a, b) => Math.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void A_bias_in_an_array_of_its_own_is_read_with_one()
    {
        Layer layer = new Linear(1, Hardware.Digital)
        {
            Matrix = new() { Bias = Bias.InArray, LargestTile = 1 },
        }.Build(Shape.Vector(1), 1);
        LayerState state = layer.Init();
        state.Tiles[0].Arrays[0].Weights.Load([2f]);
        state.Tiles[1].Arrays[0].Weights.Load([3f]);
        float[] y = new float[1];
        layer.Forward(state, 1, [5f], y, new float[layer.Kept]);
        Assert.Equal(13f, y[0]);
    }

    [Fact]
    public void Seven_hundred_eighty_four_inputs_lie_on_two_equal_tiles()
    {
        LayerState state = new Linear(256, Hardware.Digital).Build(Shape.Vector(784), 1).Init();
        Assert.Equal([392, 392], [state.Tiles[0].Arrays[0].Weights.Columns, state.Tiles[1].Arrays[0].Weights.Columns]);
    }

    [Fact]
    public void Weight_scaling_fills_a_tile_up_to_omega_and_leaves_the_product()
    {
        MatrixSettings scaled = new() { WeightScaling = 0.3, WeightScalingByOutput = true };
        Layer plain = new Linear(4, Hardware.Digital).Build(Shape.Vector(9), 1);
        Layer layer = new Linear(4, Hardware.Digital) { Matrix = scaled }.Build(Shape.Vector(9), 1);
        LayerState state = layer.Init();
        layer.Start(state, 3);
        for (int i = 0; i < 4; i++)
        {
            float largest = 0f;
            foreach (float weight in state.Tiles[0].Arrays[0].Weights.Row(i))
            {
                largest = MathF.Max(largest, MathF.Abs(weight));
            }

            Assert.Equal(0.3f, largest, 1e-6f);
        }

        float[] x = Numbers.Between(9, 5, -1.0, 1.0);
        Assert.Equal(Output(plain, x), Output(layer, x), (a, b) => Math.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void Weights_start_as_torch_starts_them()
    {
        Layer layer = new Linear(50, Hardware.Digital).Build(Shape.Vector(400), 1);
        LayerState state = layer.Init();
        layer.Start(state, 3);
        double largest = 0.0,
            square = 0.0;
        foreach (float weight in Tiles.Arrays.ArraySteps.ToArray(state.Tiles[0].Arrays[0]))
        {
            largest = Math.Max(largest, Math.Abs(weight));
            square += weight * weight / 20_000.0;
        }

        // Uniform within ±1/√400: no weight beyond .05, second moment .05²/3.
        Assert.InRange(largest, 0.0499, 0.05);
        Assert.InRange(square, 0.95 * 0.05 * 0.05 / 3.0, 1.05 * 0.05 * 0.05 / 3.0);
    }

    [Fact]
    public void A_raw_output_at_the_converters_bound_gives_no_gradient()
    {
        Hardware bounded = Hardware.Digital with { GradientBound = 1.0 };
        Layer layer = new Linear(2, bounded) { Matrix = new() { Bias = Bias.None } }.Build(Shape.Vector(1), 1);
        LayerState state = layer.Init();
        state.Tiles[0].Arrays[0].Weights.Load([2f, 0.5f]);
        float[] y = new float[2],
            kept = new float[layer.Kept],
            dx = new float[1];
        layer.Forward(state, 1, [1f], y, kept);
        layer.Backward(state, 1, new Seen([1f], y, kept), [1f, 1f], dx);
        Assert.Equal(0.5f, dx[0]);
    }

    [Fact]
    public void A_convolution_is_the_sum_over_its_patch()
    {
        Layer layer = new Convolution(2, 2, Hardware.Digital) { Stride = 1, Padding = 1 }.Build(new Shape(2, 3, 3), 1);
        LayerState state = layer.Init();
        layer.Start(state, 9);
        float[] x = Numbers.Between(18, 5, -1.0, 1.0);
        float[] y = new float[layer.Output.Size];
        layer.Forward(state, 1, x, y, new float[layer.Kept]);
        Tiles.Arrays.Grid weights = state.Tiles[0].Arrays[0].Weights;
        for (int o = 0; o < 2; o++)
        {
            for (int row = 0; row < 4; row++)
            {
                for (int column = 0; column < 4; column++)
                {
                    double sum = state.Numbers[4 + o];
                    for (int c = 0; c < 2; c++)
                    {
                        for (int k = 0; k < 4; k++)
                        {
                            (int i, int j) = (row - 1 + (k / 2), column - 1 + (k % 2));
                            sum += i is < 0 or > 2 || j is < 0 or > 2 ? 0.0 : weights[o, (c * 4) + k] * x[(c * 9) + (i * 3) + j];
                        }
                    }

                    Assert.Equal(sum, y[(o * 16) + (row * 4) + column], 1e-5);
                }
            }
        }
    }

    [Fact]
    public void On_devices_without_imperfections_an_analog_layer_learns_as_a_digital_one()
    {
        DeviceSettings device = new SoftBoundsReferenceDevice { UpperBound = 1e6, LowerBound = -1e6 }
            .WithoutSpread()
            .WithoutNoise();
        AnalogHardware hardware = new(device) { Pulsed = false, Periphery = Tiles.Periphery.PeripherySettings.Perfect };
        float[] x = Numbers.Between(10, 5, -1.0, 1.0),
            dy = Numbers.Between(6, 6, -1.0, 1.0);
        float[] analog = Trained(hardware.Sgd()),
            digital = Trained(Hardware.Digital);
        Assert.Equal(digital, analog, (a, b) => Math.Abs(a - b) < 1e-5f);

        float[] Trained(Hardware of)
        {
            Layer layer = new Linear(3, of).Build(Shape.Vector(5), 1);
            LayerState state = layer.Init();
            layer.Start(state, 2);
            float[] y = new float[6],
                kept = new float[2 * layer.Kept];
            layer.Forward(state, 1, x, y, kept);
            layer.Update(state, 1, new Seen(x, y, kept), dy, 0.1);
            return [.. Tiles.Arrays.ArraySteps.ToArray(state.Tiles[0].Arrays[0]), .. state.Numbers];
        }
    }

    private static float[] Output(Layer layer, float[] x)
    {
        LayerState state = layer.Init();
        layer.Start(state, 3);
        int samples = x.Length / layer.Input.Size;
        float[] y = new float[samples * layer.Output.Size];
        layer.Forward(state, 1, x, y, new float[samples * layer.Kept]);
        return y;
    }
}
