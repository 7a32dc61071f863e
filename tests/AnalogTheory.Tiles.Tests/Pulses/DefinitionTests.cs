using System;
using System.Collections.Generic;
using System.Numerics;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Pulses;

/// <summary>Every path of an update gives the bits of its definition, whatever the vector width, the threads, and the way it is called.</summary>
public class DefinitionTests
{
    private const int Outputs = 37;
    private const int Inputs = 70;

    private static readonly Dictionary<string, DeviceSettings> s_devices = new()
    {
        ["constant"] = new ConstantStepDevice(),
        ["linear"] = new LinearStepDevice { SlopeUp = 0.5, SlopeDown = 0.3 },
        ["linear, additive"] = new LinearStepDevice
        {
            SlopeUp = 0.5,
            SlopeDown = 0.3,
            MultiplicativeNoise = false,
        },
        ["soft bounds"] = new SoftBoundsDevice { Granularity = 0.01 },
        ["soft bounds, reference"] = new SoftBoundsReferenceDevice
        {
            ReferenceSpread = 0.1,
            SubtractSymmetricPoint = true,
            CorruptProbability = 0.05,
        },
        ["soft bounds, coarse"] = new SoftBoundsReferenceDevice { Granularity = 0.1 },
        ["soft bounds, write noise"] = new SoftBoundsReferenceDevice { WriteNoise = 2.0 },
        ["soft bounds, no noise"] = new SoftBoundsReferenceDevice { CycleNoise = 0.0 },
        ["power"] = new PowerStepDevice { ReferenceSpread = 0.05, CorruptProbability = 0.05 },
        ["exponential"] = new ExponentialStepDevice(),
        ["exponential, own noise"] = new ExponentialStepDevice { NoiseConstant = 0.001, NoiseOfWeight = 0.01 },
        ["symmetric power"] = new SymmetricPowerDevice { Exponent = 2.0, CorruptProbability = 0.05 },
        ["symmetric exponential"] = new SymmetricExponentialDevice { Exponent = 1.5, CorruptProbability = 0.05 },
        ["piecewise"] = new PiecewiseStepDevice { Up = [0.2, 1.0, 0.4], Down = [0.1, 1.0, 0.9] },
    };

    public static TheoryData<string, PulseType> Cases
    {
        get
        {
            TheoryData<string, PulseType> cases = [];
            foreach (string device in s_devices.Keys)
            {
                cases.Add(device, PulseType.StochasticCompressed);
            }

            cases.Add("soft bounds, reference", PulseType.Stochastic);
            cases.Add("soft bounds, reference", PulseType.MeanCount);
            cases.Add("soft bounds, reference", PulseType.DeterministicImplicit);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Widths_threads_and_calls_do_not_matter(string device, PulseType type)
    {
        float[] one = Run(device, type, lanes: 1, threads: 1);
        Assert.Equal(one, Run(device, type, lanes: 8, threads: 1));
        Assert.Equal(one, Run(device, type, lanes: 16, threads: 1));
        Assert.Equal(one, Run(device, type, lanes: 0, threads: 3));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Columns_and_rows_are_one_hot_updates(string device, PulseType type)
    {
        PulsedArray array = Array(device);
        ArrayState state = Start(array);
        UpdateSettings settings = new() { Type = type };
        float[] d = Numbers(1, Outputs);
        float[] x = Numbers(2, Inputs);
        float[] hotColumn = new float[Inputs];
        float[] hotRow = new float[Outputs];
        hotColumn[67] = 1.0f;
        hotRow[33] = 1.0f;
        double rate = 20.0 * array.Granularity;
        (ArrayState byColumn, UpdateInfo ofColumn) = array.ColumnUpdated(state, 5, settings, 67, d, rate);
        (ArrayState byHotColumn, UpdateInfo ofHotColumn) = array.Updated(state, 5, settings, hotColumn, d, rate);
        (ArrayState byRow, UpdateInfo ofRow) = array.RowUpdated(state, 5, settings, 33, x, rate);
        (ArrayState byHotRow, UpdateInfo ofHotRow) = array.Updated(state, 5, settings, x, hotRow, rate);
        Assert.Equal((ofHotColumn, ofHotRow), (ofColumn, ofRow));
        Assert.True(ofColumn.Pulses > 0 && ofRow.Pulses > 0);
        Assert.Equal(byHotColumn.ToArray(), byColumn.ToArray());
        Assert.Equal(byHotRow.ToArray(), byRow.ToArray());
        Assert.NotEqual(state.ToArray(), byColumn.ToArray());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_place_and_from_state_to_state_agree_and_the_argument_stays(string device, PulseType type)
    {
        PulsedArray array = Array(device);
        ArrayState state = Start(array);
        float[] before = state.ToArray();
        UpdateSettings settings = new() { Type = type };
        float[] x = Numbers(2, 3 * Inputs);
        float[] d = Numbers(1, 3 * Outputs);
        (ArrayState next, UpdateInfo info) = array.Updated(state, 5, settings, x, d, 0.02);
        Assert.Equal(before, state.ToArray());
        UpdateInfo inPlace = array.Update(state, 5, settings, x, d, 0.02);
        Assert.Equal((info, next.ToArray().Length), (inPlace, Outputs * Inputs));
        Assert.Equal(next.ToArray(), state.ToArray());
    }

    [Fact]
    public void Elements_that_no_closed_form_covers_go_as_pulses_one_by_one_do()
    {
        SoftBoundsReferenceDevice device = new() { Granularity = 0.1, MultiplicativeNoise = true };
        PulsedArray array = new(device.WithoutSpread(), Outputs, Inputs, deviceKey: 3);
        ArrayState state = Start(array);
        float[] x = Numbers(2, Inputs);
        float[] d = Numbers(1, Outputs);
        (ArrayState together, UpdateInfo info) = array.Updated(state, 5, new UpdateSettings(), x, d, 1.0);
        (ArrayState oneByOne, _) = array.Updated(state, 5, new UpdateSettings { PulseByPulse = true }, x, d, 1.0);
        Assert.True(info.Pulses > Outputs * Inputs);
        Assert.Equal(oneByOne.ToArray(), together.ToArray());
    }

    // Pulse after pulse, as the text says it: bits of both lines, direction, response, noise of its own number, bounds.
    [Theory]
    [InlineData(31)]
    [InlineData(70)]
    public void Pulses_one_by_one_are_the_plain_loop(int bitLength)
    {
        SoftBoundsDevice device = new() { Granularity = 0.002, CycleNoise = 0.4 };
        PulsedArray array = new(device.WithoutSpread(), Outputs, Inputs, deviceKey: 1);
        ArrayState state = array.Init();
        array.Set(state, 1, Numbers(3, Outputs * Inputs, 0.55f));
        float[] w = state.ToArray();
        float[] x = Numbers(2, Inputs);
        float[] d = Numbers(1, Outputs);
        const ulong Key = 5;
        const double LearningRate = 0.01;
        UpdateSettings settings = new()
        {
            BitLength = bitLength,
            UpdateManagement = false,
            BitLengthManagement = false,
            PulseByPulse = true,
        };
        UpdateInfo info = array.Update(state, Key, settings, x, d, LearningRate);
        double scale = Math.Sqrt(LearningRate / (0.002 * bitLength));
        long pulses = 0;
        for (int i = 0; i < Outputs; i++)
        {
            for (int j = 0; j < Inputs; j++)
            {
                int sent = 0;
                for (int slot = 0; slot < bitLength; slot++)
                {
                    bool column = Uniform.At(Key, Purpose.Pulses, 0, ((ulong)slot << 16) + (ulong)j) < scale * Math.Abs(x[j]);
                    bool row = Uniform.At(Key, Purpose.Pulses, 0, (1UL << 32) + ((ulong)slot << 16) + (ulong)i) < scale * Math.Abs(d[i]);
                    if (!column || !row)
                    {
                        continue;
                    }

                    ref float weight = ref w[(i * Inputs) + j];
                    bool isUp = x[j] * d[i] < 0.0f;
                    float step = isUp ? 0.002f * (1.0f - (weight * (1.0f / 0.6f))) : -(0.002f * (1.0f - (weight * (1.0f / -0.6f))));
                    float xi = Gaussian.AtSingle(Key, Purpose.CycleNoise, 0, ((ulong)i << 32) + ((ulong)sent << 16) + (ulong)j);
                    weight = Math.Clamp(MathF.FusedMultiplyAdd(0.4f * MathF.Abs(step), xi, weight + step), -0.6f, 0.6f);
                    sent++;
                }

                pulses += sent;
            }
        }

        Assert.Equal(new UpdateInfo(bitLength, pulses), info);
        Assert.Equal(w, state.ToArray());
    }

    private static float[] Run(string device, PulseType type, int lanes, int threads)
    {
        PulsedArray array = new(s_devices[device], Outputs, Inputs, deviceKey: 3) { Lanes = lanes, Threads = threads };
        ArrayState state = Start(array);
        foreach (int bitLength in new[] { 1, 31, 50 })
        {
            UpdateSettings settings = new() { Type = type, BitLength = bitLength };
            array.Update(state, (ulong)bitLength, settings, Numbers(2, 2 * Inputs), Numbers(1, 2 * Outputs), -0.05);
        }

        UpdateSettings long_ = new()
        {
            Type = type,
            BitLength = 40,
            PulseByPulse = true,
            BitLengthManagement = false,
        };
        UpdateInfo info = array.Update(state, 99, long_, Numbers(2, Inputs), Numbers(1, Outputs), 0.05);
        return [.. state.ToArray(), info.Pulses, BitOperations.PopCount((ulong)info.Pulses)];
    }

    private static PulsedArray Array(string device) => new(s_devices[device], Outputs, Inputs, deviceKey: 3);

    private static ArrayState Start(PulsedArray array)
    {
        ArrayState state = array.Init();
        array.Set(state, 1, Numbers(3, Outputs * Inputs, 0.5f));
        return state;
    }

    private static float[] Numbers(uint replica, int count, float scale = 1.0f)
    {
        double[] uniforms = new double[count];
        Uniform.Fill(123, Purpose.General, replica, uniforms);
        return System.Array.ConvertAll(uniforms, u => scale * (float)((2.0 * u) - 1.0));
    }
}
