using System;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Tests.Reference;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Pulses;

/// <summary>Several pulses sent together move an element as they do one by one: in the mean and in the deviation, over a million elements.</summary>
public class TogetherTests
{
    private const int Side = 500;
    private const int Rounds = 4;

    public static TheoryData<string, int, float> Cases
    {
        get
        {
            TheoryData<string, int, float> cases = [];
            foreach (string device in new[] { "additive", "multiplicative", "coarse", "linear", "constant" })
            {
                cases.Add(device, 8, 0.3f);
                cases.Add(device, 31, -0.595f);
            }

            // Long trains far from a bound, and trains whose noise alone reaches one.
            cases.Add("coarse", 31, 0.3f);
            cases.Add("constant", 12, -0.58f);

            return cases;
        }
    }

    private static DeviceSettings Device(string name) =>
        name switch
        {
            "additive" => new SoftBoundsReferenceDevice { ReferenceMean = 0.02 },
            "multiplicative" => new SoftBoundsReferenceDevice { MultiplicativeNoise = true, CycleNoise = 1.0 },
            "coarse" => new SoftBoundsDevice { Granularity = 0.018, CycleNoise = 0.5 },
            "linear" => new LinearStepDevice
            {
                SlopeUp = 0.5,
                SlopeDown = -0.8,
                AllowIncreasing = true,
                Granularity = 0.005,
            },
            _ => new ConstantStepDevice { CycleNoise = 2.0 },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Mean_and_deviation_are_those_of_pulses_one_by_one(string name, int pulses, float start)
    {
        PulsedArray array = new(Device(name).WithoutSpread(), Side, Side, deviceKey: 1);
        Sample together = Sampled(array, pulses, start, pulseByPulse: false);
        Sample oneByOne = Sampled(array, pulses, start, pulseByPulse: true);
        double ofMean = together.OfMean(oneByOne.Mean, oneByOne.ErrorOfMean, 1e-8);
        double ofDeviation = together.OfDeviation(oneByOne.Deviation, oneByOne.Count, 1e-8);
        Assert.Equal(1_000_000, together.Count);
        Assert.True(Math.Abs(ofMean) < 4.0 && Math.Abs(ofDeviation) < 4.0, $"z of mean {ofMean}, of deviation {ofDeviation}.");
    }

    private static Sample Sampled(PulsedArray array, int pulses, float start, bool pulseByPulse)
    {
        UpdateSettings settings = new()
        {
            Type = PulseType.DeterministicImplicit,
            BitLength = pulses,
            PulseByPulse = pulseByPulse,
        };
        ArrayState state = array.Init();
        float[] weights = new float[Side * Side];
        float[] ones = new float[Side];
        Array.Fill(ones, 1.0f);
        Sample sample = new();
        for (int round = 0; round < Rounds; round++)
        {
            Array.Fill(weights, start);
            array.Set(state, 1, weights);
            UpdateInfo info = array.Update(state, (ulong)round, settings, ones, ones, pulses * array.Granularity);
            Assert.Equal((long)pulses * Side * Side, info.Pulses);
            foreach (float w in state.ToArray())
            {
                sample.Add(w);
            }
        }

        return sample;
    }
}
