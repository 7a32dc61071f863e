using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Problems;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

/// <summary>Arrays and training on them, as a consumer of the façade sees them.</summary>
public class TileTests
{
    private static LeastSquaresTraining Training { get; } = Of(Imperfections.All);

    [Fact]
    public void The_ten_lines_of_the_README_bring_the_outputs_to_their_targets()
    {
        PulsedArray tile = new(DevicePresets.Named("EcRam").Device, outputs: 2, inputs: 3, deviceKey: 1);
        ArrayState weights = tile.Init();
        float[] x = [1f, -1f, 0.5f];
        float[] y = new float[2];
        for (ulong step = 0; step < 200; step++)
        {
            tile.Forward(weights, key: step, x, y);
            tile.Update(weights, key: step, UpdateSettings.Default, x, d: [y[0] - 0.5f, y[1] + 0.25f], learningRate: 0.1);
        }

        Assert.Equal(0.5, y[0], 0.03);
        Assert.Equal(-0.25, y[1], 0.03);
    }

    [Fact]
    public async Task Batches_and_tasks_and_threads_give_the_runs_of_the_whole()
    {
        TrainingRun whole = Training.Run(replicas: 5, steps: 40, seed: 3, traceEvery: 10, threads: 1);
        TrainingRun again = await Training.RunAsync(5, 40, 3, 10, threads: 2, cancellationToken: TestContext.Current.CancellationToken);
        List<double> ends = [];
        await foreach (
            TrainingRun batch in Training.StreamAsync(
                5,
                40,
                3,
                batch: 2,
                traceEvery: 10,
                cancellationToken: TestContext.Current.CancellationToken
            )
        )
        {
            Assert.Equal(ends.Count, batch.FirstReplica);
            ends.AddRange(batch.LossByReplica(4));
        }

        Assert.Equal([0L, 10L, 20L, 30L, 40L], whole.TracedSteps);
        Assert.Equal(whole.LossByReplica(4).ToArray(), again.LossByReplica(4).ToArray());
        Assert.Equal(whole.LossByReplica(4).ToArray(), ends);
        Assert.Equal(5, ends.Distinct().Count());
        Assert.NotEqual(whole.LossByReplica(4).ToArray(), Training.Run(5, 40, 4, 10).LossByReplica(4).ToArray());
    }

    [Fact]
    public async Task A_trajectory_is_a_replica_of_the_run()
    {
        TrainingRun run = Training.Run(replicas: 2, steps: 30, seed: 3, traceEvery: 10);
        List<TrainingPoint> points = [];
        await foreach (
            TrainingPoint point in Training.TrajectoryAsync(30, seed: 3, every: 10, replica: 1, TestContext.Current.CancellationToken)
        )
        {
            points.Add(point);
        }

        Assert.Equal(Enumerable.Range(0, 4).Select(p => run.LossByReplica(p)[1]), points.Select(point => point.Loss));
        Assert.Equal(Training.Dimension, points[^1].Weights.Length);
        Assert.True(points[^1].Pulses > points[1].Pulses && points[0].Pulses == 0);
    }

    [Fact]
    public async Task A_long_run_tells_its_progress_and_can_be_stopped()
    {
        using CancellationTokenSource stop = new();
        double told = 0.0;
        Direct progress = new(value =>
        {
            told = value;
            if (value > 0.02)
            {
                stop.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Training.RunAsync(2, 1_000_000, 1, 1000, 1, progress, stop.Token));
        Assert.InRange(told, 0.02, 0.5);
    }

    [Fact]
    public void Exact_numbers_fall_to_the_minimum_and_pulses_keep_a_floor()
    {
        double exact = Of(Imperfections.None).Run(2, 3000, 1, 100).Average(2500).Mean;
        double pulsed = Training.Run(2, 3000, 1, 100).Average(2500).Mean;
        Assert.InRange(exact, 0.0, 1e-12);
        Assert.True(pulsed > 1e-7, $"{pulsed}");
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        Assert.Equal("replicas", Assert.Throws<ArgumentException>(() => Training.Run(0, 1, 1)).ParamName);
        Assert.Equal("steps", Assert.Throws<ArgumentException>(() => Training.Run(1, -1, 1)).ParamName);
        Assert.Equal("fromStep", Assert.Throws<ArgumentException>(() => Training.Run(1, 10, 1).Average(11)).ParamName);
        Assert.Equal("LearningRate", Assert.Throws<ArgumentOutOfRangeException>(() => Training with { LearningRate = 0.0 }).ParamName);
        Assert.Equal("Start", Assert.Throws<ArgumentException>(() => Training with { Start = [1f] }).ParamName);
        LeastSquaresTraining other = Training with { Algorithm = _ => new PulsedSgd(new IdealArray(2, 4)) };
        Assert.Contains(
            "1 output and 4 inputs",
            Assert.Throws<ArgumentException>(() => other.Run(1, 1, 1)).Message,
            StringComparison.Ordinal
        );
    }

    private static LeastSquaresTraining Of(Imperfections kept)
    {
        ArrayModel model = new(DevicePresets.Named("EcRam").Device) { Kept = kept };
        (double[,] matrix, ImmutableArray<double> target) = LeastSquaresTraining.RandomData(12, 4, 1.0, 0.3, key: 5);
        return new(matrix, target, key => new PulsedSgd(model.Create(1, 4, key)), learningRate: 0.1);
    }

    private sealed class Direct(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
