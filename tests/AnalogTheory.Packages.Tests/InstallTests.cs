using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AnalogTheory.CSharp;
using Xunit;

namespace AnalogTheory.Packages.Tests;

/// <summary>The packages in a newcomer's hands: an empty folder, a cache without them, and what the documentation says to type.</summary>
public sealed class InstallTests(Feed feed)
{
    [Fact]
    public async Task A_new_console_project_gets_the_bits_of_the_tree()
    {
        Shell shell = feed.Open("console");
        await shell.Run("dotnet", "new", "console", "--no-restore");
        await shell.Run("dotnet", "add", "package", "AnalogTheory.CSharp");
        shell.Write(
            "Program.cs",
            """
            using AnalogTheory.CSharp;

            Rule rule = Rule.TikiTaka(Device.AsymmetricLinear(radius: 1.0), transferRate: 0.05, learningRate: 0.01);
            Simulation simulation = new(Problem.Quadratic(1.0, [0.5]), Noise.Gaussian(0.5), rule, start: [0.0]);
            Ensemble ensemble = simulation.RunEnsemble(replicas: 40, steps: 2000, seed: 1, Measure.GradientNormSquared);
            Console.WriteLine(BitConverter.DoubleToInt64Bits(ensemble.Average(Measure.GradientNormSquared).Mean));
            """
        );

        Assert.Equal(Expected(), await shell.Run("dotnet", "run"));

        // And nothing else that happens to have this name and version.
        Assert.All(
            new[] { "AnalogTheory.CSharp.dll", "AnalogTheory.dll", "AnalogTheory.Kernels.dll" },
            file =>
                Assert.Equal(
                    File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, file)),
                    File.ReadAllBytes(Directory.GetFiles(Path.Combine(shell.Folder, "bin"), file, SearchOption.AllDirectories).Single())
                )
        );
    }

    [Fact]
    public async Task A_new_script_gets_the_bits_of_the_tree()
    {
        Shell shell = feed.Open("script");
        shell.Write(
            "script.fsx",
            """
            #r "nuget: AnalogTheory"
            open AnalogTheory
            open AnalogTheory.Kernels.Ensembles

            let rule = AsymmetricLinear.create 1.0 |> TikiTaka.create 0.05 0.01
            let settings =
                { Ensemble.settings 40 2000L (Key.ofSeed 1UL) with
                    Measures = [ Measure MeasureKind.GradientNormSquared ]
                    AverageFrom = Some 1000L }
            let floor = Chain.create (Quadratic.isotropic 1 1.0 0.5) (Noise.gaussian 0.5) rule (Weights.zeros 1) |> Ensemble.run settings |> Ensemble.average 0
            printfn $"{System.BitConverter.DoubleToInt64Bits floor.Mean}"
            """
        );

        Assert.Equal(Expected(), await shell.Run("dotnet", "fsi", "script.fsx"));
    }

    // What the tree itself computes for both.
    private static string Expected()
    {
        Rule rule = Rule.TikiTaka(Device.AsymmetricLinear(radius: 1.0), transferRate: 0.05, learningRate: 0.01);
        Simulation simulation = new(Problem.Quadratic(1.0, [0.5]), Noise.Gaussian(0.5), rule, start: [0.0]);
        CSharp.Ensemble ensemble = simulation.RunEnsemble(replicas: 40, steps: 2000, seed: 1, CSharp.Measure.GradientNormSquared);
        return BitConverter
            .DoubleToInt64Bits(ensemble.Average(CSharp.Measure.GradientNormSquared).Mean)
            .ToString(CultureInfo.InvariantCulture);
    }
}
