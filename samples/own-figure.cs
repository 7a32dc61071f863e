// Own results in the look of the figures: curves with confidence bands, as a file for a paper and as a page to zoom in.
//
//     dotnet run own-figure.cs
//
// The last five lines draw. The extension of a file names its form: svg, pdf, png, or html for a page that needs no network.

#:package AnalogTheory.CSharp@0.1.0
#:package AnalogTheory.Plotting@0.1.0
#:property InvariantGlobalization=true
#:property PublishAot=false

using AnalogTheory.CSharp;
using AnalogTheory.Plotting;

Device device = Device.AsymmetricLinear(radius: 1.0);
Simulation simulation = new(Problem.Quadratic(1.0, [0.6]), Noise.Gaussian(0.3), Rule.AnalogSgd(device, 0.02), start: [0.0]);
EnsembleSettings settings = new(replicas: 128, steps: 400, seed: 1) { Measures = [Measure.Excess], TraceEvery = 10 };
Ensemble ensemble = await simulation.RunEnsembleAsync(settings);

double[] steps = [.. ensemble.TracedSteps.Select(step => (double)step)];
Estimate[] errors = [.. ensemble.Trace(Measure.Excess)];
Console.WriteLine($"error {errors[0].Mean:F4} at the start, {errors[^1].Mean:F4} after {steps[^1]} steps");

Chart chart = new Chart("Error against step", "Step *k*", "*f*(*W*_{*k*}) − *f*^{*}").WithLogY()
    .Band("Analog SGD", steps, [.. errors.Select(e => e.Mean - e.HalfWidth())], [.. errors.Select(e => e.Mean + e.HalfWidth())])
    .Line("Analog SGD", steps, [.. errors.Select(e => e.Mean)]);
chart.Save("own-figure.svg");
chart.Save("own-figure.html");
Console.WriteLine(string.Join(", ", Directory.GetFiles(".", "own-figure.*").Select(Path.GetFileName).Order()));

// Prints
