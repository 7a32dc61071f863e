namespace AnalogTheory

open System
open MathNet.Numerics.Distributions

/// A mean over independent replicas with its uncertainty.
[<Struct; StructuredFormatDisplay("{Text}")>]
type Estimate =
    {
        /// Mean; not finite if any replica diverged.
        Mean: float
        /// Standard error of the mean; NaN for one replica.
        StandardError: float
        /// Number of replicas.
        Count: int
    }

    /// <summary>Half width of the two-sided confidence interval at a level in (0, 1), by Student's t; asymptotic where replicas are not normal. NaN for one replica.</summary>
    /// <param name="level">Probability that the interval covers the mean, strictly between 0 and 1.</param>
    /// <exception cref="T:System.ArgumentException">The level is not in (0, 1).</exception>
    member estimate.HalfWidth(level: float) =
        Require.between "level" 0.0 1.0 level

        if estimate.Count < 2 then
            nan
        else
            estimate.StandardError * StudentT.InvCDF(0.0, 1.0, float (estimate.Count - 1), 0.5 + 0.5 * level)

    /// <summary>Format of a number whose half width is known: decimals down to its second digit; where that is no readable number of them, four digits.</summary>
    /// <param name="halfWidth">Half width, unit of the number.</param>
    static member FormatFor(halfWidth: float) : string =
        if halfWidth > 1e-9 && halfWidth < 1e9 then
            "F" + string (max 0 (1 - int (floor (log10 halfWidth))))
        else
            "G4"

    /// Mean ± half width at 95 %, to two digits of the half width, such as 0.01398 ± 0.00064.
    override estimate.ToString() =
        let halfWidth = estimate.HalfWidth 0.95
        let shown (value: float) = value.ToString(Estimate.FormatFor halfWidth, Globalization.CultureInfo.InvariantCulture)
        shown estimate.Mean + " ± " + shown halfWidth

    // What %A shows.
    member private estimate.Text = estimate.ToString()

/// Estimates from independent replicas; sums are in index order, so they do not depend on threads.
[<RequireQualifiedAccess>]
module Estimate =

    /// <summary>Mean and standard error of independent values (two passes).</summary>
    /// <param name="values">One number a replica, at least one; the replicas are independent.</param>
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

    /// <summary>Mean and standard error of independent values.</summary>
    /// <param name="values">One number a replica, at least one; the replicas are independent.</param>
    let ofArray (values: float[]) : Estimate = ofSpan (ReadOnlySpan<float>(values))

    /// <summary>Half width of the two-sided confidence interval at a level, by Student's t; asymptotic where replicas are not normal.</summary>
    /// <param name="level">Confidence level in (0, 1), such as 0.95.</param>
    /// <param name="estimate">Estimate.</param>
    let halfWidth (level: float) (estimate: Estimate) : float = estimate.HalfWidth level
