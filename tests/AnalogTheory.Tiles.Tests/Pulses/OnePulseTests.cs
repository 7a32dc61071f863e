using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Pulses;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Pulses;

/// <summary>Trains of the kernels, elements of arrays and the theory's U move a weight by the same pulse, bit for bit.</summary>
public class OnePulseTests
{
    private const double Radius = 0.75f;
    private const double Exponent = 1.5;
    private const double Granularity = 0.03f;
    private const int Pulses = 60;

    private static readonly DeviceSettings s_device = new SymmetricPowerDevice
    {
        Granularity = Granularity,
        Exponent = Exponent,
        UpperBound = Radius,
        LowerBound = -Radius,
    }
        .WithoutSpread()
        .WithoutNoise();

    private static readonly SymmetricPowerLaw s_law = new(Radius, Exponent);

    // Up to the bound and back, in double.
    [Fact]
    public void A_train_is_an_element_of_an_array_under_the_same_pulses()
    {
        double[] response = new DeviceSample(s_device, 1, deviceKey: 1).Response(0, 0.1, Pulses, Pulses);
        double[] train = new double[2 * Pulses];
        PulseSettings settings = new(Granularity, 0.0, 0.0, -Radius, Radius);
        PulseTrains.Trace(s_law, settings, new UpThenDown(Pulses, Pulses), 0.1, key: 0, replica: 0, train);
        Assert.Equal(response[1..], train);
    }

    // The same in single precision: an array's row against the lines of the kernels, with noise of both kinds.
    [Theory]
    [InlineData(0.0, true)]
    [InlineData(0.4, true)]
    [InlineData(0.4, false)]
    public void An_array_sends_the_pulse_of_the_kernels(double noise, bool ofStep)
    {
        LinearStepDevice linear = new()
        {
            Granularity = Granularity,
            SlopeUp = 0.5,
            SlopeDown = 0.25,
            UpperBound = Radius,
            LowerBound = -Radius,
            MultiplicativeNoise = ofStep,
        };
        PulsedArray array = new(linear.WithoutSpread() with { CycleNoise = noise }, 1, 1, deviceKey: 1);
        UpdateSettings settings = new() { Type = PulseType.DeterministicImplicit, PulseByPulse = true };
        ArrayState state = array.Init();
        ScalarSingle unit = new((float)Granularity);
        LinearStep<ScalarSingle> response = LinearStep<ScalarSingle>.WithSlopes(
            new((float)(0.5 / Radius)),
            new((float)(0.25 / -Radius)),
            ScalarSingle.Zero
        );
        Stepped<LinearStep<ScalarSingle>, ScalarSingle> law = new(response, unit, unit);
        ScalarSingle sigma = new((float)noise);
        ScalarSingle w = ScalarSingle.Zero;
        for (ulong pulse = 0; pulse < 2 * Pulses; pulse++)
        {
            float direction = pulse < Pulses ? 1.0f : -1.0f;
            array.Update(state, pulse, settings, [1f], [-direction], Granularity);
            ScalarSingle step = Pulse.Step(law, w, new ScalarSingle(direction));
            ScalarSingle deviation = ofStep ? Pulse.NoiseOfStep(sigma, step) : Pulse.NoiseOfUnitStep(sigma, unit);
            ScalarSingle xi = new(Gaussian.AtSingle(pulse, Purpose.CycleNoise, 0, 0));
            w = Pulse.Land(w, step, deviation, xi, new((float)-Radius), new((float)Radius));
            Assert.Equal(w.Value, state.ToArray()[0]);
        }
    }

    [Fact]
    public void Without_noise_and_bounds_a_pulse_is_U_by_cases_at_one_pulse()
    {
        for (int i = -40; i <= 40; i++)
        {
            foreach (double sign in new[] { 1.0, -1.0 })
            {
                SameU<Scalar>(new(i / 64.3), new(sign));
                SameU<ScalarSingle>(new((float)(i / 64.3)), new((float)sign));
            }
        }
    }

    private static void SameU<T>(T w, T direction)
        where T : struct, IAlgebra<T>
    {
        T unit = T.Constant(Granularity);
        Stepped<SymmetricPower<T>, T> law = new(new(T.Constant(Radius), T.Constant(Exponent)), unit, unit);
        T far = T.Constant(1e6);
        Assert.Equal(AnalogUpdate.ApplyByCases(law, w, direction), Pulse.Land(w, Pulse.Step(law, w, direction), -far, far));
    }
}
