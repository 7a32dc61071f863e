using System;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Training.Layers;

/// <summary>What a layer's weights are made of: an algorithm over arrays for every tile.</summary>
/// <param name="Name">What it is called, such as "Tiki-Taka".</param>
/// <param name="Algorithm">The algorithm on new arrays, from outputs, inputs and a 64-bit key for the elements.</param>
public sealed record Hardware(string Name, Func<int, int, ulong, IArrayAlgorithm> Algorithm)
{
    /// <summary>Exact numbers trained by SGD.</summary>
    public static Hardware Digital { get; } = new("Digital SGD", (outputs, inputs, _) => new PulsedSgd(new IdealArray(outputs, inputs)));

    /// <summary>|raw output| from which on its gradient counts as 0, since the output converter is at its bound; infinite for never.</summary>
    /// <remarks>AIHWKIT compares with 0.999 of the bound after noise management is undone, so that with noise management it seldom notices.</remarks>
    public double GradientBound { get; init; } = double.PositiveInfinity;
}
