using System;
using System.Globalization;
using System.Linq;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Tests.Reference;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Algorithms;

/// <summary>Figure 3's training and the other algorithms on the same problem, along the whole trajectory: in the mean as AIHWKIT trains.</summary>
public class LeastSquaresTests
{
    public static TheoryData<string> Files
    {
        get
        {
            TheoryData<string> files = ReferenceFile.Named("fig3_*_*.csv");
            foreach (TheoryDataRow<string> other in ReferenceFile.Named("ls_*.csv"))
            {
                files.Add(other);
            }

            // Data, not answers.
            return [.. files.Select(row => row.Data).Where(name => name != "fig3_x_true.csv").Distinct()];
        }
    }

    // A mean with an error of half of the kit's deviation; the table of the note is made with as many as the kit has. Files have keys of their own, so that they are independent.
    private static int Runs =>
        Environment.GetEnvironmentVariable("ANALOG_THEORY_REFERENCE_RUNS") is { Length: > 0 } runs
            ? int.Parse(runs, CultureInfo.InvariantCulture)
            : 4;

    [Theory]
    [MemberData(nameof(Files))]
    public void A_training_goes_as_the_kit_s(string name)
    {
        ReferenceFile file = ReferenceFile.Open(name);
        KitLeastSquares training = new(file);
        string kind = string.Join('_', name.Split('_').Take(name.StartsWith("fig3_ideal", StringComparison.Ordinal) ? 3 : 2));
        bool isRandom = file.Number("n_seeds") > 1.0;
        int runs = isRandom ? Runs : 1;
        ulong ofFile = name.Aggregate(2406UL, (key, letter) => Keys.Fold(key, letter));
        double[] mean = new double[file.Rows];
        for (int run = 0; run < runs; run++)
        {
            double[] losses = training.Losses(Keys.Fold(ofFile, (ulong)run));
            for (int row = 0; row < mean.Length; row++)
            {
                mean[row] += losses[row] / runs;
            }
        }

        for (int row = 0; row < mean.Length; row++)
        {
            double expected = file.Number(row, "mean_loss");
            string where = $"{name}, k = {file.Text(row, "k")}: expected {expected}, got {mean[row]}";
            if (isRandom)
            {
                // Our error by the kit's deviation: few runs would not tell their own well. What does not scatter is rounded.
                double error = file.Number(row, "std_loss") * Math.Sqrt((1.0 / runs) + (1.0 / file.Number("n_seeds")));
                double z = Agreement.Errors(
                    kind,
                    name,
                    (mean[row] - expected) / Math.Sqrt((error * error) + (1e-12 * expected * expected))
                );
                Assert.True(Math.Abs(z) < 4.0, FormattableString.Invariant($"{where}, z {z}"));
            }
            else
            {
                // Weights are floats here, the file's are doubles. An update rounds a weight by up to 1.5e-8, and some ten thousand updates are remembered: about 1e-6
                // a weight, which moves a loss of 1e-5 … 1e-4 by about 1e-8 where the gradient does not vanish. Found: 1.2e-4 of the loss.
                double share = Agreement.OfRounding(kind, name, (mean[row] - expected) / ((3e-4 * expected) + 1e-12));
                Assert.True(Math.Abs(share) <= 1.0, FormattableString.Invariant($"{where}, {share} of what is allowed"));
            }
        }
    }
}
