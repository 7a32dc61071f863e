using System;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Tests.Reference;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Pulses;

/// <summary>Pulsed SGD without any randomness, step by step, as AIHWKIT has it.</summary>
public class TraceTests
{
    public static TheoryData<string> Files => ReferenceFile.Named("trace_sgd*.csv");

    [Theory]
    [MemberData(nameof(Files))]
    public void A_run_is_the_kit_s(string name)
    {
        ReferenceFile file = ReferenceFile.Open(name);
        int outputs = (int)file.Number("d_size");
        int inputs = (int)file.Number("x_size");
        double learningRate = (float)file.Number("lr");
        SoftBoundsReferenceDevice device = new()
        {
            Granularity = (float)file.Number("dw_min"),
            UpperBound = file.Number("w_max"),
            LowerBound = file.Number("w_min"),
            CycleNoise = 0.0,
        };
        PulsedArray array = new(device.WithoutSpread(), outputs, inputs, deviceKey: 1);
        UpdateSettings settings = new() { Type = PulseType.DeterministicImplicit, BitLength = (int)file.Number("desired_bl") };
        ArrayState state = array.Init();
        float[] start = new float[outputs * inputs];
        for (int k = 0; k < start.Length; k++)
        {
            start[k] = 0.1f * MathF.Sin(k + 1);
        }

        array.Set(state, 1, start);
        for (int row = 0; row < file.Rows; row++)
        {
            int step = (int)file.Number(row, "s");
            int before = row == 0 ? 0 : (int)file.Number(row - 1, "s");
            if (step > before)
            {
                (float[] x, float[] d) = Batch(before + 1, step, outputs, inputs);
                array.Update(state, 1, settings, x, d, learningRate);
            }

            double[] expected = file.Numbers(row, "v0");
            float[] weights = state.ToArray();
            for (int k = 0; k < expected.Length; k++)
            {
                Assert.Equal(expected[k], weights[k], 2e-7 * (step + 1));
            }
        }
    }

    private static (float[] X, float[] D) Batch(int first, int last, int outputs, int inputs)
    {
        float[] x = new float[(last - first + 1) * inputs];
        float[] d = new float[(last - first + 1) * outputs];
        for (int s = first; s <= last; s++)
        {
            for (int j = 0; j < inputs; j++)
            {
                x[((s - first) * inputs) + j] = MathF.Sin((1.7f * s) + j + 1);
            }

            for (int i = 0; i < outputs; i++)
            {
                d[((s - first) * outputs) + i] = 0.5f * MathF.Cos((0.9f * s) + (2 * i) + 0.3f);
            }
        }

        return (x, d);
    }
}
