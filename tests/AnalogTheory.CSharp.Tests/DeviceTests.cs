using System;
using System.Collections.Immutable;
using System.Linq;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class DeviceTests
{
    public static TheoryData<string, double, double, double> Responses =>
        new()
        {
            // name, w, q₊(w), q₋(w)
            { "ideal", 0.25, 1.0, 1.0 },
            { "asymmetric linear", 0.25, 1.0 - 0.15 / 2.0, 1.0 + 0.15 / 2.0 },
            { "generic linear", 0.25, 1.2 * (1.0 - 0.125), 0.8 * (1.0 + 0.125) },
            { "linear step", 0.25, 1.0 - 0.15 / 0.8, 1.0 + 0.15 / 0.5 },
            { "power step", 0.25, Math.Pow(0.75 / 1.5, 2.0), Math.Pow(0.75 / 1.5, 3.0) },
            { "symmetric power", 0.25, Math.Pow(0.875, 1.5), Math.Pow(1.125, 1.5) },
            { "exponential step", 0.25, 1.0 - Math.Exp(-2.0 * 0.75 / 1.5), 1.0 - Math.Exp(-3.0 * 0.75 / 1.5) },
            {
                "symmetric exponential",
                0.25,
                (Math.Exp(1.5 * 0.875) - 1.0) / (Math.Exp(1.5) - 1.0),
                (Math.Exp(1.5 * 1.125) - 1.0) / (Math.Exp(1.5) - 1.0)
            },
            { "user-defined", 0.25, 0.75, 2.0 },
        };

    private static Device[] All =>
        [
            Device.Ideal,
            Device.AsymmetricLinear(2.0, symmetricPoint: 0.1),
            Device.GenericLinear(2.0, 0.2),
            Device.LinearStep(0.8, -0.5, symmetricPoint: 0.1),
            Device.PowerStep(1.0, -0.5, 2.0, 3.0),
            Device.SymmetricPower(2.0, 1.5),
            Device.ExponentialStep(1.0, -0.5, 2.0, 3.0),
            Device.SymmetricExponential(2.0, 1.5),
            Device.UserDefined(w => 1.0 - w, w => 2.0),
        ];

    [Theory]
    [MemberData(nameof(Responses))]
    public void A_device_has_the_responses_of_its_formula(string name, double w, double up, double down)
    {
        Device device = All.Single(device => device.Name == name);
        Assert.Equal(up, device.Up(w), 1e-14);
        Assert.Equal(down, device.Down(w), 1e-14);
        Assert.Equal(0.5 * (down + up), device.Symmetric(w), 1e-14);
        Assert.Equal(0.5 * (down - up), device.Asymmetric(w), 1e-14);
        Assert.Equal(w + 0.01 * up, device.Update(w, 0.01), 1e-14);
        Assert.Equal(w - 0.01 * down, device.Update(w, -0.01), 1e-14);
        ImmutableArray<double> updated = device.Update([w, w], [0.01, -0.01]);
        Assert.Equal([device.Update(w, 0.01), device.Update(w, -0.01)], updated);
    }

    [Fact]
    public void A_symmetric_point_is_found_where_responses_cross()
    {
        Assert.True(Device.GenericLinear(2.0, 0.2).TrySymmetricPoint(out double point));
        Assert.Equal(0.4, point, 1e-14);
        Assert.Equal(0.4, Device.GenericLinear(2.0, 0.2).SymmetricPoint(), 1e-14);
        Assert.Equal(0.0, Device.Ideal.SymmetricPoint());
    }

    [Fact]
    public void A_missing_symmetric_point_is_false_or_an_error_that_says_so()
    {
        Device device = Device.UserDefined(w => 2.0, w => 1.0, -1.0, 1.0, "one-sided");
        Assert.False(device.TrySymmetricPoint(out double point));
        Assert.True(double.IsNaN(point));
        Assert.Equal(
            "Expected a device whose up and down responses cross between -1 and 1, got one-sided, for which they do not.",
            Assert.Throws<InvalidOperationException>(() => device.SymmetricPoint()).Message
        );
    }

    [Fact]
    public void A_device_names_its_parameters_and_its_source()
    {
        Device device = Device.AsymmetricLinear(2.0, symmetricPoint: 0.1);
        Assert.Equal(["τ", "w⋄"], device.Parameters.Keys);
        Assert.Equal(2.0, device.Parameters["τ"]);
        Assert.Equal("arXiv 2406.12774v1, eq. 8", device.Source);
        Assert.Equal("asymmetric linear (τ = 2, w⋄ = 0.1)", device.ToString());
        Assert.Equal((-1.9, 2.1), (device.Lower, device.Upper));
    }

    [Fact]
    public void Pulses_are_steps_of_one_size()
    {
        Device device = Device.AsymmetricLinear(1.0);
        PulsedDevice pulsed = device.WithPulses(0.1);
        Assert.Equal([0.0, 0.1, device.Update(0.1, 0.1)], pulsed.Train(0.0, 2));
        Assert.Equal([0.0, -0.1], pulsed.Train(0.0, -1));
        Assert.Equal(9, pulsed.UpDownResponse(2, 2, rounds: 2).Length);
        Assert.All(pulsed.ClippedTo(-1.0, 0.15).Train(0.0, 9), w => Assert.InRange(w, 0.0, 0.15));
        Assert.InRange(pulsed.ZeroShift(0.9, 500)[^1], -0.06, 0.06);
        Assert.Equal(0.1, pulsed.Granularity);
        Assert.Equal((-1.0, 0.15), (pulsed.ClippedTo(-1.0, 0.15).Floor, pulsed.ClippedTo(-1.0, 0.15).Ceiling));
    }

    [Fact]
    public void Noisy_pulses_are_a_function_of_their_seed()
    {
        PulsedDevice pulsed = Device.AsymmetricLinear(1.0).WithPulses(0.01);
        foreach (PulsedDevice noisy in new[] { pulsed.WithAdditiveNoise(0.3), pulsed.WithMultiplicativeNoise(0.3) })
        {
            Assert.Equal(noisy.Train(0.0, 20, seed: 4), noisy.Train(0.0, 20, seed: 4));
            Assert.NotEqual(noisy.Train(0.0, 20, seed: 4), noisy.Train(0.0, 20, seed: 5));
            Assert.Equal(noisy.Train(0.0, 10, seed: 4), noisy.Train(0.0, 20, seed: 4)[..11]);
        }

        Assert.NotEqual(pulsed.ZeroShift(0.5, 40, ShiftingSigns.Independent, 1), pulsed.ZeroShift(0.5, 40, ShiftingSigns.Independent, 2));
    }

    [Fact]
    public void A_response_that_is_no_number_is_refused_with_a_range_and_without()
    {
        Assert.Equal("up", Assert.Throws<ArgumentException>(() => Device.UserDefined(_ => double.NaN, w => 1.0 + w)).ParamName);
        Assert.Equal("down", Assert.Throws<ArgumentException>(() => Device.UserDefined(w => 1.0 - w, _ => double.NaN)).ParamName);
        Assert.Equal("up", Assert.Throws<ArgumentException>(() => Device.UserDefined(_ => double.NaN, w => 1.0 + w, -1.0, 1.0)).ParamName);
    }
}
