using System;
using System.Linq;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Algorithms;

/// <summary>Traces worked out on paper, on exact arrays of one element: w, x and d are numbers.</summary>
public class ByHandTests
{
    [Fact]
    public void Tiki_Taka_adds_up_the_gradient_and_W_follows()
    {
        // A: −.1, −.2, −.3; W moves by .5·A each time: −.05, −.15, −.30.
        TikiTaka algorithm = new(One(), One(), new TikiTakaSettings { TransferRate = Rate.Absolute(0.5) });
        Assert.Equal([-0.05f, -0.15f, -0.3f], Run(algorithm, 3, d: 1.0f, learningRate: 0.1), Close);
    }

    [Fact]
    public void Residual_learning_sees_both_arrays()
    {
        // P: −.1, −.2; W: −.05, −.15; visible W + .4·P: −.09, −.23.
        TikiTaka algorithm = ResidualLearning.V1(One(), One(), mixing: 0.4, transferRate: 0.5);
        Assert.Equal([-0.09f, -0.23f], Run(algorithm, 2, d: 1.0f, learningRate: 0.1), Close);
    }

    [Fact]
    public void Residual_learning_v2_fires_when_the_buffer_holds_a_pulse_and_keeps_the_rest()
    {
        // P: −.1, −.2, −.3; H = .5·H + .5·P: −.05, −.125 → fires one pulse of .1, −.025 stays, −.1625 → −.0625.
        TikiTakaV2 algorithm = ResidualLearning.V2(One(0.1), One(0.1), mixing: 0.0, transferRate: 0.5);
        AlgorithmState state = algorithm.Init();
        float[] held = new float[3];
        float[] weights = Run(algorithm, state, 3, d: 1.0f, learningRate: 0.1, step => held[step] = state.Buffers[0][0, 0]);
        Assert.Equal([0.0f, -0.1f, -0.2f], weights, Close);
        Assert.Equal([-0.05f, -0.025f, -0.0625f], held, Close);
    }

    [Fact]
    public void A_buffer_fires_whole_pulses_and_no_part_of_one_is_rounded_up()
    {
        // A: −.1, −.2, −.3; H adds .75·A: −.075 is no pulse of .1; −.225 is two, −.025 stays; −.25 is two, −.05 stays.
        TikiTakaV2 algorithm = new(
            One(0.1),
            One(0.1),
            new TikiTakaV2Settings
            {
                TransferRate = Rate.Absolute(0.75),
                Momentum = 0.0,
                Forgets = false,
                TransferUpdate = UpdateSettings.Default with { BitLength = 5 },
            }
        );
        AlgorithmState state = algorithm.Init();
        float[] held = new float[3];
        float[] weights = Run(algorithm, state, 3, d: 1.0f, learningRate: 0.1, step => held[step] = state.Buffers[0][0, 0]);
        Assert.Equal([0.0f, -0.2f, -0.4f], weights, Close);
        Assert.Equal([-0.075f, -0.025f, -0.05f], held, Close);
    }

    [Fact]
    public void RIDER_moves_by_what_P_has_gained_over_its_reference()
    {
        // η = .5, β = .5: P: −.1, −.2; Q: −.05, −.125; W: .5·(−.05) = −.025, then −.025 + .5·(−.075) = −.0625; visible + .1·(P − Q): −.03, −.07.
        Rider algorithm = new(One(), One(), new RiderSettings { FollowRate = 0.5, TransferRate = Rate.Absolute(0.5) });
        Assert.Equal([-0.03f, -0.07f], Run(algorithm, 2, d: 1.0f, learningRate: 0.1), Close);
    }

    [Fact]
    public void RIDER_ignores_a_P_that_does_not_move()
    {
        // P = .8 for ever: Q follows, and what is sent to W sums to β·(1 − η)/η·.8·(1 − (1 − η)ⁿ), which stays bounded.
        Rider algorithm = new(
            One(),
            One(),
            new RiderSettings
            {
                FollowRate = 0.5,
                TransferRate = Rate.Absolute(0.1),
                Mixing = 0.0,
            }
        );
        AlgorithmState state = algorithm.Init();
        state.Arrays[0].Weights[0, 0] = 0.8f;
        float[] weights = Run(algorithm, state, 40, d: 0.0f, learningRate: 0.1, _ => { });
        Assert.Equal(0.08f, weights[^1], 1e-5f);
    }

    [Fact]
    public void E_RIDER_flips_as_often_as_it_is_told_to()
    {
        Rider algorithm = new(One(), One(), new RiderSettings { ChopProbability = 0.2 });
        AlgorithmState state = algorithm.Init();
        int flips = 0;
        double sign = 1.0;
        Run(
            algorithm,
            state,
            10_000,
            d: 0.0f,
            learningRate: 0.1,
            _ =>
            {
                flips += state.Numbers[0] == sign ? 0 : 1;
                sign = state.Numbers[0];
            }
        );
        // 2,000 ± 40: five standard deviations.
        Assert.InRange(flips, 1_800, 2_200);
    }

    [Fact]
    public void Chopping_turns_a_gradient_around_twice_so_that_the_exact_form_does_not_see_it()
    {
        ChoppedSettings settings = new() { TransferRate = Rate.Absolute(1.0), Forgets = false };
        ChoppedTikiTaka chopped = new(One(), One(), settings with { ChopProbability = 0.5, ChopsAtRandom = false });
        AlgorithmState state = chopped.Init();
        float[] fast = new float[4];
        // d = .001 and the absolute rate 1: A: −.001, −.002; the sign flips after the second pass: −.001, 0.
        Run(chopped, state, 4, d: 0.001f, learningRate: 0.1, step => fast[step] = state.Arrays[0].Weights[0, 0]);
        Assert.Equal([-0.001f, -0.002f, -0.001f, 0.0f], fast, Close);
    }

    [Fact]
    public void AGAD_takes_the_mean_of_the_half_period_before_as_its_reference()
    {
        // Period 2, tail 1: b = ½. A: −.1, −.2, −.1, 0; μ: −.05, −.125, −.1125, −.05625; μ_past = −.125 from the third read on.
        Agad algorithm = new(One(), One(), new AgadSettings { ChopProbability = 0.5, TailWeight = 1.0 });
        AlgorithmState state = algorithm.Init();
        float[] mean = new float[4];
        float[] past = new float[4];
        Run(
            algorithm,
            state,
            4,
            d: 0.1f,
            learningRate: 0.1,
            step => (mean[step], past[step]) = (state.Buffers[3][0, 0], state.Buffers[4][0, 0])
        );
        Assert.Equal([-0.05f, -0.125f, -0.1125f, -0.05625f], mean, Close);
        Assert.Equal([0.0f, 0.0f, -0.125f, -0.125f], past, Close);
    }

    [Fact]
    public void AGAD_with_a_mixing_computes_with_what_A_has_gained_over_its_reference()
    {
        // As above, with c = +, +, −, −: c·(A − μ_past) is −.1, −.2, then −(−.1 + .125) = −.025 and −(0 + .125) = −.125.
        Agad algorithm = new(
            One(),
            One(),
            new AgadSettings
            {
                ChopProbability = 0.5,
                TailWeight = 1.0,
                Mixing = 0.5,
            }
        );
        AlgorithmState state = algorithm.Init();
        float[] slow = new float[4];
        float[] visible = Run(algorithm, state, 4, d: 0.1f, learningRate: 0.1, step => slow[step] = state.Arrays[1].Weights[0, 0]);
        Assert.Equal([-0.05f, -0.1f, -0.0125f, -0.0625f], visible.Zip(slow, (all, w) => all - w), Close);
        Assert.Equal("E-RIDER by lines", algorithm.Name);
    }

    [Fact]
    public void Mixed_precision_loses_nothing()
    {
        // Whatever is not in W is in χ: W + (what χ holds) is the digital sum, over many steps and also when a train is too short.
        MixedPrecision algorithm = new(One(0.01), new MixedPrecisionSettings { Update = UpdateSettings.Default with { BitLength = 2 } });
        AlgorithmState state = algorithm.Init();
        float sum = 0.0f;
        for (int step = 0; step < 50; step++)
        {
            float d = 0.4f * MathF.Sin(step);
            sum -= 0.1f * d;
            algorithm.Update(state, Keys.Fold(1, (ulong)step), [1.0f], [d], 0.1);
            Assert.Equal(sum, state.Arrays[0].Weights[0, 0] - state.Buffers[0][0, 0], 1e-5f);
        }
    }

    [Fact]
    public void Mixed_precision_of_the_kit_transfers_a_batch_late()
    {
        MixedPrecision ours = new(One(0.01));
        MixedPrecision kit = new(One(0.01), new MixedPrecisionSettings { AsAihwkit = true });
        Assert.Equal([-0.1f, -0.2f], Run(ours, 2, d: 1.001f, learningRate: 0.1), Close);
        Assert.Equal([0.0f, -0.2f], Run(kit, 2, d: 1.001f, learningRate: 0.1), Close);
    }

    [Fact]
    public void Tiles_take_turns_as_scheduled()
    {
        // γ = .5, transfers every 2 samples at .1·α = .01: W1: −.1, −.2, −.3, −.4; W0: 0, −.002, −.002, −.006; visible W0 + .5·W1.
        MultiTile algorithm = new([One(), One()], new MultiTileSettings { SwitchesTiles = false });
        Assert.Equal([-0.05f, -0.102f, -0.152f, -0.206f], Run(algorithm, 4, d: 1.0f, learningRate: 0.1), Close);
    }

    [Fact]
    public void A_plateau_brings_in_the_next_tile()
    {
        MultiTile algorithm = new([One(), One()]);
        AlgorithmState state = algorithm.Init();
        Assert.Equal([-0.1f], Run(algorithm, state, 1, d: 1.0f, learningRate: 0.1, _ => { }), Close);
        Assert.True(algorithm.TrySwitch(state));
        Assert.False(algorithm.TrySwitch(state));
        // The second sample falls on a transfer: W1 = −.1, W0 = −.1 + .01·(−.1).
        Assert.Equal([-0.1f - 0.001f - 0.05f], Run(algorithm, state, 1, d: 1.0f, learningRate: 0.1, _ => { }), Close);
    }

    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        Assert.Equal(
            "ChopProbability",
            Assert
                .Throws<ArgumentException>(() => new ChoppedTikiTaka(One(), One(), new ChoppedSettings { ChopProbability = 1.5 }))
                .ParamName
        );
        Assert.Equal(
            "Momentum",
            Assert.Throws<ArgumentException>(() => new TikiTakaV2(One(), One(), new TikiTakaV2Settings { Momentum = 1.0 })).ParamName
        );
        Assert.Equal(
            "FollowRate",
            Assert.Throws<ArgumentException>(() => new Rider(One(), One(), new RiderSettings { FollowRate = 0.0 })).ParamName
        );
        Assert.Equal("Mixing", Assert.Throws<ArgumentOutOfRangeException>(() => new TikiTakaSettings { Mixing = double.NaN }).ParamName);
        Assert.Equal(
            "settings",
            Assert.Throws<ArgumentException>(() => new Agad(One(), One(), new AgadSettings { ChopProbability = 0.0 })).ParamName
        );
        Assert.Equal("slow", Assert.Throws<ArgumentException>(() => new TikiTaka(One(), new IdealArray(2, 1))).ParamName);
        Assert.Equal("tiles", Assert.Throws<ArgumentException>(() => new MultiTile([])).ParamName);
        Assert.Equal(
            "settings",
            Assert
                .Throws<ArgumentException>(() =>
                    new TikiTaka(One(), One(), new TikiTakaSettings { Schedule = TransferSchedule.WholeArray(2) })
                )
                .ParamName
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => Rate.Absolute(-1.0));
    }

    private static readonly System.Collections.Generic.IEqualityComparer<float> Close = new Near();

    private sealed class Near : System.Collections.Generic.IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => MathF.Abs(x - y) < 1e-6f;

        public int GetHashCode(float obj) => 0;
    }

    private static IdealArray One(double granularity = 0.001) => new(1, 1, granularity);

    private static float[] Run(IArrayAlgorithm algorithm, int steps, float d, double learningRate) =>
        Run(algorithm, algorithm.Init(), steps, d, learningRate, _ => { });

    private static float[] Run(IArrayAlgorithm algorithm, AlgorithmState state, int steps, float d, double learningRate, Action<int> look)
    {
        float[] weights = new float[steps];
        for (int step = 0; step < steps; step++)
        {
            algorithm.Update(state, Keys.Fold(1, (ulong)step), [1.0f], [d], learningRate);
            weights[step] = algorithm.Weights(state)[0];
            look(step);
        }

        return weights;
    }
}
