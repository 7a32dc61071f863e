using System;
using System.Linq;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class DeviceReportTests
{
    [Fact]
    public void A_device_of_ones_own_is_checked_in_three_lines()
    {
        Device own = Device.UserDefined(w => 1.0 - w, w => 1.0 + w, lower: -1.0, upper: 1.0, name: "own");
        DeviceReport report = own.Check();
        string text = report.ToString();

        Assert.True(report.IsSound);
        Assert.Same(own, report.Device);
        Assert.Equal(Enumerable.Range(1, 9).Select(k => $"D{k}"), report.Claims.Select(finding => finding.Id));
        Assert.All(report.Demands.Concat(report.Claims), finding => Assert.IsType<Verdict.SeenAtPoints>(finding.Verdict));
        Assert.All(report.Demands, finding => Assert.False(finding.Verdict.IsFor));
        Assert.Equal(0.0, report.SymmetricPoint);
        Assert.Equal(1.0, report.LargestStep, 1e-9);
        Assert.False(report.IsEnclosed);
        Assert.StartsWith("own on [-1, 1]: w⋄ = 0, 0 from linear", text, StringComparison.Ordinal);
        Assert.Contains("D2              Seen at ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_not_linear_is_told_how_far_it_is_and_what_holds_all_the_same()
    {
        DeviceReport report = Device.ExponentialStep(0.6, -0.6, 4.0, 2.0).Check();
        DeviceFinding bounded = report.Claims.Single(finding => finding.Id == "D2");
        FailedHypothesis failed = Assert.Single(Assert.IsType<Verdict.Vacuous>(bounded.Verdict).Failed);
        Assert.Equal(-report.DistanceFromLinear, failed.Margin);
        Assert.Contains("keeps every weight in the range", bounded.Remark, StringComparison.Ordinal);
        Assert.True(report.IsEnclosed);
        Assert.InRange(report.LargestStep, 0.29, 0.31);
    }

    [Fact]
    public void Zero_shifting_is_predicted_as_D8_has_it()
    {
        PulsedDevice pulsed = Device.AsymmetricLinear(1.0, symmetricPoint: 0.2).WithPulses(0.05);
        ZeroShiftPrediction prediction = pulsed.PredictZeroShift()!.Value;
        Assert.Equal(0.2, prediction.SymmetricPoint, 1e-12);
        Assert.Equal(0.95, prediction.Contraction, 1e-9);
        Assert.Equal(0.05 / 1.95, prediction.StationaryVariance, 1e-9);
        Assert.Equal(77, pulsed.ZeroShiftPulses(0.01, -0.3));
        Assert.Equal(0.2 - (0.5 * Math.Pow(0.95, 2)), pulsed.ZeroShiftMean(-0.3, 2)[2], 1e-12);
        Assert.Null(Device.Ideal.WithPulses(0.05).PredictZeroShift());
        Assert.Null(Device.Ideal.WithPulses(0.05).ZeroShiftPulses(0.01, -0.3));
    }

    [Fact]
    public void A_response_that_goes_negative_is_refuted_at_a_weight()
    {
        DeviceReport report = Device.UserDefined(w => 0.8 - w, w => 1.0 + w, -1.0, 1.0).Check();
        Assert.False(report.IsSound);
        Verdict verdict = report.Demands.Single(finding => finding.Id == "non-negative").Verdict;
        Assert.Equal("w = 1", Assert.IsType<Verdict.Refuted>(verdict).Counterexample);
    }
}
