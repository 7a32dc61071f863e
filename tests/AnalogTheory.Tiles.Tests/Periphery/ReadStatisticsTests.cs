using System;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Periphery;
using AnalogTheory.Tiles.Tests.Reference;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Periphery;

/// <summary>Statistics of noisy reads, as AIHWKIT has them.</summary>
public class ReadStatisticsTests
{
    private const int Batch = 100;
    private const int Batches = 400;

    public static TheoryData<string> Files => ReferenceFile.Named("mvm_*.csv");

    [Theory]
    [MemberData(nameof(Files))]
    public void A_read_scatters_as_the_kit_s(string name)
    {
        ReferenceFile file = ReferenceFile.Open(name);
        bool backward = name.Contains("bwd", StringComparison.Ordinal);
        int outputs = (int)file.Number("d_size");
        int inputs = (int)file.Number("x_size");
        PeripherySettings periphery = Periphery(file);
        IdealArray array = new(outputs, inputs) { ForwardPeriphery = periphery, BackwardPeriphery = periphery };
        ArrayState state = array.Init();
        float scale = (float)ReferenceFile.Parse(file.Header.Split("W[i][j]=")[1].Split('*')[0]);
        float[] weights = new float[outputs * inputs];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = scale * (float)((2.0 * Fraction((i + 1) * 0.6180339887498949)) - 1.0);
        }

        array.Set(state, 1, weights);
        int length = backward ? outputs : inputs;
        float[] input = new float[Batch * length];
        for (int i = 0; i < input.Length; i++)
        {
            input[i] = 2.0f * (float)((2.0 * Fraction(((i % length) + 1) * 0.7548776662466927)) - 1.0);
        }

        Sample[] samples = new Sample[file.Rows];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = new();
        }

        float[] output = new float[Batch * file.Rows];
        for (int batch = 0; batch < Batches; batch++)
        {
            if (backward)
            {
                array.Backward(state, (ulong)batch, input, output);
            }
            else
            {
                array.Forward(state, (ulong)batch, input, output);
            }

            for (int i = 0; i < output.Length; i++)
            {
                samples[i % file.Rows].Add(output[i]);
            }
        }

        long n = (long)file.Number("n");
        for (int i = 0; i < samples.Length; i++)
        {
            double ofMean = Agreement.Errors("mvm", name, samples[i].OfMean(file.Number(i, "mean"), file.Number(i, "se"), 1e-6));
            double ofDeviation = Agreement.Errors("mvm", name, samples[i].OfDeviation(file.Number(i, "std"), n, 1e-6));
            Assert.True(
                Math.Abs(ofMean) < 4.0 && Math.Abs(ofDeviation) < 4.0,
                $"{name}, output {i}: z of mean {ofMean}, of deviation {ofDeviation}."
            );
        }
    }

    private static double Fraction(double x) => x - Math.Floor(x);

    // What the first line says in words.
    private static PeripherySettings Periphery(ReferenceFile file) =>
        file.Header switch
        {
            string text when text.Contains("get_IO(0.02)", StringComparison.Ordinal) => KitLeastSquares.ReadNoise(file.Number("w_noise")),
            string text when text.Contains("noise_management=NONE", StringComparison.Ordinal) => PeripherySettings.Default with
            {
                NoiseManagement = NoiseManagement.None,
                BoundManagement = !text.Contains("bound_management=NONE", StringComparison.Ordinal),
            },
            _ => PeripherySettings.Default,
        };
}
