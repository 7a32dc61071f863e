using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class LaboratoryTests
{
    private static readonly LowerBoundInstance s_instance = LowerBoundInstance.OfSaturation(1.0, 1.0, 0.3, 1, 0.5);

    [Fact]
    public void The_instance_is_the_theorems_in_closed_form()
    {
        Assert.Equal(0.5, s_instance.FixedPoint);
        Assert.Equal(0.09 * 0.25 / 0.75, s_instance.Floor, 1e-15);
        Assert.Equal(0.5 + (0.3 * 0.5 / Math.Sqrt(0.75)), s_instance.Minimizer, 1e-15);
        Assert.Equal(
            (1.0, 1.0, 0.3, 1, 0.5),
            (s_instance.Curvature, s_instance.Radius, s_instance.Deviation, s_instance.Dimension, s_instance.Saturation)
        );
        Assert.Equal(0.0, s_instance.Drift(s_instance.FixedPoint), 1e-14);
        Assert.True(s_instance.Drift(0.4) > 0.0 && s_instance.Drift(0.6) < 0.0);
        Assert.Equal(s_instance.Floor, Math.Pow(s_instance.Problem.Gradient([s_instance.FixedPoint])[0], 2), 1e-14);
        Assert.Equal(0.09, s_instance.Noise.Variance([0.2]), 1e-14);
        Assert.Equal("asymmetric linear", s_instance.Device.Name);
        Assert.Contains("r = 0.5", s_instance.ToString(), StringComparison.Ordinal);
        LowerBoundInstance same = LowerBoundInstance.OfMinimizer(1.0, 1.0, 0.3, 1, s_instance.Minimizer);
        Assert.Equal(0.5, same.Saturation, 1e-12);
        LowerBoundInstance four = LowerBoundInstance.OfSaturation(1.0, 1.0, 0.6, 4, 0.5);
        Assert.Equal(4, four.Problem.Dimension);
        Assert.Equal(s_instance.Minimizer, four.Minimizer, 1e-14);
        Assert.Equal(0.36, four.Noise.Variance([0.1, 0.1, 0.1, 0.1]), 1e-12);
    }

    [Fact]
    public void Its_weights_stay_where_interval_arithmetic_says()
    {
        Assert.True(s_instance.TryReachable(0.1, s_instance.Minimizer, out double lower, out double upper));
        Assert.Equal(Math.Max(-lower, upper), s_instance.LargestWeight(0.1, s_instance.Minimizer));
        Simulation simulation = s_instance.Simulation(Rule.AnalogSgd(s_instance.Device, 0.1));
        Assert.Equal([s_instance.Minimizer], simulation.Start);
        Assert.All(simulation.Trajectory(5000, seed: 3), state => Assert.InRange(state.Weights[0], lower, upper));
        LowerBoundInstance steep = LowerBoundInstance.OfSaturation(1.0, 1.0, 0.3, 1, 0.7);
        Assert.False(steep.TryReachable(0.2, steep.FixedPoint, out double none, out _));
        Assert.True(double.IsNaN(none));
        Assert.Equal(1.0, steep.LargestWeight(0.2, steep.FixedPoint));
        Assert.Equal([0.25], s_instance.Simulation(Rule.DigitalSgd(0.1), start: 0.25).Start);
    }

    [Fact]
    public void Version_ones_region_says_what_is_outside_of_it_and_by_how_much()
    {
        LowerBoundRegion outside = s_instance.Region(0.1);
        Assert.False(outside.Holds);
        Assert.Equal(0.25 - s_instance.Minimizer, outside.Minimizer, 1e-15);
        Assert.Equal(1.0 / (4.0 * Math.Sqrt(3.0)) - 0.3, outside.Deviation, 1e-15);
        Assert.Equal(1.0 / (1.0 + 1.8) - 0.1, outside.LearningRate, 1e-15);
        Assert.True(LowerBoundInstance.OfMinimizer(1.0, 1.0, 0.14, 1, 0.25).Region(0.1).Holds);
    }

    [Fact]
    public async Task The_ratio_to_the_floor_tends_to_one_and_not_to_four()
    {
        List<double> told = [];
        Progress progress = new(told);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        ImmutableArray<FloorRatio> ladder = await s_instance.MeasureRatiosAsync([0.05, 0.01], 64, seed: 5, progress, cancellation);
        Assert.Equal([0.05, 0.01], ladder.Select(rung => rung.LearningRate));
        Assert.All(
            ladder,
            rung =>
            {
                Assert.True(rung.AssumptionFourHolds);
                Assert.InRange(rung.LargestWeight, 0.5, 1.0);
                // Two independent methods, four standard errors apart at most.
                Assert.InRange(rung.Ratio.Mean - rung.Computed, -4.0 * rung.Ratio.StandardError, 4.0 * rung.Ratio.StandardError);
                Assert.InRange(rung.ComputedError, 0.0, 1e-3);
            }
        );
        Assert.Equal(1.0015, ladder[1].Computed, 1e-3);
        Assert.Equal([0.5, 1.0], told);
        Assert.Equal(ladder, await s_instance.MeasureRatiosAsync([0.05, 0.01], 64, seed: 5, null, cancellation));
    }

    [Fact]
    public async Task A_malformed_instance_or_ladder_names_the_field()
    {
        Refused("curvature", () => LowerBoundInstance.OfSaturation(0.0, 1.0, 0.3, 1, 0.5));
        Refused("radius", () => LowerBoundInstance.OfSaturation(1.0, -1.0, 0.3, 1, 0.5));
        Refused("deviation", () => LowerBoundInstance.OfSaturation(1.0, 1.0, double.NaN, 1, 0.5));
        Refused("dimension", () => LowerBoundInstance.OfSaturation(1.0, 1.0, 0.3, 0, 0.5));
        Refused("saturation", () => LowerBoundInstance.OfSaturation(1.0, 1.0, 0.3, 1, 1.0));
        Refused("minimizer", () => LowerBoundInstance.OfMinimizer(1.0, 1.0, 0.3, 1, double.PositiveInfinity));
        Refused("learningRate", () => s_instance.Region(0.0));
        Refused("learningRate", () => s_instance.TryReachable(-1.0, 0.0, out _, out _));
        Refused("start", () => s_instance.LargestWeight(0.1, double.NaN));
        Refused("learningRates", () => s_instance.MeasureRatiosAsync([], 8, 1));
        Refused("learningRates[1]", () => s_instance.MeasureRatiosAsync([0.1, 0.0], 8, 1));
        Refused("learningRates", () => s_instance.MeasureRatiosAsync([0.1, 0.1], 8, 1));
        Refused("replicas", () => s_instance.MeasureRatiosAsync([0.1], 1, 1));
        Assert.Throws<ArgumentNullException>(() => s_instance.Simulation(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() =>
            s_instance.MeasureRatiosAsync(null!, 8, 1, null, TestContext.Current.CancellationToken)
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => s_instance.MeasureRatiosAsync([0.1], 8, 1, null, new(true)));

        static void Refused(string name, Func<object> make) =>
            Assert.Equal(
                name,
                Assert
                    .Throws<ArgumentException>(() =>
                    {
                        _ = make();
                    })
                    .ParamName
            );
    }

    [Fact]
    public void Assumptions_name_the_theorems_that_apply_and_those_that_say_nothing()
    {
        Rule rule = Rule.AnalogSgd(Device.AsymmetricLinear(1.0), 0.1);
        Simulation training = new(Problem.Quadratic(1.0, [0.5]), Noise.Rademacher(0.3), rule, start: [0.0]);
        AssumptionReport report = Assumptions.Check(training);
        Assert.Equal((1.0, 1.0, 0.0, 0.125), (report.Smoothness, report.StrongConvexity, report.Minimum, report.Gap));
        Assert.Equal((0.5, 1.0), (report.LargestAnalogRate, report.NoiseFloor));
        Assert.Equal(0.3, report.Deviation, 1e-15);
        // Every path heads for .2 or .8; the interval found is a thousandth wider.
        Assert.InRange(report.LargestWeight, 0.8, 0.802);
        Assert.Contains("Theorem 2 (S3)", report.Applicable);
        Assert.Contains("S3-weighted", report.Applicable);
        Assert.Contains("Theorem 9 (S4)", report.Vacuous);
        Assert.DoesNotContain("Theorem 9 (S4)", report.Applicable);
        AssumptionCheck noise = report.Checks.Single(check => check.Condition == "ε = 0");
        Assert.Equal((-0.3, "fails", false), (Math.Round(noise.Margin, 12), noise.Outcome, noise.Holds));
        // Normal noise has no bound: Theorem 2 asks for a W_max that somebody vouches for.
        Simulation unbounded = new(Problem.Quadratic(1.0, [0.5]), Noise.Gaussian(0.3), rule, start: [0.0]);
        Assert.Contains("Theorem 2 (S3)", Assumptions.Check(unbounded).Vacuous);
        Assert.Contains("Theorem 2 (S3)", Assumptions.Check(unbounded, largestWeight: 0.9).Applicable);
        Assert.Equal(report, Assumptions.Check(training));
        Assert.NotEqual(report, Assumptions.Check(training, largestWeight: 0.9));
        Assert.Equal(report.Checks.Length, report.ToString().Split(Environment.NewLine).Length);
        Assert.Contains("\"condition\": \"α ≤ 1/(2L)\"", report.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Theorem_four_is_vacuous_below_the_deviation_that_it_needs()
    {
        Rule rule = Rule.TikiTaka(Device.AsymmetricLinear(1.0), transferRate: 0.01, learningRate: 0.1);
        AssumptionReport report = Assumptions.Check(new(Problem.Quadratic(1.0, [0.6]), Noise.Rademacher(0.3), rule, [0.0]));
        Assert.Equal(Math.Sqrt(33 * 41), report.RequiredDeviation, 1e-9);
        Assert.Contains("Theorem 4 (T8)", report.Vacuous);
        Assert.Equal(8 * 0.01 / 0.09, report.SmallestTheoremFourRate, 1e-12);
        Assert.True(report.LargestTheoremFourRate < report.SmallestTheoremFourRate && report.LargestAuxiliaryRate > 0.0);
    }

    [Fact]
    public void The_assumption_checker_refuses_what_the_theorems_are_not_about()
    {
        Problem problem = Problem.Quadratic(1.0, [0.5]);
        Simulation Of(Rule rule) => new(problem, Noise.None, rule, [0.0]);
        Device device = Device.AsymmetricLinear(1.0);
        Assert.Contains("got Digital SGD", Message(() => Assumptions.Check(Of(Rule.DigitalSgd(0.1)))), StringComparison.Ordinal);
        Assert.Contains("largestWeight", Message(() => Assumptions.Check(Of(Rule.AnalogSgd(device, 0.1)), 0.0)), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Assumptions.Check(null!));

        static string Message(Func<object> check) => Assert.Throws<ArgumentException>(check).Message;
    }

    /// <summary>What <see cref="Measure.Amplification"/> says of noises that are not the lower bound's.</summary>
    [Theory]
    [InlineData("Gaussian", 0.61)]
    [InlineData("Rademacher", 0.86)]
    public void Other_noises_leave_less_than_the_bound_on_the_same_saturation(string name, double share)
    {
        Noise noise = name == "Gaussian" ? Noise.Gaussian(1.0) : Noise.Rademacher(1.0);
        Device device = Device.AsymmetricLinear(1.0);
        double w = Math.Sqrt(0.14);
        // The minimiser for which the mean step vanishes at saturation w² = .14.
        (double near, double far) = (w, w + 1.0);
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (near + far);
            (near, far) = MeanField.Drift(device, Problem.Quadratic(1.0, [middle]), noise, w) > 0.0 ? (near, middle) : (middle, far);
        }

        double floor = (near - w) * (near - w);
        Assert.Equal(share, floor / (0.14 / 0.86), 0.01);
    }

    private sealed class Progress(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }
}
