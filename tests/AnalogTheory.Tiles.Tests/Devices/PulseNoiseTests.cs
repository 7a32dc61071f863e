using System;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Tests.Reference;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Devices;

/// <summary>Mean and deviation over ten thousand elements under noise from pulse to pulse, as AIHWKIT has them.</summary>
public class PulseNoiseTests
{
    private const int Side = 100;

    public static TheoryData<string, bool> Files
    {
        get
        {
            TheoryData<string, bool> files = [];
            foreach (TheoryDataRow<string> file in ReferenceFile.Named("pulse_noise_*.csv"))
            {
                files.Add(file.Data, false);
                files.Add(file.Data, true);
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Elements_scatter_as_the_kit_s(string name, bool pulseByPulse)
    {
        ReferenceFile file = ReferenceFile.Open(name);
        DeviceSettings device = KitDevice.With(KitDevice.Named(name), ReferenceFile.Parameters(file.Header)).WithoutSpread();
        Assert.Equal(0.3f, (float)device.CycleNoise);
        PulsedArray array = new(device, Side, Side, deviceKey: 1);
        ArrayState state = array.Init();
        float[] x = new float[Side];
        float[] d = new float[Side];
        Array.Fill(x, 1.0f);
        long count = (long)file.Number("n_devices");
        for (int row = 1; row < file.Rows; row++)
        {
            int before = (int)file.Number(row - 1, "pulse_index");
            int pulses = (int)file.Number(row, "pulse_index") - before;
            Array.Fill(d, before < 1000 ? -1.0f : 1.0f);
            UpdateSettings settings = new()
            {
                Type = PulseType.DeterministicImplicit,
                BitLength = pulses,
                PulseByPulse = pulseByPulse,
            };
            UpdateInfo info = array.Update(state, (ulong)row, settings, x, d, pulses * array.Granularity);
            Assert.Equal((long)pulses * Side * Side, info.Pulses);
            Sample sample = new();
            foreach (float w in state.ToArray())
            {
                sample.Add(w);
            }

            double ofMean = Agreement.Errors(
                "pulse_noise",
                name,
                sample.OfMean(file.Number(row, "mean_w"), file.Number(row, "se_w"), 1e-7)
            );
            double ofDeviation = Agreement.Errors("pulse_noise", name, sample.OfDeviation(file.Number(row, "std_w"), count, 1e-7));
            Assert.True(
                Math.Abs(ofMean) < 4.0 && Math.Abs(ofDeviation) < 4.0,
                $"{name}, {before + pulses}: z of mean {ofMean}, of deviation {ofDeviation}."
            );
        }
    }
}
