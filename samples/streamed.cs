// An ensemble, streamed: replicas come in batches, and what is known so far is printed, until it is known well enough.
//
//     dotnet run streamed.cs
//
// Replica r of a seed is the same chain in whatever batch it comes, so stopping early or going on later changes no number. Intervals that are
// watched until they are narrow keep their confidence in the limit of narrow ones (Chow and Robbins, 1965).

#:package AnalogTheory.CSharp@0.1.0
#:property InvariantGlobalization=true
#:property PublishAot=false

using AnalogTheory.CSharp;

Device device = Device.ExponentialStep(upper: 1.0, lower: -1.0, upExponent: 0.5, downExponent: 0.5);
Simulation simulation = new(Problem.Quadratic(1.0, [0.4]), Noise.Gaussian(0.3), Rule.AnalogSgd(device, 0.01), start: [0.0]);

// One replica, step by step: the weight on its way from 0 towards 0.4.
await foreach (Snapshot state in simulation.TrajectoryAsync(steps: 500, seed: 1, every: 100))
{
    Console.WriteLine($"step {state.Step, 3}: w = {state.Weights[0]:F4}");
}

// Many replicas, batch by batch: the mean square of the gradient to one part in a hundred.
List<double> averages = [];
EnsembleSettings settings = new(replicas: 10_000, steps: 3000, seed: 1) { Measures = [Measure.GradientNormSquared], AverageFrom = 1000 };
await foreach (Ensemble batch in simulation.StreamEnsembleAsync(settings, batch: 100))
{
    averages.AddRange(batch.AverageByReplica(Measure.GradientNormSquared));
    Estimate known = Estimate.Of([.. averages]);
    Console.WriteLine($"{averages.Count, 4} replicas: {known}");
    if (known.HalfWidth(level: 0.95) < 0.01 * known.Mean)
    {
        break;
    }
}

// Prints
//   step   0: w = 0.0000
//   step 100: w = 0.0887
//   step 200: w = 0.1460
//   step 300: w = 0.1841
//   step 400: w = 0.2185
//   step 500: w = 0.2397
//    100 replicas: 0.00584 ± 0.00015
//    200 replicas: 0.00597 ± 0.00010
//    300 replicas: 0.005935 ± 0.000081
//    400 replicas: 0.005961 ± 0.000070
//    500 replicas: 0.005984 ± 0.000063
//    600 replicas: 0.005988 ± 0.000057
