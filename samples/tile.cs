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
    TrainingRun run = training.Run(replicas: 4, steps: 1000, seed: 1, traceEvery: 10);
    Estimate loss = run.Average(fromStep: 700);
    Console.WriteLine($"{one.Name, -30}{loss.Mean:0.00e+0} ± {loss.HalfWidth():0.0e+0}");
}

// Prints
//   everything                    9.37e-4 ± 2.6e-4
//   without response              3.59e-4 ± 1.2e-4
//   without pulses                6.52e-4 ± 1.7e-4
//   without noise of pulses       9.27e-4 ± 3.6e-4
//   without spread of elements    9.20e-4 ± 1.1e-4
//   without noise of reads        4.52e-4 ± 6.1e-5
//   nothing                       1.21e-4 ± 0.0e+0
//   only response                 3.04e-4 ± 0.0e+0
//   only pulses                   2.04e-4 ± 4.3e-5
//   only pulses with their noise  2.00e-4 ± 6.5e-5
//   only spread of elements       1.14e-4 ± 7.5e-5
//   only noise of reads           1.49e-4 ± 4.5e-6
