using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

/// <summary>Bit length, updates by pulses, variation between elements, and where Analog SGD settles.</summary>
public class PulsePartsTests
{
    private static readonly PulsedDevice s_pulsed = Device.AsymmetricLinear(1.0).WithPulses(0.1);

    [Theory]
    [InlineData(0.25, PulseRounding.Up, 3)]
    [InlineData(0.25, PulseRounding.Nearest, 2)]
    [InlineData(-0.31, PulseRounding.Up, -4)]
    [InlineData(0.0, PulseRounding.Up, 0)]
    [InlineData(0.04, PulseRounding.Nearest, 0)]
    public void The_bit_length_is_the_papers(double increment, PulseRounding rounding, int pulses) =>
        Assert.Equal(pulses, s_pulsed.BitLength(increment, rounding));

    [Fact]
    public void Stochastic_rounding_is_right_on_average()
    {
        double mean = Enumerable.Range(0, 4000).Average(seed => s_pulsed.BitLength(0.234, PulseRounding.Stochastic, (ulong)seed));
        Assert.Equal(2.34, mean, 5.0 * Math.Sqrt(0.34 * 0.66 / 4000));
    }

    [Fact]
    public void An_update_by_pulses_is_the_end_of_its_train()
    {
        PulsedDevice noisy = s_pulsed.WithMultiplicativeNoise(0.2);
        Assert.Equal(noisy.Train(0.3, 3, seed: 5)[^1], noisy.Update(0.3, 0.25, seed: 5));
        Assert.Equal(noisy.Train(0.3, -2, seed: 5)[^1], noisy.Update(0.3, -0.2, PulseRounding.Nearest, seed: 5));
    }

    [Fact]
    public void Elements_without_variation_are_all_the_same()
    {
        DeviceVariation none = new(upper: 0.8, lower: -0.5, granularity: 0.01);
        foreach (PulsedDevice element in none.DrawMany(3, seed: 1))
        {
            Assert.Equal((-0.5, 0.8), (element.Floor, element.Ceiling));
            Assert.Equal(0.01, element.Train(0.0, 1)[^1], 1e-15);
            Assert.Equal(-0.01, element.Train(0.0, -1)[^1], 1e-15);
        }
    }

    [Fact]
    public void Elements_differ_by_what_was_asked_for_and_are_a_function_of_seed_and_number()
    {
        DeviceVariation variation = new(0.6, -0.6, 0.001)
        {
            UpperDeviation = 0.1,
            GranularityDeviation = 0.3,
            AdditiveNoise = 0.2,
        };
        ImmutableArray<PulsedDevice> elements = variation.DrawMany(2000, seed: 3);
        Assert.Equal(elements[7].Train(0.0, 20, 1), variation.Draw(7, seed: 3).Train(0.0, 20, 1));
        Assert.NotEqual(elements[7].Ceiling, variation.Draw(7, seed: 4).Ceiling);
        double[] bounds = [.. elements.Select(element => element.Ceiling)];
        double mean = bounds.Average();
        Assert.Equal(0.6, mean, 5.0 * 0.06 / Math.Sqrt(2000));
        Assert.Equal(0.06, Math.Sqrt(bounds.Average(b => (b - mean) * (b - mean))), 0.006);
        Assert.All(elements, element => Assert.Equal(-0.6, element.Floor));
    }

    [Fact]
    public void The_kits_names_are_read_and_written()
    {
        DeviceVariation variation = DeviceVariation.OfKit(
            new Dictionary<string, double>
            {
                ["w_max"] = 0.7,
                ["dw_min_std"] = 0.2,
                ["mult_noise"] = 1.0,
            }
        );
        Assert.Equal((0.7, -0.6, 0.3), (variation.Upper, variation.Lower, variation.UpperDeviation));
        Assert.Equal((0.2, 0.0), (variation.MultiplicativeNoise, variation.AdditiveNoise));
        Assert.Equal(variation, DeviceVariation.OfKit(variation.ToKit()));
        Assert.Equal(0.2, DeviceVariation.OfKit(new Dictionary<string, double> { ["dw_min_std"] = 0.2 }).AdditiveNoise);
    }

    [Fact]
    public void The_fixed_point_of_a_quadratic_under_gaussian_noise_is_where_the_expected_step_vanishes()
    {
        Problem problem = Problem.Quadratic(1.0, [0.5]);
        Noise noise = Noise.Gaussian(0.3);
        Assert.True(MeanField.TryFixedPoint(Samples.Device, problem, noise, 0.0, 0.5, out double point));
        Assert.InRange(point, 0.0, 0.5);
        Assert.Equal(0.0, MeanField.Drift(Samples.Device, problem, noise, point), 1e-12);
        // G = 0 at 0 and f′ = 0 at w*: the ends have the signs that the theory gives them.
        Assert.Equal(0.5, MeanField.Drift(Samples.Device, problem, noise, 0.0), 1e-15);
        Assert.Equal(-0.5 * 0.3 * Math.Sqrt(2.0 / Math.PI), MeanField.Drift(Samples.Device, problem, noise, 0.5), 1e-12);
        Assert.False(MeanField.TryFixedPoint(Samples.Device, problem, noise, 0.6, 0.7, out double none));
        Assert.True(double.IsNaN(none));
    }

    private static readonly DeviceVariation s_variation = new(1.0, -1.0, 0.1);

    private static readonly Dictionary<string, Action> s_wrong = new()
    {
        ["Expected a finite number above 0, got upper = 0. (Parameter 'upper')"] = () => _ = new DeviceVariation(0.0, -1.0, 0.1),
        ["Expected a finite number below 0, got lower = 1. (Parameter 'lower')"] = () => _ = new DeviceVariation(1.0, 1.0, 0.1),
        ["Expected a finite number above 0, got granularity = NaN. (Parameter 'granularity')"] = () =>
            _ = new DeviceVariation(1.0, -1.0, double.NaN),
        ["Expected a finite number of at least 0, got upperDeviation = -1. (Parameter 'upperDeviation')"] = () =>
            _ = s_variation with { UpperDeviation = -1.0 },
        ["Expected a finite number of at least 0, got lowerDeviation = -1. (Parameter 'lowerDeviation')"] = () =>
            _ = s_variation with { LowerDeviation = -1.0 },
        ["Expected a finite number of at least 0, got granularityDeviation = -1. (Parameter 'granularityDeviation')"] = () =>
            _ = s_variation with { GranularityDeviation = -1.0 },
        ["Expected a number strictly between -1 and 1, got upDownBias = 1. (Parameter 'upDownBias')"] = () =>
            _ = s_variation with { UpDownBias = 1.0 },
        ["Expected a finite number of at least 0, got upDownDeviation = -1. (Parameter 'upDownDeviation')"] = () =>
            _ = s_variation with { UpDownDeviation = -1.0 },
        ["Expected a finite number of at least 0, got multiplicativeNoise = -1. (Parameter 'multiplicativeNoise')"] = () =>
            _ = s_variation with { MultiplicativeNoise = -1.0 },
        ["Expected a finite number of at least 0, got additiveNoise = -1. (Parameter 'additiveNoise')"] = () =>
            _ = s_variation with { AdditiveNoise = -1.0 },
        ["Expected an integer of at least 0, got element = -1. (Parameter 'element')"] = () => s_variation.Draw(-1, 1),
        ["Expected an integer of at least 1, got count = 0. (Parameter 'count')"] = () => s_variation.DrawMany(0, 1),
        ["Expected a finite number, got w = NaN. (Parameter 'w')"] = () => s_pulsed.Update(double.NaN, 0.1),
        ["Expected a finite number, got increment = Infinity. (Parameter 'increment')"] = () => s_pulsed.BitLength(double.PositiveInfinity),
        ["Expected one of Up, Nearest, Stochastic, got rounding = 7. (Parameter 'rounding')\nActual value was 7."] = () =>
            s_pulsed.BitLength(0.1, (PulseRounding)7),
        ["Expected a problem with D = 1, got diagonal quadratic (D = 2, L = 2, μ = 1). (Parameter 'problem')"] = () =>
            MeanField.Drift(Samples.Device, Samples.Problem, Noise.None, 0.0),
    };

    public static TheoryData<string> Wrongs => [.. s_wrong.Keys];

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void A_wrong_argument_is_named_with_what_was_expected_and_what_came(string message)
    {
        Exception error = Assert.ThrowsAny<ArgumentException>(s_wrong[message]);
        Assert.Equal(message, error.Message.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Null_is_rejected_by_name_and_two_kinds_of_noise_at_once_are_refused()
    {
        Problem one = Problem.Quadratic(1.0, [0.5]);
        Assert.Throws<ArgumentNullException>("parameters", () => DeviceVariation.OfKit(null!));
        Assert.Throws<ArgumentNullException>("device", () => MeanField.Drift(null!, one, Noise.None, 0.0));
        Assert.Throws<ArgumentNullException>("problem", () => MeanField.Drift(Samples.Device, null!, Noise.None, 0.0));
        Assert.Throws<ArgumentNullException>("noise", () => MeanField.Drift(Samples.Device, one, null!, 0.0));
        Assert.Throws<NotSupportedException>(() => MeanField.Drift(Samples.Device, one, Noise.UserDefined((x, w) => x), 0.0));
        InvalidOperationException both = Assert.Throws<InvalidOperationException>(() =>
            (s_variation with { AdditiveNoise = 0.1, MultiplicativeNoise = 0.2 }).Draw(0, 1)
        );
        Assert.Equal("Expected multiplicative or additive noise, got both: 0.2 and 0.1.", both.Message);
    }
}
