// A device of your own: two functions say how far a pulse moves the weight up and down; all else follows.
//
//     dotnet run own-device.cs
//
// This one is steeper than the linear device: q+ = (1 - w)^2, q- = (1 + w)^2. Its steps up and down agree at w = 0, the symmetric point.

#:package AnalogTheory.CSharp@0.1.0
#:property InvariantGlobalization=true
#:property PublishAot=false

using AnalogTheory.CSharp;

Device quadratic = Device.UserDefined(
    up: w => (1 - w) * (1 - w),
    down: w => (1 + w) * (1 + w),
    lower: -1.0,
    upper: 1.0,
    name: "quadratic"
);

// What the theory asks of a device, and what it claims of one: each with what was found.
Console.WriteLine(quadratic.Check());

// Does its steeper response cost accuracy? The same training on both devices, for a minimum at w = 0.3.
Problem problem = Problem.Quadratic(curvature: 1.0, minimizer: [0.3]);
foreach (Device device in new[] { Device.AsymmetricLinear(radius: 1.0), quadratic })
{
    Simulation simulation = new(problem, Noise.Gaussian(0.3), Rule.AnalogSgd(device, learningRate: 0.01), start: [0.0]);
    Ensemble ensemble = simulation.RunEnsemble(replicas: 200, steps: 4000, seed: 1, Measure.GradientNormSquared, Measure.Weight(0));
    Console.WriteLine($"{device.Name}: w ends at {ensemble.Average(Measure.Weight(0))}, gradient squared {ensemble.Average(Measure.GradientNormSquared)}");
}

// Prints
