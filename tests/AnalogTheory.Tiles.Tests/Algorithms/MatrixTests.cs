using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Periphery;
using AnalogTheory.Tiles.Tests.Devices;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Algorithms;

/// <summary>The table of algorithms, devices and peripheries: what holds in every cell.</summary>
public class MatrixTests
{
    private static readonly (string Name, PeripherySettings Settings)[] s_peripheries =
    [
        ("perfect", PeripherySettings.Perfect),
        ("default", PeripherySettings.Default),
        (
            "noisy weights",
            PeripherySettings.Default with
            {
                WeightNoiseKind = WeightNoise.AdditiveConstant,
                WeightNoise = 0.05,
                InputNoise = 0.01,
                NoiseManagement = NoiseManagement.None,
                BoundManagement = false,
            }
        ),
    ];

    private static readonly float[] s_start =
    [
        .. Enumerable.Range(0, Catalogue.Outputs * Catalogue.Inputs).Select(k => 0.2f * MathF.Sin(k + 1.0f)),
    ];

    public static TheoryData<string> Names => Catalogue.Names;

    public static TheoryData<string, string> Cells
    {
        get
        {
            TheoryData<string, string> cells = [];
            foreach (TheoryDataRow<string> algorithm in Catalogue.Names)
            {
                foreach (string device in DeviceCatalogue.All)
                {
                    cells.Add(algorithm.Data, device);
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void It_runs_in_bounds_resumes_and_is_pure(string algorithmName, string device)
    {
        foreach ((string periphery, PeripherySettings settings) in s_peripheries)
        {
            foreach (bool isContinuous in new[] { false, true })
            {
                string cell = $"{algorithmName}, {device}, {periphery}, {(isContinuous ? "continuous" : "pulsed")}";
                List<IWeightArray> arrays = [];
                IArrayAlgorithm algorithm = Catalogue.Make(algorithmName, () => Add(arrays, device, 0.01, settings, isContinuous));
                AlgorithmState inPlace = Started(algorithm);
                AlgorithmState pure = Started(algorithm);
                AlgorithmState resumed = Started(algorithm);
                for (int step = 0; step < 5; step++)
                {
                    (float[] x, float[] d) = Errors(algorithm, inPlace, step);
                    ulong key = Keys.Fold(7, (ulong)step);
                    UpdateInfo info = algorithm.Update(inPlace, key, x, d, 0.1);
                    (pure, UpdateInfo same) = algorithm.Updated(pure, key, x, d, 0.1);
                    algorithm.Update(resumed, key, x, d, 0.1);
                    resumed = Copied(algorithm, resumed);
                    Assert.True(info == same && info.Pulses >= 0, cell);
                    Assert.True(!isContinuous || info.Pulses == 0, cell);
                    for (int n = 0; n < arrays.Count; n++)
                    {
                        string? fault = DeviceCatalogue.Fault(arrays[n], inPlace.Arrays[n]);
                        Assert.True(fault is null, $"{cell}, step {step}, {algorithm.Names.Arrays[n]}: {fault}");
                    }
                }

                List<double> numbers = Catalogue.Numbers(inPlace);
                Assert.True(numbers.TrueForAll(double.IsFinite), cell);
                Assert.True(numbers.SequenceEqual(Catalogue.Numbers(pure)), $"{cell}: pure and in place differ");
                Assert.True(numbers.SequenceEqual(Catalogue.Numbers(resumed)), $"{cell}: resumed and undisturbed differ");
                Assert.False(numbers.SequenceEqual(Catalogue.Numbers(Started(algorithm))), $"{cell}: nothing moved");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Fine_pulses_go_as_their_limit(string algorithmName, string device)
    {
        // Small updates of many fine pulses, without noise and trains' randomness: what is left is rounding to whole pulses and D5's |Δ|²·max|q·q′|/2.
        // Pairs of phase-change memory start with steps that are nine times the nominal one, and shrink fast.
        (double granularity, double rate) = device == DeviceCatalogue.Pairs ? (1e-6, 0.001) : (1e-5, 0.004);
        UpdateSettings circuit = new() { Type = PulseType.DeterministicImplicit, BitLength = UpdateSettings.LargestBitLength };
        DeviceSettings quiet = DeviceCatalogue.Named(device, granularity).WithoutNoise() with { Diffusion = 0.0 };
        AlgorithmState pulsed = Run(isContinuous: false);
        AlgorithmState limit = Run(isContinuous: true);
        double moved = 0.0;
        double apart = 0.0;
        for (int n = 0; n < pulsed.Arrays.Count; n++)
        {
            float[] a = pulsed.Arrays[n].ToArray();
            float[] b = limit.Arrays[n].ToArray();
            float[] start = Started(Algorithm(isContinuous: true)).Arrays[n].ToArray();
            for (int e = 0; e < a.Length; e++)
            {
                apart = Math.Max(apart, Math.Abs(a[e] - b[e]));
                moved = Math.Max(moved, Math.Abs(a[e] - start[e]));
            }
        }

        Assert.True(
            moved > 1e-3 && apart < 4e-4 && apart < 0.2 * moved,
            FormattableString.Invariant($"{algorithmName}, {device}: moved {moved}, apart {apart}")
        );

        IArrayAlgorithm Algorithm(bool isContinuous) =>
            Catalogue.Make(
                algorithmName,
                () => DeviceCatalogue.Array(device, quiet, Catalogue.Outputs, Catalogue.Inputs, 5, PeripherySettings.Perfect, isContinuous),
                circuit,
                fastRate: rate
            );

        AlgorithmState Run(bool isContinuous)
        {
            IArrayAlgorithm algorithm = Algorithm(isContinuous);
            AlgorithmState state = Started(algorithm);
            for (int step = 0; step < 4; step++)
            {
                (float[] x, float[] d) = Catalogue.Batch(step, 3);
                algorithm.Update(state, Keys.Fold(7, (ulong)step), x, d, rate);
            }

            return state;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void With_F_1_and_G_0_and_no_noise_it_is_its_digital_form(string algorithmName)
    {
        DeviceSettings flat = new ConstantStepDevice
        {
            UpperBound = 100.0,
            LowerBound = -100.0,
            ResetNoise = 0.0,
        }.WithoutSpread();
        foreach (bool isFullBatch in new[] { false, true })
        {
            AlgorithmState analog = Run(() =>
                new ContinuousArray(flat, Catalogue.Outputs, Catalogue.Inputs, 5) { FullBatch = isFullBatch }
            );
            AlgorithmState digital = Run(() => new IdealArray(Catalogue.Outputs, Catalogue.Inputs, flat.Granularity));
            foreach ((double a, double b) in Catalogue.Numbers(analog).Zip(Catalogue.Numbers(digital)))
            {
                Assert.Equal(b, a, 2e-5 * Math.Max(1.0, Math.Abs(b)));
            }
        }

        AlgorithmState Run(Func<IWeightArray> array)
        {
            IArrayAlgorithm algorithm = Catalogue.Make(algorithmName, array);
            AlgorithmState state = Started(algorithm);
            for (int step = 0; step < 12; step++)
            {
                (float[] x, float[] d) = Catalogue.Batch(step, 3);
                algorithm.Update(state, Keys.Fold(7, (ulong)step), x, d, 0.1);
            }

            return state;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Each_imperfection_can_be_switched_off_alone(string algorithmName, string device)
    {
        DeviceSettings whole = DeviceCatalogue.Named(device, 0.01);
        List<double> everything = Run(whole, PeripherySettings.Default, isContinuous: false);
        Differs("granularity", Run(whole, PeripherySettings.Default, isContinuous: true));
        Differs("noise", Run(whole.WithoutNoise(), PeripherySettings.Default, isContinuous: false));
        Differs("variation", Run(whole.WithoutSpread(), PeripherySettings.Default, isContinuous: false));
        Differs("periphery", Run(whole, PeripherySettings.Perfect, isContinuous: false));
        Differs(
            "response",
            Run(
                new ConstantStepDevice
                {
                    Granularity = whole.PulseGranularity,
                    UpperBound = whole.UpperBound,
                    LowerBound = whole.LowerBound,
                },
                PeripherySettings.Default,
                isContinuous: false
            )
        );

        void Differs(string what, List<double> without) =>
            Assert.True(
                !without.SequenceEqual(everything) && without.TrueForAll(double.IsFinite),
                $"{algorithmName}, {device}: without {what} nothing is different"
            );

        List<double> Run(DeviceSettings settings, PeripherySettings periphery, bool isContinuous)
        {
            List<IWeightArray> arrays = [];
            IArrayAlgorithm algorithm = Catalogue.Make(
                algorithmName,
                () =>
                {
                    arrays.Add(
                        DeviceCatalogue.Array(
                            device,
                            settings,
                            Catalogue.Outputs,
                            Catalogue.Inputs,
                            5 + (ulong)arrays.Count,
                            periphery,
                            isContinuous
                        )
                    );
                    return arrays[^1];
                }
            );
            AlgorithmState state = Started(algorithm);
            for (int step = 0; step < 4; step++)
            {
                (float[] x, float[] d) = Errors(algorithm, state, step);
                algorithm.Update(state, Keys.Fold(7, (ulong)step), x, d, 0.1);
            }

            return Catalogue.Numbers(state);
        }
    }

    private static WeightArray Add(
        List<IWeightArray> arrays,
        string device,
        double granularity,
        PeripherySettings periphery,
        bool isContinuous
    )
    {
        WeightArray array = DeviceCatalogue.Array(
            device,
            DeviceCatalogue.Named(device, granularity),
            Catalogue.Outputs,
            Catalogue.Inputs,
            5 + (ulong)arrays.Count,
            periphery,
            isContinuous
        );
        arrays.Add(array);
        return array;
    }

    // x, and what is wrong with W·x as it is read.
    private static (float[] X, float[] D) Errors(IArrayAlgorithm algorithm, AlgorithmState state, int step)
    {
        (float[] x, float[] d) = Catalogue.Batch(step, 3);
        float[] y = new float[d.Length];
        float[] back = new float[x.Length];
        algorithm.Forward(state, Keys.Fold(11, (ulong)step), x, y);
        for (int n = 0; n < d.Length; n++)
        {
            d[n] += 0.5f * y[n];
        }

        algorithm.Backward(state, Keys.Fold(11, (ulong)step), d, back);
        Assert.True(Array.TrueForAll(back, float.IsFinite));
        return (x, d);
    }

    private static AlgorithmState Started(IArrayAlgorithm algorithm)
    {
        AlgorithmState state = algorithm.Init();
        algorithm.Set(state, 1, s_start);
        return state;
    }

    private static AlgorithmState Copied(IArrayAlgorithm algorithm, AlgorithmState state)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        AlgorithmFile.Write(writer, algorithm, state);
        writer.Flush();
        stream.Position = 0;
        using BinaryReader reader = new(stream);
        return AlgorithmFile.Read(reader, algorithm);
    }
}
