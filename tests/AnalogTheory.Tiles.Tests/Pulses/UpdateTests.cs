using System;
using System.Linq;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Periphery;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Pulses;

/// <summary>What holds of every update.</summary>
public class UpdateTests
{
    private static readonly DeviceSettings[] s_devices =
    [
        new ConstantStepDevice { CorruptProbability = 0.1 },
        new LinearStepDevice
        {
            SlopeUp = 0.5,
            SlopeDown = -0.5,
            AllowIncreasing = true,
        },
        new SoftBoundsDevice { Granularity = 0.3, CycleNoise = 2.0 },
        new SoftBoundsReferenceDevice
        {
            Granularity = 0.05,
            ReferenceSpread = 0.2,
            CorruptProbability = 0.1,
        },
        new PowerStepDevice { Granularity = 0.05, ReferenceSpread = 0.1 },
        new ExponentialStepDevice { Granularity = 0.05, NoiseConstant = 0.01 },
        new SymmetricPowerDevice
        {
            Granularity = 0.05,
            Exponent = 2.0,
            CorruptProbability = 0.1,
        },
        new SymmetricExponentialDevice { Granularity = 0.05, CorruptProbability = 0.1 },
        new PiecewiseStepDevice
        {
            Granularity = 0.05,
            Up = [0.2, 1.0, 0.4],
            Down = [0.1, 1.0, 0.9],
        },
    ];

    public static TheoryData<int, PulseType> Cases
    {
        get
        {
            TheoryData<int, PulseType> cases = [];
            foreach (int device in Enumerable.Range(0, s_devices.Length))
            {
                foreach (PulseType type in Enum.GetValues<PulseType>().Where(type => type != PulseType.Exact))
                {
                    cases.Add(device, type);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weights_stay_in_bounds(int device, PulseType type)
    {
        for (ulong seed = 1; seed <= 12; seed++)
        {
            int outputs = 1 + (int)(seed * 7 % 40);
            int inputs = 1 + (int)(seed * 13 % 50);
            DeviceArray[] arrays =
            [
                new PulsedArray(s_devices[device], outputs, inputs, seed),
                new ContinuousArray(s_devices[device], outputs, inputs, seed),
                new ContinuousArray(s_devices[device], outputs, inputs, seed) { FullBatch = true },
            ];
            UpdateSettings settings = new()
            {
                Type = type,
                BitLength = 1 + (int)(seed * 17 % 70),
                PulseByPulse = seed % 2 == 0,
                BitLengthManagement = seed % 3 == 0,
            };
            foreach (DeviceArray array in arrays)
            {
                ArrayState state = array.Init();
                array.Set(state, seed, Numbers(seed, outputs * inputs, 2.0f));
                array.Update(
                    state,
                    seed,
                    settings,
                    Numbers(seed + 100, 3 * inputs),
                    Numbers(seed + 200, 3 * outputs),
                    0.5 * (seed % 4 - 1.5)
                );
                for (int i = 0; i < outputs; i++)
                {
                    for (int j = 0; j < inputs; j++)
                    {
                        Assert.InRange(state.Weights[i, j], array.Elements[2, i, j], array.Elements[3, i, j]);
                    }

                    Assert.Equal(
                        -1,
                        state.Weights.Values.Slice(i * state.Weights.Stride, state.Weights.Stride)[inputs..].IndexOfAnyExcept(0.0f)
                    );
                }
            }
        }
    }

    [Fact]
    public void Permuted_rows_give_permuted_results()
    {
        // Nothing random: then an element knows only its own row and column.
        PulsedArray array = new(new SoftBoundsReferenceDevice { CycleNoise = 0.0 }.WithoutSpread(), 40, 50, deviceKey: 1);
        UpdateSettings settings = new() { Type = PulseType.DeterministicImplicit };
        float[] x = Numbers(1, 50);
        float[] d = Numbers(2, 40);
        int[] order = [.. Enumerable.Range(0, 40).Select(i => i * 7 % 40)];
        ArrayState plain = array.Init(),
            permuted = array.Init();
        array.Update(plain, 1, settings, x, d, 0.01);
        array.Update(permuted, 1, settings, x, [.. order.Select(i => d[i])], 0.01);
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(plain.Weights.Row(order[i]).ToArray(), permuted.Weights.Row(i).ToArray());
        }
    }

    [Fact]
    public void Without_response_and_bounds_in_reach_the_limit_is_the_outer_product()
    {
        ContinuousArray array = new(new ConstantStepDevice().WithoutSpread(), 5, 6, deviceKey: 1);
        IdealArray ideal = new(5, 6);
        (ArrayState moved, _) = array.Updated(array.Init(), 1, UpdateSettings.Default, Numbers(1, 12), Numbers(2, 10), 0.1);
        (ArrayState exact, _) = ideal.Updated(ideal.Init(), 1, UpdateSettings.Default, Numbers(1, 12), Numbers(2, 10), 0.1);
        Assert.All(moved.ToArray().Zip(exact.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-7));
    }

    [Fact]
    public void A_learning_rate_of_zero_and_a_line_of_zeros_do_nothing()
    {
        PulsedArray array = new(new SoftBoundsDevice(), 5, 6, deviceKey: 1);
        ArrayState state = array.Init();
        Assert.Equal(default, array.Update(state, 1, UpdateSettings.Default, Numbers(1, 6), Numbers(2, 5), 0.0));
        Assert.Equal(default, array.Update(state, 1, UpdateSettings.Default, new float[6], Numbers(2, 5), 0.1));
        Assert.Equal(default, array.Update(state, 1, UpdateSettings.Default, Numbers(1, 6), new float[5], 0.1));
        Assert.Equal(array.Init().ToArray(), state.ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_nothing_changes()
    {
        PulsedArray array = new(new SoftBoundsDevice(), 5, 6, deviceKey: 1);
        ArrayState state = array.Init();
        float[] x = Numbers(1, 6);
        float[] d = Numbers(2, 5);
        Refused("x", () => array.Update(state, 1, UpdateSettings.Default, [.. x, 1.0f], d, 0.1));
        Refused("x", () => array.Update(state, 1, UpdateSettings.Default, [float.NaN, .. x[1..]], d, 0.1));
        Refused("d", () => array.Update(state, 1, UpdateSettings.Default, x, [.. d[..4], float.PositiveInfinity], 0.1));
        Refused("learningRate", () => array.Update(state, 1, UpdateSettings.Default, x, d, double.NaN));
        Refused("column", () => array.UpdateColumn(state, 1, UpdateSettings.Default, 6, d, 0.1));
        Refused("row", () => array.UpdateRow(state, 1, UpdateSettings.Default, -1, x, 0.1));
        Refused("weights", () => array.Set(state, 1, x));
        Refused("count", () => array.ResetColumns(state, 1, 0, 7));
        Refused("BitLength", () => _ = new UpdateSettings { BitLength = UpdateSettings.LargestBitLength + 1 });
        Refused("Resolution", () => _ = new UpdateSettings { Resolution = -0.1 });
        Refused("OutputBound", () => _ = new PeripherySettings { OutputBound = -1.0 });
        Assert.Equal(array.Init().ToArray(), state.ToArray());

        static void Refused(string name, Action call) => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(call).ParamName);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_warm_array_allocates_nothing(bool pulseByPulse)
    {
        PulsedArray array = new(new SoftBoundsReferenceDevice { WriteNoise = 1.0 }, 40, 50, deviceKey: 1)
        {
            ForwardPeriphery = PeripherySettings.Default,
            BackwardPeriphery = PeripherySettings.Default,
        };
        ArrayState state = array.Init();
        UpdateSettings settings = new() { PulseByPulse = pulseByPulse };
        float[] x = Numbers(1, 100);
        float[] d = Numbers(2, 80);
        float[] y = new float[80];
        float[] back = new float[100];
        long before = 0;
        for (int step = 0; step < 30; step++)
        {
            before = step == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
            array.Forward(state, (ulong)step, x, y);
            array.Backward(state, (ulong)step, d, back);
            array.Update(state, (ulong)step, settings, x, d, 0.02);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static float[] Numbers(ulong key, int count, float scale = 1.0f)
    {
        double[] uniforms = new double[count];
        Uniform.Fill(key, Purpose.General, 0, uniforms);
        return Array.ConvertAll(uniforms, u => scale * (float)((2.0 * u) - 1.0));
    }
}
