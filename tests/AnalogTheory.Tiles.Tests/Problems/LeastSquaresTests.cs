using System;
using System.Collections.Immutable;
using System.Linq;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Periphery;
using AnalogTheory.Tiles.Problems;
using Xunit;

namespace AnalogTheory.Tiles.Tests.Problems;

/// <summary>Training of least squares on arrays, and imperfections that are switched off.</summary>
public class LeastSquaresTests
{
    private static readonly ArrayModel s_model = new(
        new SoftBoundsReferenceDevice
        {
            UpperBound = 1.0,
            LowerBound = -1.0,
            Lifetime = 1e4,
            CorruptProbability = 0.1,
        }
    )
    {
        ForwardPeriphery = PeripherySettings.Default,
    };

    public static TheoryData<string> Algorithms => [.. ArrayAlgorithms.All.Select(algorithm => algorithm.Name)];

    public static TheoryData<string> Cases => [.. s_model.Cases.Select(one => one.Name)];

    [Fact]
    public void Digital_training_is_gradient_descent_in_double_to_rounding()
    {
        (double[,] a, ImmutableArray<double> b) = LeastSquaresTraining.RandomData(9, 4, 1.0, 0.3, key: 2);
        double[] losses = Losses(new(a, b, _ => new PulsedSgd(new IdealArray(1, 4)), 0.1) { TrainsBias = true }, 1, 50);
        double[] w = new double[4];
        double bias = 0.0;
        for (int step = 0; step <= 50; step++)
        {
            double[] residual = [.. Enumerable.Range(0, 9).Select(n => Enumerable.Range(0, 4).Sum(d => a[n, d] * w[d]) + bias - b[n])];
            Assert.Equal(residual.Sum(r => r * r) / 18.0, losses[step], 1e-6);
            for (int d = 0; d < 4; d++)
            {
                w[d] -= 0.1 * Enumerable.Range(0, 9).Sum(n => residual[n] * a[n, d]) / 9.0;
            }

            bias -= 0.1 * residual.Average();
        }

        Assert.True(losses[50] < 0.05 * losses[0]);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Every_named_algorithm_trains(string name)
    {
        (double[,] a, ImmutableArray<double> b) = LeastSquaresTraining.RandomData(20, 5, 1.0, 0.3, key: 3);
        ArrayModel model = new(
            new SoftBoundsDevice
            {
                Granularity = 0.002,
                UpperBound = 1.0,
                LowerBound = -1.0,
            }.WithoutSpread()
        );
        double[] losses = Losses(new(a, b, key => ArrayAlgorithms.Named(name, n => model.Create(1, 5, key + (ulong)n)), 0.2), 1, 1500, 100);
        Assert.True(losses[^1] < 0.2 * losses[0], $"{name}: {losses[0]} → {losses[^1]}");
    }

    [Fact]
    public void A_run_is_a_function_of_its_key_and_starts_where_it_is_told()
    {
        (double[,] a, ImmutableArray<double> b) = LeastSquaresTraining.RandomData(9, 4, 1.0, 0.3, key: 2);
        LeastSquaresTraining training = new(a, b, key => new PulsedSgd(s_model.Create(1, 4, key)), 0.1);
        Assert.Equal(Losses(training, 5, 30), Losses(training, 5, 30));
        Assert.NotEqual(Losses(training, 5, 30)[30], Losses(training, 6, 30)[30]);
        Assert.Equal(Losses(training, 5, 30, 10)[3], training.Trajectory(5, 30, 1, TestContext.Current.CancellationToken).Last().Loss);
        LeastSquaresTraining exact = new(a, b, _ => new PulsedSgd(new IdealArray(1, 4)), 0.1)
        {
            Start = [1f, -1f, 0f, 0.5f],
            StartBias = 0.25,
        };
        double[] w = [1.0, -1.0, 0.0, 0.5];
        double expected =
            Enumerable.Range(0, 9).Sum(n => Math.Pow(Enumerable.Range(0, 4).Sum(d => a[n, d] * w[d]) + 0.25 - b[n], 2)) / 18.0;
        Assert.Equal(expected, Losses(exact, 1, 0)[0], 1e-12);
    }

    [Fact]
    public void What_diverges_is_data()
    {
        (double[,] a, ImmutableArray<double> b) = LeastSquaresTraining.RandomData(9, 4, 1.0, 0.3, key: 2);
        double[] losses = Losses(new(a, b, _ => new PulsedSgd(new IdealArray(1, 4)), 100.0), 1, 100);
        Assert.True(double.IsFinite(losses[1]));
        Assert.True(double.IsNaN(losses[100]));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_switches_off_what_it_says_and_nothing_else(string name)
    {
        ImperfectionCase one = s_model.Cases.Single(known => known.Name == name);
        ArrayModel model = s_model with { Kept = one.Kept };
        WeightArray array = model.Create(2, 3, deviceKey: 1);
        DeviceSettings device = model.KeptDevice;
        bool Has(Imperfections one2) => (one.Kept & one2) != 0;
        Assert.Equal(Has(Imperfections.Granularity), array is PulsedArray);
        Assert.Equal(Has(Imperfections.Response), device is SoftBoundsReferenceDevice);
        Assert.Equal(Has(Imperfections.PulseNoise), device.CycleNoise > 0.0);
        Assert.Equal(
            Has(Imperfections.Spread),
            device.GranularitySpread > 0.0 && device.CorruptProbability > 0.0 && device.UpperBoundSpread > 0.0
        );
        Assert.Equal(Has(Imperfections.Drift), device.Lifetime > 0.0);
        Assert.Equal(Has(Imperfections.Reads), !array.ForwardPeriphery.IsPerfect);
        Assert.Equal((1.0, -1.0, 0.001), (device.UpperBound, device.LowerBound, device.PulseGranularity));
    }

    [Fact]
    public void Elements_of_a_sample_are_those_of_an_array_and_step_as_its_pulses_do()
    {
        DeviceSettings device = DevicePresets.Named("ReRamES").Device.WithoutNoise();
        DeviceSample sample = new(device, 20, deviceKey: 9);
        PulsedArray array = new(device, 20, 1, deviceKey: 9);
        float[] start = [.. Enumerable.Range(0, 20).Select(e => 0.02f * (e - 10))];
        float[] up = [.. Enumerable.Repeat(-1f, 20)];
        UpdateSettings onePulse = TransferSettings.OnePulse;
        ArrayState state = array.WithWeights(array.Init(), 1, start);
        float[] placed = state.ToArray();
        UpdateInfo info = array.Update(state, 1, onePulse, [1f], up, array.Granularity);
        Assert.Equal(20, info.Pulses);
        float[] moved = state.ToArray();
        for (int e = 0; e < 20; e++)
        {
            double[] response = sample.Response(e, placed[e], up: 1, down: 0);
            Assert.Equal(response[1], moved[e], 1e-6);
            Assert.Equal((response[1] - response[0]) / device.PulseGranularity, sample.Up(e, placed[e]), 1e-9);
            double point = sample.SymmetricPoint(e);
            Assert.Equal(sample.Up(e, point), sample.Down(e, point), 1e-9);
        }
    }

    // What version 0 of this project gave, by code of its own: the update U in double, one sample after the other, from residuals that are read once a step.
    [Theory]
    [InlineData(false, false, 0.028026182779217708, 0.013712690140781233, 0.009124941515719773, 0.007142091949620663)]
    [InlineData(false, true, 0.028026188738899022, 0.013712325869403243, 0.009124436460051526, 0.007141584681837843)]
    [InlineData(true, true, 0.02295362071055857, 0.007520754444297302, 0.01054563589095067, 0.0013004798369211314)]
    public void Without_pulses_each_sample_is_one_analog_update(bool transfers, bool trainsBias, params double[] expected)
    {
        ArrayModel model = s_golden with { Kept = Imperfections.Response };
        LeastSquaresTraining training = Golden(transfers ? key => Residual(model, key) : key => new PulsedSgd(model.Create(1, 5, key)));
        double[] losses = Losses(training with { TrainsBias = trainsBias }, 1, 40, 10);
        Assert.Equal(0.22464285714285714, losses[0], 1e-12);
        for (int point = 1; point <= 4; point++)
        {
            Assert.Equal(expected[point - 1], losses[point], 1e-7);
        }
    }

    // Means of 16,384 runs of that code, which drew row and column bits slot by slot, with their standard errors.
    [Theory]
    [InlineData(0.02, 31, 0.029325744193, 3.50e-5, 0.015104283717, 2.28e-5, 0.010470819436, 1.80e-5, 0.008407519497, 1.59e-5)]
    [InlineData(0.005, 3, 0.045694589547, 1.94e-5, 0.018393158879, 1.08e-5, 0.011074529289, 7.36e-6, 0.008290235150, 6.24e-6)]
    public void With_pulses_the_mean_loss_is_that_of_trains_sent_slot_by_slot(double granularity, int bitLength, params double[] expected)
    {
        UpdateSettings update = new() { BitLength = bitLength };
        ArrayModel model = s_golden with { Device = s_golden.Device with { Granularity = granularity } };
        LeastSquaresTraining training = Golden(key => new PulsedSgd(model.Create(1, 5, key), update)) with { TrainsBias = true };
        double[][] runs = [.. Enumerable.Range(0, 4000).Select(run => Losses(training, (ulong)run, 40, 10))];
        for (int point = 1; point <= 4; point++)
        {
            double mean = runs.Average(losses => losses[point]);
            double variance = runs.Sum(losses => Math.Pow(losses[point] - mean, 2)) / (runs.Length - 1);
            (double before, double error) = (expected[2 * point - 2], expected[2 * point - 1]);
            double z = (mean - before) / Math.Sqrt((variance / runs.Length) + (error * error));
            Assert.True(Math.Abs(z) < 4.0, FormattableString.Invariant($"Step {10 * point}: {mean} for {before}, z = {z}."));
        }
    }

    private static readonly ArrayModel s_golden = new(
        new SoftBoundsDevice { UpperBound = 0.8, LowerBound = -0.8 }
            .WithoutSpread()
            .WithoutNoise()
    );

    private static TikiTaka Residual(ArrayModel model, ulong key) =>
        ResidualLearning.V1(model.Create(1, 5, key), model.Create(1, 5, key + 1), mixing: 0.4, transferRate: 0.2);

    private static LeastSquaresTraining Golden(Func<ulong, IArrayAlgorithm> algorithm)
    {
        double[,] a = new double[7, 5];
        for (int n = 0; n < 7; n++)
        {
            for (int d = 0; d < 5; d++)
            {
                a[n, d] = (((7 * n) + (3 * d)) % 11 - 5) / 5.0;
            }
        }

        ImmutableArray<double> b = [.. Enumerable.Range(0, 7).Select(n => (((5 * n) + 2) % 7 - 3) / 4.0)];
        return new(a, b, algorithm, 0.3) { Start = [0.25f, 0.25f, 0.25f, 0.25f, 0.25f] };
    }

    private static double[] Losses(LeastSquaresTraining training, ulong key, int steps, int every = 1) =>
        training.Losses(key, steps, every, TestContext.Current.CancellationToken);
}
