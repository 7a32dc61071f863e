using System;
using System.Linq;
using AnalogTheory.Kernels.Sampling;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Reference;

/// <summary>The kit takes normal numbers from lists of 32768, so a run's noise keeps the bias of its list; here each number is drawn.</summary>
public class DrawnNormalsTests
{
    private const int List = 32768;
    private const int Lists = 128;

    public static TheoryData<string> Files => ReferenceFile.Named("gauss_list*.csv");

    [Theory]
    [MemberData(nameof(Files))]
    public void Noise_of_one_key_has_no_bias_that_stays(string name)
    {
        ReferenceFile file = ReferenceFile.Open(name);
        Sample kit = new();
        int[] rows = [.. Enumerable.Range(0, file.Rows)];
        Array.ForEach(rows, row => kit.Add(file.Number(row, "list_mean")));
        double ofList = 1.0 / Math.Sqrt(List);
        Assert.True(Math.Abs(kit.Deviation - ofList) < 4.0 * kit.ErrorOfDeviation, $"means of lists scatter by {kit.Deviation}");

        Sample ours = new();
        float[] normals = new float[List];
        for (int list = 0; list < Lists; list++)
        {
            Gaussian.Fill(2406, Purpose.CycleNoise, 0, (ulong)list * List, normals);
            Array.ForEach(normals, value => ours.Add(value));
        }

        double ofMean = Agreement.Errors("gauss_list", name, ours.Mean / ours.ErrorOfMean);
        double ofDeviation = Agreement.Errors("gauss_list", name, (ours.Deviation - 1.0) / ours.ErrorOfDeviation);
        Assert.True(Math.Abs(ofMean) < 4.0 && Math.Abs(ofDeviation) < 4.0, $"z of mean {ofMean}, of deviation {ofDeviation}.");
        int further = rows.Count(row => Math.Abs(file.Number(row, "list_mean")) > 4.0 * ours.ErrorOfMean);
        Assert.True(further > file.Rows / 2, $"only {further} of the kit's lists are further off than our bound.");
    }
}
