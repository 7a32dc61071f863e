using System;
using System.Collections.Immutable;
using System.Linq;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

/// <summary>An objective f: Rᴰ → R whose constants are known, so that bounds can be evaluated instead of guessed. Immutable.</summary>
public sealed partial class Problem
{
    private Problem(Core.Problem inner) => Inner = inner;

    /// <summary>Name, such as <c>diagonal quadratic</c>.</summary>
    public string Name => Inner.Name;

    /// <summary>D, the number of weights.</summary>
    public int Dimension => Inner.Dimension;

    /// <summary>L with ‖∇f(a) − ∇f(b)‖ ≤ L‖a − b‖ on the domain; loss/weight².</summary>
    public double Smoothness => Inner.Smoothness;

    /// <summary>μ, the strong convexity on the domain, loss/weight²; 0 if only convex, or not convex.</summary>
    public double StrongConvexity => Inner.StrongConvexity;

    /// <summary>Whether f is known to be convex.</summary>
    public bool IsConvex => Inner.IsConvex;

    /// <summary>f*, the minimum; loss.</summary>
    public double Minimum => Inner.Minimum;

    /// <summary>W*, a minimiser; length D.</summary>
    public ImmutableArray<double> Minimizer => Inner.Minimizer.Values;

    /// <summary>The largest ‖W‖∞ for which L holds, unit of weight; ∞ where it holds everywhere.</summary>
    public double Domain => Inner.Domain;

    internal Core.Problem Inner { get; }

    /// <summary>h of a diagonal quadratic; null for other problems.</summary>
    internal double[]? Curvatures { get; private init; }

    /// <summary>The quadratic f(w) = (h/2)‖w − w*‖².</summary>
    /// <param name="curvature">h &gt; 0, loss/weight².</param>
    /// <param name="minimizer">w*, finite; its length is D ≥ 1.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="ArgumentException">h is not a finite number above 0, or w* is <c>default</c>, empty or not finite.</exception>
    public static Problem Quadratic(double curvature, ImmutableArray<double> minimizer)
    {
        Require.positive(nameof(curvature), curvature);
        double[] elements = Edge.Elements(minimizer);
        Require.nonEmpty(nameof(minimizer), elements.Length);
        double[] curvatures = [.. Enumerable.Repeat(curvature, elements.Length)];
        return new(Core.Quadratic.diagonal(curvatures, elements)) { Curvatures = curvatures };
    }

    /// <summary>The quadratic f(w) = ½ Σ_d h_d (w_d − w*_d)².</summary>
    /// <param name="curvatures">h, each finite and above 0, loss/weight²; length D ≥ 1.</param>
    /// <param name="minimizer">w*, finite; length D.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="ArgumentException">An array is <c>default</c>, the lengths differ, or an element is outside its range.</exception>
    public static Problem Quadratic(ImmutableArray<double> curvatures, ImmutableArray<double> minimizer) =>
        new(Core.Quadratic.diagonal(Edge.Elements(curvatures), Edge.Elements(minimizer))) { Curvatures = Edge.Elements(curvatures) };

    /// <summary>The quadratic f(w) = ½(w − w*)ᵀH(w − w*).</summary>
    /// <param name="hessian">H, D×D, symmetric and positive definite, loss/weight².</param>
    /// <param name="minimizer">w*, finite; length D ≥ 1.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="ArgumentNullException">H is null.</exception>
    /// <exception cref="ArgumentException">
    /// H is not square, symmetric and positive definite, w* is <c>default</c> or not finite, or the lengths differ.
    /// </exception>
    public static Problem Quadratic(double[,] hessian, ImmutableArray<double> minimizer)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        return new(Core.Quadratic.dense(hessian, Edge.Elements(minimizer)));
    }

    /// <summary>Least squares, f(w) = ½‖Aw − b‖² times a factor, a mean over samples whose gradients are available one by one.</summary>
    /// <param name="matrix">A, N×D, finite, one sample per row.</param>
    /// <param name="target">b, finite; length N.</param>
    /// <param name="loss">The factor: how residuals become a loss.</param>
    /// <returns>The problem; W* is the solution, the smallest in norm if A has dependent columns.</returns>
    /// <exception cref="ArgumentNullException">A is null.</exception>
    /// <exception cref="ArgumentException">A is empty or not finite, or b is <c>default</c>, not finite or not of length N.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The loss has no name.</exception>
    public static Problem LeastSquares(double[,] matrix, ImmutableArray<double> target, LeastSquaresLoss loss = LeastSquaresLoss.HalfSum)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        Core.LeastSquaresLoss factor = loss switch
        {
            LeastSquaresLoss.HalfSum => Core.LeastSquaresLoss.HalfSum,
            LeastSquaresLoss.HalfMean => Core.LeastSquaresLoss.HalfMean,
            LeastSquaresLoss.Mean => Core.LeastSquaresLoss.Mean,
            _ => throw Edge.Undefined(loss),
        };
        return new(Core.LeastSquares.create(factor, matrix, Edge.Elements(target)));
    }

    /// <summary>The tilted double well f(w) = Σ_d (w_d² − a²)² + t·w_d, not convex: two wells per coordinate, one deeper.</summary>
    /// <param name="dimension">D ≥ 1.</param>
    /// <param name="well">a &gt; 0, unit of weight: position of the wells without tilt.</param>
    /// <param name="tilt">t with |t| &lt; 8a³/(3√3), so that both wells exist.</param>
    /// <param name="domain">R ≥ 2a/√3, unit of weight: L holds on ‖w‖∞ ≤ R.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="ArgumentException">A parameter is outside its range.</exception>
    public static Problem DoubleWell(int dimension, double well, double tilt, double domain) =>
        new(NonConvex.doubleWell(dimension, well, tilt, domain));

    /// <summary>
    /// The saturating (Geman–McClure) loss f(w) = Σ_d (L/2)·x²/(1 + x²), x = w_d − w*_d, not convex: one minimum, flat far away.
    /// </summary>
    /// <param name="smoothness">L &gt; 0, loss/weight².</param>
    /// <param name="minimizer">w*, finite; its length is D ≥ 1.</param>
    /// <returns>The problem.</returns>
    /// <exception cref="ArgumentException">L is not a finite number above 0, or w* is <c>default</c>, empty or not finite.</exception>
    public static Problem Saturating(double smoothness, ImmutableArray<double> minimizer) =>
        new(NonConvex.saturating(smoothness, Edge.Elements(minimizer)));

    /// <summary>∇f(w).</summary>
    /// <param name="w">Weights; length D.</param>
    /// <returns>Gradient, loss/weight; length D.</returns>
    /// <exception cref="ArgumentException">w is <c>default</c> or has another length than D.</exception>
    public ImmutableArray<double> Gradient(ImmutableArray<double> w) => Inner.Gradient(Edge.Vector(Dimension, w)).Values;

    /// <summary>f(w) − f*, at least 0 up to rounding.</summary>
    /// <param name="w">Weights; length D.</param>
    /// <returns>Excess loss.</returns>
    /// <exception cref="ArgumentException">w is <c>default</c> or has another length than D.</exception>
    public double Excess(ImmutableArray<double> w) => Inner.Excess(Edge.Vector(Dimension, w));

    /// <summary>Name and constants, such as <c>diagonal quadratic (D = 1, L = 1, μ = 1)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Inner.ToString();
}

/// <summary>How the N residuals Aw − b become a loss.</summary>
public enum LeastSquaresLoss
{
    /// <summary>½‖Aw − b‖², the text of arXiv 2406.12774v1, appendix I.</summary>
    HalfSum,

    /// <summary>‖Aw − b‖²/(2N).</summary>
    HalfMean,

    /// <summary>‖Aw − b‖²/N, the mean squared error.</summary>
    Mean,
}
