using System;
using System.Collections.Generic;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Algorithms;

/// <summary>Every algorithm with settings that use all of its parts, over arrays that a test chooses.</summary>
internal static class Catalogue
{
    internal const int Outputs = 3;
    internal const int Inputs = 4;

    private static readonly Dictionary<string, Func<Func<IWeightArray>, IArrayAlgorithm>> s_algorithms = new()
    {
        ["Analog SGD"] = array => new PulsedSgd(array()),
        ["Tiki-Taka"] = array => new TikiTaka(array(), array(), new TikiTakaSettings { ResetProbability = 0.3 }),
        ["Tiki-Taka by rows"] = array => new TikiTaka(
            array(),
            array(),
            new TikiTakaSettings
            {
                Schedule = new()
                {
                    ByRows = true,
                    Reads = 2,
                    StartsAnywhere = true,
                },
            }
        ),
        ["Residual learning"] = array => ResidualLearning.V1(array(), array(), mixing: 0.4, transferRate: 0.1),
        ["Residual learning v2"] = array => ResidualLearning.V2(array(), array(), mixing: 0.4, transferRate: 0.2),
        ["TTv2"] = array => new TikiTakaV2(array(), array()),
        ["c-TTv2"] = array => new ChoppedTikiTaka(
            array(),
            array(),
            new ChoppedSettings
            {
                Mixing = 0.2,
                CrossChopProbability = 0.5,
                AutoScale = true,
            }
        ),
        ["AGAD"] = array => new Agad(
            array(),
            array(),
            new AgadSettings
            {
                ChopProbability = 0.5,
                ChopsAtRandom = true,
                Mixing = 0.1,
            }
        ),
        ["Mixed precision"] = array => new MixedPrecision(array(), new MixedPrecisionSettings { Rows = 2 }),
        ["RIDER"] = array => new Rider(array(), array()),
        ["E-RIDER"] = array => new Rider(array(), array(), new RiderSettings { ChopProbability = 0.3 }),
        ["Multi-tile"] = array => new MultiTile([array(), array(), array()], new MultiTileSettings { SwitchesTiles = false }),
    };

    public static TheoryData<string> Names => [.. s_algorithms.Keys];

    internal static IArrayAlgorithm Make(string name, Func<IWeightArray> array) => s_algorithms[name](array);

    /// <summary>A mini-batch of numbers of order one, the same for the same number.</summary>
    internal static (float[] X, float[] D) Batch(int number, int samples)
    {
        float[] x = new float[samples * Inputs];
        float[] d = new float[samples * Outputs];
        for (int n = 0; n < x.Length; n++)
        {
            x[n] = MathF.Sin((1.7f * number) + n + 1.0f);
        }

        for (int n = 0; n < d.Length; n++)
        {
            d[n] = 0.5f * MathF.Cos((0.9f * number) + (2.0f * n) + 0.3f);
        }

        return (x, d);
    }

    /// <summary>All numbers of a state, in order.</summary>
    internal static List<double> Numbers(AlgorithmState state)
    {
        List<double> numbers = [];
        foreach (ArrayState array in state.Arrays)
        {
            Add(array.Weights, numbers);
        }

        foreach (Grid buffer in state.Buffers)
        {
            Add(buffer, numbers);
        }

        foreach (double number in state.Numbers)
        {
            numbers.Add(number);
        }

        foreach (long counter in state.Counters)
        {
            numbers.Add(counter);
        }

        return numbers;
    }

    private static void Add(Grid grid, List<double> numbers)
    {
        foreach (float value in grid.Values)
        {
            numbers.Add(value);
        }
    }
}
