using System;
using System.Linq;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Arrays;

/// <summary>The limit Δw_min → 0.</summary>
public class ContinuousArrayTests
{
    private static readonly float[] s_x = [1f, -0.5f, 0.25f];
    private static readonly float[] s_d = [0.2f, -0.4f];

    // U(w, Δ) = w + Δ·q₊(w) for Δ ≥ 0, else w + Δ·q₋(w), with q± = 1 ∓ w/τ.
    [Fact]
    public void Soft_bounds_move_by_U()
    {
        ContinuousArray array = new(new SoftBoundsDevice { UpperBound = 0.8, LowerBound = -0.8 }.WithoutSpread(), 2, 3, deviceKey: 1);
        ArrayState state = array.Init();
        float[] start = [0.1f, -0.2f, 0.3f, 0.4f, -0.5f, 0.6f];
        array.Set(state, 1, start);
        array.Update(state, 1, UpdateSettings.Default, s_x, s_d, 0.5);
        for (int e = 0; e < 6; e++)
        {
            double increment = -0.5 * s_d[e / 3] * s_x[e % 3];
            double expected = start[e] + increment - (Math.Abs(increment) * start[e] / 0.8);
            Assert.Equal(expected, state.ToArray()[e], 1e-6);
        }
    }

    [Fact]
    public void A_full_batch_moves_once_by_the_sum()
    {
        ContinuousArray full = new(new SoftBoundsDevice().WithoutSpread(), 2, 3, deviceKey: 1) { FullBatch = true };
        ArrayState state = full.Init();
        float[] start = [0.1f, -0.2f, 0.3f, 0.4f, -0.5f, 0.55f];
        full.Set(state, 1, start);
        (ArrayState cancelled, _) = full.Updated(state, 1, UpdateSettings.Default, [.. s_x, .. s_x], [.. s_d, -0.2f, 0.4f], 0.5);
        Assert.Equal(state.ToArray(), cancelled.ToArray());
        (ArrayState twice, _) = full.Updated(state, 1, UpdateSettings.Default, [.. s_x, .. s_x], [.. s_d, .. s_d], 0.5);
        (ArrayState once, _) = full.Updated(state, 1, UpdateSettings.Default, s_x, s_d, 1.0);
        Assert.Equal(once.ToArray(), twice.ToArray());
        ContinuousArray each = new(new SoftBoundsDevice().WithoutSpread(), 2, 3, deviceKey: 1);
        (ArrayState drifted, _) = each.Updated(state, 1, UpdateSettings.Default, [.. s_x, .. s_x], [.. s_d, -0.2f, 0.4f], 0.5);
        Assert.NotEqual(state.ToArray(), drifted.ToArray());
    }

    [Theory]
    [InlineData("constant")]
    [InlineData("linear")]
    [InlineData("soft bounds")]
    [InlineData("soft bounds, reference")]
    [InlineData("power")]
    [InlineData("exponential")]
    [InlineData("symmetric power")]
    [InlineData("symmetric exponential")]
    [InlineData("piecewise")]
    public void A_pulse_is_U_at_the_granularity_and_many_differ_by_the_square_of_what_they_move(string name)
    {
        DeviceSettings device = Device(name).WithoutSpread() with { Granularity = 1e-4, CycleNoise = 0.0 };
        PulsedArray pulsed = new(device, 2, 3, deviceKey: 1);
        ContinuousArray limit = new(device, 2, 3, deviceKey: 1);
        foreach (int pulses in new[] { 1, 5, 25 })
        {
            foreach (float sign in new[] { 1f, -1f })
            {
                ArrayState a = pulsed.Init(),
                    b = limit.Init();
                float[] start = [0.1f, -0.2f, 0.15f, 0.2f, -0.25f, 0.05f];
                pulsed.Set(a, 1, start);
                limit.Set(b, 1, start);
                UpdateSettings settings = new() { Type = PulseType.DeterministicImplicit };
                UpdateInfo info = pulsed.Update(a, 1, settings, [1f, 1f, 1f], [sign, sign], pulses * pulsed.Granularity);
                limit.Update(b, 1, settings, [1f, 1f, 1f], [sign, sign], pulses * pulsed.Granularity);
                Assert.Equal(6 * pulses, info.Pulses);

                // |w_n − U| ≤ ½ n(n−1) ε² max|q·q′|; here |q| ≤ 1.3 and |q′| ≤ 8 per unit of weight. And a few roundings of floats.
                double bound = (0.5 * pulses * (pulses - 1) * 1e-8 * 10.4) + (2e-8 * (pulses + 2));
                for (int e = 0; e < 6; e++)
                {
                    Assert.True(
                        Math.Abs(a.ToArray()[e] - b.ToArray()[e]) <= bound,
                        $"element {e}, {pulses} pulses: {a.ToArray()[e]}, {b.ToArray()[e]}."
                    );
                    Assert.NotEqual(pulsed.WithWeights(a, 1, start).ToArray()[e], a.ToArray()[e]);
                }
            }
        }
    }

    private static DeviceSettings Device(string name) =>
        name switch
        {
            "constant" => new ConstantStepDevice(),
            "linear" => new LinearStepDevice { SlopeUp = 0.4, SlopeDown = 0.3 },
            "soft bounds" => new SoftBoundsDevice(),
            "soft bounds, reference" => new SoftBoundsReferenceDevice { ReferenceSpread = 0.05, SubtractSymmetricPoint = true },
            "power" => new PowerStepDevice { Exponent = 1.5 },
            "exponential" => new ExponentialStepDevice(),
            "symmetric power" => new SymmetricPowerDevice { Exponent = 2.0 },
            "symmetric exponential" => new SymmetricExponentialDevice(),
            _ => new PiecewiseStepDevice { Up = [0.2, 1.0, 0.4], Down = [0.1, 1.0, 0.9] },
        };
}
