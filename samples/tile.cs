// A tile: an array of a published device under real pulses, and what each of its imperfections costs in training.
//
//     dotnet run tile.cs
//
// Least squares is one row of elements that is read through a noisy periphery and updated by random pulse trains, sample by sample. One imperfection
// after the other is switched off: what the loss gains is what it cost. Elements and random numbers are the same in all cases.

#:package AnalogTheory.CSharp@0.1.0
#:property InvariantGlobalization=true
#:property PublishAot=false

using System.Collections.Immutable;
using AnalogTheory.CSharp;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Periphery;
using AnalogTheory.Tiles.Problems;

ArrayModel model = new(DevicePresets.Named("EcRam").Device) { ForwardPeriphery = PeripherySettings.Default };
(double[,] matrix, ImmutableArray<double> target) = LeastSquaresTraining.RandomData(samples: 50, dimension: 20, matrixScale: 0.5, targetScale: 0.3, key: 1);

foreach (ImperfectionCase one in model.Cases)
{
    ArrayModel kept = model with { Kept = one.Kept };
    LeastSquaresTraining training = new(matrix, target, key => new PulsedSgd(kept.Create(1, 20, key)), learningRate: 0.05);
    TrainingRun run = training.Run(replicas: 8, steps: 2000, seed: 1, traceEvery: 10);
    Estimate loss = run.Average(fromStep: 1500);
    Console.WriteLine($"{one.Name, -30}{loss.Mean:0.00e+0} ± {loss.HalfWidth():0.0e+0}");
}

// Prints
//   TO BE FILLED
