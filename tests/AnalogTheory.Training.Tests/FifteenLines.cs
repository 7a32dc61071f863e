using System.Collections.Generic;
using System.Threading;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Layers;
using AnalogTheory.Training.Models;
using AnalogTheory.Training.Runs;
using Xunit;

namespace AnalogTheory.Training.Tests;

/// <summary>The network of the README, with fewer images.</summary>
public class FifteenLines
{
    [Fact]
    public void A_network_of_ones_own_learns_the_drawn_digits()
    {
        DataPair digits = Digits.Standard with { Train = Digits.Standard.Train.First(1500), Test = Digits.Standard.Test.First(200) };
        List<double> accuracies = [];

        AnalogHardware arrays = new(new SoftBoundsReferenceDevice { UpperBound = 0.7, LowerBound = -0.7 });
        Hardware tikiTaka = arrays.TikiTaka(new TikiTakaSettings { FastRate = Rate.Absolute(0.01) });
        Network network = new(
            new Shape(1, 28, 28),
            deviceKey: 1,
            new Convolution(8, 5, tikiTaka),
            ActivationFunction.Tanh,
            new Pooling(4),
            new Linear(10, tikiTaka),
            new LogSoftmax()
        );
        Trainer trainer = new(network, digits, new TrainingSettings { LearningRate = 0.1, Bound = 0.7 }, key: 1);
        TrainingState state = trainer.Start();
        for (int epoch = 0; epoch < 5; epoch++)
        {
            trainer.RunEpoch(state, progress: null, CancellationToken.None);
            accuracies.Add(state.History[^1].TestAccuracy);
        }

        Assert.True(accuracies[^1] > 0.5, string.Join(", ", accuracies));
    }
}
