using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Algorithms;

/// <summary>States of algorithms in files.</summary>
public sealed class AlgorithmFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tiles").FullName;

    public static TheoryData<string> Names => Catalogue.Names;

    private string Place => Path.Combine(_folder, "training.state");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_resumed_run_is_equal_bit_for_bit_to_one_that_was_never_stopped(string name)
    {
        IArrayAlgorithm undisturbed = Catalogue.Make(name, Pulsed);
        AlgorithmState whole = undisturbed.Init();
        Train(undisturbed, whole, 0, 7);
        AlgorithmFile.Save(Place, undisturbed, whole);
        IArrayAlgorithm resumed = Catalogue.Make(name, Pulsed);
        AlgorithmState loaded = AlgorithmFile.Load(Place, resumed);
        Assert.Equal(Bits(whole), Bits(loaded));
        Train(undisturbed, whole, 7, 20);
        Train(resumed, loaded, 7, 20);
        Assert.Equal(Bits(whole), Bits(loaded));
        Assert.Equal(["training.state"], Directory.GetFiles(_folder).Select(file => Path.GetFileName(file)));
    }

    [Fact]
    public void What_is_no_whole_file_of_this_version_is_refused_by_name()
    {
        IArrayAlgorithm algorithm = Catalogue.Make("AGAD", Pulsed);
        AlgorithmFile.Save(Place, algorithm, algorithm.Init());
        byte[] bytes = File.ReadAllBytes(Place);
        for (int length = 0; length < bytes.Length; length += length < 70 ? 1 : 13)
        {
            Refused(algorithm, bytes[..length], length < 8 ? "no saved training state" : "cut short");
        }

        for (int at = 0; at < bytes.Length; at += at < 70 || at > bytes.Length - 33 ? 1 : 13)
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 1;
            Refused(
                algorithm,
                changed,
                at < 8 ? "no saved training state"
                    : at < 12 ? "version"
                    : ""
            );
        }

        Refused(algorithm, [.. bytes, 0], "checksum");
        byte[] newer = [.. bytes];
        newer[8] = 2;
        Refused(algorithm, newer, "has version 2 of a saved training state; this program reads version 1");
        StateFile.Save(Place, Pulsed().Init());
        Refused(algorithm, File.ReadAllBytes(Place), "no saved training state");
    }

    [Fact]
    public void A_state_of_another_algorithm_or_shape_is_refused_by_name()
    {
        IArrayAlgorithm saved = Catalogue.Make("TTv2", Pulsed);
        AlgorithmFile.Save(Place, saved, saved.Init());
        byte[] bytes = File.ReadAllBytes(Place);
        Refused(Catalogue.Make("AGAD", Pulsed), bytes, "expected a state of AGAD, got one of TTv2");
        Refused(new TikiTakaV2(new IdealArray(2, 5), new IdealArray(2, 5)), bytes, "expected A without hidden weights");
        PulsedArray Narrow() => new(Device(), 2, 5, deviceKey: 5);
        Refused(new TikiTakaV2(Narrow(), Narrow()), bytes, "expected A of 2 × 5, got 3 × 4");
        MultiTile two = new([Pulsed(), Pulsed()]);
        MultiTile three = new([Pulsed(), Pulsed(), Pulsed()]);
        AlgorithmFile.Save(Place, two, two.Init());
        Refused(three, File.ReadAllBytes(Place), "expected a state with W0, W1, W2, got 2 parts");
    }

    [Fact]
    public void A_state_that_does_not_fit_its_algorithm_is_not_written_and_what_was_there_stays()
    {
        IArrayAlgorithm algorithm = Catalogue.Make("Tiki-Taka", Pulsed);
        AlgorithmFile.Save(Place, algorithm, algorithm.Init());
        byte[] before = File.ReadAllBytes(Place);
        AlgorithmState foreign = Catalogue.Make("Analog SGD", Pulsed).Init();
        Assert.Equal("state", Assert.Throws<ArgumentException>(() => AlgorithmFile.Save(Place, algorithm, foreign)).ParamName);
        Assert.Throws<InvalidOperationException>(() =>
            Files.SealedFile.Save(
                Place,
                "ATALGO\r\n"u8,
                1,
                writer =>
                {
                    writer.Write(1.0);
                    throw new InvalidOperationException("half-way");
                }
            )
        );
        Assert.Equal(before, File.ReadAllBytes(Place));
        Assert.Single(Directory.GetFiles(_folder));
    }

    private static IEnumerable<long> Bits(AlgorithmState state) => Catalogue.Numbers(state).Select(BitConverter.DoubleToInt64Bits);

    private static void Train(IArrayAlgorithm algorithm, AlgorithmState state, int first, int end)
    {
        for (int step = first; step < end; step++)
        {
            (float[] x, float[] d) = Catalogue.Batch(step, 3);
            algorithm.Update(state, Keys.Fold(9, (ulong)step), x, d, 0.1);
        }
    }

    private static SoftBoundsReferenceDevice Device() =>
        new()
        {
            Granularity = 0.01,
            WriteNoise = 0.5,
            ReferenceSpread = 0.05,
        };

    private static PulsedArray Pulsed() => new(Device(), Catalogue.Outputs, Catalogue.Inputs, deviceKey: 5);

    private void Refused(IArrayAlgorithm algorithm, byte[] bytes, string reason)
    {
        File.WriteAllBytes(Place, bytes);
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => AlgorithmFile.Load(Place, algorithm));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Place, refusal.Message, StringComparison.Ordinal);
    }
}
