using System;
using System.Collections.Immutable;
using System.Linq;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class OwnObjectiveTests
{
    // f(w) = Σ_n (aₙ·w − bₙ)²/(2N), by hand.
    private static readonly double[,] s_matrix = new[,]
    {
        { 1.0, 0.5 },
        { -0.5, 2.0 },
        { 0.25, -1.0 },
    };
    private static readonly ImmutableArray<double> s_target = [0.5, -1.0, 0.75];
    private static readonly Problem s_known = Problem.LeastSquares(s_matrix, s_target, LeastSquaresLoss.HalfMean);
    private static readonly Rule s_rule = Rule.AnalogSgd(Samples.Device, 0.1);

    private static double Residual(int n, ReadOnlySpan<double> w) => s_matrix[n, 0] * w[0] + s_matrix[n, 1] * w[1] - s_target[n];

    private static double Value(ReadOnlySpan<double> w)
    {
        double sum = 0.0;
        for (int n = 0; n < 3; n++)
        {
            sum += Residual(n, w) * Residual(n, w) / 6.0;
        }

        return sum;
    }

    private static void Sample(int n, ReadOnlySpan<double> w, Span<double> gradient)
    {
        gradient[0] = Residual(n, w) * s_matrix[n, 0];
        gradient[1] = Residual(n, w) * s_matrix[n, 1];
    }

    // Adds to what it gets, so it needs the zeros that it is promised.
    private static void Gradient(ReadOnlySpan<double> w, Span<double> gradient)
    {
        Span<double> one = stackalloc double[2];
        for (int n = 0; n < 3; n++)
        {
            Sample(n, w, one);
            gradient[0] += one[0] / 3.0;
            gradient[1] += one[1] / 3.0;
        }
    }

    private static readonly Problem s_own = Problem.UserDefinedInPlace(
        s_known.Smoothness,
        s_known.Minimizer,
        Value,
        Gradient,
        new()
        {
            StrongConvexity = s_known.StrongConvexity,
            Domain = 10.0,
            Minimum = s_known.Minimum,
        },
        samples: 3,
        Sample,
        "mine"
    );

    [Fact]
    public void What_is_vouched_for_is_what_the_problem_says()
    {
        Assert.Equal("mine", s_own.Name);
        Assert.Equal(s_known.Smoothness, s_own.Smoothness);
        Assert.Equal(s_known.StrongConvexity, s_own.StrongConvexity);
        Assert.True(s_own.IsConvex);
        Assert.Equal(10.0, s_own.Domain);
        Assert.Equal(s_known.Minimum, s_own.Minimum);
        Problem bare = Problem.UserDefined(1.0, [0.5], w => w[0] * w[0], w => w);
        Assert.False(bare.IsConvex);
        Assert.Equal((0.0, double.PositiveInfinity, 0.25), (bare.StrongConvexity, bare.Domain, bare.Minimum));
        Problem told = Problem.UserDefined(1.0, [0.5], w => w[0] * w[0], w => w, constants: new() { IsConvex = true, Minimum = 0.125 });
        Assert.True(told.IsConvex);
        Assert.Equal(0.125, told.Minimum);
        Assert.Equal(0.125, told.Excess([0.5]));
    }

    public static TheoryData<BatchMode, int> Batches =>
        new()
        {
            { BatchMode.FullBatch, 0 },
            { BatchMode.PerSample, 0 },
            { BatchMode.FullBatch, 2 },
            { BatchMode.PerSample, 2 },
        };

    [Theory]
    [MemberData(nameof(Batches))]
    public void An_own_objective_with_samples_trains_as_least_squares_does(BatchMode batch, int drawn)
    {
        Ensemble Run(Problem problem, int threads) =>
            new Simulation(
                problem,
                drawn == 0 ? Noise.Gaussian(0.2) : Noise.MiniBatch(problem, drawn),
                s_rule,
                [0.1, 0.2],
                batch
            ).RunEnsemble(Samples.Settings with { Threads = threads });
        Ensemble own = Run(s_own, 1);
        Ensemble again = Run(s_own, 3);
        Ensemble known = Run(s_known, 1);
        for (int replica = 0; replica < Samples.Settings.Replicas; replica++)
        {
            Assert.Equal(own.FinalWeights(replica), again.FinalWeights(replica));
            Assert.Equal(own.Simulation.Trajectory(200, 7, 200, (uint)replica).Last().Weights, own.FinalWeights(replica));
            Assert.All(own.FinalWeights(replica).Zip(known.FinalWeights(replica)), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        }

        Assert.Equal(known.Average(Measure.Excess).Mean, own.Average(Measure.Excess).Mean, 1e-12);
    }

    [Fact]
    public void A_mini_batch_of_an_own_objective_has_the_variance_of_its_samples()
    {
        Assert.Equal(Noise.MiniBatch(s_known, 2).Variance([0.3, -0.2]), Noise.MiniBatch(s_own, 2).Variance([0.3, -0.2]), 1e-13);
        Assert.All(Noise.MiniBatch(s_own, 2).Mean([0.3, -0.2]), mean => Assert.Equal(0.0, mean, 1e-15));
    }

    [Fact]
    public void A_step_of_an_objective_in_place_allocates_nothing()
    {
        Simulation simulation = new(s_own, Noise.Gaussian(0.2), s_rule, [0.1, 0.2]);
        long Allocated(long steps)
        {
            EnsembleSettings settings = new(8, steps, 1) { Threads = 1 };
            long before = GC.GetAllocatedBytesForCurrentThread();
            simulation.RunEnsemble(settings);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(100);
        // A collection in between counts the rest of the thread's buffer as allocated; one quiet pair is enough.
        Assert.Contains(Enumerable.Range(0, 9), _ => Allocated(1_000) == Allocated(10_000));
    }

    [Fact]
    public void What_an_objective_in_place_throws_arrives_as_it_was_thrown()
    {
        foreach (int threads in new[] { 1, 3 })
        {
            Problem failing = Problem.UserDefinedInPlace(
                1.0,
                [0.0],
                w => 0.0,
                (w, g) => g[0] = w[0] > 0.3 ? w[0] : throw new NotFiniteNumberException("mine")
            );
            Simulation simulation = new(failing, Noise.None, Rule.DigitalSgd(0.1), [1.0]);
            Assert.Equal(
                "mine",
                Assert
                    .Throws<NotFiniteNumberException>(() => simulation.RunEnsemble(new EnsembleSettings(500, 100, 1) { Threads = threads }))
                    .Message
            );
        }
    }

    [Fact]
    public void Constants_that_make_no_sense_are_refused()
    {
        static string Refused(ObjectiveConstants constants, double[]? minimizer = null) =>
            Assert
                .Throws<ArgumentException>(() =>
                    Problem.UserDefinedInPlace(1.0, [.. minimizer ?? [0.5]], w => 0.0, (w, g) => { }, constants)
                )
                .Message;
        Assert.Equal(
            "Expected a number in [0, 1], got strongConvexity = 2. (Parameter 'strongConvexity')",
            Refused(new() { StrongConvexity = 2.0 })
        );
        Assert.Equal(
            "Expected a number in [0, 1], got strongConvexity = NaN. (Parameter 'strongConvexity')",
            Refused(new() { StrongConvexity = double.NaN })
        );
        Assert.Equal(
            "Expected a domain that holds the minimizer, ‖W*‖∞ = 0.5, got domain = 0.25. (Parameter 'domain')",
            Refused(new() { Domain = 0.25 })
        );
        Assert.Equal("Expected a finite number, got minimum = NaN. (Parameter 'minimum')", Refused(new() { Minimum = double.NaN }));
        Assert.Equal("Expected finite elements, got minimizer[0] = NaN. (Parameter 'minimizer[0]')", Refused(new(), [double.NaN]));
        Assert.Equal("Expected at least one element, got minimizer = an empty sequence. (Parameter 'minimizer')", Refused(new(), []));
    }

    [Fact]
    public void Samples_that_are_not_the_objectives_are_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            Problem.UserDefinedInPlace(1.0, [0.5], w => 0.0, (w, g) => g[0] = 0.0, samples: 2, sampleGradient: (n, w, g) => g[0] = n)
        );
        Assert.Equal(
            "Expected samples whose mean gradient is that of f, got 0.5 for 0 at the minimizer, coordinate 0. (Parameter 'samples')",
            error.Message
        );
        Assert.Throws<ArgumentNullException>(
            "sampleGradient",
            () => Problem.UserDefinedInPlace(1.0, [0.5], w => 0.0, (w, g) => { }, samples: 2)
        );
        Assert.Throws<ArgumentException>("samples", () => Problem.UserDefinedInPlace(1.0, [0.5], w => 0.0, (w, g) => { }, samples: -1));
        Assert.Throws<ArgumentException>(
            "samples",
            () => Problem.UserDefinedInPlace(1.0, [0.5], w => 0.0, (w, g) => { }, sampleGradient: (n, w, g) => { })
        );
        Assert.Throws<ArgumentNullException>("value", () => Problem.UserDefinedInPlace(1.0, [0.5], null!, (w, g) => { }));
        Assert.Throws<ArgumentNullException>("gradient", () => Problem.UserDefinedInPlace(1.0, [0.5], w => 0.0, null!));
        Assert.Throws<ArgumentNullException>("name", () => Problem.UserDefinedInPlace(1.0, [0.5], w => 0.0, (w, g) => { }, name: null!));
    }
}
