using System;
using System.IO;
using System.Linq;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Files;
using AnalogTheory.Tiles.Periphery;
using AnalogTheory.Tiles.Tests.Algorithms;
using AnalogTheory.Tiles.Tests.Devices;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Arrays;

/// <summary>What holds for arrays of any device, shape, circuit and numbers.</summary>
public class PropertyTests
{
    private static readonly string[] s_devices = [.. DeviceCatalogue.All];
    private static readonly PulseType[] s_types = [.. Enum.GetValues<PulseType>().Where(type => type != PulseType.Exact)];
    private static readonly string[] s_algorithms = [.. Catalogue.Names.Select(row => row.Data)];

    private static readonly Gen<Case> s_cases =
        from device in Gen.Elements(s_devices)
        from outputs in Gen.Choose(1, 20)
        from inputs in Gen.Choose(1, 40)
        from type in Gen.Elements(s_types)
        from bitLength in Gen.Choose(1, 70)
        from rate in Gen.Choose(-20, 20)
        from isContinuous in Gen.Elements(true, false)
        from seed in Gen.Choose(1, 1_000_000)
        select new Case(device, outputs, inputs, type, bitLength, rate, isContinuous, seed);

    [Fact]
    public void Weights_stay_in_bounds_under_every_update() =>
        Holds(
            120,
            c =>
            {
                WeightArray array = ArrayOf(c, DeviceCatalogue.Named(c.Device, 0.05));
                ArrayState state = array.Init();
                array.Set(state, c.Key, c.Numbers(1, c.Outputs * c.Inputs, 2.0f));
                bool isIn = DeviceCatalogue.Fault(array, state) is null;
                array.Update(state, c.Key, c.Circuit, c.Numbers(2, 3 * c.Inputs, 1.0f), c.Numbers(3, 3 * c.Outputs, 1.0f), c.LearningRate);
                isIn &= DeviceCatalogue.Fault(array, state) is null;
                array.UpdateColumn(state, c.Key + 1, c.Circuit, c.Seed % c.Inputs, c.Numbers(4, c.Outputs, 1.0f), c.LearningRate);
                array.UpdateRow(state, c.Key + 2, c.Circuit, c.Seed % c.Outputs, c.Numbers(5, c.Inputs, 1.0f), c.LearningRate);
                isIn &= DeviceCatalogue.Fault(array, state) is null;
                array.ResetColumns(state, c.Key, c.Seed % c.Inputs, 1);
                array.Relax(state, c.Key);
                return isIn && DeviceCatalogue.Fault(array, state) is null;
            }
        );

    [Fact]
    public void Weights_stay_in_bounds_under_every_algorithm() =>
        Holds(
            60,
            c =>
            {
                System.Collections.Generic.List<IWeightArray> arrays = [];
                Case shape = c with { Outputs = Catalogue.Outputs, Inputs = Catalogue.Inputs };
                IArrayAlgorithm algorithm = Catalogue.Make(
                    s_algorithms[c.Seed % s_algorithms.Length],
                    () =>
                    {
                        arrays.Add(ArrayOf(shape with { Seed = c.Seed + arrays.Count }, DeviceCatalogue.Named(c.Device, 0.05)));
                        return arrays[^1];
                    }
                );
                AlgorithmState state = algorithm.Init();
                algorithm.Set(state, c.Key, shape.Numbers(1, shape.Outputs * shape.Inputs, 2.0f));
                for (int step = 0; step < 4; step++)
                {
                    ulong stream = 10 + (2 * (ulong)step);
                    float[] x = shape.Numbers(stream, 3 * shape.Inputs, 1.0f);
                    algorithm.Update(
                        state,
                        Keys.Fold(c.Key, stream),
                        x,
                        shape.Numbers(stream + 1, 3 * shape.Outputs, 1.0f),
                        Math.Abs(c.LearningRate)
                    );
                }

                return arrays.Zip(state.Arrays).All(pair => DeviceCatalogue.Fault(pair.First, pair.Second) is null);
            }
        );

    [Fact]
    public void Saving_and_loading_is_the_identity()
    {
        string folder = Directory.CreateTempSubdirectory("tiles").FullName;
        string place = Path.Combine(folder, "array.tile");
        try
        {
            Holds(
                40,
                c =>
                {
                    WeightArray array = ArrayOf(c, DeviceCatalogue.Named(c.Device, 0.05) with { WriteNoise = c.Seed % 2 });
                    ArrayState state = array.Init();
                    array.Set(state, c.Key, c.Numbers(1, c.Outputs * c.Inputs, 2.0f));
                    array.Update(state, c.Key, c.Circuit, c.Numbers(2, c.Inputs, 1.0f), c.Numbers(3, c.Outputs, 1.0f), c.LearningRate);
                    StateFile.Save(place, state);
                    ArrayState loaded = StateFile.Load(place);
                    return Bytes(state).SequenceEqual(Bytes(loaded));
                }
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Draws are keyed by an element's place and its elements differ by place, so this is a property of what is not drawn: equal elements, whole counts, no noise.
    [Fact]
    public void Permuted_rows_give_permuted_results_where_nothing_is_drawn() =>
        Holds(
            60,
            c =>
            {
                // A refresh of pairs draws trains.
                c = c.Device == DeviceCatalogue.Pairs ? c with { Device = "exponential" } : c;
                DeviceSettings device = DeviceCatalogue.Named(c.Device, 0.05).WithoutSpread().WithoutNoise() with { Diffusion = 0.0 };
                WeightArray array = ArrayOf(c, device);
                UpdateSettings circuit = new()
                {
                    Type = c.Seed % 2 == 0 ? PulseType.DeterministicImplicit : PulseType.MeanCount,
                    BitLength = c.BitLength,
                };
                int[] order = [.. Enumerable.Range(0, c.Outputs).OrderBy(i => Keys.Fold(c.Key, (ulong)i))];
                float[] weights = c.Numbers(1, c.Outputs * c.Inputs, 0.5f);
                float[] x = c.Numbers(2, c.Inputs, 1.0f);
                float[] d = c.Numbers(3, c.Outputs, 1.0f);
                ArrayState plain = Moved(weights, d);
                ArrayState permuted = Moved(
                    [.. order.SelectMany(i => weights.Skip(i * c.Inputs).Take(c.Inputs))],
                    [.. order.Select(i => d[i])]
                );
                float[] y = new float[c.Outputs];
                float[] permutedY = new float[c.Outputs];
                array.Forward(plain, 1, x, y);
                array.Forward(permuted, 1, x, permutedY);
                return order
                    .Select((from, to) => (from, to))
                    .All(pair =>
                        plain.Weights.Row(pair.from).SequenceEqual(permuted.Weights.Row(pair.to)) && y[pair.from] == permutedY[pair.to]
                    );

                ArrayState Moved(float[] start, float[] outputs)
                {
                    ArrayState state = array.Init();
                    array.Set(state, 1, start);
                    array.Update(state, 1, circuit, x, outputs, c.LearningRate);
                    array.Relax(state, 1);
                    return state;
                }
            }
        );

    private static WeightArray ArrayOf(Case c, DeviceSettings device) =>
        DeviceCatalogue.Array(c.Device, device, c.Outputs, c.Inputs, c.Key, PeripherySettings.Perfect, c.IsContinuous);

    private static byte[] Bytes(ArrayState state)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        StateContent.Write(writer, state);
        writer.Flush();
        return stream.ToArray();
    }

    private static void Holds(int cases, Func<Case, bool> property) =>
        Prop.ForAll(s_cases.ToArbitrary(), property)
            .Check(
                Config
                    .QuickThrowOnFailure.WithMaxTest(cases)
                    .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(2406, 12775), FSharpOption<int>.None)))
            );
}

/// <summary>A case; the seed names devices, weights and samples.</summary>
internal sealed record Case(string Device, int Outputs, int Inputs, PulseType Type, int BitLength, int Rate, bool IsContinuous, int Seed)
{
    internal ulong Key => (ulong)Seed;

    internal double LearningRate => 0.02 * Rate;

    internal UpdateSettings Circuit =>
        new()
        {
            Type = Type,
            BitLength = BitLength,
            BitLengthManagement = Seed % 2 == 0,
            UpdateManagement = Seed % 3 != 0,
            Resolution = Seed % 5 == 0 ? 0.1 : 0.0,
            StochasticRounding = Seed % 7 == 0,
            PulseByPulse = Seed % 4 == 0,
        };

    internal float[] Numbers(ulong stream, int count, float scale)
    {
        double[] uniforms = new double[count];
        Uniform.Fill(Keys.Fold(Key, stream), Purpose.General, 0, uniforms);
        return Array.ConvertAll(uniforms, u => scale * (float)((2.0 * u) - 1.0));
    }
}
