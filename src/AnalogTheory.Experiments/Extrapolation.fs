namespace AnalogTheory

open MathNet.Numerics.Distributions
open MathNet.Numerics.LinearAlgebra

/// A sum of powers through estimates, and its value where the abscissa is 0.
[<NoComparison>]
type Extrapolation =
    {
        /// Value at 0.
        Limit: float
        /// Half width of its confidence interval, from the estimates' standard errors; asymptotic in the number of replicas.
        HalfWidth: float
        /// Coefficients, the constant first, then those of the powers.
        Coefficients: float[]
        /// Σ(residual/standard error)².
        ChiSquared: float
        /// Points less coefficients.
        Freedom: int
    }

/// Extrapolating stationary quantities to a learning rate of 0.
[<RequireQualifiedAccess>]
module Extrapolation =

    /// <summary>Weighted least squares.</summary>
    /// <param name="powers">Powers of the abscissa beside the constant, all above 0.</param>
    /// <param name="level">Confidence level.</param>
    /// <param name="points">Abscissa, value and standard error; abscissae at least 0, and at least one point more than powers.</param>
    /// <exception cref="T:System.ArgumentException">Too few points, a standard error that is not positive, or a level outside (0, 1).</exception>
    let toZero (powers: float list) (level: float) (points: struct (float * float * float)[]) : Extrapolation =
        let exponents = Array.ofList (0.0 :: powers)
        Require.atLeast "points" (int64 exponents.Length) points.Length
        Require.between "level" 0.0 1.0 level
        points |> Array.iter (fun (struct (_, _, error)) -> Require.positive "standard error" error)
        // Abscissae in units of the largest, so that the normal equations stay well conditioned.
        let unit = points |> Array.map (fun (struct (x, _, _)) -> x) |> Array.max

        let design =
            Matrix<float>
                .Build.Dense(
                    points.Length,
                    exponents.Length,
                    fun i j -> let struct (x, _, error) = points[i] in (x / unit) ** exponents[j] / error
                )

        let values = Vector<float>.Build.Dense(points.Length, fun i -> let struct (_, y, error) = points[i] in y / error)
        let covariance = (design.TransposeThisAndMultiply design).Inverse()
        let coefficients = covariance * (design.TransposeThisAndMultiply values)
        let residuals = values - design * coefficients

        { Limit = coefficients[0]
          HalfWidth = Normal.InvCDF(0.0, 1.0, 0.5 + 0.5 * level) * sqrt covariance[0, 0]
          Coefficients = exponents |> Array.mapi (fun j power -> coefficients[j] / unit ** power)
          ChiSquared = residuals.DotProduct residuals
          Freedom = points.Length - exponents.Length }
