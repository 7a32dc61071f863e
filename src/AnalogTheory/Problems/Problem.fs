namespace AnalogTheory

open AnalogTheory.Kernels.Objectives

/// An objective whose constants are known, so that bounds can be evaluated instead of guessed.
[<NoEquality; NoComparison>]
type Problem =
    {
        /// Name, such as "quadratic".
        Name: string
        /// f, with its lane width open.
        Objective: Objective
        /// L: ‖∇f(a) − ∇f(b)‖ ≤ L‖a − b‖ on the domain; loss/weight².
        Smoothness: float
        /// μ: strong convexity on the domain; 0 if only convex or not convex; loss/weight².
        StrongConvexity: float
        /// Whether f is convex.
        IsConvex: bool
        /// f*, the minimum; loss.
        Minimum: float
        /// W*, a minimiser; the smallest in norm where there are several and the problem is convex.
        Minimizer: Weights
        /// Largest ‖W‖∞ for which L holds; ∞ where it holds everywhere.
        Domain: float
    }

    /// D.
    member problem.Dimension = problem.Objective.Dimension

    /// <summary>∇f(w).</summary>
    /// <param name="w">Weights W of D elements, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">w has another length than D.</exception>
    member problem.Gradient(w: Weights) : Weights =
        Require.length "w" problem.Dimension w.Length
        let gradient = Array.zeroCreate w.Length
        problem.Objective.Gradient(w.Span, System.Span<float>(gradient))
        Weights.freeze w.Shape gradient

    /// <summary>f(w) − f*, at least 0 up to rounding.</summary>
    /// <param name="w">Weights W of D elements, unit of weight.</param>
    /// <exception cref="T:System.ArgumentException">w has another length than D.</exception>
    member problem.Excess(w: Weights) : float =
        Require.length "w" problem.Dimension w.Length
        problem.Objective.Excess w.Span

    override problem.ToString() =
        (invariant $"{problem.Name} (D = {problem.Dimension}, L = {string problem.Smoothness}, μ = {string problem.StrongConvexity})")
