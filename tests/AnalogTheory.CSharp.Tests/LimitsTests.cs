using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

/// <summary>Runs that are too large, and functions of a user that are slow.</summary>
public class LimitsTests
{
    [Theory]
    [InlineData(2_000_000_000, 9, 0, 2)]
    [InlineData(1, 9_000_000_000, 1, 1)]
    [InlineData(1_000_000, 1_000_000, 1, 3)]
    [InlineData(2_000_000_000, 9_000_000_000_000_000_000, 1, 3)]
    public void What_fits_no_array_is_an_argument_that_makes_no_sense(int replicas, long steps, long traceEvery, int measures)
    {
        Measure[] all = [Measure.Excess, Measure.GradientNormSquared, Measure.LargestWeight];
        EnsembleSettings settings = new(replicas, steps, 1) { Measures = [.. all.Take(measures)], TraceEvery = traceEvery };
        ArgumentException refused = Assert.Throws<ArgumentException>(() => Samples.Analog.RunEnsemble(settings));
        Assert.Contains("Expected at most 2147483591 numbers", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Diverged_replicas_are_counted_once_wherever_they_diverge()
    {
        // Coordinate 0 leaves the numbers at once, coordinate 1 a little later, coordinate 2 never.
        Problem problem = Problem.Quadratic([1e200, 1e3, 1.0], [0.5, 0.5, 0.5]);
        Simulation simulation = new(problem, Noise.None, Rule.DigitalSgd(1.0), [0.0, 0.0, 0.0]);
        Assert.Equal(5, simulation.RunEnsemble(5, 300, 1).Diverged);
        Assert.Equal(0, simulation.RunEnsemble(5, 0, 1).Diverged);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public void A_function_of_a_user_is_asked_for_replicas_only_and_they_keep_their_bits(int replicas)
    {
        int gradients = 0;
        int values = 0;
        Problem Of(bool counts) =>
            Problem.UserDefined(
                1.0,
                [0.5, -0.5],
                w =>
                {
                    values += counts ? 1 : 0;
                    return 0.5 * w.Sum(x => x * x);
                },
                w =>
                {
                    gradients += counts ? 1 : 0;
                    return [w[0] - 0.5, w[1] + 0.5];
                }
            );
        Ensemble Run(Problem problem, int number) =>
            new Simulation(problem, Noise.Gaussian(0.3), Rule.AnalogSgd(Device.AsymmetricLinear(1.0), 0.1), [0.0, 0.0]).RunEnsemble(
                new EnsembleSettings(number, 10, 5)
                {
                    Measures = [Measure.Excess],
                    AverageFrom = 0,
                    Threads = 1,
                }
            );
        Problem counted = Of(counts: true);
        (gradients, values) = (0, 0);
        Ensemble few = Run(counted, replicas);
        Assert.Equal(10 * replicas, gradients);
        Assert.Equal(10 * replicas, values);
        Ensemble many = Run(Of(counts: false), 100);
        for (int replica = 0; replica < replicas; replica++)
        {
            Assert.Equal(many.FinalWeights(replica), few.FinalWeights(replica));
            Assert.Equal(many.AverageByReplica(Measure.Excess)[replica], few.AverageByReplica(Measure.Excess)[replica]);
        }
    }

    [Fact]
    public async Task A_slow_function_is_interrupted_before_its_next_call()
    {
        using CancellationTokenSource stop = new();
        int calls = 0;
        Problem slow = Problem.UserDefined(
            1.0,
            [0.5],
            w => w[0],
            w =>
            {
                // Only while it runs: making the problem asks it too.
                if (Interlocked.Increment(ref calls) == 10)
                {
                    stop.Cancel();
                }

                return [w[0] - 0.5];
            }
        );
        Simulation simulation = new(slow, Noise.None, Rule.DigitalSgd(0.1), [0.0]);
        calls = 0;
        EnsembleSettings settings = new(64, 1_000_000, 1) { Threads = 1 };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => simulation.RunEnsembleAsync(settings, null, stop.Token));
        Assert.Equal(10, calls);
    }
}
