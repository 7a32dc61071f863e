using System;
using System.Linq;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Tests.Reference;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Devices;

/// <summary>Devices: what is refused, what moves slowly, and presets.</summary>
public class DeviceTests
{
    public static TheoryData<string> Presets => [.. DevicePresets.All.Select(preset => preset.Name)];

    [Fact]
    public void Numbers_that_describe_no_device_are_refused_by_name()
    {
        Refused("Granularity", new ConstantStepDevice { Granularity = 0.0 });
        Refused("Granularity", new ConstantStepDevice { Granularity = double.NaN });
        Refused("UpperBound", new ConstantStepDevice { UpperBound = -0.1 });
        Refused("LowerBound", new ConstantStepDevice { LowerBound = 0.1 });
        Refused("CycleNoise", new SoftBoundsDevice { CycleNoise = -1.0 });
        Refused("CorruptProbability", new SoftBoundsDevice { CorruptProbability = 1.5 });
        Refused("Lifetime", new SoftBoundsDevice { Lifetime = 0.5 });
        Refused("Exponent", new PowerStepDevice { Exponent = 0.0 });
        Refused("Exponent", new SymmetricPowerDevice { Exponent = -1.0 });
        Refused("Exponent", new SymmetricExponentialDevice { Exponent = double.NaN });
        Refused("Up", new PiecewiseStepDevice { Up = [1.0, 1.0], Down = [1.0] });
        Refused("Up", new PiecewiseStepDevice { Up = [] });
        Refused("ReferenceMean", new SoftBoundsReferenceDevice { ReferenceMean = double.PositiveInfinity });

        static void Refused(string name, DeviceSettings device) =>
            Assert.Equal(name, Assert.Throws<ArgumentException>(() => new PulsedArray(device, 2, 2, deviceKey: 1)).ParamName);
    }

    [Fact]
    public void An_unknown_preset_is_refused_and_the_nearest_named()
    {
        Assert.Contains(
            "the nearest is ReRamSB",
            Assert.Throws<ArgumentException>(() => DevicePresets.Named("ReRamSD")).Message,
            StringComparison.Ordinal
        );
        Assert.Equal("EcRamMO", DevicePresets.Named("ecrammo").Name);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Weights_of_a_preset_stay_in_bounds_and_move_both_ways(string name)
    {
        PulsedArray array = new(DevicePresets.Named(name).Device with { WriteNoise = 0.0 }, 20, 30, deviceKey: 4);
        ArrayState state = array.Init();
        float[] x = [.. Enumerable.Range(0, 30).Select(j => MathF.Sin(j + 1))];
        float[] d = [.. Enumerable.Range(0, 20).Select(i => MathF.Cos(i + 1))];
        double before = 0.0;
        for (int step = 0; step < 20; step++)
        {
            UpdateInfo info = array.Update(state, (ulong)step, UpdateSettings.Default, x, d, step < 10 ? 0.2 : -0.2);
            Assert.True(info.Pulses > 0);
            for (int i = 0; i < 20; i++)
            {
                for (int j = 0; j < 30; j++)
                {
                    Assert.InRange(state.Weights[i, j], array.Elements[2, i, j], array.Elements[3, i, j]);
                }
            }

            double along = Along();
            Assert.True(step is 0 or 10 || step < 10 == along < before, $"step {step}: {before} → {along}");
            before = step == 9 ? double.NegativeInfinity : along;
        }

        double Along() => Enumerable.Range(0, 20).Sum(i => Enumerable.Range(0, 30).Sum(j => (double)state.Weights[i, j] * x[j] * d[i]));
    }

    [Fact]
    public void Decay_shrinks_the_distance_to_the_reset_s_target_by_its_factor()
    {
        PulsedArray array = new(new ConstantStepDevice { Lifetime = 4.0, Reset = 0.1 }.WithoutSpread(), 2, 3, deviceKey: 1);
        ArrayState state = array.Init();
        array.Set(state, 1, [0.5f, 0.5f, 0.5f, -0.3f, -0.3f, -0.3f]);
        array.Relax(state, 1);
        Assert.Equal(0.1 + (0.75 * 0.4), state.Weights[0, 2], 1e-7);
        Assert.Equal(0.1 - (0.75 * 0.4), state.Weights[1, 0], 1e-7);
    }

    [Fact]
    public void Diffusion_and_resets_have_their_deviations()
    {
        DeviceSettings device = new ConstantStepDevice
        {
            Diffusion = 0.02,
            ResetNoise = 0.05,
            Reset = -0.1,
        };
        PulsedArray array = new(device.WithoutSpread(), 200, 200, deviceKey: 1);
        ArrayState state = array.Init();
        array.Relax(state, 3);
        Near(0.0, 0.02);
        array.ResetColumns(state, 4, 150, 200);
        Near(-0.1, 0.05);
        array.ResetColumns(array.Relaxed(state, 5), 6, 0, 1);

        void Near(double mean, double deviation)
        {
            Sample sample = new();
            foreach (float w in state.ToArray())
            {
                sample.Add(w);
            }

            Assert.True(Math.Abs(sample.Mean - mean) < 4.0 * sample.ErrorOfMean, $"mean {sample.Mean}");
            Assert.True(Math.Abs(sample.Deviation - deviation) < 4.0 * sample.ErrorOfDeviation, $"deviation {sample.Deviation}");
        }
    }

    [Fact]
    public void Write_noise_is_on_the_visible_weight_only_and_drawn_anew_by_pulses()
    {
        DeviceSettings device = new ConstantStepDevice
        {
            WriteNoise = 10.0,
            CycleNoise = 0.0,
            UpperBoundSpread = 0.0,
            LowerBoundSpread = 0.0,
        };
        PulsedArray array = new(device, 200, 200, deviceKey: 1);
        ArrayState state = array.Init();
        array.Set(state, 1, new float[40000]);
        Sample sample = new();
        for (int i = 0; i < 200; i++)
        {
            for (int j = 0; j < 200; j++)
            {
                Assert.Equal(0.0f, state.Hidden![i, j]);
                sample.Add(state.Weights[i, j]);
            }
        }

        Assert.True(Math.Abs(sample.Deviation - 0.01) < 4.0 * sample.ErrorOfDeviation, $"deviation {sample.Deviation}");
        float other = state.Weights[7, 9];
        float drawn = state.Weights[7, 8];
        array.UpdateColumn(state, 2, UpdateSettings.Default, 8, [.. Enumerable.Repeat(1f, 200)], 0.01);
        Assert.Equal(other, state.Weights[7, 9]);
        Assert.NotEqual(drawn, state.Weights[7, 8]);
        Assert.True(state.Hidden![7, 8] < 0.0f);

        // x and d of 1 send every element a pulse.
        float[] ones = [.. Enumerable.Repeat(1f, 200)];
        array.Update(state, 3, UpdateSettings.Default, ones, ones, 0.01);
        Sample written = new();
        for (int e = 0; e < 40000; e++)
        {
            written.Add(state.Weights[e / 200, e % 200] - state.Hidden![e / 200, e % 200]);
        }

        Assert.True(Math.Abs(written.Mean) < 4.0 * written.ErrorOfMean, $"mean {written.Mean}");
        Assert.True(Math.Abs(written.Deviation - 0.01) < 4.0 * written.ErrorOfDeviation, $"deviation {written.Deviation}");
    }

    [Fact]
    public void Stuck_elements_do_not_move()
    {
        PulsedArray array = new(new SoftBoundsReferenceDevice { CorruptProbability = 1.0 }, 4, 5, deviceKey: 1);
        ArrayState state = array.Init();
        float[] before = state.ToArray();
        array.Update(state, 1, UpdateSettings.Default, [1f, 1f, 1f, 1f, 1f], [1f, -1f, 1f, -1f], 1.0);
        Assert.Equal(before, state.ToArray());
        Assert.All(before, w => Assert.InRange(MathF.Abs(w), 0.0f, 0.1f));
        Assert.True(before.Distinct().Count() > 15);
    }
}
