using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

/// <summary>What the edge of the library rejects, and how its messages read: argument, expectation, value.</summary>
public class EdgeTests
{
    private static ImmutableArray<double> Missing => default;
    private static readonly double[,] s_matrix =
    {
        { 1.0, 0.0 },
        { 0.0, 2.0 },
    };

    private static readonly Dictionary<string, (Action Act, string Argument)> s_nulls = new()
    {
        ["Device.UserDefined up"] = (() => Device.UserDefined(null!, w => 1.0), "up"),
        ["Device.UserDefined down"] = (() => Device.UserDefined(w => 1.0, null!), "down"),
        ["Device.UserDefined name"] = (() => Device.UserDefined(w => 1.0, w => 1.0, name: null!), "name"),
        ["Device.Tabulated name"] = (() => Device.Tabulated([new(0, 1)], [new(1, 1)], null!), "name"),
        ["MeasuredDevice.Load path"] = (() => MeasuredDevice.Load(null!), "path"),
        ["MeasuredDevice.Parse name"] = (() => MeasuredDevice.Parse(null!, []), "name"),
        ["MeasuredDevice.Parse lines"] = (() => MeasuredDevice.Parse("x", null!), "lines"),
        ["Problem.Quadratic hessian"] = (() => Problem.Quadratic((double[,])null!, [1.0]), "hessian"),
        ["Problem.LeastSquares matrix"] = (() => Problem.LeastSquares(null!, [1.0]), "matrix"),
        ["Problem.UserDefined value"] = (() => Problem.UserDefined(1.0, [0.0], null!, w => w), "value"),
        ["Problem.UserDefined gradient"] = (() => Problem.UserDefined(1.0, [0.0], w => 0.0, null!), "gradient"),
        ["Problem.UserDefined name"] = (() => Problem.UserDefined(1.0, [0.0], w => 0.0, w => w, null!), "name"),
        ["Noise.MiniBatch problem"] = (() => Noise.MiniBatch(null!, 1), "problem"),
        ["Rule.AnalogSgd device"] = (() => Rule.AnalogSgd(null!, 0.1), "device"),
        ["Rule.TikiTaka device"] = (() => Rule.TikiTaka(null!, 0.1, 0.1), "device"),
        ["Rule.TikiTaka auxiliary"] = (() => Rule.TikiTaka(null!, Device.Ideal, 0.1, 0.1), "auxiliary"),
        ["Rule.TikiTaka main"] = (() => Rule.TikiTaka(Device.Ideal, null!, 0.1, 0.1), "main"),
        ["Rule.ResidualLearning device"] = (() => Rule.ResidualLearning(null!, 0.1, 0.1, 0.0), "device"),
        ["Rule.ResidualLearning auxiliary"] = (() => Rule.ResidualLearning(null!, Device.Ideal, 0.1, 0.1, 0.0), "auxiliary"),
        ["Rule.ResidualLearning main"] = (() => Rule.ResidualLearning(Device.Ideal, null!, 0.1, 0.1, 0.0), "main"),
        ["Simulation problem"] = (() => _ = new Simulation(null!, Noise.None, Rule.DigitalSgd(0.1), [0.0]), "problem"),
        ["Simulation noise"] = (() => _ = new Simulation(Samples.Problem, null!, Rule.DigitalSgd(0.1), [0.0]), "noise"),
        ["Simulation rule"] = (() => _ = new Simulation(Samples.Problem, Noise.None, null!, [0.0]), "rule"),
        ["RunEnsemble settings"] = (() => Samples.Analog.RunEnsemble(null!), "settings"),
        ["RunGrid simulations"] = (() => Simulation.RunGrid(null!, Samples.Settings), "simulations"),
        ["RunGrid settings"] = (() => Simulation.RunGrid([Samples.Analog], null!), "settings"),
        ["Average measure"] = (() => Samples.Analog.RunEnsemble(1, 1, 1).Average(null!), "measure"),
    };

    private static readonly Dictionary<string, (Action Act, string Argument)> s_defaults = new()
    {
        ["Device.Tabulated up"] = (() => Device.Tabulated(default, [new(0, 1)]), "up"),
        ["Device.Tabulated down"] = (() => Device.Tabulated([new(0, 1)], default), "down"),
        ["Device.Update w"] = (() => Device.Ideal.Update(Missing, [1.0]), "w"),
        ["Device.Update increment"] = (() => Device.Ideal.Update([1.0], Missing), "increment"),
        ["Problem.Quadratic minimizer"] = (() => Problem.Quadratic(1.0, Missing), "minimizer"),
        ["Problem.Quadratic diagonal curvatures"] = (() => Problem.Quadratic(Missing, [1.0]), "curvatures"),
        ["Problem.Quadratic diagonal minimizer"] = (() => Problem.Quadratic([1.0], Missing), "minimizer"),
        ["Problem.Quadratic dense minimizer"] = (() => Problem.Quadratic(s_matrix, Missing), "minimizer"),
        ["Problem.LeastSquares target"] = (() => Problem.LeastSquares(s_matrix, Missing), "target"),
        ["Problem.Saturating minimizer"] = (() => Problem.Saturating(1.0, Missing), "minimizer"),
        ["Problem.UserDefined minimizer"] = (() => Problem.UserDefined(1.0, Missing, w => 0.0, w => w), "minimizer"),
        ["Problem.UserDefined result"] = (() => Problem.UserDefined(1.0, [0.0], w => 0.0, w => default), "gradient(w)"),
        ["Problem.Gradient w"] = (() => Samples.Problem.Gradient(Missing), "w"),
        ["Problem.Excess w"] = (() => Samples.Problem.Excess(Missing), "w"),
        ["Noise.Variance w"] = (() => Noise.Gaussian(1.0).Variance(Missing), "w"),
        ["Simulation start"] = (() => _ = new Simulation(Samples.Problem, Noise.None, Rule.DigitalSgd(0.1), Missing), "start"),
        ["EnsembleSettings measures"] = (() => _ = new EnsembleSettings(1, 1, 1) { Measures = default }, "measures"),
        ["RunGrid simulations"] = (() => Simulation.RunGrid(default(ImmutableArray<Simulation>), Samples.Settings), "simulations"),
        ["RunEnsemble measures"] = (() => Samples.Analog.RunEnsemble(1, 1, 1, measures: default), "measures"),
    };

    private static readonly Dictionary<string, Action> s_wrong = new()
    {
        ["Expected a finite number above 0, got radius = 0. (Parameter 'radius')"] = () => Device.AsymmetricLinear(0.0),
        ["Expected a finite number above 0, got radius = NaN. (Parameter 'radius')"] = () => Device.SymmetricPower(double.NaN, 1.0),
        ["Expected a finite number, got symmetricPoint = Infinity. (Parameter 'symmetricPoint')"] = () =>
            Device.AsymmetricLinear(1.0, double.PositiveInfinity),
        ["Expected a number strictly between -1 and 1, got asymmetry = 1. (Parameter 'asymmetry')"] = () => Device.GenericLinear(1.0, 1.0),
        ["Expected a finite number below 0, got lower = 0.5. (Parameter 'lower')"] = () => Device.LinearStep(1.0, 0.5),
        ["Expected a finite number above 0, got upExponent = -1. (Parameter 'upExponent')"] = () => Device.PowerStep(1.0, -1.0, -1.0, 1.0),
        ["Expected a finite number above 0, got downExponent = 0. (Parameter 'downExponent')"] = () =>
            Device.ExponentialStep(1.0, -1.0, 1.0, 0.0),
        ["Expected a number in [0, 350], got exponent = 351. (Parameter 'exponent')"] = () => Device.SymmetricExponential(1.0, 351.0),
        ["Expected lower below upper, got lower = 1, upper = -1. (Parameter 'lower')"] = () =>
            Device.UserDefined(w => 1.0, w => 1.0, 1.0, -1.0),
        ["Expected down to return a number on [-1, 1], got NaN at -1. (Parameter 'down')"] = () =>
            Device.UserDefined(w => 1.0, Math.Sqrt, -1.0, 1.0),
        ["Expected increment of length 1, got length 2. (Parameter 'increment')"] = () => Device.Ideal.Update([1.0], [1.0, 2.0]),
        ["Expected a finite number above 0, got granularity = 0. (Parameter 'granularity')"] = () => Device.Ideal.WithPulses(0.0),
        ["Expected a finite number of at least 0, got deviation = -1. (Parameter 'deviation')"] = () =>
            Device.Ideal.WithPulses(1.0).WithAdditiveNoise(-1.0),
        ["Expected floor below ceiling, got floor = 1, ceiling = 0. (Parameter 'floor')"] = () =>
            Device.Ideal.WithPulses(1.0).ClippedTo(1.0, 0.0),
        ["Expected a finite number, got w = NaN. (Parameter 'w')"] = () => Device.Ideal.WithPulses(1.0).Train(double.NaN, 1),
        ["Expected an integer of at least 0, got pulses = -1. (Parameter 'pulses')"] = () =>
            Device.Ideal.WithPulses(1.0).ZeroShift(0.0, -1),
        ["Expected an integer of at least 1, got rounds = 0. (Parameter 'rounds')"] = () =>
            Device.Ideal.WithPulses(1.0).UpDownResponse(1, 1, rounds: 0),
        ["Expected an integer of at least 2, got bins = 1. (Parameter 'bins')"] = () => MeasuredDevice.Parse("x", ["0,0"], bins: 1),
        ["Expected a finite number above 0, got curvature = -1. (Parameter 'curvature')"] = () => Problem.Quadratic(-1.0, [0.0]),
        ["Expected at least one element, got minimizer = an empty sequence. (Parameter 'minimizer')"] = () => Problem.Quadratic(1.0, []),
        ["Expected finite elements, got minimizer[1] = NaN. (Parameter 'minimizer[1]')"] = () => Problem.Quadratic(1.0, [0.0, double.NaN]),
        ["Expected minimizer of length 2, got length 1. (Parameter 'minimizer')"] = () => Problem.Quadratic([1.0, 2.0], [0.0]),
        ["Expected a positive definite hessian, got smallest eigenvalue -1. (Parameter 'hessian')"] = () =>
            Problem.Quadratic(
                new[,]
                {
                    { -1.0 },
                },
                [0.0]
            ),
        ["Expected target of length 2, got length 1. (Parameter 'target')"] = () => Problem.LeastSquares(s_matrix, [1.0]),
        ["Expected an integer of at least 1, got dimension = 0. (Parameter 'dimension')"] = () => Problem.DoubleWell(0, 1.0, 0.0, 2.0),
        ["Expected a finite number above 0, got smoothness = 0. (Parameter 'smoothness')"] = () => Problem.Saturating(0.0, [0.0]),
        ["Expected gradient(w) of length 1, got length 2. (Parameter 'gradient(w)')"] = () =>
            Problem.UserDefined(1.0, [0.0], w => 0.0, w => [0.0, 0.0]),
        ["Expected w of length 2, got length 1. (Parameter 'w')"] = () => Samples.Problem.Gradient([1.0]),
        ["Expected a number strictly between 0 and 1, got probability = 1. (Parameter 'probability')"] = () => Noise.TwoPoint(1.0, 1.0),
        ["Expected a finite number above 0, got clip = 0. (Parameter 'clip')"] = () => Noise.ClippedGaussian(1.0, 0.0),
        ["Expected a problem that is a mean over samples, got problem = diagonal quadratic. (Parameter 'problem')"] = () =>
            Noise.MiniBatch(Samples.Problem, 1),
        ["Expected a finite number above 0, got learningRate = 0. (Parameter 'learningRate')"] = () => Rule.AnalogSgd(Device.Ideal, 0.0),
        ["Expected a finite number above 0, got transferRate = -0.1. (Parameter 'transferRate')"] = () =>
            Rule.TikiTaka(Device.Ideal, -0.1, 0.1),
        ["Expected a finite number of at least 0, got mixing = NaN. (Parameter 'mixing')"] = () =>
            Rule.ResidualLearning(Device.Ideal, 0.1, 0.1, double.NaN),
        ["Expected start of length 2, got length 1. (Parameter 'start')"] = () =>
            _ = new Simulation(Samples.Problem, Noise.None, Rule.DigitalSgd(0.1), [0.0]),
        [
            "Expected a problem that is a mean over samples, such as least squares, for batch = PerSample, got diagonal quadratic (D = 2, L = 2, μ = 1). (Parameter 'batch')"
        ] = () => _ = new Simulation(Samples.Problem, Noise.None, Rule.DigitalSgd(0.1), [0.0, 0.0], BatchMode.PerSample),
        [
            "Expected noise of this problem, diagonal quadratic (D = 2, L = 2, μ = 1), got mini-batch (B = 1) of another, least squares (D = 2, L = 4, μ = 1). (Parameter 'noise')"
        ] = () =>
            _ = new Simulation(
                Samples.Problem,
                Noise.MiniBatch(Problem.LeastSquares(s_matrix, [0.0, 0.0]), 1),
                Rule.DigitalSgd(0.1),
                [0.0, 0.0]
            ),
        ["Expected one of FullBatch, PerSample, got batch = 7. (Parameter 'batch')\nActual value was 7."] = () =>
            _ = new Simulation(Samples.Problem, Noise.None, Rule.DigitalSgd(0.1), [0.0, 0.0], (BatchMode)7),
        ["Expected an integer of at least 1, got replicas = 0. (Parameter 'replicas')"] = () => Samples.Analog.RunEnsemble(0, 1, 1),
        ["Expected an integer of at least 0, got steps = -1. (Parameter 'steps')"] = () => Samples.Analog.RunEnsemble(1, -1, 1),
        ["Expected an integer of at least 0, got traceEvery = -1. (Parameter 'traceEvery')"] = () =>
            _ = Samples.Settings with { TraceEvery = -1 },
        ["Expected an integer of at least 0, got averageFrom = -1. (Parameter 'averageFrom')"] = () =>
            _ = Samples.Settings with { AverageFrom = -1 },
        ["Expected an integer of at least 0, got threads = -1. (Parameter 'threads')"] = () => _ = Samples.Settings with { Threads = -1 },
        ["Expected no null in measures, got measures[1] = null. (Parameter 'measures')"] = () =>
            Samples.Analog.RunEnsemble(1, 1, 1, Measure.Excess, null!),
        ["Expected no null in simulations, got simulations[0] = null. (Parameter 'simulations')"] = () =>
            Simulation.RunGrid([null!], Samples.Settings),
        [
            "Expected a rule with an auxiliary array for the measure P[0], got Analog SGD (arXiv 2406.12774v1, eq. 3). (Parameter 'measures')"
        ] = () => Samples.Analog.RunEnsemble(1, 1, 1, Measure.Auxiliary(0)),
        ["Expected a coordinate below D = 2, got the measure W[2]. (Parameter 'measures')"] = () =>
            Samples.Analog.RunEnsemble(1, 1, 1, Measure.Weight(2)),
        ["Expected an integer of at least 0, got coordinate = -1. (Parameter 'coordinate')"] = () => Measure.Weight(-1),
        ["Expected one of the measures that were run, [f(W) − f*], got ‖W‖∞. (Parameter 'measure')"] = () =>
            Samples.Analog.RunEnsemble(1, 2, 1, Measure.Excess).Average(Measure.LargestWeight),
        ["Expected a number in [0, 0], got replica = 1. (Parameter 'replica')"] = () => Samples.Analog.RunEnsemble(1, 1, 1).FinalWeights(1),
        ["Expected a number in [0, 1], got coordinate = 2. (Parameter 'coordinate')"] = () =>
            Samples.Analog.RunEnsemble(1, 1, 1).FinalWeightByReplica(2),
        ["Expected a number in [0, 10], got point = 11. (Parameter 'point')"] = () =>
            Samples.Analog.RunEnsemble(Samples.Settings).TraceByReplica(Measure.Excess, 11),
        ["Expected at least one element, got values = an empty sequence. (Parameter 'values')"] = () => Estimate.Of([]),
        ["Expected a number strictly between 0 and 1, got level = 1. (Parameter 'level')"] = () => Estimate.Of([1.0, 2.0]).HalfWidth(1.0),
    };

    public static TheoryData<string> Nulls => [.. s_nulls.Keys];

    public static TheoryData<string> Defaults => [.. s_defaults.Keys];

    public static TheoryData<string> Wrongs => [.. s_wrong.Keys];

    [Theory]
    [MemberData(nameof(Nulls))]
    public void Null_is_rejected_by_name(string place) => Assert.Throws<ArgumentNullException>(s_nulls[place].Argument, s_nulls[place].Act);

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_default_array_is_rejected_by_name(string place)
    {
        (Action act, string argument) = s_defaults[place];
        ArgumentException error = Assert.Throws<ArgumentException>(argument, act);
        Assert.StartsWith($"Expected an initialised array, got {argument} = default.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void A_wrong_argument_is_named_with_what_was_expected_and_what_came(string message)
    {
        Exception error = Assert.ThrowsAny<ArgumentException>(s_wrong[message]);
        Assert.Equal(message, error.Message.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Results_that_were_not_asked_for_are_an_error_that_says_so()
    {
        Ensemble run = Samples.Analog.RunEnsemble(new EnsembleSettings(1, 10, 1) { Measures = [Measure.Excess], AverageFrom = 10 });
        Assert.Equal(
            "Expected AverageFrom below the number of steps 10, got AverageFrom = 10: no step was averaged.",
            Assert.Throws<InvalidOperationException>(() => run.Average(Measure.Excess)).Message
        );
        Assert.Equal(
            "Expected TraceEvery of at least 1 in the settings, got TraceEvery = 0: nothing was traced.",
            Assert.Throws<InvalidOperationException>(() => run.Trace(Measure.Excess)).Message
        );
        Assert.Empty(run.TracedSteps);
    }

    [Fact]
    public void A_malformed_line_is_named() =>
        Assert.Equal(
            "bench 3, line 2: expected a finite weight, got 'x'.",
            Assert.Throws<FormatException>(() => MeasuredDevice.Parse("bench 3", ["0,0.0", "1,x"])).Message
        );

    [Fact]
    public void Problems_and_noises_keep_no_array_of_the_caller()
    {
        double[,] matrix =
        {
            { 1.0, 0.0 },
            { 0.0, 2.0 },
        };
        Problem problem = Problem.LeastSquares(matrix, [1.0, 1.0]);
        ImmutableArray<double> before = problem.Gradient([0.0, 0.0]);
        matrix[0, 0] = 5.0;
        Assert.Equal(before, problem.Gradient([0.0, 0.0]));
    }
}
