using System;
using System.Linq;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Certificates;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Tests.Devices;
using AnalogTheory.Tiles.Tests.Reference;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Certificates;

/// <summary>The distance between pulses and mean field, as predicted and as measured.</summary>
public class PulseTrainErrorTests
{
    private const int Trials = 4_000;
    private static readonly float[] s_x = [0.9f, -0.4f, 0.1f];
    private static readonly float[] s_d = [0.5f, -0.3f];
    private static readonly float[] s_start = [0.1f, -0.2f, 0.15f, 0.2f, -0.05f, 0.02f];

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string device in DeviceCatalogue.All.Where(name => name != DeviceCatalogue.Pairs))
            {
                foreach (
                    string circuit in new[]
                    {
                        "default",
                        "two trains",
                        "rounded",
                        "rounded at random",
                        "implicit",
                        "implicit at random",
                        "counts",
                        "saturated",
                    }
                )
                {
                    cases.Add(device, circuit);
                }
            }

            return cases;
        }
    }

    private static UpdateSettings Circuit(string name) =>
        name switch
        {
            "default" => UpdateSettings.Default,
            "two trains" => new()
            {
                Type = PulseType.Stochastic,
                UpdateManagement = false,
                BitLengthManagement = false,
                BitLength = 12,
            },
            "rounded" => new() { Resolution = 0.1 },
            "rounded at random" => new() { Resolution = 0.2, StochasticRounding = true },
            "implicit" => new() { Type = PulseType.DeterministicImplicit },
            "implicit at random" => new()
            {
                Type = PulseType.DeterministicImplicit,
                InputResolution = 0.3,
                OutputResolution = 0.3,
                StochasticRounding = true,
            },
            "counts" => new() { Type = PulseType.MeanCount },
            _ => new() { BitLength = 2 },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Updates_land_where_it_says(string device, string circuit)
    {
        PulsedArray array = new(
            DeviceCatalogue.Named(device, 0.01) with
            {
                WriteNoise = 0.0,
                UpperBoundSpread = 0.1,
                LowerBoundSpread = 0.1,
            },
            2,
            3,
            deviceKey: 6
        );
        ContinuousArray limit = new(array.Device, 2, 3, deviceKey: 6);
        ArrayState start = array.Init();
        array.Set(start, 1, s_start);
        UpdateSettings settings = Circuit(circuit);
        PulseTrainError error = PulseTrainError.Of(array, start, settings, s_x, s_d, 0.2);
        (ArrayState field, _) = limit.Updated(start, 1, settings, s_x, s_d, 0.2);
        Sample[] samples = [.. s_start.Select(_ => new Sample())];
        ArrayState state = start.Clone();
        float[] weights = new float[6];
        for (int trial = 0; trial < Trials; trial++)
        {
            state.CopyFrom(start);
            array.Update(state, (ulong)trial, settings, s_x, s_d, 0.2);
            state.Weights.Store(weights);
            for (int e = 0; e < 6; e++)
            {
                samples[e].Add(weights[e]);
            }
        }

        for (int e = 0; e < 6; e++)
        {
            Assert.Equal(field.ToArray()[e], error.MeanField[e], 2e-7);
            double ofMean = Agreement.Errors("pulse-train error", device, samples[e].OfMean(error.Mean[e], 0.0, 2e-7));
            Assert.True(Math.Abs(ofMean) < 4.0, $"element {e}: mean {samples[e].Mean}, said {error.Mean[e]}, z {ofMean}");

            // Cycle noise of other laws is known to first order.
            double ofDeviation = samples[e]
                .OfDeviation(error.Deviation[e], Trials, 2e-7 + (error.IsClosedForm[e] ? 0.0 : 0.01 * error.Deviation[e]));
            Assert.True(
                Math.Abs(ofDeviation) < 4.0,
                $"element {e}: deviation {samples[e].Deviation}, said {error.Deviation[e]}, z {ofDeviation}"
            );
            Assert.True(Math.Abs(error.Mean[e] - error.MeanField[e]) <= error.Bound[e], $"element {e}: bound {error.Bound[e]}");
            double square = Math.Pow(error.Mean[e] - error.MeanField[e], 2) + Math.Pow(error.Deviation[e], 2);
            Assert.Equal(Math.Sqrt(square), error.RootMeanSquare(e / 3, e % 3), 1e-15);
        }

        Assert.Equal(error.Bound.Max(), error.LargestBound);
    }

    [Fact]
    public void The_bound_of_linear_elements_is_D5_and_is_reached_at_two_pulses()
    {
        // Soft bounds ±.6, Δw_min = .01, w = .2, up: |step|·κ·n(n−1)/2 = (.01·(1 − .2/.6))·(.01/.6)·n(n−1)/2.
        PulsedArray array = new(new SoftBoundsDevice { Granularity = 0.01, CycleNoise = 0.0 }.WithoutSpread(), 1, 1, deviceKey: 1);
        ArrayState state = array.Init();
        array.Set(state, 1, [0.2f]);
        UpdateSettings settings = new() { Type = PulseType.DeterministicImplicit };
        foreach (int n in new[] { 1, 2, 5, 20 })
        {
            PulseTrainError error = PulseTrainError.Of(array, state, settings, [1f], [-1f], n * 0.01);
            double bound = 0.01 * (1.0 - (0.2 / 0.6)) * (0.01 / 0.6) * n * (n - 1) / 2.0;
            Assert.True(error.IsClosedForm[0]);
            Assert.Equal(bound, error.Bound[0], 1e-8);
            double distance = Math.Abs(error.Mean[0] - error.MeanField[0]);
            Assert.True(n <= 2 ? Math.Abs(distance - bound) < 1e-8 : distance < 0.999 * bound, $"{n} pulses: {distance}, bound {bound}");
            Assert.Equal(0.0, error.Deviation[0], 1e-8);
        }
    }

    [Fact]
    public void Finer_pulses_scatter_less_smaller_updates_are_nearer_and_what_saturates_is_in_the_bound()
    {
        PulseTrainError Error(double granularity, int bitLength, double learningRate)
        {
            PulsedArray array = new(new SoftBoundsDevice { Granularity = granularity }.WithoutSpread(), 2, 3, deviceKey: 1);
            ArrayState state = array.Init();
            array.Set(state, 1, s_start);
            return PulseTrainError.Of(array, state, new() { BitLength = bitLength }, s_x, s_d, learningRate);
        }

        Assert.True(Error(0.0001, 1000, 0.02).LargestDeviation < 0.4 * Error(0.001, 1000, 0.02).LargestDeviation);

        // Between many pulses and one step of U stays |Δ|²/2τ, however fine the pulses.
        Assert.Equal(0.25, Error(0.00001, 1000, 0.01).LargestBound / Error(0.00001, 1000, 0.02).LargestBound, 0.01);
        Assert.True(Error(0.0001, 10, 0.02).LargestBound > 0.5 * 0.02 * s_x[0] * s_d[0], "a train of ten slots cannot send ninety pulses");
    }

    [Fact]
    public void An_element_at_its_bound_stays_there()
    {
        PulsedArray array = new(new ConstantStepDevice { Granularity = 0.01, CycleNoise = 0.1 }.WithoutSpread(), 1, 1, deviceKey: 1);
        ArrayState state = array.Init();
        array.Set(state, 1, [0.6f]);
        PulseTrainError error = PulseTrainError.Of(array, state, UpdateSettings.Default, [1f], [-1f], 0.05);
        Assert.False(error.IsClosedForm[0]);
        Assert.Equal(0.6f, (float)error.Mean[0]);
        Assert.Equal(0.0, error.Deviation[0]);
        Assert.Equal(0.6f, (float)error.MeanField[0]);
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        PulsedArray array = new(new SoftBoundsDevice(), 2, 3, deviceKey: 1);
        ArrayState state = array.Init();
        Assert.Equal("x", Refused(() => PulseTrainError.Of(array, state, UpdateSettings.Default, [1f], s_d, 0.1)));
        Assert.Equal("d", Refused(() => PulseTrainError.Of(array, state, UpdateSettings.Default, s_x, [1f], 0.1)));
        Assert.Equal("x", Refused(() => PulseTrainError.Of(array, state, UpdateSettings.Default, [1f, float.NaN, 1f], s_d, 0.1)));
        Assert.Equal("learningRate", Refused(() => PulseTrainError.Of(array, state, UpdateSettings.Default, s_x, s_d, double.NaN)));
        Assert.Equal("input", Refused(() => PulseTrainError.Of(array, state, UpdateSettings.Default, s_x, s_d, 0.1).RootMeanSquare(0, 3)));

        static string? Refused(Action call) => Assert.ThrowsAny<ArgumentException>(call).ParamName;
    }
}
