namespace AnalogTheory

open System
open AnalogTheory.Kernels.Objectives

/// Smooth objectives that are not convex, with known constants.
[<RequireQualifiedAccess>]
module NonConvex =

    /// <summary>Tilted double well f(w) = Σ_d (w_d² − a²)² + t·w_d: two wells per coordinate, one deeper, so floors differ from well to well.</summary>
    /// <remarks>f″ = 12w² − 4a², so L = max(4a², 12R² − 4a²) on ‖w‖∞ ≤ R.</remarks>
    /// <param name="dimension">D ≥ 1.</param>
    /// <param name="well">a &gt; 0, position of the wells without tilt.</param>
    /// <param name="tilt">t, with |t| &lt; 8a³/(3√3), so that both wells exist.</param>
    /// <param name="domain">R ≥ 2a/√3, where both wells lie inside.</param>
    /// <exception cref="T:System.ArgumentException">A parameter is outside its range.</exception>
    let doubleWell (dimension: int) (well: float) (tilt: float) (domain: float) : Problem =
        Require.atLeast "dimension" 1L (int64 dimension)
        Require.positive "well" well
        let limit = 8.0 * well * well * well / (3.0 * sqrt 3.0)
        Require.between "tilt" -limit limit tilt
        Require.within "domain" (2.0 * well / sqrt 3.0) Double.MaxValue domain

        // The deeper well lies on the side that the tilt lowers; Newton from its outer edge converges monotonically (f″ > 0 there).
        let side = if tilt > 0.0 then -1.0 else 1.0

        let rec descend w =
            let next = w - (4.0 * w * (w * w - well * well) + tilt) / (12.0 * w * w - 4.0 * well * well)
            // Monotone until rounding: stop when it no longer moves inward.
            if abs next < abs w then descend next else w

        let deepest = descend (side * 2.0 * well / sqrt 3.0)
        let value = pown (deepest * deepest - well * well) 2 + tilt * deepest

        { Name = "double well"
          Objective = Separable<DoubleWellTerm>(Array.create dimension well, Array.create dimension tilt, float dimension * value)
          Smoothness = max (4.0 * well * well) (12.0 * domain * domain - 4.0 * well * well)
          StrongConvexity = 0.0
          IsConvex = false
          Minimum = float dimension * value
          Minimizer = Weights.constant dimension deepest
          Domain = domain }

    /// <summary>Saturating loss f(w) = Σ_d (L/2)·x²/(1 + x²), x = w_d − w*_d (Geman–McClure): one minimum, flat far away.</summary>
    /// <param name="smoothness">L &gt; 0, the curvature at the minimum, which is the largest.</param>
    /// <param name="minimizer">w*, length D.</param>
    /// <exception cref="T:System.ArgumentException">A parameter is outside its range.</exception>
    let saturating (smoothness: float) (minimizer: float[]) : Problem =
        Require.positive "smoothness" smoothness
        Require.nonEmpty "minimizer" minimizer.Length
        Require.allFinite "minimizer" (ReadOnlySpan<float>(minimizer))

        { Name = "saturating loss"
          Objective = Separable<SaturatingTerm>(Array.create minimizer.Length smoothness, Array.copy minimizer, 0.0)
          Smoothness = smoothness
          StrongConvexity = 0.0
          IsConvex = false
          Minimum = 0.0
          Minimizer = Weights.ofArray minimizer
          Domain = infinity }
