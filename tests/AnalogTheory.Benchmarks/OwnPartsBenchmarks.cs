using System;
using System.Runtime.CompilerServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Ensembles;
using AnalogTheory.Kernels.Laws;
using AnalogTheory.Kernels.Noises;
using AnalogTheory.Kernels.Objectives;
using AnalogTheory.Kernels.Rules;
using BenchmarkDotNet.Attributes;

namespace AnalogTheory.Benchmarks;

/// <summary>Devices and rules that a user supplies, against Analog SGD on the built-in device: time for one step of one replica.</summary>
/// <remarks>
/// Bars: a device from functions, a rule from a function and a rule with memory at most 10 times the built-in one; functions of one number without
/// optimisation, as a debug build has them, at most twice as long as with it (that is what calls from a clean vector state are for, decision 16). A rule
/// with any state makes new objects every step: some 270 bytes a step of a replica, which no driver can spare it. It is the slow form, and the
/// rule with memory stands beside it.
/// </remarks>
public class OwnPartsBenchmarks
{
    private const int Replicas = 1024;
    private const int Steps = 512;
    private const int Count = Replicas * Steps;
    private const double Rate = 0.01;

    private readonly EnsemblePlan _builtIn = Plan(new AnalogSgd(new AsymmetricLinearLaw(1.0, 0.0), Rate));
    private readonly EnsemblePlan _device = Plan(
        new AnalogSgd(new SuppliedLaw(new Function(w => 1.0 - w), new Function(w => 1.0 + w)), Rate)
    );
    private readonly EnsemblePlan _exponential = Plan(
        new AnalogSgd(new SuppliedLaw(new Function(w => 1.0 - Math.Exp(w - 1.0)), new Function(w => 1.0 - Math.Exp(-1.0 - w))), Rate)
    );
    private readonly EnsemblePlan _unoptimised = Plan(new AnalogSgd(new SuppliedLaw(new Function(Up), new Function(Down)), Rate));
    private readonly EnsemblePlan _rule = Plan(
        new SuppliedRule(
            false,
            0.0,
            (ref double w, ref double _, double gradient, double magnitude) => w -= Rate * (gradient + magnitude * w)
        )
    );
    private readonly EnsemblePlan _memory = Plan(
        new MemoryRule(
            1,
            (ref double w, Span<double> memory, double gradient, double _, long _) =>
            {
                memory[0] = 0.9 * memory[0] + gradient;
                w -= 0.1 * Rate * memory[0];
            }
        )
    );
    private readonly EnsemblePlan _state = Plan(new StatefulRule<(double W, double Velocity)>(new Momentum(), false));

    [MethodImpl(MethodImplOptions.NoOptimization | MethodImplOptions.NoInlining)]
    private static double Up(double w) => 1.0 - Math.Exp(w - 1.0);

    [MethodImpl(MethodImplOptions.NoOptimization | MethodImplOptions.NoInlining)]
    private static double Down(double w) => 1.0 - Math.Exp(-1.0 - w);

    private static EnsemblePlan Plan(UpdateRule rule) =>
        new()
        {
            Objective = new Separable<QuadraticTerm>([1.0], [0.3], 0.0),
            Noise = new GaussianNoise(0.3),
            Rule = rule,
            Start = [0.0],
            Steps = Steps,
            Replicas = Replicas,
            Key = 12345,
        };

    private static double Run(EnsemblePlan plan) => EnsembleDriver.Run([plan], 1, LaneWidth.Widest)[0].FinalWeight(0)[0];

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public double BuiltIn() => Run(_builtIn);

    [Benchmark(OperationsPerInvoke = Count)]
    public double OwnDevice() => Run(_device);

    [Benchmark(OperationsPerInvoke = Count)]
    public double OwnExponentialDevice() => Run(_exponential);

    [Benchmark(OperationsPerInvoke = Count)]
    public double OwnExponentialDeviceUnoptimised() => Run(_unoptimised);

    [Benchmark(OperationsPerInvoke = Count)]
    public double OwnRule() => Run(_rule);

    [Benchmark(OperationsPerInvoke = Count)]
    public double OwnRuleWithMemory() => Run(_memory);

    [Benchmark(OperationsPerInvoke = Count)]
    public double OwnRuleWithState() => Run(_state);

    private sealed class Function(Func<double, double> value) : ScalarFunction
    {
        public override string Name => "own";

        public override double At(double x) => value(x);

        public override void Replace(Span<double> numbers)
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = value(numbers[i]);
            }
        }
    }

    private sealed class Momentum : IStateMachine<(double W, double Velocity)>
    {
        public (double W, double Velocity) Init(ReadOnlySpan<double> w) => (w[0], 0.0);

        public ulong KeyOf(ulong key, uint replica) => key + replica;

        public (double W, double Velocity) Step(
            ulong key,
            ulong step,
            ReadOnlySpan<double> gradient,
            ReadOnlySpan<double> magnitude,
            (double W, double Velocity) state
        )
        {
            double velocity = 0.9 * state.Velocity + gradient[0];
            return (state.W - 0.1 * Rate * velocity, velocity);
        }

        public void Write((double W, double Velocity) state, Span<double> w, Span<double> p) => w[0] = state.W;
    }
}
