namespace AnalogTheory.House.Tests;

/// <summary>The assemblies that users get as packages.</summary>
internal static class Packed
{
    internal static readonly string[] Names =
    [
        "AnalogTheory.Kernels",
        "AnalogTheory.Tiles",
        "AnalogTheory.Training",
        "AnalogTheory",
        "AnalogTheory.Experiments",
        "AnalogTheory.Runs",
        "AnalogTheory.Sweeps",
        "AnalogTheory.Plotting",
        "AnalogTheory.CSharp",
    ];
}
