using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class CrossbarTests
{
    private static readonly double[,] s_matrix = new[,]
    {
        { 1.0, 0.5 },
        { -0.5, 1.0 },
        { 0.25, -1.0 },
    };
    private static readonly ImmutableArray<double> s_target = [0.3, -0.2, 0.1];
    private static readonly CrossbarTraining s_training = new(s_matrix, s_target, Device.AsymmetricLinear(1.0), learningRate: 0.2);

    [Fact]
    public void Without_pulses_the_loss_is_that_of_one_analog_update_per_sample()
    {
        double[] w = [0.0, 0.0];
        CrossbarRun run = s_training.Run(replicas: 2, steps: 5, seed: 1);
        for (int step = 0; step <= 5; step++)
        {
            double[] residuals = [.. Enumerable.Range(0, 3).Select(n => s_matrix[n, 0] * w[0] + s_matrix[n, 1] * w[1] - s_target[n])];
            Assert.Equal(residuals.Sum(r => r * r) / 6.0, run.LossByReplica(step)[1], 1e-15);
            for (int n = 0; n < 3; n++)
            {
                for (int d = 0; d < 2; d++)
                {
                    w[d] = s_training.Device.Update(w[d], -0.2 * residuals[n] * s_matrix[n, d] / 3.0);
                }
            }
        }

        Assert.Equal([0L, 1L, 2L, 3L, 4L, 5L], run.TracedSteps);
        Assert.Equal(0.0, run.Losses[5].StandardError, 1e-15);
    }

    [Fact]
    public async Task Pulses_and_transfers_train_with_the_same_bits_on_any_number_of_threads()
    {
        foreach (CrossbarPulses pulses in Enum.GetValues<CrossbarPulses>())
        {
            CrossbarTraining training = s_training with
            {
                Pulses = pulses,
                Granularity = 0.005,
                ReadNoise = 0.01,
                TransferRate = 0.3,
                Mixing = 0.2,
                TrainsBias = true,
                Start = 0.1,
            };
            CrossbarRun one = training.Run(37, 200, seed: 3, traceEvery: 50, threads: 1);
            CrossbarRun three = await training.RunAsync(
                37,
                200,
                seed: 3,
                traceEvery: 50,
                threads: 3,
                TestContext.Current.CancellationToken
            );
            Assert.Equal([0L, 50L, 100L, 150L, 200L], one.TracedSteps);
            for (int point = 0; point < 5; point++)
            {
                Assert.Equal(one.LossByReplica(point), three.LossByReplica(point));
            }

            Assert.NotEqual(one.LossByReplica(4)[0], one.LossByReplica(4)[1]);
            Assert.True(one.Losses[4].Mean < 0.5 * one.Losses[0].Mean, $"{pulses}: {one.Losses[0]} to {one.Losses[4]}");
        }
    }

    [Fact]
    public async Task Cancelling_ends_a_run()
    {
        using CancellationTokenSource source = new(20);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            s_training.RunAsync(8, int.MaxValue - 1, 1, traceEvery: int.MaxValue - 1, threads: 1, source.Token)
        );
    }

    private static readonly Dictionary<string, Action> s_wrong = new()
    {
        ["Expected at least one element, got matrix = an empty sequence. (Parameter 'matrix')"] = () =>
            _ = new CrossbarTraining(new double[0, 2], [], Device.Ideal, 0.1),
        ["Expected target of length 3, got length 1. (Parameter 'target')"] = () =>
            _ = new CrossbarTraining(s_matrix, [1.0], Device.Ideal, 0.1),
        ["Expected an initialised array, got target = default. (Parameter 'target')"] = () =>
            _ = new CrossbarTraining(s_matrix, default, Device.Ideal, 0.1),
        ["Expected finite elements, got target[2] = NaN. (Parameter 'target[2]')"] = () =>
            _ = new CrossbarTraining(s_matrix, [0.0, 0.0, double.NaN], Device.Ideal, 0.1),
        ["Expected a finite number above 0, got learningRate = 0. (Parameter 'learningRate')"] = () =>
            _ = new CrossbarTraining(s_matrix, s_target, Device.Ideal, 0.0),
        ["Expected a finite number above 0, got granularity = -1. (Parameter 'granularity')"] = () =>
            _ = s_training with { Granularity = -1.0 },
        ["Expected an integer of at least 1, got bitLength = 0. (Parameter 'bitLength')"] = () => _ = s_training with { BitLength = 0 },
        ["Expected an integer of at least 1, got transferBitLength = 0. (Parameter 'transferBitLength')"] = () =>
            _ = s_training with { TransferBitLength = 0 },
        ["Expected a finite number of at least 0, got readNoise = NaN. (Parameter 'readNoise')"] = () =>
            _ = s_training with { ReadNoise = double.NaN },
        ["Expected a finite number above 0, got transferRate = 0. (Parameter 'transferRate')"] = () =>
            _ = s_training with { TransferRate = 0.0 },
        ["Expected a finite number of at least 0, got mixing = -1. (Parameter 'mixing')"] = () => _ = s_training with { Mixing = -1.0 },
        ["Expected a finite number, got start = NaN. (Parameter 'start')"] = () => _ = s_training with { Start = double.NaN },
        ["Expected one of Continuous, PerElement, SharedRow, got pulses = 7. (Parameter 'pulses')\nActual value was 7."] = () =>
            _ = s_training with { Pulses = (CrossbarPulses)7 },
        ["Expected an integer of at least 1, got replicas = 0. (Parameter 'replicas')"] = () => s_training.Run(0, 1, 1),
        ["Expected an integer of at least 0, got steps = -1. (Parameter 'steps')"] = () => s_training.Run(1, -1, 1),
        ["Expected an integer of at least 1, got traceEvery = 0. (Parameter 'traceEvery')"] = () => s_training.Run(1, 1, 1, traceEvery: 0),
        ["Expected an integer of at least 0, got threads = -1. (Parameter 'threads')"] = () => s_training.Run(1, 1, 1, threads: -1),
        ["Expected a number in [0, 1], got point = 2. (Parameter 'point')"] = () => s_training.Run(1, 1, 1).LossByReplica(2),
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
    public void Null_is_rejected_by_name()
    {
        Assert.Throws<ArgumentNullException>("matrix", () => _ = new CrossbarTraining(null!, s_target, Device.Ideal, 0.1));
        Assert.Throws<ArgumentNullException>("device", () => _ = new CrossbarTraining(s_matrix, s_target, null!, 0.1));
    }
}
