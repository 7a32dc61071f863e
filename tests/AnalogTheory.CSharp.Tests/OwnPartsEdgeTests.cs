using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using AnalogTheory.Kernels.Rules;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

/// <summary>What own noises and rules reject, and how the messages read.</summary>
public class OwnPartsEdgeTests
{
    private static readonly Dictionary<string, (Action Act, string Argument)> s_nulls = new()
    {
        ["Noise.UserDefined sample"] = (() => Noise.UserDefined(null!), "sample"),
        ["Noise.UserDefined coordinate sample"] = (() => Noise.UserDefinedPerCoordinate(null!, 1), "sample"),
        ["Noise.UserDefined vector sample"] = (() => Noise.UserDefinedVector(null!, 1, 1), "sample"),
        ["Noise.UserDefined name"] = (() => Noise.UserDefined((x, w) => x, name: null!), "name"),
        ["Noise.UserDefined vector name"] = (() => Noise.UserDefinedVector((x, w, e) => e[0] = x[0], 1, 0, name: null!), "name"),
        ["Noise.OfSupport support"] = (() => Noise.OfSupport(null!), "support"),
        ["Noise.OfSupport name"] = (() => Noise.OfSupport(_ => [new(0, 1)], name: null!), "name"),
        ["Noise.OfJointSupport support"] = (() => Noise.OfJointSupport(null!), "support"),
        ["Noise.OfJointSupport name"] = (() => Noise.OfJointSupport(w => [new(w, 1)], name: null!), "name"),
        ["Rule.UserDefined step"] = (() => Rule.UserDefined(null!), "step"),
        ["Rule.UserDefined name"] = (() => Rule.UserDefined((w, g, m) => w, name: null!), "name"),
        ["Rule.UserDefined pair step"] = (() => Rule.UserDefinedWithAuxiliary(null!), "step"),
        ["Rule.UserDefined init"] = (() => Rule.UserDefinedWithState<int>(null!, (s, _) => s, _ => [0.0]), "init"),
        ["Rule.UserDefined state step"] = (() => Rule.UserDefinedWithState(_ => 0, null!, _ => [0.0]), "step"),
        ["Rule.UserDefined weights"] = (() => Rule.UserDefinedWithState(_ => 0, (s, _) => s, null!), "weights"),
        ["Rule.UserDefined state name"] = (() => Rule.UserDefinedWithState(_ => 0, (s, _) => s, _ => [0.0], name: null!), "name"),
        ["Rule.FromKernel kernel"] = (() => Rule.FromKernel(null!), "kernel"),
        ["Rule.FromKernel name"] = (() => Rule.FromKernel(new DigitalSgd(0.1), name: null!), "name"),
    };

    private static readonly Dictionary<string, Action> s_wrong = new()
    {
        ["Expected an integer of at least 1, got count = 0. (Parameter 'count')"] = () =>
            Noise.UserDefinedPerCoordinate((x, w) => 0.0, count: 0),
        ["Expected an integer of at least 0, got perStep = -1. (Parameter 'perStep')"] = () =>
            Noise.UserDefinedVector((x, w, e) => { }, -1, 1),
        ["Expected an integer of at least 1, got perCoordinate = 0. (Parameter 'perCoordinate')"] = () =>
            Noise.UserDefinedVector((x, w, e) => { }, 0, 0),
        ["Expected one of Uniform, Normal, got raw = 7. (Parameter 'raw')\nActual value was 7."] = () =>
            Noise.UserDefined((x, w) => x, (RawNumbers)7),
        ["Expected a finite number of at least 0, got variance = -1. (Parameter 'variance')"] = () => _ = new NoiseMoments(-1.0),
        ["Expected a finite number, got mean = NaN. (Parameter 'mean')"] = () => _ = new NoiseMoments(1.0) { Mean = double.NaN },
        ["Expected a number in [0, Infinity], got bound = -2. (Parameter 'bound')"] = () => _ = new NoiseMoments(1.0) { Bound = -2.0 },
        ["Expected at least one element, got support = an empty sequence. (Parameter 'support')"] = () =>
            Noise.OfSupport(_ => [], centredAt: [0.0]),
        ["Expected an initialised array, got support(w) = default. (Parameter 'support(w)')"] = () =>
            Noise.OfSupport(_ => default, centredAt: [0.0]),
        ["Expected a finite number of at least 0, got probability = -0.5. (Parameter 'probability')"] = () =>
            Noise.OfSupport(_ => [new(1, 1.5), new(3, -0.5)], centredAt: [0.0]),
        ["Expected a finite number, got value = NaN. (Parameter 'value')"] = () =>
            Noise.OfSupport(_ => [new(double.NaN, 1)], centredAt: [0.0]),
        ["Expected support(w) of length 2, got length 1. (Parameter 'support(w)')"] = () =>
            Noise.OfJointSupport(
                _ => [new([0.0], 1)],
                centredAt:
                [
                    [0.0, 0.0],
                ]
            ),
        ["Expected a finite number of at least 0, got mixing = -1. (Parameter 'mixing')"] = () =>
            Rule.UserDefinedWithAuxiliary((w, p, g, m) => new(w, p), mixing: -1.0),
        ["Expected a finite number of at least 0, got Mixing = NaN. (Parameter 'Mixing')"] = () =>
            Rule.FromKernel(new SuppliedRule(true, double.NaN, (ref double w, ref double p, double g, double m) => w -= g)),
        ["Expected weights of length 2, got length 1. (Parameter 'weights')"] = () =>
            Samples.Of(Rule.UserDefinedWithState(w => w, (w, _) => [w[0]], w => w)).RunEnsemble(1, 1, 1),
        ["Expected an initialised array, got weights(state) = default. (Parameter 'weights(state)')"] = () =>
            Samples.Of(Rule.UserDefinedWithState(w => w, (w, _) => w, w => default)).RunEnsemble(1, 1, 1),
    };

    public static TheoryData<string> Nulls => [.. s_nulls.Keys];

    public static TheoryData<string> Wrongs => [.. s_wrong.Keys];

    [Theory]
    [MemberData(nameof(Nulls))]
    public void Null_is_rejected_by_name(string place) => Assert.Throws<ArgumentNullException>(s_nulls[place].Argument, s_nulls[place].Act);

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void A_wrong_argument_is_named_with_what_was_expected_and_what_came(string message)
    {
        Exception error = Assert.ThrowsAny<ArgumentException>(s_wrong[message]);
        Assert.Equal(message, error.Message.ReplaceLineEndings("\n"));
    }
}
