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

    private static readonly Dictionary<string, Func<Func<IWeightArray>, UpdateSettings, Rate?, IArrayAlgorithm>> s_algorithms = new()
    {
        ["Analog SGD"] = (array, circuit, _) => new PulsedSgd(array(), circuit),
        ["Tiki-Taka"] = (array, circuit, _) =>
            new TikiTaka(array(), array(), Circuits(new TikiTakaSettings { ResetProbability = 0.3 }, circuit)),
        ["Tiki-Taka by rows"] = (array, circuit, _) =>
            new TikiTaka(
                array(),
                array(),
                Circuits(
                    new TikiTakaSettings
                    {
                        Schedule = new()
                        {
                            ByRows = true,
                            Reads = 2,
                            StartsAnywhere = true,
                        },
                    },
                    circuit
                )
            ),
        ["Residual learning"] = (array, circuit, _) =>
            new TikiTaka(
                array(),
                array(),
                Circuits(
                    new TikiTakaSettings
                    {
                        Mixing = 0.4,
                        TransferRate = Rate.Absolute(0.1),
                        Schedule = TransferSchedule.WholeArray(Inputs),
                    },
                    circuit
                )
            ),
        ["Residual learning v2"] = (array, circuit, _) =>
            new TikiTakaV2(
                array(),
                array(),
                new TikiTakaV2Settings
                {
                    Mixing = 0.4,
                    TransferRate = Rate.Absolute(0.2),
                    Decay = 0.2,
                    Momentum = 0.0,
                    Forgets = false,
                    Schedule = TransferSchedule.WholeArray(Inputs),
                    GradientUpdate = circuit,
                }
            ),
        ["TTv2"] = (array, circuit, _) => new TikiTakaV2(array(), array(), new TikiTakaV2Settings { GradientUpdate = circuit }),
        ["c-TTv2"] = (array, circuit, fast) =>
            new ChoppedTikiTaka(
                array(),
                array(),
                new ChoppedSettings
                {
                    Mixing = 0.2,
                    CrossChopProbability = 0.5,
                    AutoScale = fast is null,
                    FastRate = fast ?? Rate.Absolute(1.0),
                    GradientUpdate = circuit,
                }
            ),
        ["AGAD"] = (array, circuit, fast) =>
            new Agad(
                array(),
                array(),
                new AgadSettings
                {
                    ChopProbability = 0.5,
                    ChopsAtRandom = true,
                    FastRate = fast ?? Rate.Absolute(1.0),
                    GradientUpdate = circuit,
                }
            ),
        ["E-RIDER by lines"] = (array, circuit, fast) =>
            new Agad(
                array(),
                array(),
                new AgadSettings
                {
                    ChopProbability = 0.5,
                    Mixing = 0.1,
                    FastRate = fast ?? Rate.Absolute(1.0),
                    GradientUpdate = circuit,
                    Schedule = new() { ByRows = true },
                }
            ),
        ["Mixed precision"] = (array, circuit, _) => new MixedPrecision(array(), new MixedPrecisionSettings { Rows = 2, Update = circuit }),
        ["RIDER"] = (array, circuit, _) => new Rider(array(), array(), Circuits(new RiderSettings(), circuit)),
        ["E-RIDER"] = (array, circuit, _) => new Rider(array(), array(), Circuits(new RiderSettings { ChopProbability = 0.3 }, circuit)),
        ["Multi-tile"] = (array, circuit, _) =>
            new MultiTile(
                [array(), array(), array()],
                new MultiTileSettings
                {
                    SwitchesTiles = false,
                    GradientUpdate = circuit,
                    TransferUpdate = circuit,
                }
            ),
    };

    public static TheoryData<string> Names => [.. s_algorithms.Keys];

    /// <summary>An algorithm with the kit's circuits.</summary>
    internal static IArrayAlgorithm Make(string name, Func<IWeightArray> array) => s_algorithms[name](array, UpdateSettings.Default, null);

    /// <summary>An algorithm that sends gradients and managed transfers through a circuit, and collects them in A at a rate where it does not follow α.</summary>
    internal static IArrayAlgorithm Make(string name, Func<IWeightArray> array, UpdateSettings circuit, double fastRate) =>
        s_algorithms[name](array, circuit, Rate.Absolute(fastRate));

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
            Add(array, numbers);
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

    private static T Circuits<T>(T settings, UpdateSettings circuit)
        where T : TransferSettings => settings with { GradientUpdate = circuit, TransferUpdate = circuit };

    private static void Add(ArrayState array, List<double> numbers)
    {
        Add(array.Weights, numbers);
        if (array.Hidden is not null)
        {
            Add(array.Hidden, numbers);
        }

        foreach (ArrayState part in array.Parts)
        {
            Add(part, numbers);
        }

        numbers.Add(array.Updates);
    }

    private static void Add(Grid grid, List<double> numbers)
    {
        foreach (float value in grid.Values)
        {
            numbers.Add(value);
        }
    }
}
