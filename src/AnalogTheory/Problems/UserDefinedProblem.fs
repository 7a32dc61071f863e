namespace AnalogTheory

open System
open AnalogTheory.Kernels.Objectives

/// Objectives that a user supplies as functions of one weight vector.
[<RequireQualifiedAccess>]
module UserDefinedProblem =

    /// From f and ∇f; both must be pure, since ensembles call them from several threads.
    /// <param name="name">Name for tables.</param>
    /// <param name="smoothness">L, which the caller vouches for.</param>
    /// <param name="minimizer">W*, which the caller vouches for; its length is D.</param>
    /// <param name="value">f.</param>
    /// <param name="gradient">∇f; must return D elements.</param>
    /// <exception cref="T:System.ArgumentException">L is not positive, or ∇f(W*) has another length than D.</exception>
    let create (name: string) (smoothness: float) (minimizer: float[]) (value: float[] -> float) (gradient: float[] -> float[]) : Problem =
        Require.positive "smoothness" smoothness
        Require.nonEmpty "minimizer" minimizer.Length
        Require.allFinite "minimizer" (ReadOnlySpan<float>(minimizer))
        Require.length "gradient minimizer" minimizer.Length (gradient minimizer).Length
        let minimum = value minimizer

        let write =
            GradientFunction(fun w result ->
                let values = gradient (w.ToArray())
                Require.length "gradient" minimizer.Length values.Length
                values.AsSpan().CopyTo result)

        let excess = ExcessFunction(fun w -> value (w.ToArray()) - minimum)

        { Name = name
          Objective = SuppliedObjective(minimizer.Length, write, excess)
          Smoothness = smoothness
          StrongConvexity = 0.0
          IsConvex = false
          Minimum = minimum
          Minimizer = Weights.ofArray minimizer
          Domain = infinity }
