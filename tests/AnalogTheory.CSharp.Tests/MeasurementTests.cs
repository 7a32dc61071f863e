using System;
using System.Collections.Immutable;
using System.Linq;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class MeasurementTests
{
    private static PulseSeries Measured(Device device, double granularity, double noise)
    {
        ImmutableArray<double> weights = device
            .WithPulses(granularity)
            .WithMultiplicativeNoise(noise)
            .UpDownResponse(80, 80, rounds: 2, seed: 3);
        ImmutableArray<int> directions = [.. Enumerable.Range(0, weights.Length - 1).Select(i => i % 160 < 80 ? 1 : -1)];
        return PulseSeries.Of(directions, weights, "synthetic");
    }

    [Fact]
    public void A_fit_gives_the_device_back_with_intervals_and_says_which_law_it_is()
    {
        FitComparison comparison = Measured(Device.ExponentialStep(0.6, -0.6, 4.0, 2.0), 0.02, 0.1).Fit();
        DeviceFit best = comparison.Best;
        Assert.Equal("exponential step", best.Law);
        Assert.Equal(Distinction.Decisive, comparison.Distinction);
        Assert.Equal(["Δw_min", "τ_max", "τ_min", "γ₊", "γ₋"], best.Parameters.Select(quantity => quantity.Symbol));
        Assert.Equal(best.Granularity, best.Parameters[0]);
        Assert.Equal(best.Granularity.Value, best.Pulsed.Granularity);
        Assert.Equal(best.SymmetricPoint!.Value.Value, best.Device.SymmetricPoint(), 1e-12);
        Assert.InRange(best.CycleDeviation.Value, 0.08, 0.12);
        Assert.Equal(CycleNoiseKind.Multiplicative, best.NoiseKind);
        Assert.All(best.Parameters, quantity => Assert.True(quantity.Lower < quantity.Value && quantity.Value < quantity.Upper));
        Assert.Equal(320, best.Residuals.Length);
        Assert.Equal(1.0, comparison.Weights.Sum(), 1e-12);
        Assert.StartsWith("exponential step fits best, decisively", comparison.Conclusion, StringComparison.Ordinal);
        Assert.Contains("τ_max = 0.6", best.ToString(), StringComparison.Ordinal);
        Assert.NotNull(comparison.Tabulated);
    }

    [Fact]
    public void The_largest_floor_of_a_fit_holds_the_true_one_in_its_interval_and_scales_with_the_variance()
    {
        Device truth = Device.AsymmetricLinear(0.6, 0.05);
        // One fixed seed: an interval that misses the truth once in 10,000.
        DeviceFit fit = Measured(truth, 0.02, 0.1).Fit(0.9999).Fits.Single(one => one.Law == "asymmetric linear");
        FittedQuantity floor = fit.LargestFloor(0.3);
        Assert.Equal(fit.Device.LargestFloor(0.3), floor.Value, 1e-12);
        Assert.True(floor.Lower < floor.Value && floor.Value < floor.Upper);
        Assert.InRange(truth.LargestFloor(0.3), floor.Lower, floor.Upper);
        Assert.Equal(0.04 * floor.Upper, fit.LargestFloor(0.3, 0.2).Upper, 1e-9);
        // ρ = .35/.6 at w = −.3.
        Assert.Equal(0.35 * 0.35 / (0.36 - 0.35 * 0.35), truth.LargestFloor(0.3), 1e-12);
        Assert.Equal(double.PositiveInfinity, truth.LargestFloor(0.7));
        Assert.Throws<ArgumentException>(() => truth.LargestFloor(-0.1));
        Assert.Throws<ArgumentException>(() => fit.LargestFloor(0.3, double.NaN));
    }

    [Fact]
    public void Text_is_read_and_malformed_text_is_told_without_an_exception()
    {
        Assert.True(
            PulseSeries.TryParse("a.csv", ["pulse,direction,weight", "0,,10", "1,up,14"], out PulseSeries? series, out string none)
        );
        Assert.Equal("", none);
        PulseTrace trace = Assert.Single(series.ToWeights(12.0, 2.0).Traces);
        Assert.Equal([-1.0, 1.0], trace.Weights);
        Assert.Equal([0, 1], trace.Directions);
        Assert.Equal("1", Assert.Single(series.ByDevice()).Key);
        Assert.False(PulseSeries.TryParse("a.csv", ["pulse,direction,weight", "0,,ten"], out PulseSeries? missing, out string message));
        Assert.Null(missing);
        Assert.Equal("a.csv, line 2, column weight: expected a finite number with a decimal point, got 'ten'.", message);
    }

    [Fact]
    public void Too_little_data_are_refused_by_name()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => PulseSeries.Of([1, -1], [0.0, 0.1, 0.0], "short").Fit());
        Assert.Contains("Expected at least 10 steps up in short, got 1.", refused.Message, StringComparison.Ordinal);
    }
}
