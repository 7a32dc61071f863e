using System;
using System.Collections.Generic;
using System.Linq;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Algorithms;

/// <summary>Which lines a transfer moves, and when: on exact arrays of 2 × 3 whose gradient is 1 everywhere.</summary>
public class ScheduleTests
{
    [Fact]
    public void Columns_are_visited_in_a_circle_one_a_sample() =>
        Assert.Equal(["c0", "c1", "c2", "c0", "c1"], Moves(Transfer(TransferSchedule.EverySample), samplesOfBatches: [1, 1, 1, 1, 1]));

    [Fact]
    public void Rows_are_visited_in_a_circle() =>
        Assert.Equal(["r0", "r1", "r0"], Moves(Transfer(TransferSchedule.EverySample with { ByRows = true }), samplesOfBatches: [1, 1, 1]));

    [Fact]
    public void Several_lines_a_transfer_go_on_where_the_last_ended() =>
        Assert.Equal(
            ["c0 c1", "c0 c2", "c1 c2"],
            Moves(Transfer(TransferSchedule.EverySample with { Reads = 2 }), samplesOfBatches: [1, 1, 1])
        );

    // Every 1.5 mini-batches of two is every third sample; of four, every sixth: counted from the first.
    [Theory]
    [InlineData(2, "", "c0", "c1", "")]
    [InlineData(4, "", "c0", "c1", "")]
    public void A_period_in_mini_batches_is_rounded_up_to_samples(int samples, params string[] expected) =>
        Assert.Equal(expected, Moves(Transfer(new TransferSchedule { Every = 1.5 }), [samples, samples, samples, samples]));

    [Fact]
    public void A_period_in_samples_is_counted_across_mini_batches() =>
        Assert.Equal(
            ["", "c0", "", "c1 c2"],
            Moves(Transfer(TransferSchedule.EverySample with { Every = 3.0 }), samplesOfBatches: [2, 2, 1, 4])
        );

    [Fact]
    public void Mixed_precision_goes_through_rows_in_a_circle() =>
        Assert.Equal(
            ["r0", "r1", "r0"],
            Moves(new MixedPrecision(new IdealArray(2, 3), new MixedPrecisionSettings { Rows = 1 }), samplesOfBatches: [1, 1, 1])
        );

    [Fact]
    public void Tiles_pass_on_a_column_each_the_slower_the_coarser()
    {
        // Pair (W2 → W1) every 2 samples, pair (W1 → W0) every 2·3 = 6.
        MultiTile algorithm = new(
            [new IdealArray(2, 3), new IdealArray(2, 3), new IdealArray(2, 3)],
            new MultiTileSettings { SwitchesTiles = false, Slowdown = 3.0 }
        );
        int[] each = [.. Enumerable.Repeat(1, 12)];
        Assert.Equal(["", "c0", "", "c1", "", "c2", "", "c0", "", "c1", "", "c2"], Moves(algorithm, each, array: 1));
        Assert.Equal(["", "", "", "", "", "c0", "", "", "", "", "", "c1"], Moves(algorithm, each, array: 0));
        Assert.Equal(["", "c0 c1"], Moves(algorithm, [5, 7], array: 0));
    }

    [Fact]
    public void A_full_batch_of_tiles_is_one_update_up_to_the_next_transfer()
    {
        // In exact numbers a mini-batch at once and sample by sample are the same, transfers included.
        MultiTile algorithm = new([new IdealArray(2, 3), new IdealArray(2, 3)], new MultiTileSettings { SwitchesTiles = false });
        AlgorithmState atOnce = algorithm.Init();
        AlgorithmState oneByOne = algorithm.Init();
        Train(algorithm, atOnce, 0, 5);
        for (int n = 0; n < 5; n++)
        {
            Train(algorithm, oneByOne, n, 1);
        }

        Assert.All(algorithm.Weights(atOnce).Zip(algorithm.Weights(oneByOne)), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
    }

    [Fact]
    public void A_sign_along_the_lines_is_taken_off_as_the_sign_of_a_line_is()
    {
        // One element: whether the line's sign or the sign along it flips after every pass, the product is the same.
        ChoppedSettings settings = new()
        {
            FastRate = Rate.Absolute(0.01),
            TransferRate = Rate.Absolute(1.0),
            Mixing = 0.5,
        };
        ChoppedTikiTaka line = new(new IdealArray(1, 1), new IdealArray(1, 1), settings with { ChopProbability = 1.0 });
        ChoppedTikiTaka cross = new(
            new IdealArray(1, 1),
            new IdealArray(1, 1),
            settings with
            {
                ChopProbability = 0.0,
                CrossChopProbability = 1.0,
            }
        );
        AlgorithmState a = line.Init();
        AlgorithmState b = cross.Init();
        for (int step = 0; step < 6; step++)
        {
            float d = 0.3f + (0.2f * (step % 3));
            line.Update(a, (ulong)step, [1f], [d], 0.1);
            cross.Update(b, (ulong)step, [1f], [d], 0.1);
            Assert.Equal(line.Weights(a)[0], cross.Weights(b)[0]);
            Assert.NotEqual(0f, a.Arrays[1].Weights[0, 0]);
        }
    }

    private static TikiTaka Transfer(TransferSchedule schedule) =>
        new(new IdealArray(2, 3), new IdealArray(2, 3), new TikiTakaSettings { Schedule = schedule });

    private static void Train(IArrayAlgorithm algorithm, AlgorithmState state, int step, int samples) =>
        algorithm.Update(
            state,
            Keys.Fold(1, (ulong)step),
            [.. Enumerable.Repeat(1f, 3 * samples)],
            [.. Enumerable.Repeat(1f, 2 * samples)],
            0.1
        );

    // For each mini-batch the columns or rows of an array, by default the last, that it moved.
    private static string[] Moves(IArrayAlgorithm algorithm, int[] samplesOfBatches, int array = -1)
    {
        AlgorithmState state = algorithm.Init();
        Grid weights = state.Arrays[array < 0 ? state.Arrays.Count - 1 : array].Weights;
        List<string> moves = [];
        float[,] before = new float[2, 3];
        for (int batch = 0; batch < samplesOfBatches.Length; batch++)
        {
            Train(algorithm, state, batch, samplesOfBatches[batch]);
            bool[,] moved = new bool[2, 3];
            for (int i = 0; i < 2; i++)
            {
                for (int j = 0; j < 3; j++)
                {
                    moved[i, j] = weights[i, j] != before[i, j];
                    before[i, j] = weights[i, j];
                }
            }

            string[] columns = [.. Enumerable.Range(0, 3).Where(j => moved[0, j] && moved[1, j]).Select(j => $"c{j}")];
            string[] rows = [.. Enumerable.Range(0, 2).Where(i => moved[i, 0] && moved[i, 1] && moved[i, 2]).Select(i => $"r{i}")];
            moves.Add(string.Join(' ', columns.Length > 0 ? columns : rows));
        }

        return [.. moves];
    }
}
