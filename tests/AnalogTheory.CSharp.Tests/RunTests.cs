using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class RunTests
{
    public static TheoryData<string> RuleNames => [.. Samples.Rules.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Equal_seeds_give_equal_bits_and_others_do_not(string name)
    {
        Simulation simulation = Of(name);
        ulong[] first = Bits(simulation.RunEnsemble(Samples.Settings));
        Assert.Equal(first, Bits(simulation.RunEnsemble(Samples.Settings)));
        Assert.NotEqual(first, Bits(simulation.RunEnsemble(Samples.Settings with { Seed = 8 })));
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Threads_leave_no_trace_in_the_bits(string name)
    {
        Simulation simulation = Of(name);
        EnsembleSettings settings = Samples.Settings with { Replicas = 300 };
        Assert.Equal(
            Bits(simulation.RunEnsemble(settings with { Threads = 1 })),
            Bits(simulation.RunEnsemble(settings with { Threads = 5 }))
        );
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void One_run_is_that_replica_of_the_ensemble_bit_for_bit(string name)
    {
        Simulation simulation = Of(name);
        Ensemble ensemble = simulation.RunEnsemble(Samples.Settings);
        foreach (uint replica in new uint[] { 0, 36 })
        {
            Snapshot[] run = [.. simulation.Trajectory(200, seed: 7, every: 20, replica)];
            Assert.Equal(ensemble.TracedSteps, run.Select(state => state.Step));
            Assert.Equal(ensemble.FinalWeights((int)replica), run[^1].Weights);
            Assert.Equal(ensemble.FinalAuxiliary((int)replica), run[^1].Auxiliary);
            Assert.Equal(
                run.Select(state => state.Weights[1]),
                Enumerable.Range(0, run.Length).Select(point => ensemble.TraceByReplica(Measure.Weight(1), point)[(int)replica])
            );
            Assert.Equal(
                run.Select(state => simulation.Problem.Excess(state.Weights)),
                Enumerable.Range(0, run.Length).Select(point => ensemble.TraceByReplica(Measure.Excess, point)[(int)replica])
            );
        }
    }

    [Fact]
    public void A_grid_gives_each_point_the_bits_of_a_run_alone()
    {
        Simulation[] grid = [.. Samples.Rules.Select(rule => Samples.Of(rule.Rule))];
        ImmutableArray<Ensemble> runs = Simulation.RunGrid(grid, Samples.Settings);
        Assert.Equal(grid, runs.Select(run => run.Simulation));
        foreach (Ensemble run in runs)
        {
            Assert.Equal(Bits(run.Simulation.RunEnsemble(Samples.Settings)), Bits(run));
        }

        Assert.Empty(Simulation.RunGrid([], Samples.Settings));
    }

    [Fact]
    public void An_ensemble_can_be_computed_in_parts()
    {
        Ensemble whole = Samples.Analog.RunEnsemble(Samples.Settings);
        Ensemble part = Samples.Analog.RunEnsemble(Samples.Settings with { Replicas = 7, FirstReplica = 30 });
        Assert.Equal(whole.FinalWeightByReplica(0)[30..].ToArray(), part.FinalWeightByReplica(0).ToArray());
    }

    [Fact]
    public async Task Waiting_and_not_waiting_give_the_same_bits()
    {
        Ensemble run = await Samples.Analog.RunEnsembleAsync(Samples.Settings, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Bits(Samples.Analog.RunEnsemble(Samples.Settings)), Bits(run));

        List<ImmutableArray<double>> streamed = [];
        await foreach (
            Snapshot state in Samples.Analog.TrajectoryAsync(
                200,
                seed: 7,
                every: 50,
                cancellationToken: TestContext.Current.CancellationToken
            )
        )
        {
            streamed.Add(state.Weights);
        }

        Assert.Equal(Samples.Analog.Trajectory(200, seed: 7, every: 50).Select(state => state.Weights), streamed);
    }

    [Fact]
    public void A_trajectory_is_the_same_each_time_and_knows_how_far_it_moved()
    {
        IEnumerable<Snapshot> run = Samples.Analog.Trajectory(5, seed: 3);
        Assert.Equal([0, 1, 2, 3, 4, 5], run.Select(state => state.Step));
        Assert.Equal(run.Select(state => state.Weights), run.Select(state => state.Weights));
        Snapshot[] states = [.. run];
        Assert.Equal(0.0, states[0].LargestChange);
        Assert.Equal([0.1, 0.2], states[0].Weights);
        for (int k = 1; k < states.Length; k++)
        {
            Assert.Equal(states[k].Weights.Zip(states[k - 1].Weights, (a, b) => Math.Abs(a - b)).Max(), states[k].LargestChange);
            Assert.True(states[k].IsFinite);
            Assert.Empty(states[k].Auxiliary);
        }

        Assert.Equal("step 0: [0.1, 0.2]", states[0].ToString());
        Assert.Single(Samples.Analog.Trajectory(0, seed: 3));
    }

    [Fact]
    public void Divergence_is_data()
    {
        Simulation simulation = new(Problem.Quadratic(1.0, [0.5]), Noise.None, Rule.DigitalSgd(10.0), [0.0]);
        Ensemble run = simulation.RunEnsemble(3, 1000, 1, Measure.Excess);
        Assert.Equal(3, run.Diverged);
        Assert.False(double.IsFinite(run.Average(Measure.Excess).Mean));
        Assert.False(simulation.Trajectory(1000, 1, every: 1000).Last().IsFinite);
        Assert.Equal(0, Samples.Analog.RunEnsemble(3, 10, 1).Diverged);
    }

    [Fact]
    public void Averages_are_those_of_the_second_half_unless_told_otherwise()
    {
        Ensemble run = Samples.Analog.RunEnsemble(Samples.Settings with { TraceEvery = 1 });
        Ensemble early = Samples.Analog.RunEnsemble(Samples.Settings with { AverageFrom = 0 });
        Assert.Equal(Mean(run, 100), run.Average(Measure.Excess).Mean, 1e-12);
        Assert.Equal(Mean(run, 0), early.Average(Measure.Excess).Mean, 1e-12);
        Assert.Equal(Estimate.Of(run.AverageByReplica(Measure.Excess)), run.Average(Measure.Excess));

        static double Mean(Ensemble run, int from) => run.Trace(Measure.Excess)[from..200].Average(estimate => estimate.Mean);
    }

    [Fact]
    public void Measures_are_what_they_say()
    {
        Simulation simulation = Samples.Of(Rule.TikiTaka(Samples.Device, 0.05, 0.1));
        Measure[] measures =
        [
            Measure.Excess,
            Measure.GradientNormSquared,
            Measure.LargestWeight,
            Measure.LargestAuxiliary,
            Measure.Weight(1),
            Measure.WeightSquared(1),
            Measure.Auxiliary(1),
            Measure.AuxiliarySquared(1),
            Measure.Saturation(2.0, 0.1),
            Measure.Amplification(2.0, 0.1),
            Measure.UnsaturatedGradient(2.0, 0.1),
        ];
        Ensemble run = simulation.RunEnsemble(new EnsembleSettings(1, 10, 1) { Measures = [.. measures], TraceEvery = 10 });
        ImmutableArray<double> w = run.FinalWeights(0);
        ImmutableArray<double> p = run.FinalAuxiliary(0);
        double gradient = simulation.Problem.Gradient(w).Sum(g => g * g);
        double a = Math.Pow(w.Max(x => Math.Abs(x - 0.1)) / 2.0, 2.0);
        double[] expected =
        [
            simulation.Problem.Excess(w),
            gradient,
            w.Max(Math.Abs),
            p.Max(Math.Abs),
            w[1],
            w[1] * w[1],
            p[1],
            p[1] * p[1],
            a,
            a / (1.0 - a),
            (1.0 - a) * gradient,
        ];
        foreach ((int i, Measure measure) in measures.Index())
        {
            Assert.Equal(expected[i], run.TraceByReplica(measure, 1)[0], 1e-14);
        }

        Assert.Equal(measures.Length, measures.Select(measure => measure.ToString()).Distinct().Count());
        Assert.Equal(Measure.Weight(3), Measure.Weight(3));
        Assert.NotEqual(Measure.Weight(3), Measure.Weight(2));
    }

    [Fact]
    public void A_batch_sent_per_sample_moves_an_analog_device_otherwise_than_in_one()
    {
        Problem problem = Problem.LeastSquares(
            new[,]
            {
                { 1.0, 0.5 },
                { 0.3, 1.0 },
                { -0.2, 0.4 },
            },
            [1.0, -0.5, 0.2],
            LeastSquaresLoss.Mean
        );
        Assert.Equal(Final(Rule.DigitalSgd(0.1), BatchMode.FullBatch), Final(Rule.DigitalSgd(0.1), BatchMode.PerSample), 1e-14);
        Assert.NotEqual(
            Final(Rule.AnalogSgd(Samples.Device, 0.1), BatchMode.FullBatch),
            Final(Rule.AnalogSgd(Samples.Device, 0.1), BatchMode.PerSample),
            1e-3
        );

        double Final(Rule rule, BatchMode batch) =>
            new Simulation(problem, Noise.None, rule, [0.0, 0.0], batch).RunEnsemble(1, 50, 1).FinalWeights(0)[0];
    }

    [Fact]
    public void An_estimate_prints_its_mean_and_its_half_width()
    {
        Estimate estimate = Estimate.Of([1.0, 2.0, 3.0, 4.0]);
        Assert.Equal(2.5, estimate.Mean);
        Assert.Equal(Math.Sqrt(5.0 / 3.0 / 4.0), estimate.StandardError, 1e-15);
        Assert.Equal(4, estimate.Count);
        Assert.Equal(3.182446305 * estimate.StandardError, estimate.HalfWidth(), 1e-6); // Student's t, 3 degrees of freedom
        Assert.Equal("2.5 ± 2.1", estimate.ToString());
        Assert.Equal("2500 ± 2054", Estimate.Of([1000.0, 2000.0, 3000.0, 4000.0]).ToString());
        Assert.Equal("1 ± NaN", Estimate.Of([1.0]).ToString());
        Assert.Equal("2.50 ± 2.05", FormattableString.Invariant($"{estimate:F2}"));
        Assert.True(double.IsNaN(Estimate.Of([1.0]).HalfWidth()));
    }

    private static Simulation Of(string name) => Samples.Of(Samples.Rules.Single(rule => rule.Name == name).Rule);

    /// <summary>All numbers of a run, as bits, so that −0 and NaN count.</summary>
    private static ulong[] Bits(Ensemble run)
    {
        List<double> numbers = [];
        foreach (Measure measure in run.Settings.Measures)
        {
            numbers.AddRange(run.AverageByReplica(measure));
            foreach (int point in Enumerable.Range(0, run.TracedSteps.Length))
            {
                numbers.AddRange(run.TraceByReplica(measure, point));
            }
        }

        numbers.AddRange(
            Enumerable.Range(0, run.Settings.Replicas).SelectMany(replica => run.FinalWeights(replica).Concat(run.FinalAuxiliary(replica)))
        );
        return [.. numbers.Select(BitConverter.DoubleToUInt64Bits)];
    }
}
