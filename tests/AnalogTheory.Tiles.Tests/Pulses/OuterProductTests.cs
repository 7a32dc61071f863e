using System;
using System.Linq;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Pulses;
using AnalogTheory.Tiles.Tests.Reference;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Pulses;

/// <summary>Statistics of one rank-1 update, as AIHWKIT has them.</summary>
public class OuterProductTests
{
    private const int Side = 5;
    private const int Trials = 20_000;

    public static TheoryData<string> Files => ReferenceFile.Named("outer_*.csv");

    [Theory]
    [MemberData(nameof(Files))]
    public void An_update_moves_weights_as_the_kit_s(string name)
    {
        ReferenceFile file = ReferenceFile.Open(name);
        (float[] x, float[] d, float[] start) = Problem(file);
        PulsedArray array = new(Device(file), Side, Side, deviceKey: 1);
        UpdateSettings settings = Settings(file);
        bool isRandom = settings.Type is PulseType.StochasticCompressed or PulseType.Stochastic || settings.StochasticRounding;
        PulsePlan plan = PulsePlan.Of(settings, (float)file.Number("lr"), (float)array.Granularity, x.Max(MathF.Abs), d.Max(MathF.Abs));
        Assert.Equal(file.Number("input_scale"), plan.InputScale, 6e-9 * plan.InputScale);
        Assert.Equal(file.Number("output_scale"), plan.OutputScale, 6e-9 * plan.OutputScale);
        int trials = isRandom ? Trials : 2;
        long n = (long)file.Number("n");
        Sample[] samples = new Sample[Side * Side];
        Sample across = new();
        Sample down = new();
        for (int e = 0; e < samples.Length; e++)
        {
            samples[e] = new();
        }

        ArrayState state = array.Init();
        float[] moved = new float[Side * Side];
        for (int trial = 0; trial < trials; trial++)
        {
            array.Set(state, 1, start);
            UpdateInfo info = array.Update(state, (ulong)trial, settings, x, d, file.Number("lr"));
            Assert.Equal((int)file.Number("BL"), info.BitLength);
            state.Weights.Store(moved);
            for (int e = 0; e < moved.Length; e++)
            {
                samples[e].Add((double)moved[e] - start[e]);
            }

            double first = moved[0] - start[0] - file.Number(0, "mean_dW");
            across.Add(first * (moved[1] - start[1] - file.Number(1, "mean_dW")));
            down.Add(first * (moved[Side] - start[Side] - file.Number(Side, "mean_dW")));
        }

        double Deviation(int e) => file.Number(e, "std_dW");
        for (int e = 0; e < samples.Length; e++)
        {
            double floor = 2e-7 * Math.Max(Math.Abs(start[e]), 0.01);

            // The kit's deviation is a difference of means of squares: of what does not scatter it keeps rounding.
            double ofSquares = floor + (4e-6 * Math.Abs(file.Number(e, "mean_dW")));
            double ofMean = Agreement.Errors("outer", name, samples[e].OfMean(file.Number(e, "mean_dW"), file.Number(e, "se_dW"), floor));
            double ofDeviation = Agreement.Errors("outer", name, samples[e].OfDeviation(Deviation(e), n, ofSquares));
            Assert.True(
                Math.Abs(ofMean) < 4.0 && Math.Abs(ofDeviation) < 4.0,
                $"{name}, element {e}: z of mean {ofMean}, of deviation {ofDeviation}."
            );
        }

        // The covariance's error in the kit's sample is taken to be that of ours, scaled.
        double scale = Math.Sqrt(1.0 + ((double)trials / n));
        double ofAcross = across.OfMean(file.Number("cov_dW_across"), across.ErrorOfMean * Math.Sqrt((scale * scale) - 1.0), 1e-13);
        double ofDown = down.OfMean(file.Number("cov_dW_down"), down.ErrorOfMean * Math.Sqrt((scale * scale) - 1.0), 1e-13);
        Agreement.Errors("outer", name, ofAcross);
        Agreement.Errors("outer", name, ofDown);
        Assert.True(
            Math.Abs(ofAcross) < 4.0 && Math.Abs(ofDown) < 4.0,
            $"{name}: z of covariance in a row {ofAcross}, in a column {ofDown}."
        );
    }

    internal static UpdateSettings Settings(ReferenceFile file) =>
        new()
        {
            Type = Enum.Parse<PulseType>(file.Text("pulse_type")),
            BitLength = (int)file.Number("desired_bl"),
            FixedBitLength = file.Flag("fixed_bl"),
            UpdateManagement = file.Flag("update_management"),
            BitLengthManagement = file.Flag("update_bl_management"),
            StochasticRounding = file.Flag("sto_round"),
            Resolution = file.Number("res"),
            InputResolution = file.Number("x_res_implicit"),
            OutputResolution = file.Number("d_res_implicit"),
            GradientScale = file.Number("um_grad_scale"),
        };

    private static DeviceSettings Device(ReferenceFile file) =>
        KitDevice.With(KitDevice.Named(file.Header), ReferenceFile.Parameters(file.Header)).WithoutSpread();

    private static (float[] X, float[] D, float[] Start) Problem(ReferenceFile file)
    {
        float[] x = new float[Side];
        float[] d = new float[Side];
        float[] start = new float[Side * Side];
        for (int row = 0; row < file.Rows; row++)
        {
            int i = (int)file.Number(row, "i");
            int j = (int)file.Number(row, "j");
            x[j] = (float)file.Number(row, "x_j");
            d[i] = (float)file.Number(row, "d_i");
            start[(i * Side) + j] = (float)file.Number(row, "W0");
        }

        return (x, d, start);
    }
}
