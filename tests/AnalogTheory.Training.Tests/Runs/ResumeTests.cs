using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Models;
using AnalogTheory.Training.Runs;
using Xunit;

namespace AnalogTheory.Training.Tests.Runs;

/// <summary>A run that was stopped or killed equals one that was not, and what is on the disk is whole.</summary>
public class ResumeTests
{
    private const int Epochs = 3;

    // Small enough for many kills, with two arrays, converters, noise and an order of images to keep.
    private static readonly Cell s_cell = new()
    {
        Rule = "tiki-taka",
        Data = "digits",
        Samples = 200,
    };

    private static readonly DataPair s_data = new("digits", Digits.Draw(200, 1), Digits.Draw(20, 2));
    private static readonly Lazy<(byte[] State, EpochMetrics[] History)> s_undisturbed = new(() =>
    {
        using TemporaryFolder folder = new();
        TrainingRun run = new(s_cell, s_data, folder.Path);
        Assert.Equal(RunEnd.Finished, run.Run(Epochs, null, null, CancellationToken.None));
        return Whole(run);
    });

    [Fact]
    public void Twenty_random_kills_change_no_bit_and_cost_at_most_the_epoch_in_progress()
    {
        using TemporaryFolder folder = new();
        float[] places = Numbers.Between(20, 11, 0.0, 1.0);
        int kept = 0;
        for (int kill = 0; kill < places.Length; kill++)
        {
            TrainingRun run = new(s_cell, s_data, folder.Path);
            Assert.True(run.State.Epoch >= kept, $"epoch {kept} was lost");
            kept = run.State.Epoch;
            int left = (int)(places[kill] * 2);
            Killed killer = new(left);
            try
            {
                run.Run(Epochs, killer, null, CancellationToken.None);
                break;
            }
            catch (OperationCanceledException)
            {
                // As a kill would: nothing is saved, and half of a file lies about.
                File.WriteAllText(folder["checkpoint.bin.part"], "half");
            }
        }

        TrainingRun last = new(s_cell, s_data, folder.Path);
        last.Run(Epochs, null, null, CancellationToken.None);
        AssertUndisturbed(last);
    }

    [Fact]
    public void A_stop_in_the_middle_of_an_epoch_loses_nothing()
    {
        using TemporaryFolder folder = new();
        int sittings = 0;
        for (RunEnd end = RunEnd.Stopped; end == RunEnd.Stopped; sittings++)
        {
            using CancellationTokenSource stop = new();
            TrainingRun run = new(s_cell, s_data, folder.Path);
            end = run.Run(Epochs, new Stopper(stop), null, stop.Token);
            if (end == RunEnd.Finished)
            {
                AssertUndisturbed(run);
            }
        }

        // A sitting ends at each report but those at the end of an epoch, so more than one a epoch.
        Assert.True(sittings > Epochs, $"{sittings} sittings");
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        using TemporaryFolder folder = new();
        TrainingRun run = new(s_cell, s_data, folder.Path, threads: 3);
        run.Run(Epochs, null, null, CancellationToken.None);
        AssertUndisturbed(run);
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused_and_stays()
    {
        using TemporaryFolder folder = new();
        new TrainingRun(s_cell, s_data, folder.Path).Run(1, null, null, CancellationToken.None);
        byte[] before = File.ReadAllBytes(folder[TrainingRun.CheckpointName]);
        string said = Assert.Throws<InvalidDataException>(() => new TrainingRun(s_cell with { Tau = 0.9 }, s_data, folder.Path)).Message;
        Assert.Contains("belongs to another training", said, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(folder[TrainingRun.CheckpointName]));
    }

    [Theory]
    [InlineData(0, "is no saved training")]
    [InlineData(8, "has version")]
    [InlineData(100, "its checksum does not fit")]
    [InlineData(100_000, "its checksum does not fit")]
    public void A_damaged_checkpoint_is_refused_by_name(int at, string message)
    {
        using TemporaryFolder folder = new();
        new TrainingRun(s_cell, s_data, folder.Path).Run(1, null, null, CancellationToken.None);
        string path = folder[TrainingRun.CheckpointName];
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
        string said = Assert.Throws<InvalidDataException>(() => new TrainingRun(s_cell, s_data, folder.Path)).Message;
        Assert.Contains(path, said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        Assert.Throws<InvalidDataException>(() => new TrainingRun(s_cell, s_data, folder.Path));
    }

    private static void AssertUndisturbed(TrainingRun run)
    {
        (byte[] state, EpochMetrics[] history) = Whole(run);
        Assert.Equal(s_undisturbed.Value.History, history);
        Assert.True(s_undisturbed.Value.State.AsSpan().SequenceEqual(state), "the states differ");
    }

    private static (byte[] State, EpochMetrics[] History) Whole(TrainingRun run)
    {
        using MemoryStream memory = new();
        using BinaryWriter writer = new(memory);
        StateBytes.Write(run.State.Network, writer);
        writer.Flush();
        return (memory.ToArray(), [.. run.State.History.Select(row => row with { Seconds = 0.0 })]);
    }

    private sealed class Killed(int left) : IProgress<TrainingProgress>
    {
        private int _left = left;

        public void Report(TrainingProgress value)
        {
            if (_left-- == 0)
            {
                throw new OperationCanceledException();
            }
        }
    }

    private sealed class Stopper(CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => stop.Cancel();
    }
}
