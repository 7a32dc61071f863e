namespace AnalogTheory

open System
open MathNet.Numerics.Distributions

/// A mean over independent replicas with its uncertainty.
[<Struct>]
type Estimate =
    {
        /// Mean; not finite if any replica diverged.
        Mean: float
        /// Standard error of the mean; NaN for one replica.
        StandardError: float
        /// Number of replicas.
        Count: int
    }

/// Estimates from independent replicas; sums are in index order, so they do not depend on threads.
[<RequireQualifiedAccess>]
module Estimate =

    /// <summary>Mean and standard error of independent values (two passes).</summary>
    /// <exception cref="T:System.ArgumentException">No values.</exception>
    let ofSpan (values: ReadOnlySpan<float>) : Estimate =
        Require.nonEmpty "values" values.Length
        let count = float values.Length
        let mutable sum = 0.0

        for value in values do
            sum <- sum + value

        let mean = sum / count
        let mutable squares = 0.0

        for value in values do
            squares <- squares + (value - mean) * (value - mean)

        { Mean = mean
          StandardError = if values.Length = 1 then nan else sqrt (squares / (count - 1.0) / count)
          Count = values.Length }

    /// Mean and standard error of independent values.
    let ofArray (values: float[]) : Estimate = ofSpan (ReadOnlySpan<float>(values))

    /// <summary>Half width of the two-sided confidence interval at a level, by Student's t; asymptotic where replicas are not normal.</summary>
    /// <param name="level">Confidence level in (0, 1), such as 0.95.</param>
    /// <param name="estimate">Estimate.</param>
    let halfWidth (level: float) (estimate: Estimate) : float =
        Require.between "level" 0.0 1.0 level

        if estimate.Count < 2 then
            nan
        else
            estimate.StandardError * StudentT.InvCDF(0.0, 1.0, float (estimate.Count - 1), 0.5 + 0.5 * level)
