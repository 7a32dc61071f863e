using System;
using System.Linq;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class ProblemTests
{
    private static readonly double[,] s_matrix =
    {
        { 1.0, 0.0 },
        { 0.0, 2.0 },
    };

    [Fact]
    public void A_problem_knows_its_constants()
    {
        Problem problem = Problem.Quadratic(s_matrix, [0.5, -0.5]);
        Assert.Equal(
            (2, 2.0, 1.0, true, 0.0),
            (problem.Dimension, problem.Smoothness, problem.StrongConvexity, problem.IsConvex, problem.Minimum)
        );
        Assert.Equal([0.5, -0.5], problem.Minimizer);
        Assert.Equal(double.PositiveInfinity, problem.Domain);
        Assert.Equal("dense quadratic (D = 2, L = 2, μ = 1)", problem.ToString());
        Assert.Equal("dense quadratic", problem.Name);
    }

    [Fact]
    public void Losses_differ_by_their_factor()
    {
        double[] excess =
        [
            .. Enum.GetValues<LeastSquaresLoss>().Select(loss => Problem.LeastSquares(s_matrix, [1.0, 1.0], loss).Excess([0.0, 0.0])),
        ];
        Assert.Equal([1.0, 0.5, 1.0], excess.Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void Objectives_that_are_not_convex_say_so()
    {
        Problem wells = Problem.DoubleWell(dimension: 2, well: 1.0, tilt: 0.1, domain: 2.0);
        Assert.False(wells.IsConvex);
        Assert.True(wells.Gradient(wells.Minimizer).All(g => Math.Abs(g) < 1e-12));
        Problem saturating = Problem.Saturating(2.0, [0.5]);
        Assert.Equal(0.5, saturating.Excess([1.5]), 1e-15);
        Assert.Equal(2.0, saturating.Smoothness);
    }

    [Fact]
    public void A_noise_knows_its_variance()
    {
        Noise[] noises =
        [
            Noise.Gaussian(0.3),
            Noise.Rademacher(0.3),
            Noise.Uniform(0.3),
            Noise.TwoPoint(0.3, 0.2),
            Noise.StateDependentTwoPoint(0.3, 1.0),
        ];
        Assert.All(noises, noise => Assert.Equal(2.0 * 0.09, noise.Variance([0.1, -0.2]), 1e-15));
        Assert.Equal(0.0, Noise.None.Variance([0.1, -0.2]));
        Assert.InRange(Noise.ClippedGaussian(0.3, 2.0).Variance([0.0]), 0.07, 0.09);
        Assert.Equal(6, noises.Append(Noise.None).Select(noise => noise.ToString()).Distinct().Count());
        Assert.Equal("Gaussian (s = 0.3)", noises[0].ToString());
        Assert.Equal(0.3, noises[0].Parameters["s"]);
        Assert.Equal([false, true], new[] { noises[0], noises[4] }.Select(noise => noise.DependsOnState));
    }

    [Fact]
    public void A_mini_batch_belongs_to_its_problem()
    {
        Problem problem = Problem.LeastSquares(s_matrix, [1.0, 1.0]);
        Noise noise = Noise.MiniBatch(problem, batch: 1);
        Assert.True(noise.Variance([0.0, 0.0]) > 0.0);
        Ensemble run = new Simulation(problem, noise, Rule.DigitalSgd(0.05), [0.0, 0.0]).RunEnsemble(64, 400, 1, Measure.Excess);
        Assert.InRange(run.Average(Measure.Excess).Mean, 0.0, 0.2);
    }

    [Fact]
    public void Rules_name_their_parameters_and_sources()
    {
        Rule rule = Rule.ResidualLearning(Device.Ideal, learningRate: 0.1, transferRate: 0.2, mixing: 0.3);
        Assert.Equal(["α", "β", "γ"], rule.Parameters.Keys);
        Assert.Equal([0.1, 0.2, 0.3], rule.Parameters.Values);
        Assert.Equal("Residual learning (arXiv 2502.06309, section 4)", rule.ToString());
        Assert.True(rule.HasAuxiliary);
        Assert.False(Rule.DigitalSgd(0.1).HasAuxiliary);
        Rule tikiTaka = Rule.TikiTaka(Device.Ideal, transferRate: 0.2, learningRate: 0.1);
        Assert.Equal((0.2, 0.1), (tikiTaka.Parameters["α"], tikiTaka.Parameters["β"]));
    }
}
