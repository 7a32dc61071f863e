namespace AnalogTheory

open System
open AnalogTheory.Kernels.Objectives
open MathNet.Numerics.LinearAlgebra

/// Quadratic objectives f(w) = f* + ½(w−w*)ᵀH(w−w*).
[<RequireQualifiedAccess>]
module Quadratic =

    /// <summary>Diagonal H.</summary>
    /// <param name="curvatures">H_dd &gt; 0, length D; loss/weight².</param>
    /// <param name="minimizer">w*, length D.</param>
    /// <exception cref="T:System.ArgumentException">A curvature is not positive, lengths differ, or an array is empty.</exception>
    let diagonal (curvatures: float[]) (minimizer: float[]) : Problem =
        Require.nonEmpty "curvatures" curvatures.Length
        Require.length "minimizer" curvatures.Length minimizer.Length
        curvatures |> Array.iteri (fun i curvature -> Require.positive (invariant $"curvatures[{i}]") curvature)
        Require.allFinite "minimizer" (ReadOnlySpan<float>(minimizer))

        { Name = "diagonal quadratic"
          Objective = Separable<QuadraticTerm>(Array.copy curvatures, Array.copy minimizer, 0.0)
          Smoothness = Array.max curvatures
          StrongConvexity = Array.min curvatures
          IsConvex = true
          Minimum = 0.0
          Minimizer = Weights.ofArray minimizer
          Domain = infinity }

    /// <summary>(L/2)‖w − w*·1‖² in D dimensions, the objective of the lower bound (v1 Theorem 3).</summary>
    /// <param name="dimension">D ≥ 1.</param>
    /// <param name="curvature">L &gt; 0.</param>
    /// <param name="minimizer">w*, the same in every coordinate.</param>
    let isotropic (dimension: int) (curvature: float) (minimizer: float) : Problem =
        Require.atLeast "dimension" 1L (int64 dimension)
        diagonal (Array.create dimension curvature) (Array.create dimension minimizer)

    /// Extreme eigenvalues of a symmetric matrix, smallest first.
    let internal extremes (matrix: Matrix<float>) : struct (float * float) =
        let values = matrix.Evd(Symmetricity.Symmetric).EigenValues |> Seq.map _.Real |> Seq.toArray
        struct (Array.min values, Array.max values)

    /// <summary>Dense H.</summary>
    /// <param name="hessian">H, D×D, symmetric to 1e-12 of its largest element, positive definite; loss/weight².</param>
    /// <param name="minimizer">w*, length D.</param>
    /// <exception cref="T:System.ArgumentException">H is not square, not symmetric, not positive definite, or lengths differ.</exception>
    let dense (hessian: float[,]) (minimizer: float[]) : Problem =
        Require.nonEmpty "minimizer" minimizer.Length
        Require.length "hessian rows" minimizer.Length (Array2D.length1 hessian)
        Require.length "hessian columns" minimizer.Length (Array2D.length2 hessian)
        Require.allFinite "minimizer" (ReadOnlySpan<float>(minimizer))
        let matrix = Matrix<float>.Build.DenseOfArray hessian
        let flat = matrix.ToRowMajorArray()
        Require.allFinite "hessian" (ReadOnlySpan<float>(flat))
        let asymmetry = (matrix - matrix.Transpose()).Enumerate() |> Seq.map abs |> Seq.max

        if asymmetry > 1e-12 * (Seq.max (Seq.map abs flat)) then
            raise (ArgumentException($"Expected a symmetric hessian, got |H − Hᵀ| = {string asymmetry}.", nameof hessian))

        let struct (least, largest) = extremes matrix

        if not (least > 0.0) then
            raise (ArgumentException($"Expected a positive definite hessian, got smallest eigenvalue {string least}.", nameof hessian))

        { Name = "dense quadratic"
          Objective = DenseQuadratic(flat, Array.copy minimizer)
          Smoothness = largest
          StrongConvexity = least
          IsConvex = true
          Minimum = 0.0
          Minimizer = Weights.ofArray minimizer
          Domain = infinity }
