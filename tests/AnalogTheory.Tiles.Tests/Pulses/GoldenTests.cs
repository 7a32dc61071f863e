using System;
using System.Collections.Generic;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Periphery;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Pulses;

/// <summary>Bits of our own: what these calls gave once they give on every machine. A change here changes everyone's results, and belongs in the change log.</summary>
public class GoldenTests
{
    private static readonly Dictionary<string, DeviceSettings> s_devices = new()
    {
        ["SoftBoundsReference"] = new SoftBoundsReferenceDevice { ReferenceSpread = 0.1, SubtractSymmetricPoint = true },
        ["PowerStep"] = new PowerStepDevice(),
        ["ReRamArrayOM"] = DevicePresets.Named("ReRamArrayOM").Device,
        ["PCM"] = DevicePresets.Named("PCM").Device,
    };

    [Theory]
    [InlineData("SoftBoundsReference", 299034911771683722UL)]
    [InlineData("PowerStep", 14429754989021457426UL)]
    [InlineData("ReRamArrayOM", 13403332121990154092UL)]
    [InlineData("PCM", 3060539593612191302UL)]
    public void A_short_run_has_the_bits_that_it_had(string name, ulong expected)
    {
        PulsedArray array = new(s_devices[name], 19, 35, deviceKey: 11)
        {
            ForwardPeriphery = PeripherySettings.Default,
            BackwardPeriphery = PeripherySettings.Default,
        };
        ArrayState state = array.Init();
        float[] x = new float[35];
        float[] back = new float[35];
        float[] y = new float[19];
        x.AsSpan().Fill(0.5f);
        x[3] = -1.0f;
        for (int step = 0; step < 5; step++)
        {
            array.Forward(state, (ulong)step, x, y);
            y[step] -= 0.7f;
            array.Backward(state, (ulong)step, y, back);
            array.Update(state, (ulong)step, UpdateSettings.Default, x, y, 0.1);
            array.Update(state, (ulong)step + 100, UpdateSettings.Default, back, y, -0.05);
        }

        ulong hash = 14695981039346656037UL;
        foreach (float w in state.ToArray())
        {
            hash = unchecked((hash ^ BitConverter.SingleToUInt32Bits(w)) * 1099511628211UL);
        }

        Assert.Equal(expected, hash);
    }
}
