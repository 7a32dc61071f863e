using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Rules;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Algorithms;

/// <summary>In the limit Δw_min → 0, with whole arrays transferred, the algorithms are the dynamics of the papers: the rules that theorems are stated for.</summary>
public class CoreRuleTests
{
    private const int Dimension = 5;
    private const int Steps = 200;
    private const double Radius = 0.8;
    private const double LearningRate = 0.05;
    private const double OtherRate = 0.3;

    private static readonly AsymmetricLinear<Scalar> s_law = new(new Scalar(Radius), Scalar.Zero);

    [Fact]
    public void Analog_SGD_is_the_rule()
    {
        AnalogSgdStep<Scalar> step = new(new Scalar(LearningRate));
        double[] w = Start();
        Follow(
            new PulsedSgd(Limit()),
            (state, g) => Move(w, d => step.Next(s_law, new Scalar(w[d]), new Scalar(g[d]))),
            (state, d) => (state.Arrays[0].Weights[0, d], w[d])
        );
    }

    [Fact]
    public void Tiki_Taka_is_the_rule_with_A_for_minus_P()
    {
        TwoArraysStep<Scalar> step = TwoArraysStep<Scalar>.TikiTaka(new Scalar(LearningRate), new Scalar(OtherRate));
        TikiTaka algorithm = new(
            Limit(),
            Limit(),
            new TikiTakaSettings { TransferRate = Rate.Absolute(OtherRate), Schedule = TransferSchedule.WholeArray(Dimension) }
        );
        TwoArrays(algorithm, step, ofAuxiliary: -1.0);
    }

    [Fact]
    public void Residual_learning_is_the_rule()
    {
        TwoArraysStep<Scalar> step = TwoArraysStep<Scalar>.ResidualLearning(new Scalar(LearningRate), new Scalar(OtherRate));
        TwoArrays(ResidualLearning.V1(Limit(), Limit(), mixing: 0.4, transferRate: OtherRate), step, ofAuxiliary: 1.0);
    }

    [Fact]
    public void RIDER_is_residual_learning_on_what_P_gains_over_its_mean()
    {
        // P′ = U(P, −αg), Q′ = (1 − η)Q + ηP′, W′ = U(W, β(P′ − Q′)).
        const double FollowRate = 0.2;
        TwoArraysStep<Scalar> step = TwoArraysStep<Scalar>.ResidualLearning(new Scalar(LearningRate), new Scalar(OtherRate));
        Rider algorithm = new(
            Limit(),
            Limit(),
            new RiderSettings
            {
                FollowRate = FollowRate,
                TransferRate = Rate.Absolute(OtherRate),
                Schedule = TransferSchedule.WholeArray(Dimension),
            }
        );
        double[] w = Start();
        double[] p = new double[Dimension];
        double[] q = new double[Dimension];
        Follow(
            algorithm,
            (_, g) =>
            {
                Move(p, d => step.NextAuxiliary(s_law, new Scalar(p[d]), new Scalar(g[d])));
                Move(q, d => new Scalar(((1.0 - FollowRate) * q[d]) + (FollowRate * p[d])));
                Move(w, d => step.NextMain(s_law, new Scalar(w[d]), new Scalar(p[d] - q[d])));
            },
            (state, d) => (state.Arrays[1].Weights[0, d], w[d])
        );
    }

    private static void TwoArrays(IArrayAlgorithm algorithm, TwoArraysStep<Scalar> step, double ofAuxiliary)
    {
        double[] w = Start();
        double[] p = new double[Dimension];
        Follow(
            algorithm,
            (state, g) =>
            {
                Move(p, d => step.NextAuxiliary(s_law, new Scalar(p[d]), new Scalar(g[d])));
                Move(w, d => step.NextMain(s_law, new Scalar(w[d]), new Scalar(p[d])));
                for (int d = 0; d < Dimension; d++)
                {
                    Assert.Equal(ofAuxiliary * p[d], Before(state, d), 1e-6);
                }
            },
            (state, d) => (state.Arrays[1].Weights[0, d], w[d])
        );

        static double Before(AlgorithmState state, int d) => state.Arrays[0].Weights[0, d];
    }

    // Both see the same gradients, which depend on neither; the rule is told after the array.
    private static void Follow(
        IArrayAlgorithm algorithm,
        Action<AlgorithmState, float[]> rule,
        Func<AlgorithmState, int, (double Ours, double Rule)> compared
    )
    {
        AlgorithmState state = algorithm.Init();
        algorithm.Set(state, 1, Array.ConvertAll(Start(), w => (float)w));
        float[] gradient = new float[Dimension];
        for (int step = 0; step < Steps; step++)
        {
            for (int d = 0; d < Dimension; d++)
            {
                gradient[d] = MathF.Sin((1.3f * step) + d) + 0.3f;
            }

            algorithm.Update(state, (ulong)step, gradient, [1f], LearningRate);
            rule(state, gradient);
            for (int d = 0; d < Dimension; d++)
            {
                (double ours, double theRule) = compared(state, d);
                Assert.Equal(theRule, ours, 2e-6);
            }
        }
    }

    private static void Move(double[] weights, Func<int, Scalar> next)
    {
        for (int d = 0; d < weights.Length; d++)
        {
            weights[d] = next(d).Value;
        }
    }

    private static double[] Start() => [0.3f, -0.2f, 0.1f, 0f, -0.4f];

    private static ContinuousArray Limit() =>
        new(new SoftBoundsDevice { UpperBound = Radius, LowerBound = -Radius }.WithoutSpread(), 1, Dimension, deviceKey: 1);
}
