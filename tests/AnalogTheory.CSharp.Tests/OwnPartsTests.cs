using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class OwnPartsTests
{
    [Fact]
    public void An_own_device_is_the_built_in_one_with_the_same_responses_up_to_rounding()
    {
        Device own = Device.UserDefined(w => 1.0 - w / 0.75, w => 1.0 + w / 0.75, -0.75, 0.75, "mine");
        Device known = Device.LinearStep(0.75, -0.75);
        Ensemble expected = Samples.Of(Rule.AnalogSgd(known, 0.1)).RunEnsemble(Samples.Settings);
        Ensemble run = Samples.Of(Rule.AnalogSgd(own, 0.1)).RunEnsemble(Samples.Settings);
        for (int replica = 0; replica < Samples.Settings.Replicas; replica++)
        {
            foreach ((double ours, double theirs) in run.FinalWeights(replica).Zip(expected.FinalWeights(replica)))
            {
                Assert.Equal(theirs, ours, 1e-13);
            }
        }

        Assert.Equal(0.0, own.SymmetricPoint(), 1e-15);
        Assert.Equal("mine", own.Name);
    }

    [Fact]
    public void An_own_objective_is_the_built_in_one_with_the_same_gradient()
    {
        Problem own = Problem.UserDefined(
            smoothness: 2.0,
            minimizer: [0.5, -0.25],
            value: w => 0.5 * Square(w[0] - 0.5) + Square(w[1] + 0.25),
            gradient: w => [w[0] - 0.5, 2.0 * (w[1] + 0.25)],
            name: "mine"
        );
        Rule rule = Rule.AnalogSgd(Samples.Device, 0.1);
        Ensemble run = new Simulation(own, Noise.Gaussian(0.3), rule, [0.1, 0.2]).RunEnsemble(Samples.Settings);
        Ensemble expected = Samples.Of(rule).RunEnsemble(Samples.Settings);
        for (int replica = 0; replica < Samples.Settings.Replicas; replica++)
        {
            Assert.Equal(expected.FinalWeights(replica), run.FinalWeights(replica));
        }

        Assert.Equal(expected.Average(Measure.Excess).Mean, run.Average(Measure.Excess).Mean, 1e-14);
        Assert.Equal(2, own.Dimension);
        Assert.Equal(2.0, own.Smoothness);
        Assert.Equal([-0.5, 0.5], own.Gradient([0.0, 0.0]));
        Assert.Equal(0.1875, own.Excess([0.0, 0.0]), 1e-15);

        static double Square(double x) => x * x;
    }

    [Fact]
    public void What_an_own_objective_throws_arrives_as_it_was_thrown()
    {
        int calls = 0;
        Problem failing = Problem.UserDefined(1.0, [0.0], w => 0.0, w => calls++ < 5 ? [w[0]] : throw new NotFiniteNumberException("mine"));
        Simulation simulation = new(failing, Noise.None, Rule.DigitalSgd(0.1), [1.0]);
        Assert.Equal("mine", Assert.Throws<NotFiniteNumberException>(() => simulation.RunEnsemble(100, 100, 1)).Message);
    }

    [Fact]
    public void An_own_gradient_that_changes_its_length_is_caught_when_it_does()
    {
        Problem shrinking = Problem.UserDefined(1.0, [0.0, 0.0], w => 0.0, w => w[0] < 0.5 ? w : [w[0]]);
        Simulation simulation = new(shrinking, Noise.None, Rule.DigitalSgd(0.1), [1.0, 1.0]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => simulation.RunEnsemble(1, 1, 1));
        Assert.StartsWith("Expected gradient(w) of length 2, got length 1.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_of_tables_is_linear_between_its_nodes()
    {
        Device device = Device.Tabulated(up: [new(-1.0, 2.0), new(0.0, 1.0), new(1.0, 0.0)], down: [new(-1.0, 0.0), new(1.0, 2.0)]);
        Assert.Equal(1.5, device.Up(-0.5));
        Assert.Equal(0.5, device.Down(-0.5));
        Assert.Equal(0.0, device.SymmetricPoint(), 1e-15);
        Assert.Equal((-1.0, 1.0), (device.Lower, device.Upper));
    }

    [Fact]
    public void A_device_is_recovered_from_the_pulses_it_was_sent()
    {
        PulsedDevice pulsed = Device.LinearStep(0.8, -0.5, symmetricPoint: 0.1).WithPulses(0.004);
        ImmutableArray<double> weights = pulsed.UpDownResponse(up: 600, down: 600, rounds: 2, start: -0.3);
        string[] lines = ["pulse,weight", .. weights.Select((w, n) => string.Create(CultureInfo.InvariantCulture, $"{n},{w:R}"))];
        MeasuredDevice measured = MeasuredDevice.Parse("bench 3", lines);
        Assert.Equal(0.1, measured.SymmetricPoint, 0.01);
        Assert.Equal(0.004, measured.Granularity, 0.0002);
        Assert.Equal("bench 3", measured.Device.Name);
        Assert.Equal(pulsed.Device.Up(0.3), measured.Device.Up(0.3), 0.03);
    }
}
