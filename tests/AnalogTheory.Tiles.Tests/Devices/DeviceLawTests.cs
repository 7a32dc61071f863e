using System;
using System.Collections.Generic;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Devices;

/// <summary>Responses by their printed formulas, at a few weights, on the bounds of an element: what a device's numbers mean, without any other program.</summary>
public class DeviceLawTests
{
    private static readonly Dictionary<string, (DeviceSettings Device, Func<double, double> Up, Func<double, double> Down)> s_laws = new()
    {
        ["constant"] = (new ConstantStepDevice { UpDown = 0.2 }, _ => 1.0, _ => 0.8),
        ["constant, up smaller"] = (new ConstantStepDevice { UpDown = -0.2 }, _ => 0.8, _ => 1.0),
        ["linear"] = (new LinearStepDevice { SlopeUp = 0.5, SlopeDown = 0.25 }, w => 1.0 - (0.5 * w / 0.6), w => 1.0 - (0.25 * w / -0.4)),
        ["linear, reversed"] = (
            new LinearStepDevice
            {
                SlopeUp = 0.5,
                SlopeDown = 0.25,
                ReverseUp = true,
                ReverseDown = true,
                ReverseOffset = 0.1,
            },
            w => 1.0 - (0.5 * w / -0.5),
            w => 1.0 - (0.25 * w / 0.7)
        ),
        ["linear, increasing"] = (
            new LinearStepDevice
            {
                SlopeUp = -0.5,
                SlopeDown = -0.25,
                AllowIncreasing = true,
            },
            w => 1.0 + (0.5 * w / 0.6),
            w => 1.0 + (0.25 * w / -0.4)
        ),
        ["soft bounds"] = (new SoftBoundsDevice(), w => 1.0 - (w / 0.6), w => 1.0 + (w / 0.4)),
        ["soft bounds, reference"] = (
            new SoftBoundsReferenceDevice { ReferenceMean = 0.05 },
            w => 1.0 - ((w + 0.05) / 0.6),
            w => 1.0 + ((w + 0.05) / 0.4)
        ),

        // Symmetric point of v, with steps 1 and .8: (1 − .8)/(1/.6 + .8/.4) = .2/(11/3).
        ["soft bounds, symmetric point subtracted"] = (
            new SoftBoundsReferenceDevice { UpDown = 0.2, SubtractSymmetricPoint = true },
            w => 1.0 - ((w + (0.6 / 11.0)) / 0.6),
            w => 0.8 * (1.0 + ((w + (0.6 / 11.0)) / 0.4))
        ),
        ["power"] = (
            new PowerStepDevice
            {
                Exponent = 2.0,
                ExponentUpDown = 0.25,
                ReferenceMean = 0.05,
            },
            w => Math.Pow((0.6 - w - 0.05) / 1.0, 2.0),
            w => Math.Pow((w + 0.05 + 0.4) / 1.0, 1.5)
        ),
        ["exponential"] = (
            new ExponentialStepDevice { Shape = new ExponentialShape(0.1, 0.2, 1.5, 1.2, 0.8, 0.1) },
            w => 1.0 - (0.1 * Math.Exp(1.5 * ((2.0 * 0.8 * w / 1.0) + 0.1))),
            w => 1.0 - (0.2 * Math.Exp(-1.2 * ((2.0 * 0.8 * w / 1.0) + 0.1)))
        ),
        ["symmetric power"] = (
            new SymmetricPowerDevice { Exponent = 2.0 },
            w => Math.Pow(1.0 - (w / 0.5), 2.0),
            w => Math.Pow(1.0 + (w / 0.5), 2.0)
        ),
        ["symmetric exponential"] = (
            new SymmetricExponentialDevice { Exponent = 1.5 },
            w => (Math.Exp(1.5 * (1.0 - (w / 0.5))) - 1.0) / (Math.Exp(1.5) - 1.0),
            w => (Math.Exp(1.5 * (1.0 + (w / 0.5))) - 1.0) / (Math.Exp(1.5) - 1.0)
        ),

        // Nodes at −.4, .1 and .6.
        ["piecewise"] = (
            new PiecewiseStepDevice { Up = [0.2, 1.0, 0.4], Down = [0.1, 1.0, 0.9] },
            w => w < 0.1 ? 0.2 + (0.8 * (w + 0.4) / 0.5) : 1.0 - (0.6 * (w - 0.1) / 0.5),
            w => w < 0.1 ? 0.1 + (0.9 * (w + 0.4) / 0.5) : 1.0 - (0.1 * (w - 0.1) / 0.5)
        ),
    };

    public static TheoryData<string> Names => [.. s_laws.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pulse_moves_by_its_step_times_the_response(string name)
    {
        (DeviceSettings kind, Func<double, double> up, Func<double, double> down) = s_laws[name];
        DeviceSettings device = (kind with { Granularity = 0.01, UpperBound = 0.6, LowerBound = -0.4, CycleNoise = 0.0 }).WithoutSpread();
        float[] start = [-0.3f, -0.1f, 0.05f, 0.2f, 0.4f];
        foreach (float sign in new[] { 1f, -1f })
        {
            PulsedArray array = new(device, 1, 5, deviceKey: 1);
            ArrayState state = array.Init();
            array.Set(state, 1, start);
            UpdateSettings settings = new() { Type = PulseType.DeterministicImplicit };
            UpdateInfo info = array.Update(state, 1, settings, [1f, 1f, 1f, 1f, 1f], [-sign], array.Granularity);
            Assert.Equal(5, info.Pulses);
            for (int e = 0; e < 5; e++)
            {
                double expected = start[e] + (sign * 0.01 * (sign > 0 ? up(start[e]) : down(start[e])));
                Assert.Equal(expected, state.Weights[0, e], 2e-7);
            }
        }
    }
}
