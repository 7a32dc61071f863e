// A network of one's own whose weights are arrays of analog elements, trained pulse by pulse.
//
//     dotnet run network.cs
//
// Tiki-Taka on soft-bounds devices with spread, noise of pulses and noisy reads, on digits that the program draws. Evaluation is as noisy as the
// hardware; beside it stands the accuracy of the same weights read exactly.

#:package AnalogTheory.Training@0.1.0
#:property InvariantGlobalization=true
#:property PublishAot=false

using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Training;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Layers;
using AnalogTheory.Training.Models;
using AnalogTheory.Training.Runs;

AnalogHardware arrays = new(new SoftBoundsReferenceDevice { UpperBound = 0.7, LowerBound = -0.7 });
Hardware tikiTaka = arrays.TikiTaka(new TikiTakaSettings { FastRate = Rate.Absolute(0.01) });
Network network = new(
    new Shape(1, 28, 28), deviceKey: 1,
    new Convolution(8, 5, tikiTaka), ActivationFunction.Tanh, new Pooling(4),
    new Linear(10, tikiTaka), new LogSoftmax());
DataPair digits = Digits.Standard with { Train = Digits.Standard.Train.First(1500), Test = Digits.Standard.Test.First(400) };
Trainer trainer = new(network, digits, new TrainingSettings { LearningRate = 0.1, Bound = 0.7 }, key: 1);

TrainingState state = trainer.Start();
for (int epoch = 0; epoch < 4; epoch++)
{
    trainer.RunEpoch(state, progress: null, CancellationToken.None);
    Console.WriteLine($"{state.Epoch}: {state.History[^1].TestAccuracy:P1}, read exactly {state.History[^1].IdealAccuracy:P1}");
}

// Prints
//   1: 18.8 %, read exactly 21.2 %
//   2: 28.5 %, read exactly 30.0 %
//   3: 47.7 %, read exactly 49.5 %
//   4: 82.0 %, read exactly 82.0 %
