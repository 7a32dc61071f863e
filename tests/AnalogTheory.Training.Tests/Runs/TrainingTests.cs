using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Layers;
using AnalogTheory.Training.Models;
using AnalogTheory.Training.Runs;
using Xunit;

namespace AnalogTheory.Training.Tests.Runs;

public class TrainingTests
{
    private static readonly DataPair s_data = new("digits", Digits.Draw(1000, 1), Digits.Draw(300, 2));

    [Fact]
    public void A_digital_network_learns_the_drawn_digits()
    {
        IReadOnlyList<EpochMetrics> history = Trained(
            new TrainingSettings { LearningRate = 0.5, EvaluationBatch = 50 },
            Hardware.Digital,
            epochs: 6
        );
        Assert.True(history[^1].TestAccuracy > 0.9, $"{history[^1].TestAccuracy}");
        Assert.True(history[^1].TrainLoss < history[0].TrainLoss);

        // Exact reads see what noisy reads see where nothing is noisy.
        Assert.Equal(history[^1].TestLoss, history[^1].IdealLoss);
    }

    [Fact]
    public void On_noisy_hardware_the_ideal_evaluation_differs_and_pulses_are_counted()
    {
        AnalogHardware hardware = new(PaperRules.DeviceOf(new Cell { Tau = 1.0 }));
        EpochMetrics only = Trained(new TrainingSettings { Bound = 1.0 }, hardware.Sgd(), epochs: 1)[0];
        Assert.NotEqual(only.TestLoss, only.IdealLoss);
        Assert.True(only.Pulses > 1000);
        Assert.InRange(only.Saturated, 0.0, 0.2);
    }

    [Fact]
    public void The_rate_falls_as_the_schedule_says()
    {
        TrainingSettings settings = new() { LearningRate = 0.5, Schedule = new StepSchedule(2, 0.1) };
        Assert.Equal(
            [0.5, 0.5, 0.05, 0.05],
            Trained(settings, Hardware.Digital, epochs: 4, images: 20).Select(row => row.LearningRate),
            (a, b) => Math.Abs(a - b) < 1e-15
        );
        Assert.Equal([1.0, 0.5, 0.25], Enumerable.Range(0, 3).Select(new ExponentialSchedule(0.5).Factor));
        Assert.Equal(
            [1.0, 0.6, 0.2, 0.2],
            Enumerable.Range(0, 4).Select(new LinearSchedule(2, 0.2).Factor),
            (a, b) => Math.Abs(a - b) < 1e-15
        );
    }

    [Fact]
    public void An_exploding_loss_ends_the_run_and_keeps_its_metrics()
    {
        using TemporaryFolder folder = new();
        Cell cell = new()
        {
            Rule = "digital-sgd",
            Data = "digits",
            Samples = 50,
            LearningRate = 1e30,
        };
        TrainingRun run = new(cell, s_data, folder.Path);
        Assert.Equal(RunEnd.Exploded, run.Run(3, null, null, CancellationToken.None));
        Assert.StartsWith("epoch,learning_rate,train_loss", File.ReadAllText(folder["metrics.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Training_ends_when_patience_does()
    {
        using TemporaryFolder folder = new();
        Cell cell = new()
        {
            Rule = "digital-sgd",
            Data = "digits",
            Samples = 20,
            LearningRate = 1e-9,
            Patience = 2,
        };
        TrainingRun run = new(cell, new("digits", s_data.Train, s_data.Test.First(50)), folder.Path);
        Assert.Equal(RunEnd.OutOfPatience, run.Run(50, null, null, CancellationToken.None));
        Assert.Equal(3, run.State.Epoch);
    }

    [Fact]
    public void Metrics_are_written_in_three_forms_that_agree()
    {
        using TemporaryFolder folder = new();
        Cell cell = new()
        {
            Rule = "digital-sgd",
            Data = "digits",
            Samples = 50,
        };
        TrainingRun run = new(cell, new("digits", s_data.Train, s_data.Test.First(50)), folder.Path);
        run.Run(2, null, null, CancellationToken.None);
        EpochMetrics last = run.State.History[1];
        string[] csv = File.ReadAllLines(folder["metrics.csv"]);
        Assert.Equal(3, csv.Length);
        Assert.Equal(last.TestLoss, double.Parse(csv[2].Split(',')[4], CultureInfo.InvariantCulture));
        string[] lines = File.ReadAllLines(folder["metrics.jsonl"]);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"\"testLoss\":{last.TestLoss:R}"), lines[1], StringComparison.Ordinal);
        IReadOnlyList<Event> events = EventFile.Read(File.ReadAllBytes(folder["events.out.tfevents.0.analog-theory"]));
        Assert.Equal([1L, 2L], events.Select(each => each.Step));
        Assert.Contains(("test_loss", (float)last.TestLoss), events[1].Scalars);
    }

    [Fact]
    public void Event_files_have_TensorFlows_checksums()
    {
        // CRC-32C of "123456789" is E3069283 (RFC 3720, B.4); masked: rotated right by 15, plus A282EAD8.
        Assert.Equal(
            unchecked(((0xE3069283u >> 15) | (0xE3069283u << 17)) + 0xA282EAD8u),
            EventFile.Masked(Encoding.ASCII.GetBytes("123456789"))
        );
        byte[] file = EventFile.Bytes([new Event(300, [("a", 1.5f), ("b", float.NaN)])]);

        // First record: its length 24 … of "brain.Event:2", 13 letters with tag and length before them.
        Assert.Equal([15, 0, 0, 0, 0, 0, 0, 0], file[..8]);
        Event back = Assert.Single(EventFile.Read(file));
        Assert.Equal(300, back.Step);
        Assert.Equal([("a", 1.5f), ("b", float.NaN)], back.Scalars);
        file[^6] ^= 1;
        Assert.Throws<InvalidDataException>(() => EventFile.Read(file));
    }

    [Fact]
    public void A_permutation_has_every_image_once_and_follows_its_key()
    {
        int[] order = Permutation.Of(1000, 5);
        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
        Assert.Equal(order, Permutation.Of(1000, 5));
        Assert.NotEqual(order, Permutation.Of(1000, 6));

        // A random order has one fixed point in the mean, with variance 1: a hundred of them have 100 ± 10.
        int fixedPoints = Enumerable
            .Range(0, 100)
            .Sum(key => Permutation.Of(100, (ulong)key).Where((image, place) => image == place).Count());
        Assert.InRange(fixedPoints, 60, 140);
    }

    private static IReadOnlyList<EpochMetrics> Trained(TrainingSettings settings, Hardware hardware, int epochs, int images = 1000)
    {
        Network network = new(
            new Shape(1, 28, 28),
            3,
            new Linear(20, hardware),
            ActivationFunction.Tanh,
            new Linear(10, hardware),
            new LogSoftmax()
        );
        Trainer trainer = new(network, s_data with { Train = s_data.Train.First(images) }, settings, 4);
        TrainingState state = trainer.Start();
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            Assert.Equal(EpochEnd.Finished, trainer.RunEpoch(state, null, CancellationToken.None));
        }

        return state.History;
    }
}
