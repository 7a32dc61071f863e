namespace AnalogTheory

open System
open AnalogTheory.Kernels.Algebra

/// A comparison whose sides and margin lie inside of intervals, whatever was rounded on the way: the only evidence that a verdict `Exact` takes.
[<Struct; RequireQualifiedAccess>]
type Enclosed =
    {
        /// Contains what was measured.
        Measured: Interval
        /// Contains what it is compared with.
        Bound: Interval
        /// Contains the distance to the wrong side, in the unit of the bound: at least 0 holds, below 0 fails.
        Margin: Interval
    }

/// Making enclosed comparisons.
[<RequireQualifiedAccess>]
module Enclosed =

    /// <summary>measured ≤ bound.</summary>
    /// <param name="measured">Enclosure of the measured side.</param>
    /// <param name="bound">Enclosure of the other side.</param>
    let atMost (measured: Interval) (bound: Interval) : Enclosed =
        { Enclosed.Measured = measured; Bound = bound; Margin = bound - measured }

    /// <summary>measured ≥ bound.</summary>
    /// <param name="measured">Enclosure of the measured side.</param>
    /// <param name="bound">Enclosure of the other side.</param>
    let atLeast (measured: Interval) (bound: Interval) : Enclosed =
        { Enclosed.Measured = measured; Bound = bound; Margin = measured - bound }

    /// <summary>|measured − expected| ≤ allowance.</summary>
    /// <param name="allowance">Largest distance that the claim allows, at least 0; an equality of reals needs fractions instead.</param>
    /// <param name="measured">Left side.</param>
    /// <param name="expected">Right side.</param>
    let equal (allowance: float) (measured: Interval) (expected: Interval) : Enclosed =
        { Enclosed.Measured = measured
          Bound = expected
          Margin = Interval.Point allowance - Interval.Abs(measured - expected) }

    /// <summary>The double nearest to a fraction, one step out on either side; 0 stays the point 0.</summary>
    /// <param name="value">An exact fraction.</param>
    let ofFraction (value: Fraction) : Interval =
        if value.Sign = 0 then
            Interval.Point 0.0
        else
            let near = value.ToDouble()
            // The sign is the fraction's own: rounding out does not pass 0.
            let lower, upper = Math.BitDecrement near, Math.BitIncrement near

            if value.Sign > 0 then
                Interval(Math.Max(0.0, lower), upper)
            else
                Interval(lower, Math.Min(-Double.Epsilon, upper))

    let private middle (interval: Interval) = 0.5 * interval.Lower + 0.5 * interval.Upper

    /// <summary>Whether the margin's sign is certain.</summary>
    /// <param name="enclosed">Both sides with their rigorous enclosures.</param>
    let isSettled (enclosed: Enclosed) : bool = enclosed.Margin.Lower >= 0.0 || enclosed.Margin.Upper < 0.0

    /// <summary>The comparison with the margin's end that lies nearer to the wrong side: what is certain.</summary>
    /// <param name="enclosed">Both sides with their rigorous enclosures.</param>
    let comparison (enclosed: Enclosed) : Comparison =
        { Comparison.Measured = middle enclosed.Measured
          Bound = middle enclosed.Bound
          Margin = if enclosed.Margin.Upper < 0.0 then enclosed.Margin.Upper else enclosed.Margin.Lower }
