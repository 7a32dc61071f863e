using System;
using System.Linq;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Periphery;
using AnalogTheory.Tiles.Tests.Reference;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Arrays;

/// <summary>Pairs of elements that only go up.</summary>
public class OneSidedArrayTests
{
    private static readonly DeviceSettings s_plain = new ConstantStepDevice
    {
        Granularity = 0.01,
        UpperBound = 1.0,
        LowerBound = 0.0,
        CycleNoise = 0.0,
        ResetNoise = 0.0,
    }.WithoutSpread();

    private static readonly UpdateSettings s_exactCounts = new() { Type = PulseType.DeterministicImplicit, BitLength = 100 };

    [Fact]
    public void A_step_up_goes_to_one_element_and_a_step_down_to_the_other()
    {
        OneSidedArray array = OneSidedArray.Pulsed(s_plain, 2, 3, deviceKey: 1, RefreshSettings.Never);
        ArrayState state = array.Init();
        UpdateInfo info = array.Update(state, 1, s_exactCounts, [1f, -1f, 0f], [0.05f, -0.1f], 1.0);
        Assert.Equal(30, info.Pulses);
        Equal([-0.05f, 0.05f, 0f, 0.1f, -0.1f, 0f], state);
        Equal([0f, 0.05f, 0f, 0.1f, 0f, 0f], state.Parts[0]);
        Equal([0.05f, 0f, 0f, 0f, 0.1f, 0f], state.Parts[1]);
        array.Update(state, 2, s_exactCounts, [1f, -1f, 0f], [0.05f, -0.1f], -1.0);
        Equal([0f, 0f, 0f, 0f, 0f, 0f], state);
        Equal([0.05f, 0.05f, 0f, 0.1f, 0.1f, 0f], state.Parts[0]);
        array.UpdateColumn(state, 3, s_exactCounts, 2, [0.02f, -0.02f], 1.0);
        array.UpdateRow(state, 4, s_exactCounts, 0, [0.03f, 0f, 0f], 1.0);
        Equal([-0.03f, 0f, -0.02f, 0f, 0f, 0.02f], state);
    }

    [Fact]
    public void A_high_pair_is_reset_and_its_difference_written_back()
    {
        // Columns: high and high enough, high and too low, low. Thresholds .75 and .25 of w_max = 1; one look a mini-batch.
        OneSidedArray array = OneSidedArray.Pulsed(
            s_plain,
            1,
            3,
            deviceKey: 1,
            new RefreshSettings { Update = s_exactCounts },
            PeripherySettings.Perfect
        );
        ArrayState state = array.Init();
        state.Parts[0].Weights.Load([0.8f, 0.8f, 0.7f]);
        state.Parts[1].Weights.Load([0.3f, 0.2f, 0.6f]);
        array.Update(state, 1, s_exactCounts, [0f, 0f, 0f], [0f], 1.0);
        Equal([0.5f, 0.8f, 0.7f], state.Parts[0]);
        Equal([0f, 0.2f, 0.6f], state.Parts[1]);
        Equal([0.5f, 0.6f, 0.1f], state);

        state.Parts[0].Weights.Load([0.3f, 0f, 0f]);
        state.Parts[1].Weights.Load([0.8f, 0f, 0f]);
        array.Update(state, 2, s_exactCounts, [0f, 0f, 0f, 0f, 0f, 0f], [0f, 0f], 1.0);
        Equal([-0.5f, 0f, 0f], state);
        Equal([0f, 0f, 0f], state.Parts[0]);
        Equal([0.5f, 0f, 0f], state.Parts[1]);
    }

    [Theory]
    [InlineData(true, 3, 2, 6, 2)]
    [InlineData(false, 3, 3, 4, 4)]
    [InlineData(true, 0, 2, 6, 0)]
    public void A_look_falls_due_after_so_many_mini_batches_or_samples(
        bool countsBatches,
        int every,
        int samples,
        int batches,
        int expectedLooks
    )
    {
        RefreshSettings refresh = new() { Every = every, CountsBatches = countsBatches };
        OneSidedArray array = OneSidedArray.Pulsed(s_plain, 1, 1, deviceKey: 1, refresh, PeripherySettings.Perfect);
        ArrayState state = array.Init();
        int looks = 0;
        for (int batch = 0; batch < batches; batch++)
        {
            state.Parts[0].Weights.Load([0.9f]);
            state.Parts[1].Weights.Load([0.9f]);
            array.Update(state, (ulong)batch, s_exactCounts, new float[samples], new float[samples], 1.0);
            looks += state.Parts[0].Weights[0, 0] == 0.0f ? 1 : 0;
        }

        Assert.Equal(expectedLooks, looks);
    }

    [Fact]
    public void Random_trains_move_pairs_by_the_gradient_in_the_mean()
    {
        OneSidedArray array = OneSidedArray.Pulsed(s_plain with { CycleNoise = 0.3 }, 2, 3, deviceKey: 1, RefreshSettings.Never);
        float[] x = [0.8f, -0.5f, 0.3f];
        float[] d = [0.4f, -0.7f];
        Sample[] samples = [.. Enumerable.Range(0, 6).Select(_ => new Sample())];
        ArrayState start = array.Init();
        start.Parts[0].Weights.Values.Fill(0.4f);
        start.Parts[1].Weights.Values.Fill(0.4f);
        for (int trial = 0; trial < 4000; trial++)
        {
            ArrayState state = start.Clone();
            array.Update(state, (ulong)trial, UpdateSettings.Default, x, d, 0.1);
            float[] weights = state.ToArray();
            for (int e = 0; e < 6; e++)
            {
                samples[e].Add(weights[e]);
            }
        }

        for (int e = 0; e < 6; e++)
        {
            double expected = -0.1 * d[e / 3] * x[e % 3];
            Assert.True(Math.Abs(samples[e].OfMean(expected, 0.0, 1e-7)) < 4.0, $"element {e}: {samples[e].Mean}, expected {expected}");
        }
    }

    [Fact]
    public void A_model_of_a_one_sided_device_makes_its_pairs_and_switches_their_imperfections_off()
    {
        DevicePreset pcm = DevicePresets.Named("PCM");
        ArrayModel model = ArrayModel.Of(pcm) with { TransferPeriphery = PeripherySettings.Default };
        OneSidedArray ours = Assert.IsType<OneSidedArray>(model.Create(3, 4, deviceKey: 5));
        WeightArray preset = pcm.Pulsed(3, 4, deviceKey: 5);
        ArrayState a = ours.Init(),
            b = preset.Init();
        for (ulong step = 0; step < 40; step++)
        {
            float sign = step % 3 == 0 ? -1f : 1f;
            ours.Update(a, step, UpdateSettings.Default, [1f, -0.5f, 0.25f, 1f], [sign, -sign, 0.5f], 0.2);
            preset.Update(b, step, UpdateSettings.Default, [1f, -0.5f, 0.25f, 1f], [sign, -sign, 0.5f], 0.2);
        }

        Assert.Equal(b.ToArray(), a.ToArray());
        Assert.NotEqual(ours.Init().ToArray(), a.ToArray());
        foreach (ImperfectionCase one in model.Cases)
        {
            OneSidedArray array = Assert.IsType<OneSidedArray>((model with { Kept = one.Kept }).Create(3, 4, deviceKey: 5));
            Assert.Equal(!one.Kept.HasFlag(Imperfections.Granularity), array.IsContinuous);
            Assert.Equal(
                !one.Kept.HasFlag(Imperfections.Reads),
                array.TransferPeriphery.IsPerfect && array.Side(0).TransferPeriphery.IsPerfect
            );
            Assert.Equal(one.Kept.HasFlag(Imperfections.Spread), array.Side(1).Device.GranularitySpread > 0.0);
        }
    }

    [Fact]
    public void The_limit_moves_each_side_by_U()
    {
        DeviceSettings soft = new SoftBoundsDevice { UpperBound = 1.0, LowerBound = 0.0 }.WithoutSpread();
        foreach (bool isFullBatch in new[] { false, true })
        {
            OneSidedArray array = isFullBatch
                ? new(
                    new ContinuousArray(soft, 1, 2, 1) { FullBatch = true },
                    new ContinuousArray(soft, 1, 2, 2) { FullBatch = true },
                    RefreshSettings.Never
                )
                : OneSidedArray.Continuous(soft, 1, 2, deviceKey: 1, RefreshSettings.Never);
            ArrayState state = array.Init();
            array.Set(state, 1, [0.5f, -0.25f]);
            array.Update(state, 1, UpdateSettings.Default, [0.1f, 0.1f], [-1f], 1.0);

            // g₊ moves up by .1·(1 − g₊).
            Equal([0.5f + 0.05f, 0.1f - 0.25f], state);
            array.Update(state, 2, UpdateSettings.Default, [0.1f, 0f, -0.1f, 0f], [1f, 1f], 1.0);
            Equal(isFullBatch ? [0.55f, -0.15f] : [0.55f + (0.1f * 0.45f) - 0.1f, -0.15f], state);
        }
    }

    [Fact]
    public void Resets_and_decay_act_on_both_sides()
    {
        OneSidedArray array = OneSidedArray.Pulsed(s_plain with { Lifetime = 2.0, Reset = 0.2 }, 1, 2, deviceKey: 1, RefreshSettings.Never);
        ArrayState state = array.Init();
        array.Set(state, 1, [0.6f, -0.4f]);
        array.Relax(state, 1);
        Equal([0.4f, 0.1f], state.Parts[0]);
        Equal([0.1f, 0.3f], state.Parts[1]);
        array.ResetColumns(state, 1, 1, 1);
        Equal([0.4f, 0.2f], state.Parts[0]);
        Equal([0.3f, 0f], state);
    }

    [Fact]
    public void The_preset_of_phase_change_memory_is_a_pair_and_keeps_a_weight_through_refreshes()
    {
        DevicePreset preset = DevicePresets.Named("PCM");
        OneSidedArray array = Assert.IsType<OneSidedArray>(preset.Pulsed(20, 30, deviceKey: 3));
        Assert.IsType<OneSidedArray>(preset.Continuous(20, 30, deviceKey: 3));
        Assert.IsType<PulsedArray>(DevicePresets.Named("ReRamSB").Pulsed(2, 3, deviceKey: 3));
        Assert.IsType<ContinuousArray>(DevicePresets.Named("ReRamSB").Continuous(2, 3, deviceKey: 3));

        // Up and down in turn: without a refresh both elements would end at their bounds, and nothing would move any more.
        ArrayState state = array.Init();
        float[] x = [.. Enumerable.Repeat(1f, 30)];
        float[] d = [.. Enumerable.Repeat(-1f, 20)];
        int refreshed = 0;
        for (int step = 0; step < 200; step++)
        {
            double before = state.Parts[0].ToArray().Average();
            array.Update(state, (ulong)step, UpdateSettings.Default, x, d, step % 2 == 0 ? 0.2 : -0.2);
            refreshed += state.Parts[0].ToArray().Average() < before ? 1 : 0;
        }

        Assert.True(refreshed > 5, $"{refreshed} mini-batches lowered g₊");
        Assert.InRange(state.Parts[0].ToArray().Average(), 0.0, 0.9 * preset.Device.UpperBound);
        double mean = state.ToArray().Average();
        array.Update(state, 1000, UpdateSettings.Default, x, d, 0.5);
        Assert.True(state.ToArray().Average() > mean + 0.1, $"{mean} → {state.ToArray().Average()}");
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_nothing_changes()
    {
        OneSidedArray array = OneSidedArray.Pulsed(s_plain, 2, 3, deviceKey: 1);
        PulsedArray single = new(s_plain, 2, 3, deviceKey: 1);
        ArrayState foreign = single.Init();
        Assert.Equal("state", Refused(() => array.Update(foreign, 1, s_exactCounts, [1f, 1f, 1f], [1f, 1f], 1.0)));
        Assert.Equal("state", Refused(() => array.Set(foreign, 1, new float[6])));
        Assert.Equal("state", Refused(() => array.ResetColumns(foreign, 1, 0, 1)));
        Assert.Equal("state", Refused(() => array.Relax(foreign, 1)));
        Assert.All(foreign.ToArray(), w => Assert.Equal(0f, w));
        Assert.Equal("weights", Refused(() => array.Set(array.Init(), 1, [1f])));
        Assert.Equal("minus", Refused(() => _ = new OneSidedArray(single, new PulsedArray(s_plain, 3, 2, deviceKey: 1))));
        Assert.Equal("minus", Refused(() => _ = new OneSidedArray(single, new ContinuousArray(s_plain, 2, 3, deviceKey: 1))));
        Assert.Equal("Every", Refused(() => _ = new RefreshSettings { Every = -1.0 }));
        Assert.Equal("UpperThreshold", Refused(() => _ = new RefreshSettings { UpperThreshold = double.NaN }));
        Assert.Equal("LowerThreshold", Refused(() => _ = new RefreshSettings { LowerThreshold = -0.1 }));

        static string? Refused(Action call) => Assert.ThrowsAny<ArgumentException>(call).ParamName;
    }

    private static void Equal(float[] expected, ArrayState state)
    {
        float[] weights = state.ToArray();
        for (int e = 0; e < expected.Length; e++)
        {
            Assert.Equal(expected[e], weights[e], 1e-6f);
        }
    }
}
