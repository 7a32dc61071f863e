using System;
using System.IO;
using System.Linq;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Periphery;
using Xunit;

namespace AnalogTheory.Tiles.Tests;

/// <summary>Bad input is refused by name: the argument, what was expected, what came. Nothing changes, nothing is written.</summary>
public class BadInputTests
{
    private static readonly DeviceSettings[] s_kinds =
    [
        new ConstantStepDevice(),
        new LinearStepDevice(),
        new SoftBoundsDevice(),
        new SoftBoundsReferenceDevice(),
        new PowerStepDevice(),
        new ExponentialStepDevice(),
        new SymmetricPowerDevice(),
        new SymmetricExponentialDevice(),
        new PiecewiseStepDevice(),
    ];

    public static TheoryData<int> Kinds => [.. Enumerable.Range(0, s_kinds.Length)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Granularity_and_bounds_of_no_device(int kind)
    {
        DeviceSettings device = s_kinds[kind];
        foreach (double bad in new[] { 0.0, -0.001, double.NaN, double.PositiveInfinity })
        {
            Refused("Granularity", bad, () => _ = new PulsedArray(device with { Granularity = bad }, 2, 3, deviceKey: 1));
        }

        foreach (double bad in new[] { -0.1, double.NaN, double.PositiveInfinity })
        {
            Refused("UpperBound", bad, () => _ = new PulsedArray(device with { UpperBound = bad }, 2, 3, deviceKey: 1));
        }

        foreach (double bad in new[] { 0.1, double.NaN, double.NegativeInfinity })
        {
            Refused("LowerBound", bad, () => _ = new ContinuousArray(device with { LowerBound = bad }, 2, 3, deviceKey: 1));
        }

        foreach (double bad in new[] { -0.1, double.NaN })
        {
            Refused("CycleNoise", bad, () => _ = new PulsedArray(device with { CycleNoise = bad }, 2, 3, deviceKey: 1));
            Refused("GranularitySpread", bad, () => _ = new PulsedArray(device with { GranularitySpread = bad }, 2, 3, deviceKey: 1));
            Refused("WriteNoise", bad, () => _ = new PulsedArray(device with { WriteNoise = bad }, 2, 3, deviceKey: 1));
            Refused("Diffusion", bad, () => _ = new PulsedArray(device with { Diffusion = bad }, 2, 3, deviceKey: 1));
        }
    }

    [Theory]
    [InlineData(31)]
    [InlineData(64)]
    [InlineData(77)]
    public void A_number_that_is_not_finite_wherever_it_stands(int count)
    {
        float[] values = [.. Enumerable.Range(0, count).Select(i => i % 3 == 0 ? -0f : float.MaxValue * (1f - (i % 2 * 2f)))];
        values[1] = float.Epsilon;
        Shapes.RequireFinite(values, nameof(values));
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            for (int i = 0; i < count; i++)
            {
                float[] spoilt = [.. values];
                spoilt[i] = bad;
                string message = Assert.Throws<ArgumentException>(() => Shapes.RequireFinite(spoilt, nameof(spoilt))).Message;
                Assert.StartsWith(
                    FormattableString.Invariant($"Expected finite numbers, got {bad} at {i}."),
                    message,
                    StringComparison.Ordinal
                );
            }
        }
    }

    [Fact]
    public void A_bit_length_of_0_or_above_the_limit_which_is_said()
    {
        foreach (int bad in new[] { 0, -1, UpdateSettings.LargestBitLength + 1 })
        {
            string message = Refused("BitLength", bad, () => _ = new UpdateSettings { BitLength = bad });
            Assert.Contains("1 … 16384", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_unknown_preset_with_the_nearest_one()
    {
        string message = Assert.Throws<ArgumentException>(() => DevicePresets.Named("EcRamM0")).Message;
        Assert.Contains("the nearest is EcRamMO", message, StringComparison.Ordinal);
        Assert.All(DevicePresets.All, preset => Assert.Contains(preset.Name, message, StringComparison.Ordinal));
        Assert.All(DevicePresets.All, preset => Assert.False(string.IsNullOrWhiteSpace(preset.Source)));
    }

    [Fact]
    public void Shapes_of_no_array()
    {
        Refused("outputs", 0, () => _ = new IdealArray(0, 3));
        Refused("inputs", 16385, () => _ = new IdealArray(3, 16385));
        Refused("granularity", double.NaN, () => _ = new IdealArray(3, 3, double.NaN));
        Assert.Throws<ArgumentException>(() => _ = new Grid(0, 1));
    }

    [Fact]
    public void Numbers_of_no_read_or_update()
    {
        PulsedArray array = new(new SoftBoundsDevice(), 2, 3, deviceKey: 1);
        ArrayState state = array.Init();
        array.Set(state, 1, [0.1f, 0.2f, 0.3f, -0.1f, -0.2f, -0.3f]);
        float[] before = state.ToArray();
        float[] y = [7f, 7f];
        Named("x", () => array.Forward(state, 1, [1f, 1f], y));
        Named("y", () => array.Forward(state, 1, [1f, 1f, 1f], new float[3]));
        Named("d", () => array.Backward(state, 1, [1f], new float[3]));
        Named("column", () => array.ReadColumn(state, 1, 3, y));
        Named("row", () => array.ReadRow(state, 1, -1, new float[3]));
        Named("weights", () => array.Set(state, 1, [0f, 0f, 0f, 0f, 0f, float.NaN]));
        Named("state", () => array.Set(new IdealArray(3, 2).Init(), 1, new float[6]));
        Named("state", () => array.Update(new IdealArray(3, 2).Init(), 1, UpdateSettings.Default, [1f, 1f, 1f], [1f, 1f], 0.1));
        Named("d", () => array.Update(state, 1, UpdateSettings.Default, [1f, 1f, 1f], [1f], 0.1));
        Named("x", () => array.Update(state, 1, UpdateSettings.Default, [], [], 0.1));
        Assert.Equal(before, state.ToArray());
        Assert.Equal([7f, 7f], y);
    }

    [Fact]
    public void Numbers_of_no_periphery()
    {
        Refused("OutputNoise", -1.0, () => _ = new PeripherySettings { OutputNoise = -1.0 });
        Refused("InputResolution", double.NaN, () => _ = new PeripherySettings { InputResolution = double.NaN });
        Refused("WeightNoise", -0.5, () => _ = new PeripherySettings { WeightNoise = -0.5 });
        Refused("OutputScale", double.NaN, () => _ = new PeripherySettings { OutputScale = double.NaN });
    }

    [Fact]
    public void A_fitted_number_that_is_none()
    {
        ExponentialStepDevice device = new();
        foreach (int k in Enumerable.Range(0, 6))
        {
            double At(int place, double value) => place == k ? double.NaN : value;
            ExponentialStepDevice bad = device with { Shape = new(At(0, 0.1), At(1, 0.1), At(2, 1.0), At(3, 1.0), At(4, 0.2), At(5, 0.2)) };
            Refused("Shape", double.NaN, () => _ = new PulsedArray(bad, 2, 3, deviceKey: 1));
        }
    }

    [Fact]
    public void A_file_of_another_version_or_state_and_nothing_is_written_over()
    {
        string folder = Directory.CreateTempSubdirectory("tiles").FullName;
        try
        {
            string place = Path.Combine(folder, "array.tile");
            StateFile.Save(place, new IdealArray(2, 3).Init());
            byte[] bytes = File.ReadAllBytes(place);
            bytes[8] = 9;
            File.WriteAllBytes(place, bytes);
            string message = Assert.Throws<InvalidDataException>(() => StateFile.Load(place)).Message;
            Assert.Contains("version 9", message, StringComparison.Ordinal);
            IArrayAlgorithm algorithm = new PulsedSgd(new IdealArray(2, 3));
            Assert.Throws<ArgumentException>(() => AlgorithmFile.Save(place, algorithm, new PulsedSgd(new IdealArray(3, 2)).Init()));
            Assert.Equal(bytes, File.ReadAllBytes(place));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Named(string name, Action call) => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(call).ParamName);

    private static string Refused(string name, double bad, Action call)
    {
        ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(call);
        Assert.Equal(name, refusal.ParamName);
        Assert.Contains("Expected", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{bad}"), refusal.Message, StringComparison.Ordinal);
        return refusal.Message;
    }
}
