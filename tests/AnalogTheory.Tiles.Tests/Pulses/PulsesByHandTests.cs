using System;
using System.Linq;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Certificates;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Elements;
using AnalogTheory.Tiles.Pulses;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Pulses;

/// <summary>Plans, counts, trains and their noise, at numbers that were worked out by hand.</summary>
public class PulsesByHandTests
{
    private const double Granularity = 1.0 / 1024.0;

    [Theory]
    // k = α·max|x|·max|d|/Δw_min = 10: ten slots, and the largest numbers have probability 1.
    [InlineData(31, 10, 2.0f, 4.0f)]
    // Five slots: x has probability 1, and d, 2, is beyond it.
    [InlineData(5, 5, 2.0f, 8.0f)]
    public void A_plan_balances_both_lines_and_lets_d_saturate(int bitLength, int slots, float ofInput, float ofOutput)
    {
        PulsePlan plan = PulsePlan.Of(new() { BitLength = bitLength }, 0.078125f, (float)Granularity, 0.5f, 0.25f);
        Assert.Equal(slots, plan.BitLength);
        Assert.Equal(ofInput, plan.InputScale, 1e-6);
        Assert.Equal(ofOutput, plan.OutputScale, 1e-6);
    }

    [Fact]
    public void Two_trains_are_drawn_apart_for_either_sign_of_x_and_one_train_is_shared()
    {
        // x = ±1 fires in every slot, d = ½ in half of them.
        Assert.InRange(Differing(PulseType.Stochastic), 25, 50);
        Assert.Equal(0, Differing(PulseType.StochasticCompressed));

        static int Differing(PulseType type) =>
            Enumerable
                .Range(1, 50)
                .Count(key =>
                {
                    (float[] weights, _) = Sent(type, 10, [1.0f, -1.0f], 0.5f, (ulong)key);
                    return weights[0] != -weights[1];
                });
    }

    [Theory]
    // round(10·.44)·round(10·1)/10
    [InlineData(PulseType.MeanCount, 10, 1.0f, 0.44f, 4)]
    // (20·.75)·.9 is 13.5 in floats, a tie, and 20·(.75·.9) is less.
    [InlineData(PulseType.DeterministicImplicit, 20, 0.9f, 0.75f, 14)]
    public void Counts_that_are_not_drawn_round_as_the_kit_s(PulseType type, int slots, float x, float d, long pulses)
    {
        (float[] weights, UpdateInfo info) = Sent(type, slots, [x], d, 1);
        Assert.Equal(pulses, info.Pulses);
        Assert.Equal(-pulses * Granularity, weights[0], 1e-7);
    }

    [Fact]
    public void A_train_s_sum_is_exact_to_a_float_s_last_place_where_the_series_is_used()
    {
        foreach ((int n, double x) in new[] { (20, 0.006), (5, 0.02), (31, -0.004), (1, 0.1) })
        {
            double exact = Enumerable.Range(0, n).Sum(t => Math.Pow(1.0 - x, t));
            Assert.Equal(1.0, Train<Scalar>.Series(new(n), new(x)).Sum.Value / exact, 6e-8);
            Assert.Equal(1.0, Train<Scalar>.Doubling(new(n), new(x), 16).Sum.Value / exact, 1e-13);
            Assert.True(Train<Scalar>.Margin(new(n), new(x)).Value > 0.0);
        }

        Assert.True(Train<Scalar>.Margin(new(20), new(0.0065)).Value < 0.0);
    }

    [Fact]
    public void A_train_s_noise_is_what_its_pulses_add_up_to_and_no_prefix_of_it_is_louder_than_said()
    {
        const double First = 0.01;
        const double Unit = 0.02;
        foreach ((int n, double x, double sigma) in new[] { (31, 0.03, 1.0), (2, 0.02, 0.5), (8, -0.01, 0.3) })
        {
            double rho = 1.0 - x;
            // The distance to the fixed point is multiplied by 1 − x(1 + σξ) at a pulse.
            double ofStep = First / Math.Abs(x) * Math.Sqrt(Math.Pow((rho * rho) + (x * x * sigma * sigma), n) - Math.Pow(rho, 2 * n));
            double ofUnit = sigma * Unit * Math.Sqrt(Enumerable.Range(0, n).Sum(t => Math.Pow(rho, 2 * t)));
            Check(new NoiseOfStep<Scalar>(sigma), ofStep);
            Check(new NoiseOfUnitStep<Scalar>(sigma), ofUnit);

            void Check<TNoise>(TNoise noise, double deviation)
                where TNoise : struct, IPulseNoise<Scalar>
            {
                Assert.Equal(1.0, Of(n) / deviation, 1e-5);
                double largest = noise.Largest(Train(n), new(First), new(Of(n))).Value;
                Assert.All(Enumerable.Range(1, n), m => Assert.True(Of(m) <= largest * (1.0 + 1e-12), $"{m} of {n} pulses"));

                double Of(int pulses) => noise.OfTrain(Train(pulses), new(First), new(Unit)).Value;
            }

            Train<Scalar> Train(int pulses) => Train<Scalar>.Doubling(new(pulses), new(x), 16);
        }
    }

    [Fact]
    public void Noise_that_grows_with_the_weight_and_steps_too_coarse_for_closed_forms()
    {
        // .5·(.3 + .1 + .2·2)
        Assert.Equal(0.4, new NoiseOfStepAndWeight<Scalar>(0.5, 0.1, 0.2).OfPulse(new(-0.3), new(1.0), new(-2.0)).Value, 1e-15);
        NoiseOfStep<Scalar> noise = new(0.3);
        Assert.True(noise.Coarse(new(1.0 / 33.0)).Value > 0.0);
        Assert.True(noise.Coarse(new(-1.0 / 31.0)).Value < 0.0);
    }

    [Fact]
    public void Moments_of_a_certificate_are_those_of_all_paths()
    {
        // Six slots that fire with probability ½, noise ±½: 3⁶ paths.
        SentPulses sent = new(new UpdateSettings(), new PulsePlan(6, 1.0f, 1.0f), x: 0.5f, d: 1.0f, wanted: 3.0, granularity: 0.1);
        foreach (NoiseKind kind in new[] { NoiseKind.OfStep, NoiseKind.OfUnitStep })
        {
            double mean = 0.0;
            double square = 0.0;
            Walk(6, 1.0, 0.1, 0.0);
            LinearTrain train = LinearTrain.Of(sent, step: 0.1, kappa: 0.3, unit: 0.2, new NoiseShape(kind, 0.5));
            Assert.Equal(mean, train.Mean, 1e-14);
            Assert.Equal(Math.Sqrt(square - (mean * mean)), train.Deviation, 1e-14);

            void Walk(int slots, double probability, double step, double moved)
            {
                if (slots == 0)
                {
                    mean += probability * moved;
                    square += probability * moved * moved;
                    return;
                }

                Walk(slots - 1, 0.5 * probability, step, moved);
                foreach (double xi in new[] { -0.5, 0.5 })
                {
                    double pulse = step + (xi * (kind == NoiseKind.OfStep ? step : 0.2));
                    Walk(slots - 1, 0.25 * probability, step - (0.3 * pulse), moved + pulse);
                }
            }
        }
    }

    // One row of elements with equal steps, from 0; probabilities are |x| and |d|.
    private static (float[] Weights, UpdateInfo Info) Sent(PulseType type, int slots, float[] x, float d, ulong key)
    {
        DeviceSettings device = new ConstantStepDevice { Granularity = Granularity, CycleNoise = 0.0 };
        PulsedArray array = new(device.WithoutSpread(), 1, x.Length, deviceKey: 1);
        UpdateSettings settings = new()
        {
            Type = type,
            BitLength = slots,
            UpdateManagement = false,
            BitLengthManagement = false,
        };
        ArrayState state = array.Init();
        array.Set(state, 1, new float[x.Length]);
        UpdateInfo info = array.Update(state, key, settings, x, [d], slots * Granularity);
        return (state.ToArray(), info);
    }
}
